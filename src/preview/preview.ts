import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MODULE_ENDING } from '../package.ts';
import { listSeeds } from '../pipeline/scan-sources.ts';
import { spawnBuilder } from './builder-process.ts';
import type { Builds, Built } from './builds.ts';
import type { PreviewServer } from './serve.ts';
import { watchFolder } from './watch.ts';

export interface PreviewOptions {
  /** Of a build. */
  readonly args: readonly string[];
  /** The folders of a build, whole. */
  readonly seeds: string;
  readonly out: string;
  readonly port: number;
  readonly showsDrafts: boolean;
  readonly showsFuture: boolean;
}

export interface Preview {
  close(): Promise<void>;
}

/** Whoever asks while a build is under way gets what it makes, unless that takes longer; milliseconds. */
const DELAY = 2000;

/**
 * Builds, serves what was built, and does so again whenever documents or sources change.
 *
 * @throws Error when there is no folder of documents, or the port is taken
 */
export async function openPreview(options: PreviewOptions): Promise<Preview> {
  const { args, seeds, out, port, showsDrafts, showsFuture } = options;
  listSeeds(seeds);
  const assets = join(out, 'assets');
  const spawn = () =>
    spawnBuilder([...args, '--seeds', seeds, '--out', out], {
      PREVIEW_DRAFTS: showsDrafts ? '1' : '',
      PREVIEW_ADDRESS: `http://127.0.0.1:${port}`,
    });
  let builder = spawn();
  let server: PreviewServer | undefined;
  let built: Built | undefined;
  let served = '';
  let working: Promise<void> | undefined;
  const subscribers = new Set<(built: Built) => void>();
  const changed = { seeds: true, sources: false };

  const buildAgain = async (isAnew: boolean): Promise<void> => {
    if (isAnew) builder.terminate();
    if (isAnew || !builder.isThere()) builder = spawn();
    if (!(await builder.build())) return;
    built = { assets, store: new Uint8Array(readFileSync(join(out, 'store.bin'))), number: Date.now() };
    const beside = namesBeside(out);
    const isBesideNew = beside !== served;
    served = beside;
    if (isAnew || isBesideNew) await server?.reload();
    for (const notify of subscribers) notify(built);
  };
  const work = async (): Promise<void> => {
    while (changed.seeds || changed.sources) {
      const isAnew = changed.sources;
      changed.seeds = false;
      changed.sources = false;
      // What is served stays as it was.
      await buildAgain(isAnew).catch(({ message }: Error) => console.error(message));
    }
    working = undefined;
  };
  const hear = (what: keyof typeof changed) => (): void => {
    changed[what] = true;
    working ??= work();
  };

  mkdirSync(assets, { recursive: true });
  const watching = [watchFolder(seeds, hear('seeds')), ...watchOwnSources(hear('sources'))];
  const close = async (): Promise<void> => {
    for (const end of watching) end();
    builder.terminate();
    await server?.close();
  };
  try {
    working = work();
    // It takes as long to load as a small site to build.
    const [{ servePreview }] = await Promise.all([import('./serve.ts'), working]);
    const builds: Builds = {
      async latest() {
        await Promise.race([working, wait(DELAY, undefined, { ref: false })]);
        return built;
      },
      subscribe(listener) {
        subscribers.add(listener);
        return () => void subscribers.delete(listener);
      },
    };
    server = await servePreview({ port, assets, builds, showsFuture, banner: bannerOf(options) });
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

function bannerOf({ showsDrafts, showsFuture }: PreviewOptions): string {
  const shown = [...(showsDrafts ? ['drafts'] : []), ...(showsFuture ? ['scheduled articles'] : [])];
  return shown.length === 0 ? '' : `Preview with ${shown.join(' and ')}, which are not published`;
}

/** Those who change Tidings see what they change. */
function watchOwnSources(changed: () => void): (() => void)[] {
  return MODULE_ENDING === '.ts' ? [watchFolder(join(import.meta.dirname, '..'), changed)] : [];
}

/** Tells what is published outside the worker, but for parts of the store: each name stands for a content. */
function namesBeside(out: string): string {
  const pictures = readFileSync(join(out, 'pictures.txt'), 'utf8');
  const media = join(out, 'assets/media');
  return [pictures, ...readdirSync(media, { recursive: true, encoding: 'utf8' }).sort()].join('\n');
}
