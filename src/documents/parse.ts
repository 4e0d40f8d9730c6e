import type { Generator } from '../config/generator.ts';
import { root } from '../html/tree.ts';
import type { Draft } from './draft.ts';
import { visibilityOfPath } from './file-name.ts';
import { withDefaults, withWholeTag } from './front-matter/defaults.ts';
import { withNestedFields } from './front-matter/read-fields.ts';
import { readVisibility, withStrictest } from './front-matter/visibility.ts';
import { parseHtmlDocument } from './html-page/html-page.ts';
import { DOCUMENT_ENDINGS, type Kind, kindOf } from './kinds.ts';
import { parseMarkdown } from './markdown/markdown.ts';
import { parseText } from './plain-text/plain-text.ts';
import { type DocumentSource, readSource } from './source.ts';
import { DocumentError, type SourceFile, type Visibility } from './stated.ts';

const PARSERS: Readonly<Record<Kind, (source: DocumentSource) => Draft>> = {
  text: parseText,
  markdown: parseMarkdown,
  mdx: parseMarkdown,
  html: parseHtmlDocument,
};

/**
 * Reads a document by its kind. A document that its path or its front matter holds back has no content: it is not parsed.
 *
 * @param showsDrafts whether a draft is read like any other document
 * @param generator may give it front matter
 * @throws DocumentError when it cannot be read
 */
export function parseDocument(file: SourceFile, showsDrafts = false, generator?: Generator): Draft {
  const { path } = file;
  const kind = kindOf(path);
  if (kind === undefined)
    throw new DocumentError(
      `Cannot read seeds/${path}: expected a name that ends in ${DOCUMENT_ENDINGS.join(', ')}`,
    );
  const visibility = visibilityOfPath(path);
  const isHidden = (value: Visibility | undefined): boolean =>
    value === 'excluded' || (value === 'draft' && !showsDrafts);
  if (isHidden(visibility)) return { visibility: visibility as Visibility, authors: [], content: root([]) };
  const read = readSource(file);
  const fields = generator?.name === 'Eleventy' ? withWholeTag(read.fields) : read.fields;
  const source = { ...read, fields: withDefaults(fields, path, generator) };
  const stated = readVisibility(withNestedFields(source.fields), path);
  const draft = isHidden(stated.visibility) ? { authors: [], content: root([]) } : PARSERS[kind](source);
  const { visibility: strict, ...rest } = withStrictest(draft, stated);
  return strict === undefined || (strict === 'draft' && showsDrafts) ? rest : { ...rest, visibility: strict };
}

/** Whether nobody is to see a document. */
export function isHeldBack<Held extends { readonly visibility?: Visibility }>(
  document: Held,
): document is Held & { readonly visibility: 'draft' | 'excluded' } {
  return document.visibility === 'draft' || document.visibility === 'excluded';
}
