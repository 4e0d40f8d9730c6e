import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Compilation, compile } from '../src/compile.ts';
import type { Outcome } from '../src/documents/collect.ts';
import { LEDGER_NAME } from '../src/documents/identity/ledger.ts';
import { THEME_FILE } from '../src/pages/publisher-css.ts';
import { partPath, paths } from '../src/routes.ts';
import type { Site } from '../src/settings.ts';
import { firstCommits } from './first-commits.ts';
import { type BuildOptions, buildOptions, UsageError } from './options.ts';
import { printReport } from './report.ts';
import { readSeeds } from './seeds.ts';
import { writePictures } from './write-pictures.ts';

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

/** What Cloudflare sends with the files of `assets/`. */
const ASSET_HEADERS = `${PICTURE_PATHS.map(
  (path) => `${path}
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=86400
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
`,
).join('')}/media/*
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=31536000, immutable
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
`;

try {
  const options = buildOptions(process.argv.slice(2), process.env);
  const accepted = await build(options);
  process.exitCode = accepted || options.isPreview ? 0 : 1;
} catch (error) {
  // Nothing was compiled; the message is the whole story.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Compiles the seeds into the output folder; tells whether every document was accepted. */
async function build({ seeds, out, now, isPreview }: BuildOptions): Promise<boolean> {
  const site = await loadSite();
  const { documents, refused, others, read } = await readSeeds(seeds);
  const before = await readLedger(seeds);
  const files = {
    documents,
    unread: [...refused.keys()],
    others,
    read,
    ledger: before,
    firstCommit: firstCommits(seeds),
  };
  const { store, parts, media, outcomes, ledger, warnings } = await compile(files, site, now);
  await writeOutput(out, seeds, { store, parts, media });
  await writePictures(site, read, out);
  const isNews = ledger !== before && outcomes.length > 0 && !isPreview;
  const written = isNews ? await writeLedger(seeds, ledger) : [];
  const unread = [...refused].map(([path, error]): Outcome => ({ path, status: 'refused', error }));
  const ignored = others.filter(
    (path) => !media.has(path) && path !== LEDGER_NAME && path !== THEME_FILE && path !== site.icon,
  );
  return printReport([...outcomes, ...unread], [...warnings, ...written], ignored);
}

async function readLedger(seeds: string): Promise<string | undefined> {
  try {
    return await readFile(join(seeds, LEDGER_NAME), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Gives a warning where the folder may not be written, as in some builds on other machines. */
async function writeLedger(seeds: string, ledger: string): Promise<string[]> {
  try {
    await writeFile(join(seeds, LEDGER_NAME), ledger);
    return [];
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : error;
    return [
      `Cannot write seeds/${LEDGER_NAME}: ${reason}; expected a folder that may be written, to keep what changed`,
    ];
  }
}

/** @throws Error in one line when `site.ts` cannot be used */
async function loadSite(): Promise<Site> {
  try {
    const { site } = await import('../src/site.ts');
    return site;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new Error(reason.includes('src/site.ts') ? reason : `Cannot read src/site.ts: ${reason}`);
  }
}

/** Those that are there already, under the names of their contents, need not be written again. */
async function writeParts(assets: string, parts: Compilation['parts']): Promise<void> {
  const paths = new Map(parts.map(({ digest, bytes }) => [join(assets, partPath(digest)), bytes]));
  const folder = join(assets, partPath(''));
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder))
    if (!paths.has(join(folder, name))) await rm(join(folder, name), { recursive: true });
  for (const [path, bytes] of paths) {
    const there = await readFile(path).catch(() => undefined);
    if (there === undefined || !there.equals(bytes)) await writeFile(path, bytes);
  }
}

async function writeOutput(
  out: string,
  seeds: string,
  { store, parts, media }: Pick<Compilation, 'store' | 'parts' | 'media'>,
): Promise<void> {
  const assets = join(out, 'assets');
  await rm(join(assets, 'media'), { recursive: true, force: true });
  await mkdir(assets, { recursive: true });
  for (const [path, address] of media) {
    const target = join(assets, decodeURIComponent(address));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(seeds, path), target);
  }
  await writeParts(assets, parts);
  await writeFile(join(assets, '_headers'), ASSET_HEADERS);
  await writeFile(join(out, 'store.bin'), store);
  // Written last and different for each store, so that a preview that watches it sees the new store.
  await writeFile(
    join(out, 'store.js'),
    `export { default } from './store.bin'; // ${createHash('sha256').update(store).digest('hex')}\n`,
  );
}
