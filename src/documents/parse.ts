import { DocumentError, type Draft, type SourceFile } from './draft.ts';
import { parseHtml } from './html-page/html-page.ts';
import { ENDINGS, type Kind, kindOf } from './kinds.ts';
import { parseMarkdown } from './markdown/markdown.ts';
import { parseText } from './plain-text/plain-text.ts';

const PARSERS: Readonly<Record<Kind, (file: SourceFile) => Draft>> = {
  text: parseText,
  markdown: parseMarkdown,
  html: parseHtml,
};

/**
 * Reads a document by its kind.
 *
 * @throws DocumentError when it cannot be read
 */
export function parseDocument(file: SourceFile): Draft {
  const kind = kindOf(file.path);
  if (kind === undefined)
    throw new DocumentError(
      `Cannot read seeds/${file.path}: expected a name that ends in ${ENDINGS.join(', ')}`,
    );
  return PARSERS[kind](file);
}
