import { rmSync, symlinkSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_SIZE } from '../../src/app/select-articles.ts';
import { EVERYTHING } from '../../src/facets.ts';
import { feedPath, paths, slicePath, valuePath } from '../../src/routes/paths.ts';
import { writeDocuments } from './corpus.ts';
import { makeSite, packTidings, type Run, timed } from './generators.ts';
import { expectDecompressed, expectStatus } from './workers/load.ts';
import type { Server } from './workers/serve.ts';

/** An archive of a given size, and its builds. */
export interface Archive {
  readonly size: number;
  /** The output folder of the build. */
  readonly out: string;
  /** One per round, each without a cache. */
  readonly builds: readonly Run[];
}

/** Builds archives of all sizes, each size once per round. */
export async function buildArchives(
  folder: string,
  sizes: readonly number[],
  rounds: number,
): Promise<Archive[]> {
  const tool = packTidings(folder);
  const installed = join(folder, 'tidings');
  makeSite(tool, installed);
  const archives: (Archive & { readonly site: string; readonly builds: Run[] })[] = [];
  for (const size of sizes) {
    const site = join(folder, String(size));
    await writeDocuments(join(site, tool.documents), size);
    symlinkSync(join(installed, 'node_modules'), join(site, 'node_modules'));
    archives.push({ size, site, out: join(site, 'dist'), builds: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { size, site, builds } of archives) {
      for (const path of tool.remains) rmSync(join(site, path), { recursive: true, force: true });
      const resources = timed(tool.build, site);
      tool.check(site, size);
      builds.push(resources);
      console.error(`${size} documents: ${resources.wall} s`);
    }
  }
  return archives;
}

/** The external files of a worker. */
export interface Assets {
  readonly count: number;
  /** Bytes. */
  readonly total: number;
  readonly largest: number;
}

export async function countAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return {
    count: sizes.length,
    total: sizes.reduce((sum, size) => sum + size, 0),
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
  };
}

/** The URLs of an archive to request. */
export interface ArchiveUrls {
  /** The entity tag of the RSS feed. */
  readonly etag: string;
  readonly newest: string;
  readonly oldest: string;
  /** The number of history pages. */
  readonly pages: number;
  /** A frequent tag. */
  readonly tag: string;
}

interface Item {
  readonly url: string;
  readonly title: string;
  readonly tags?: readonly string[];
}

/**
 * Requests what is measured, and compares the responses: the feed, both ends of the history, a tag, a search.
 *
 * @param size the number of articles, which the build has counted
 * @throws Error if a response is wrong, so that the bench never measures errors
 */
export async function verifyArchive(server: Server, size: number): Promise<ArchiveUrls> {
  const [newest] = await itemsOf(server, feedPath('json'));
  const pages = Math.floor(size / PAGE_SIZE);
  const [last, first] = await Promise.all(
    [pages, 1].map((page) => itemsOf(server, slicePath(EVERYTHING, 'json', page))),
  );
  const oldest = first?.at(-1);
  const isFull = last?.length === PAGE_SIZE && first?.length === PAGE_SIZE;
  if (newest === undefined || oldest === undefined || !isFull)
    throw new Error(`Cannot measure an archive of ${size} articles: its history has fewer`);
  for (const { url, title } of [newest, oldest]) await expectText(server, new URL(url).pathname, title);
  await expectText(server, paths.home, newest.title);

  const tag = newest.tags?.[0] ?? '';
  const tagged = await itemsOf(server, valuePath('tag', tag, 'json'));
  if (tagged[0]?.url !== newest.url || !tagged.every(({ tags = [] }) => tags.includes(tag)))
    throw new Error(`Cannot measure the tag "${tag}": expected articles with this tag, the newest first`);

  const words = `"${oldest.title.toLowerCase()}"`;
  const oldestPath = new URL(oldest.url).pathname;
  await expectText(server, slicePath({ clauses: [], words }, 'page'), oldestPath);

  const rss = feedPath('rss');
  const etag = (await expectStatus(server, rss)).headers.etag ?? '';
  await expectStatus(server, rss, { 'If-None-Match': etag }, 304);
  return { etag, newest: new URL(newest.url).pathname, oldest: oldestPath, pages, tag };
}

async function itemsOf(server: Server, path: string): Promise<Item[]> {
  const { items }: { items: Item[] } = JSON.parse(await expectDecompressed(server, path));
  return items;
}

async function expectText(server: Server, path: string, text: string): Promise<void> {
  if (!(await expectDecompressed(server, path)).includes(text))
    throw new Error(`Cannot measure ${path}: it does not have "${text}"`);
}
