import { root } from '../html/tree.ts';
import { DocumentError, type Draft, type SourceFile, type Visibility } from './draft.ts';
import { visibilityOfPath } from './front-matter/file-name.ts';
import { withRooms } from './front-matter/stated-fields.ts';
import { readVisibility, strictest } from './front-matter/stated-visibility.ts';
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
  if (visibility !== undefined) return { visibility, authors: [], content: root([]) };
  const source = readSource(file);
  const stated = readVisibility(withRooms(source.fields), path);
  const draft = isHeldBack(stated) ? { authors: [], content: root([]) } : PARSERS[kind](source);
  return strictest(draft, stated);
}

/** Whether nobody is to see a document. */
export function isHeldBack<Held extends { readonly visibility?: Visibility }>(
  document: Held,
): document is Held & { readonly visibility: 'draft' | 'excluded' } {
  return document.visibility === 'draft' || document.visibility === 'excluded';
}
