import { readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { copyFile, readFile, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { isRecording } from '../article.ts';
import type { PublishedFile } from '../corpus/describe-files.ts';
import { mediaAddress } from '../corpus/media-files.ts';
import type { EmbeddedFile } from '../documents/embedded-pictures.ts';
import { MalformedMediaError } from '../media/edits.ts';
import { modulePath } from '../package.ts';
import { partPath, paths, recordingPart } from '../routes/paths.ts';
import { DEPLOY_LIMITS, RECORDING_PART } from '../store/budget.ts';
import type { Compilation } from './compile.ts';
import {
  type AssetStore,
  assetFolder,
  changedDuringBuild,
  fileStat,
  LEASE,
  lastUsed,
  makeOutputFolder,
  outputError,
  writeOutput,
} from './files.ts';
import { STATIC_FEED_PATHS, type StaticFeeds } from './static-feeds.ts';

const PICTURE_PATHS = [
  paths.favicon,
  paths.icon,
  paths.iconSmall,
  paths.iconMaskable,
  paths.iconDrawing,
  paths.touchIcon,
  paths.card,
  paths.manifest,
];

function headersFor(path: string, freshness: string): string {
  return `${path}
  Access-Control-Allow-Origin: *
  Cache-Control: public, ${freshness}
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
`;
}

/** The headers that Cloudflare sends with the files of `assets/`. */
const ASSET_HEADERS = [
  ...PICTURE_PATHS.map((path) => headersFor(path, 'max-age=86400')),
  ...['/media/*', paths.font.replace(':name', '*')].map((path) =>
    headersFor(path, 'max-age=31536000, immutable'),
  ),
  // Safari shows no PDF in a sandbox.
  ...['/media/*.pdf', '/media/*.PDF'].map((path) => `${path}\n  ! Content-Security-Policy\n`),
].join('');

/** The value of `main` in a publication's `wrangler.toml`. */
const WORKER_FILE = 'worker.js';

/** The worker and its articles, as wrangler bundles them. */
function workerModule(out: string): string {
  const worker = modulePath('worker');
  const path = relative(realpathSync(out), worker).replaceAll(sep, '/');
  return `import store from './store.bin';
import { createWorker } from ${JSON.stringify(isAbsolute(path) ? path : `./${path}`)};

export default createWorker(store);
`;
}

/** The pictures that are embedded in a document. */
type ReadEmbedded = (path: string) => Promise<readonly EmbeddedFile[]>;

/** The folder that a build writes. */
export interface Output {
  /** The folder of assets. */
  readonly folder: string;
  readonly assets: AssetStore;
  /** Marks an asset as needed by this build. */
  need(digest: string): void;
  /** Writes the rest, and removes the assets of earlier builds that this one does not need. */
  finish(
    compilation: Pick<Compilation, 'store' | 'media' | 'variants' | 'staticFeeds'>,
    seeds: string,
    readEmbedded?: ReadEmbedded,
  ): Promise<PublishedFiles>;
}

/** The files that are published beside the worker. */
export interface PublishedFiles {
  readonly folder: string;
  readonly files: number;
  /** Bytes of assets that are too large to be deployed, by digest. */
  readonly oversized: ReadonlyMap<string, number>;
}

/** @param startedAt when the build began */
export function openOutput(out: string, startedAt: number): Output {
  const assets = join(out, 'assets');
  const path = join(assets, dirname(partPath('x')));
  makeOutputFolder(path);
  const there = readdirSync(path);
  const needed = new Set<string>();
  return {
    folder: path,
    assets: assetFolder(path),
    need: (digest) => void needed.add(digest),
    async finish({ store, media, staticFeeds, variants }, seeds, readEmbedded = async () => []) {
      for (const file of media.values()) for (const part of recordingParts(file)) needed.add(part.name);
      for (const name of there) {
        if (needed.has(name)) continue;
        const file = join(path, name);
        // An asset that cannot be deployed is of no use to another build, and would fail the next deploy.
        if (lastUsed(file, startedAt) < startedAt - LEASE || fileSize(file) > DEPLOY_LIMITS.fileBytes)
          rmSync(file, { recursive: true, force: true });
      }
      await publishMedia({ media, variants }, seeds, assets, readEmbedded);
      writeStaticFeeds(assets, staticFeeds);
      writeOutput(join(assets, '_headers'), ASSET_HEADERS + (staticFeeds?.headers ?? ''));
      writeOutput(join(out, 'store.bin'), store);
      writeOutput(join(out, WORKER_FILE), workerModule(out));
      const sizes = [...needed].map((digest) => [digest, fileSize(join(path, digest))] as const);
      return {
        folder: assets,
        files: countFiles(assets),
        oversized: new Map(sizes.filter(([, size]) => size > DEPLOY_LIMITS.fileBytes)),
      };
    },
  };
}

function fileSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The files that configure the deploy, and are not deployed. */
const CONFIGURATION = ['_headers', '_redirects'];

/** The number of deployed files. */
function countFiles(assets: string): number {
  const entries = readdirSync(assets, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !CONFIGURATION.includes(entry.name)).length;
}

/** Writes the main feeds, or removes those of an earlier build. */
function writeStaticFeeds(assets: string, feeds: StaticFeeds | undefined): void {
  const files = [
    ...(feeds?.files ?? []),
    ...(feeds === undefined ? [] : [{ path: '/_redirects', body: feeds.redirects }]),
  ];
  for (const path of [...STATIC_FEED_PATHS, '/_redirects'])
    if (files.every((file) => file.path !== path)) rmSync(join(assets, path), { force: true });
  for (const { path, body } of files) writeOutput(join(assets, path), body);
}

/**
 * Writes missing files, and removes those that no document names. Addresses contain a digest, so existing files are
 * current.
 */
async function publishMedia(
  { media, variants }: Pick<Compilation, 'media' | 'variants'>,
  seeds: string,
  assets: string,
  readEmbedded: ReadEmbedded,
): Promise<void> {
  const folder = join(assets, 'media');
  const targets = new Map<string, PublishedSeed>();
  for (const [seed, file] of media)
    if (isRecording(file)) await publishRecording({ seed, file }, seeds, assets);
    else targets.set(join(assets, decodeURIComponent(file.address)), { seed, file });
  const kept = [...targets.keys(), ...variants.map((address) => join(assets, decodeURIComponent(address)))];
  const needed = new Set(kept.flatMap((path) => [path, dirname(path)]));
  makeOutputFolder(folder);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!needed.has(path)) await rm(path, { recursive: true, force: true });
  }
  // The pictures of a document follow each other.
  let document: { path: string; pictures: readonly EmbeddedFile[] } = { path: '', pictures: [] };
  for (const [target, { seed, file }] of targets) {
    const there = await stat(target).catch(() => undefined);
    if (there?.size === file.length) continue;
    makeOutputFolder(dirname(target));
    if (file.embeddedIn !== undefined) {
      if (document.path !== file.embeddedIn)
        document = { path: file.embeddedIn, pictures: await readEmbedded(file.embeddedIn) };
      const picture = document.pictures.find(({ url }) => url === seed);
      if (picture === undefined) throw changedDuringBuild(file.embeddedIn);
      writeOutput(target, picture.bytes);
      continue;
    }
    const source = join(seeds, seed);
    if (!file.isStripped)
      await copyFile(source, target).catch((error) => {
        throw outputError(target, error);
      });
    else writeOutput(target, await strippedOf(seed, await readFile(source), file));
  }
}

