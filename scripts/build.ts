import { createHash } from 'node:crypto';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile, type Outcome } from '../src/compile.ts';
import type { Site } from '../src/settings.ts';
import { type BuildOptions, buildOptions, UsageError } from './options.ts';
import { printReport } from './report.ts';
import { readSeeds } from './seeds.ts';

/** What Cloudflare sends with the files of `assets/`. */
const ASSET_HEADERS = `/*
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=86400
  X-Content-Type-Options: nosniff
`;

const ICONS = ['icon.png', 'favicon.ico'];

try {
  const options = buildOptions(process.argv.slice(2), process.env);
  const accepted = await build(options);
  process.exitCode = accepted || options.keepGoing ? 0 : 1;
} catch (error) {
  // Nothing was compiled; the message is the whole story.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Compiles the seeds into the output folder; tells whether every document was accepted. */
async function build({ seeds, out, now }: BuildOptions): Promise<boolean> {
  const site = await loadSite();
  const { files, refused, ignored } = await readSeeds(seeds);
  const { store, outcomes } = compile(files, site, now);
  await writeOutput(out, store);
  const unread = [...refused].map(([path, error]): Outcome => ({ path, status: 'refused', error }));
  return printReport([...outcomes, ...unread], ignored);
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

async function writeOutput(out: string, store: Uint8Array): Promise<void> {
  const assets = join(out, 'assets');
  await mkdir(assets, { recursive: true });
  await writeFile(join(assets, '_headers'), ASSET_HEADERS);
  for (const icon of ICONS)
    await copyFile(join(import.meta.dirname, '../src/pages', icon), join(assets, icon));
  await writeFile(join(out, 'store.bin'), store);
  // Written last and different for each store, so that a preview that watches it sees the new store.
  await writeFile(
    join(out, 'store.js'),
    `export { default } from './store.bin'; // ${createHash('sha256').update(store).digest('hex')}\n`,
  );
}
