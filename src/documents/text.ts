import { canonicalText } from './canonical.ts';
import { findDate } from './date.ts';
import { decodeText } from './decode.ts';
import type { Draft, SourceFile, StatedDate } from './document.ts';

/** A longer first line is a paragraph, not a headline. */
const MAX_TITLE = 250;
/** A longer line is a paragraph, not a heading and not the title of a picture. */
const MAX_HEADING = 80;
/** Only so many characters at the end of a text are looked at for a credit or a full stop. */
const MAX_ENDING = 120;
/** A line that ends sooner was broken by its author, not by a wrapping editor. */
const MIN_WRAPPED = 60;

const BULLET = /^\s*[-–—•*]\s*/u;
const TRAILER = /^(?:kaynak\s*\/\s*source|kaynak|source)\s*:\s*(?<rest>.*)$/iu;
const ENDS_LIKE_PROSE = /[.!?…:;,。！？؟]["'”’»)\]]*$/u;
/** A photographer and an agency at the end, or an agency alone: `Benoit Tessier/Reuters`, `(AFP)`. */
const AGENCY =
  /(?:\p{Lu}[\p{L}.'’-]+\s+\p{Lu}[\p{L}'’-]+\s*\/\s*\p{Lu}[\p{L} ]*|\b(?:Reuters|AFP|AP Photo|Getty Images|EPA|Anadolu))\)?$/u;
/** A credit that says that it is one: `Photo: Jane Roe`, `© Jane Roe`. */
const CREDIT = /(?:(?:photo|image|foto|fotoğraf|picture|credit)s?\s*(?:by|:)|©)[^.]+$/iu;

interface Line {
  readonly text: string;
  readonly number: number;
}

interface Block {
  readonly kind: 'heading' | 'caption' | 'paragraph';
  readonly lines: readonly Line[];
}

/**
 * Reads a plain-text document: a headline; `- 22.11.2017`, its date; `Business Insider, 21 Nov 2017`, its source and
 * that one's date; paragraphs set apart by blank lines; among them short lines that are headings, and the remnants of
 * picture captions; at the end `Kaynak/Source:` with or without an address. Every part may be missing; what is not
 * understood is a paragraph, so no word is lost.
 *
 * @throws DocumentError when the file is empty or is not text
 */
export function parseText(file: SourceFile): Draft {
  const lines = decodeText(file)
    .split('\n')
    .map((text, index): Line => ({ text: text.trim().replace(/[ \t]+/g, ' '), number: index + 1 }));
  const where = (line: Line): string => `seeds/${file.path}:${line.number}`;

  const { title, published, sourceTitle, sourcePublished, rest } = readHeader(lines, where);
  const { uri, body } = readTrailer(rest);
  const source = {
    ...(sourceTitle === undefined ? {} : { title: sourceTitle }),
    ...(uri === undefined ? {} : { uri }),
    ...(sourcePublished === undefined ? {} : { published: sourcePublished }),
  };
  return {
    ...(title === undefined ? {} : { title }),
    ...(published === undefined ? {} : { published }),
    ...(Object.keys(source).length === 0 ? {} : { source }),
    authors: [],
    html: writeBlocks(classify(paragraphs(body), sourceTitle)),
  };
}

interface Header {
  readonly title: string | undefined;
  readonly published: StatedDate | undefined;
  readonly sourceTitle: string | undefined;
  readonly sourcePublished: StatedDate | undefined;
  readonly rest: readonly Line[];
}

function readHeader(lines: readonly Line[], where: (line: Line) => string): Header {
  let title: string | undefined;
  let published: StatedDate | undefined;
  let source: ReturnType<typeof findSource>;
  let used = 0;
  for (const [index, line] of lines.entries()) {
    if (line.text === '') continue;
    const date = published ?? findDate(line.text.replace(BULLET, ''), where(line));
    const origin = source ?? findSource(line, where);
    if (published === undefined && date !== undefined) published = date;
    else if (title !== undefined && source === undefined && origin !== undefined) source = origin;
    else if (title === undefined && isTitle(line.text, published !== undefined)) title = line.text;
    else break;
    used = index + 1;
  }
  return {
    title,
    published,
    sourceTitle: source?.title,
    sourcePublished: source?.published,
    rest: lines.slice(used),
  };
}

