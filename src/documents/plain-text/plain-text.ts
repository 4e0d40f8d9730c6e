import { root } from '../../html/tree.ts';
import type { Draft } from '../draft.ts';
import { readFileName } from '../file-name.ts';
import { readFields } from '../front-matter/read-fields.ts';
import { readVisibility, withStrictest } from '../front-matter/visibility.ts';
import type { DocumentSource } from '../source.ts';
import { readBlocks } from './blocks.ts';
import { contentOf, findHeadings } from './content.ts';
import { readHeader } from './header.ts';
import { readTrailer } from './header-fields.ts';
import { findVisibilityLabels } from './labels.ts';
import { type Line, readLines } from './lines.ts';

/**
 * Reads a plain-text document: a headline; its date, such as `- 22.11.2017`; its source with a date, such as `Business
 * Insider, 21 Nov 2017`; paragraphs, headings, lists, quotations and captions; at the end `Kaynak/Source:` with or
 * without an address. Every part may be missing. A line that is not understood is a paragraph, so no word is lost.
 * Front matter takes precedence.
 *
 * @throws DocumentError if a date in front matter cannot be parsed
 */
export function parseText({ path, fields, body, bodyLine, warnings }: DocumentSource): Draft {
  const where = (line: Line): string => `seeds/${path}:${line.number + bodyLine - 1}`;
  const stated = fields.size === 0 ? { authors: [] } : readFields(fields, readFileName(path), path);
  const { fields: header, rest } = readHeader(readLines(body), where, stated.title);
  const { title, published, updated, expires, slug, summary, language, tags, image, role } = header;
  const { authors = [], visibility = [] } = header;
  const below = findVisibilityLabels(rest).map(
    ([name, { value, line }]) => [name, { value, line: line + bodyLine - 1 }] as const,
  );
  const trailer = readTrailer(rest, header.source, where);
  const source = joinSources(header.source, trailer.source);
  const draft: Draft = {
    ...(title !== undefined && { title }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(expires !== undefined && { expires }),
    ...(slug !== undefined && { slug }),
    ...(summary !== undefined && { summary }),
    ...(language !== undefined && { language }),
    ...(tags !== undefined && { tags }),
    ...(image !== undefined && { image }),
    ...(source !== undefined && { source }),
    ...(role !== undefined && { role }),
    ...stated,
    authors: stated.authors.length > 0 ? stated.authors : authors,
    content: root(contentOf(findHeadings(readBlocks(trailer.body), source?.title))),
    ...(warnings.length > 0 && { warnings }),
  };
  return withStrictest(draft, readVisibility([...visibility, ...below], path));
}

/** Joins what header and trailer state; the header takes precedence. */
function joinSources(above: Draft['source'], below: Draft['source']): Draft['source'] {
  const { title, uri, published } = { ...below, ...above };
  if (title === undefined && uri === undefined && published === undefined) return undefined;
  return {
    ...(title !== undefined && { title }),
    ...(uri !== undefined && { uri }),
    ...(published !== undefined && { published }),
  };
}
