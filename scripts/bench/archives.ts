import { rmSync, symlinkSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_SIZE } from '../../src/app/select-articles.ts';
import { EVERYTHING } from '../../src/facets.ts';
import { feedPath, paths, slicePath, valuePath } from '../../src/routes/paths.ts';
import { documentsIn, writeDocuments } from './corpus.ts';
import { makeSite, packTidings, type Run, timed } from './generators.ts';
import { expectDecompressed, expectStatus } from './workers/load.ts';
import type { Server } from './workers/serve.ts';

/** An archive of a given size, and its builds. */
export interface Archive {
  readonly size: number;
  readonly documents: string;
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
    const documents = join(site, tool.documents);
    await writeDocuments(documents, size);
    symlinkSync(join(installed, 'node_modules'), join(site, 'node_modules'));
    archives.push({ size, site, documents, out: join(site, 'dist'), builds: [] });
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

/** The front matter of a document, by its number from the oldest. */
export interface Documents {
  readonly count: number;
  readonly front: (number: number) => Promise<{ readonly title: string; readonly tags: readonly string[] }>;
}

/** The documents of a folder that `writeDocuments` wrote. */
export function readDocuments(folder: string): Documents {
  const paths = documentsIn(folder);
  return {
    count: paths.length,
    async front(number) {
      const text = await readFile(paths[number] ?? '', 'utf8');
      const title: string = JSON.parse(/^title: (".*")$/m.exec(text)?.[1] ?? '');
      return { title, tags: /^tags: \[(.*)\]$/m.exec(text)?.[1]?.split(', ') ?? [] };
    },
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
 * Verifies responses against the documents: the feed, both ends of the history, a tag, a search.
 *
 * @throws Error if a response is wrong, so that the bench never measures errors
 */
export async function verifyArchive(server: Server, documents: Documents): Promise<ArchiveUrls> {
  const { count, front } = documents;
  const titles = (from: number, to: number): Promise<string[]> =>
    Promise.all(Array.from({ length: to - from }, async (_, index) => (await front(to - 1 - index)).title));
  const main = await itemsOf(server, feedPath('json'));
  expectTitles(feedPath('json'), main, await titles(count - main.length, count));

  const pages = Math.floor(count / PAGE_SIZE);
  const history = async (page: number): Promise<Item[]> => {
    const path = slicePath(EVERYTHING, 'json', page);
    const items = await itemsOf(server, path);
    expectTitles(path, items, await titles((page - 1) * PAGE_SIZE, page * PAGE_SIZE));
    return items;
  };
  await history(pages);
  const first = await history(1);

  const [newest, oldest] = [main[0], first.at(-1)].map((item) => new URL(item?.url ?? '').pathname);
  const [newestTitle, oldestTitle] = [(await front(count - 1)).title, (await front(0)).title];
  if (newest === undefined || oldest === undefined) throw new Error('Cannot measure a feed without articles');
  await expectText(server, newest, newestTitle);
  await expectText(server, oldest, oldestTitle);
  await expectText(server, paths.home, newestTitle);

  const tag = (await front(count - 1)).tags[0] ?? '';
  const tagged = valuePath('tag', tag, 'json');
  const found = await itemsOf(server, tagged);
  if (!found.every(({ tags = [] }) => tags.includes(tag)))
    throw new Error(`Cannot measure ${tagged}: expected articles with this tag`);
  expectTitles(tagged, found.slice(0, 1), [newestTitle]);

  const words = `"${oldestTitle.toLowerCase()}"`;
  await expectText(server, slicePath({ clauses: [], words }, 'page'), oldest);

  const rss = feedPath('rss');
  const etag = (await expectStatus(server, rss)).headers.etag ?? '';
  await expectStatus(server, rss, { 'If-None-Match': etag }, 304);
  return { etag, newest, oldest, pages, tag };
}

async function itemsOf(server: Server, path: string): Promise<Item[]> {
  const { items }: { items: Item[] } = JSON.parse(await expectDecompressed(server, path));
  return items;
}

function expectTitles(path: string, items: readonly Item[], titles: readonly string[]): void {
  const found = items.map(({ title }) => title);
  if (found.length === 0 || found.join('\n') !== titles.join('\n'))
    throw new Error(
      `Cannot measure ${path}: it has "${found.join('", "')}"; expected "${titles.join('", "')}"`,
    );
}

async function expectText(server: Server, path: string, text: string): Promise<void> {
  if (!(await expectDecompressed(server, path)).includes(text))
    throw new Error(`Cannot measure ${path}: it does not have "${text}"`);
}
