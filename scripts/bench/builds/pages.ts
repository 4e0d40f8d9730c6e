import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Holds the output of a generator of sites against what it was given.
 *
 * @throws Error when there is not a page for each document, or the feed has no full content
 */
export function checkPages(folder: string, feed: string, documents: number): void {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  if (pages.length < documents)
    throw new Error(`Cannot compare: ${folder} has ${pages.length} pages; expected ${documents}`);
  const path = join(folder, feed);
  const xml = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!/&lt;p&gt;|<!\[CDATA\[\s*<p>/.test(xml))
    throw new Error(`Cannot compare: ${path} has no articles in full`);
}
