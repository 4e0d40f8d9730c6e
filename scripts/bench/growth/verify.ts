import { EVERYTHING, sliceOfValue } from '../../../src/facets.ts';
import { feedPath, paths } from '../../../src/routes/paths.ts';
import { slicePath } from '../../../src/routes/slice-paths.ts';
import { PAGE_SIZE } from '../../../src/store/history.ts';
import { expectDecompressed, expectStatus } from '../workers/client.ts';
import type { Server } from '../workers/serve.ts';
import type { Documents } from './archives.ts';

/** The URLs of an archive to request. */
export interface Landmarks {
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
export async function verifyArchive(server: Server, documents: Documents): Promise<Landmarks> {
  const { count, front } = documents;
  const titles = (from: number, to: number): Promise<string[]> =>
    Promise.all(Array.from({ length: to - from }, async (_, index) => (await front(to - 1 - index)).title));
  const main = await itemsOf(server, feedPath('json'));
  mustEqual(feedPath('json'), main, await titles(count - main.length, count));

  const pages = Math.floor(count / PAGE_SIZE);
  const history = async (page: number): Promise<Item[]> => {
    const path = slicePath(EVERYTHING, 'json', page);
    const items = await itemsOf(server, path);
    mustEqual(path, items, await titles((page - 1) * PAGE_SIZE, page * PAGE_SIZE));
    return items;
  };
  await history(pages);
  const first = await history(1);

  const [newest, oldest] = [main[0], first.at(-1)].map((item) => new URL(item?.url ?? '').pathname);
  const [newestTitle, oldestTitle] = [(await front(count - 1)).title, (await front(0)).title];
  if (newest === undefined || oldest === undefined) throw new Error('Cannot measure a feed without articles');
  await mustSay(server, newest, newestTitle);
  await mustSay(server, oldest, oldestTitle);
  await mustSay(server, paths.home, newestTitle);

  const tag = (await front(count - 1)).tags[0] ?? '';
  const tagged = slicePath(sliceOfValue('tag', tag), 'json');
  const found = await itemsOf(server, tagged);
  if (!found.every(({ tags = [] }) => tags.includes(tag)))
    throw new Error(`Cannot measure ${tagged}: expected articles with this tag`);
  mustEqual(tagged, found.slice(0, 1), [newestTitle]);

  const words = `"${oldestTitle.toLowerCase()}"`;
  await mustSay(server, slicePath({ clauses: [], words }, 'page'), oldest);

  const rss = feedPath('rss');
  const etag = (await expectStatus(server, rss)).headers.etag ?? '';
  await expectStatus(server, rss, { 'If-None-Match': etag }, 304);
  return { etag, newest, oldest, pages, tag };
}

async function itemsOf(server: Server, path: string): Promise<Item[]> {
  const { items }: { items: Item[] } = JSON.parse(await expectDecompressed(server, path));
  return items;
}

function mustEqual(path: string, items: readonly Item[], titles: readonly string[]): void {
  const found = items.map(({ title }) => title);
  if (found.length === 0 || found.join('\n') !== titles.join('\n'))
    throw new Error(
      `Cannot measure ${path}: it has "${found.join('", "')}"; expected "${titles.join('", "')}"`,
    );
}

async function mustSay(server: Server, path: string, text: string): Promise<void> {
  if (!(await expectDecompressed(server, path)).includes(text))
    throw new Error(`Cannot measure ${path}: it does not have "${text}"`);
}
