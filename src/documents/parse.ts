import { DocumentError, type Draft, type SourceFile } from './document.ts';
import { parseHtml } from './html.ts';
import { parseMarkdown } from './markdown.ts';
import { parseText } from './text.ts';

const PARSERS: ReadonlyMap<string, (file: SourceFile) => Draft> = new Map([
  ['txt', parseText],
  ['md', parseMarkdown],
  ['markdown', parseMarkdown],
  ['mdx', parseMarkdown],
  ['html', parseHtml],
  ['htm', parseHtml],
]);

/** Whether files of this name are documents, going by the extension. */
export function isDocument(path: string): boolean {
  return PARSERS.has(extension(path));
}

/** Whether a document is Markdown, going by the extension. */
export function isMarkdown(path: string): boolean {
  return PARSERS.get(extension(path)) === parseMarkdown;
}

/**
 * Reads a document by its kind.
 *
 * @throws DocumentError when it cannot be read
 */
export function parseDocument(file: SourceFile): Draft {
  const parse = PARSERS.get(extension(file.path));
  if (parse === undefined) {
    throw new DocumentError(
      `Cannot read seeds/${file.path}: expected a name that ends in .${[...PARSERS.keys()].join(', .')}`,
    );
  }
  return parse(file);
}

function extension(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}
