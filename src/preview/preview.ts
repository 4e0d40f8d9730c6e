import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { IS_PUBLISHED, MODULES } from '../package.ts';
import { listSeeds } from '../pipeline/scan-sources.ts';
import { spawnBuilder } from './builder-process.ts';
import type { Builds, Built, PreviewServer } from './serve.ts';
import { watchFolder } from './watch.ts';

export interface PreviewOptions {
  /** The arguments of a build. */
  readonly args: readonly string[];
  /** The absolute folders of a build. */
  readonly seeds: string;
  readonly out: string;
  readonly port: number;
  readonly showsDrafts: boolean;
  readonly showsFuture: boolean;
}

export interface Preview {
  close(): Promise<void>;
}

/** How long a request waits for a running build, in milliseconds. */
const DELAY = 2000;

/**
 * Builds and serves a site, and rebuilds it whenever documents or sources change.
 *
 * @throws Error if the folder of documents does not exist, or the port is taken
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
    if (isAnew || !builder.isRunning()) builder = spawn();
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
      // Keep serving the last successful build.
      await buildAgain(isAnew).catch(({ message }: Error) => console.error(message));
    }
    working = undefined;
  };
  const onChange = (what: keyof typeof changed) => (): void => {
    changed[what] = true;
    working ??= work();
  };

  mkdirSync(assets, { recursive: true });
  const watching = [watchFolder(seeds, onChange('seeds')), ...watchOwnSources(onChange('sources'))];
  const close = async (): Promise<void> => {
    for (const end of watching) end();
    builder.terminate();
    await server?.close();
  };
  try {
    working = work();
    // Loading it takes as long as building a small site.
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

/** Watches the sources of Tidings, for its own developers. */
function watchOwnSources(changed: () => void): (() => void)[] {
  return IS_PUBLISHED ? [] : [watchFolder(MODULES, changed)];
}

/** Lists the external files except parts of the store, whose names are content hashes. */
function namesBeside(out: string): string {
  const pictures = readFileSync(join(out, 'pictures.txt'), 'utf8');
  const media = join(out, 'assets/media');
  return [pictures, ...readdirSync(media, { recursive: true, encoding: 'utf8' }).sort()].join('\n');
}
