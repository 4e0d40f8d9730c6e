import { plain } from '../html/text.ts';

/** Folders of Jekyll that hold the documents of a collection, and its name. */
const JEKYLL: ReadonlyMap<string, string> = new Map([
  ['_posts', 'posts'],
  ['_drafts', 'drafts'],
]);

/**
 * The collection that a document is in: the folder at the top of its path, in the words of the publisher. A folder that
 * is one document (`title/index.md`) is none.
 */
export function collectionOf(path: string): string | undefined {
  const [folder = '', ...rest] = path.split('/');
  if (rest.length === 0 || (rest.length === 1 && /^_?index\./i.test(rest[0] ?? ''))) return undefined;
  return plain(JEKYLL.get(folder) ?? folder);
}
