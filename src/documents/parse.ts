import { DocumentError, type Draft, type SourceFile, type Visibility } from './draft.ts';
import { visibilityOfPath } from './file-name.ts';
import { withNestedFields } from './front-matter/read-fields.ts';
import { readVisibility, withStrictest } from './front-matter/visibility.ts';
import { parseHtml } from './html-page/html-page.ts';
import { ENDINGS, type Kind, kindOf } from './kinds.ts';
import { parseMarkdown } from './markdown/markdown.ts';
import { parseText } from './plain-text/plain-text.ts';
import { type DocumentSource, readSource } from './source.ts';

const PARSERS: Readonly<Record<Kind, (source: DocumentSource) => Draft>> = {
  text: parseText,
  markdown: parseMarkdown,
  html: parseHtml,
};

/**
 * Reads a document by its kind. A document that its path or its front matter holds back has no content: it is not parsed.
 *
 * @throws DocumentError when it cannot be read
 */
export function parseDocument(file: SourceFile): Draft {
  const { path } = file;
  const kind = kindOf(path);
  if (kind === undefined)
    throw new DocumentError(`Cannot read seeds/${path}: expected a name that ends in ${ENDINGS.join(', ')}`);
  const visibility = visibilityOfPath(path);
  if (visibility !== undefined) return { visibility, authors: [], html: '' };
  const source = readSource(file);
  const stated = readVisibility(withNestedFields(source.fields), path);
  const draft = isHeldBack(stated) ? { authors: [], html: '' } : PARSERS[kind](source);
  return withStrictest(draft, stated);
}

/** Whether nobody is to see a document. */
export function isHeldBack<Held extends { readonly visibility?: Visibility }>(
  document: Held,
): document is Held & { readonly visibility: 'draft' | 'excluded' } {
  return document.visibility === 'draft' || document.visibility === 'excluded';
}