interface PublishedSeed {
  /** From the seeds folder. */
  readonly seed: string;
  readonly file: PublishedFile;
}

interface RecordingPart {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The parts of a recording, which the worker reads; none for other files. */
function recordingParts(file: PublishedFile): RecordingPart[] {
  const { address, length } = file;
  return Array.from({ length: isRecording(file) ? Math.ceil(length / RECORDING_PART) : 0 }, (_, number) => ({
    name: recordingPart(address, number),
    start: number * RECORDING_PART,
    end: Math.min((number + 1) * RECORDING_PART, length),
  }));
}

async function publishRecording({ seed, file }: PublishedSeed, seeds: string, assets: string): Promise<void> {
  const missing = recordingParts(file)
    .map((part) => ({ ...part, path: join(assets, partPath(part.name)) }))
    .filter(({ path, start, end }) => fileStat(path)?.size !== end - start);
  if (missing.length === 0) return;
  const source = await readFile(join(seeds, seed));
  const bytes = file.isStripped ? await strippedOf(seed, source, file) : source;
  if (bytes.length !== file.length) throw changedDuringBuild(seed);
  for (const { path, start, end } of missing) writeOutput(path, bytes.subarray(start, end));
}

async function strippedOf(seed: string, source: Uint8Array, { address }: PublishedFile): Promise<Uint8Array> {
  const { stripMetadata } = await import('../media/strip-metadata.ts');
  try {
    const { bytes } = stripMetadata(source);
    // The name in the address may have another ending.
    if (dirname(mediaAddress(seed, bytes)) === dirname(address)) return bytes;
  } catch (error) {
    if (!(error instanceof MalformedMediaError)) throw error;
  }
  throw changedDuringBuild(seed);
}
