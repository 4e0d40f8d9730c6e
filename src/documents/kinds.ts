export type Kind = 'text' | 'markdown' | 'html';

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['txt', 'text'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['mdx', 'markdown'],
  ['html', 'html'],
  ['htm', 'html'],
]);

/** What the names of documents end in. */
export const ENDINGS: readonly string[] = [...KINDS.keys()].map((extension) => `.${extension}`);

/** What kind of document files of this name are, going by the extension; undefined when they are none. */
export function kindOf(path: string): Kind | undefined {
  return KINDS.get(/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '');
}