/** The first line is the headline; below the date only a line that does not end like a sentence. */
function isTitle(text: string, isBelowDate: boolean): boolean {
  return (
    text.length <= MAX_TITLE &&
    !TRAILER.test(text) &&
    !(isBelowDate && ENDS_LIKE_PROSE.test(text.slice(-MAX_ENDING)))
  );
}

/** `Business Insider, 21 Nov 2017` */
function findSource(
  line: Line,
  where: (line: Line) => string,
): { title: string; published: StatedDate } | undefined {
  if (line.text.length > 2 * MAX_HEADING) return undefined;
  for (const comma of line.text.matchAll(/[,|]\s*/gu)) {
    const title = line.text.slice(0, comma.index).trim();
    const published = findDate(line.text.slice(comma.index + comma[0].length), where(line));
    if (published !== undefined && title !== '' && title.length <= MAX_HEADING) return { title, published };
  }
  return undefined;
}

function readTrailer(lines: readonly Line[]): { uri: string | undefined; body: readonly Line[] } {
  const last = lines.findLastIndex((line) => line.text !== '');
  for (const index of [last, lines.findLastIndex((line, i) => i < last && line.text !== '')]) {
    const rest = TRAILER.exec(lines[index]?.text ?? '')?.groups?.rest;
    if (rest === undefined) continue;
    const address = index === last ? rest : `${rest}${lines[last]?.text}`;
    if (address === '') return { uri: undefined, body: lines.slice(0, index) };
    if (/^https?:\/\/\S+$/iu.test(address) && URL.canParse(address)) {
      return { uri: new URL(address).href, body: lines.slice(0, index) };
    }
  }
  return { uri: undefined, body: lines };
}

function paragraphs(lines: readonly Line[]): Line[][] {
  const found: Line[][] = [];
  let open: Line[] | undefined;
  for (const line of lines) {
    if (line.text === '') {
      open = undefined;
    } else if (open === undefined) {
      open = [line];
      found.push(open);
    } else {
      open.push(line);
    }
  }
  return found;
}

function classify(blocks: readonly (readonly Line[])[], sourceTitle: string | undefined): Block[] {
  const credited = (block: readonly Line[]): boolean => {
    const text = block
      .map((line) => line.text)
      .join(' ')
      .slice(-MAX_ENDING);
    return (
      !ENDS_LIKE_PROSE.test(text) &&
      (AGENCY.test(text) ||
        CREDIT.test(text) ||
        (sourceTitle !== undefined && text.endsWith(` ${sourceTitle}`)))
    );
  };
  return blocks.map((lines, index): Block => {
    if (credited(lines)) return { kind: 'caption', lines };
    const next = blocks[index + 1];
    if (!isShortLine(lines) || next === undefined) return { kind: 'paragraph', lines };
    if (credited(next) && !isShortLine(next)) return { kind: 'caption', lines };
    return { kind: isShortLine(next) ? 'paragraph' : 'heading', lines };
  });
}

function isShortLine(lines: readonly Line[]): boolean {
  const [line, ...more] = lines;
  return (
    line !== undefined &&
    more.length === 0 &&
    line.text.length <= MAX_HEADING &&
    !ENDS_LIKE_PROSE.test(line.text)
  );
}

function writeBlocks(blocks: readonly Block[]): string {
  let html = '';
  for (const [index, { kind, lines }] of blocks.entries()) {
    const text = joinLines(lines);
    if (kind === 'heading') html += `<h2>${text}</h2>`;
    else if (kind === 'paragraph') html += `<p>${text}</p>`;
    else {
      // The title of a picture and its caption stand in one figure.
      if (blocks[index - 1]?.kind !== 'caption') html += '<figure><figcaption>';
      html += `<p>${text}</p>`;
      if (blocks[index + 1]?.kind !== 'caption') html += '</figcaption></figure>';
    }
  }
  return html;
}

function joinLines(lines: readonly Line[]): string {
  return lines
    .map(({ text }, index) => {
      if (index === lines.length - 1) return canonicalText(text);
      return canonicalText(text) + (text.length < MIN_WRAPPED ? '<br>' : ' ');
    })
    .join('');
}
