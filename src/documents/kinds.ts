/** How documents are written; parse.ts has the parser of each kind. */
export type Kind = 'text' | 'markdown' | 'mdx' | 'html';

/**
 * The file extensions of each kind. Every other list of endings is derived from this one. A link without an ending
 * leads to the first of several documents that differ only in their endings.
 */
const KINDS: Readonly<Record<Kind, readonly string[]>> = {
  markdown: ['.md', '.markdown', '.mkd', '.mdown', '.mkdn', '.mkdown', '.mdwn', '.rmd', '.qmd', '.mdoc'],
  mdx: ['.mdx', '.svx'],
  html: ['.html', '.htm', '.xhtml'],
  text: ['.txt', '.text'],
};

/** In lower case, with their dots. */
export const DOCUMENT_ENDINGS: readonly string[] = Object.values(KINDS).flat();

const KIND_OF: ReadonlyMap<string, Kind> = new Map(
  (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    KINDS[kind].map((ending): [string, Kind] => [ending, kind]),
  ),
);

/** The kind of a document by its name; undefined if such files are not documents. */
export function kindOf(path: string): Kind | undefined {
  return KIND_OF.get(ENDING.exec(path)?.[1]?.toLowerCase() ?? '');
}

/** Middleman has Markdown in `a.html.md.erb`, Bear in `a.textbundle/text.md`. */
const ENDING = /(?:\.textbundle\/text)?(\.(?:md|markdown)(?=\.erb$)|\.[^./]+$)(?:\.erb)?/i;

export function withoutEnding(path: string): string {
  return path.replace(ENDING, '');
}

export function isMarkdown(path: string): boolean {
  const kind = kindOf(path);
  return kind === 'markdown' || kind === 'mdx';
}

/** A path, or a name, without the ending of a document. */
export function withoutDocumentEnding(path: string): string {
  return kindOf(path) === undefined ? path : withoutEnding(path);
}

/** Notes are named without the ending of Markdown, and other documents with theirs. */
export function withoutNoteEnding(path: string): string {
  return isMarkdown(path) ? withoutDocumentEnding(path) : path;
}
