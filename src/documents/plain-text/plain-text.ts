import { decodeDocument } from '../decode/decode.ts';
import type { Draft, SourceFile } from '../draft.ts';
import { readBlocks } from './blocks.ts';
import { readHeader } from './header.ts';
import { findHeadings } from './headings.ts';
import { writeBlocks } from './html.ts';
import { type Line, readLines } from './line.ts';
import { readTrailer } from './trailer.ts';

/**
 * Reads a plain-text document: a headline; `- 22.11.2017`, its date; `Business Insider, 21 Nov 2017`, its source and
 * that one's date; paragraphs set apart by blank lines; among them headings, lists, quotations and the remnants of
 * picture captions; at the end `Kaynak/Source:` with or without an address. Every part may be missing; what is not
 * understood is a paragraph, so no word is lost.
 *
 * @throws DocumentError when the file is empty or is not text
 */
export function parseText(file: SourceFile): Draft {
  const { text, warnings } = decodeDocument(file);
  const where = (line: Line): string => `seeds/${file.path}:${line.number}`;
  const { facts, rest } = readHeader(readLines(text), where);
  const { title, published, updated, language, tags, authors = [] } = facts;
  const trailer = readTrailer(rest, facts.source, where);
  const source = joinSources(facts.source, trailer.source);
  return {
    ...(title !== undefined && { title }),
    ...(published !== undefined && { published }),
    ...(updated !== undefined && { updated }),
    ...(language !== undefined && { language }),
    ...(tags !== undefined && { tags }),
    ...(source !== undefined && { source }),
    authors,
    html: writeBlocks(findHeadings(readBlocks(trailer.body), source?.title)),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** What header and trailer say together; the header's word counts. */
function joinSources(above: Draft['source'], below: Draft['source']): Draft['source'] {
  const { title, uri, published } = { ...below, ...above };
  if (title === undefined && uri === undefined && published === undefined) return undefined;
  return {
    ...(title !== undefined && { title }),
    ...(uri !== undefined && { uri }),
    ...(published !== undefined && { published }),
  };
}
