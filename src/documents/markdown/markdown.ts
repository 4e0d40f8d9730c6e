import { findDate } from '../../dates/parse-date.ts';
import type { Parent } from '../../html/tree.ts';
import { countLineBreaks } from '../../strings.ts';
import { readFileName } from '../file-name.ts';
import { readFields } from '../front-matter/read-fields.ts';
import { readVisibility, withStrictest } from '../front-matter/visibility.ts';
import { wordsWithoutTex } from '../plain-formulas.ts';
import { findVisibilityLabels } from '../plain-text/labels.ts';
import type { DocumentSource, Draft } from '../source.ts';
import { DocumentError, defined } from '../stated.ts';
import { extractSyntax, type Piece } from './extract-syntax.ts';
import { postProcess } from './post-process.ts';
import { renderMarkdown } from './render.ts';
import { restorePieces } from './restore-placeholders.ts';
import { followFences } from './source-text.ts';
import { takeTitle } from './title.ts';
import { unindent } from './unindent.ts';

/** The markers of generators for the end of the summary. */
const SUMMARY_END = /^\s*(?:more\b.{0,200}|truncate|(?:end[-_ ]?)?excerpt|read[-_ ]?more|summary)\s*$/is;
const MIDDLEMAN_END = /^READMORE$/m;
/** The number of first lines that may be labels. */
const MAX_HEADER = 20;
/** Code for a table of contents, left out without a warning: `{{TOC}}`, `{{< toc >}}`, `<TableOfContents />`. */
const CONTENTS_CODE = /^(?:\{\{[<%]?\s*|\{%-?\s*(?:include\s+)?|<)(?:table[-_]?of[-_]?contents|toc)\b/i;
const MAX_WARNINGS = 100;

/**
 * Reads Markdown: CommonMark with GitHub's tables, task lists, footnotes, strikethrough and bare URLs, below front
 * matter and by the conventions of Jekyll, Hugo, Eleventy, Astro, Zola, Docusaurus and Obsidian. Without a title in
 * front matter, a heading is the title: see `takeTitle`.
 *
 * @throws DocumentError when a date in its front matter cannot be understood
 */
export function parseMarkdown(source: DocumentSource): Draft {
  const { path, fields, bodyLine, isMdx } = source;
  const body = (isMdx ? unindent(source.body) : source.body).replace(MIDDLEMAN_END, '<!-- more -->');
  const stated = readFields(fields, readFileName(path), path);
  assertBounded(body, path, bodyLine);
  const extracted = extractSyntax(body, {
    title: stated.title,
    firstLine: bodyLine,
    isMdx,
    isPandoc: /\.[qr]md$/i.test(path),
    fields,
  });
  // Placeholders are longer than what they replace.
  if (extracted.pieces.length > 0) assertBounded(extracted.markdown, path, bodyLine);
  const scripts: Piece[] = [];
  const content = renderMarkdown(extracted.markdown, path, (src) => {
    const line = bodyLine + countLineBreaks(body.slice(0, Math.max(0, body.indexOf(src))));
    scripts.push({ code: `<script src="${src}">`, line });
  });
  const lost = restorePieces(content, extracted);
  const hashtags = postProcess(content, extracted);
  const isNamed = !source.isNote && stated.title === readFileName(path).title;
  const heading = takeTitle(content, stated.title, { isNote: source.isNote, isNamed });
  const title = isNamed ? (heading ?? stated.title) : (stated.title ?? heading);
  // The title of a diary entry is its day.
  const published = stated.published ?? findDate(title ?? '', `the title of seeds/${path}`);
  const above = extracted.markdown.includes('<!--') ? nodesAbove(content) : undefined;
  const summary = (above && wordsWithoutTex(above)) || undefined;
  const hasWikilinks = extracted.pieces.some(({ code }) => /^!?\[\[/.test(code));
  const warnings = [
    ...reportLeftOut([...extracted.leftOut, ...lost, ...scripts], path),
    ...(body.includes('[^') ? reportNotes(source) : []),
  ];
  const draft: Draft = {
    ...stated,
    ...defined({ title, published, summary: stated.summary ?? summary }),
    ...(hashtags.length > 0 && { hashtags: [...new Set(hashtags)], hasWikilinks }),
    content,
    markdown: extracted,
    warnings,
  };
  // Labelled lines at the top are text, but they count if they hold the document back.
  const head = source.body.split('\n', MAX_HEADER).map((text, at) => ({ text, number: bodyLine + at }));
  return withStrictest(draft, readVisibility(findVisibilityLabels(head), path));
}

/** The text above the marker, which is the summary; undefined without a marker. */
function nodesAbove({ children }: Parent): Parent['children'] | undefined {
  for (const [index, child] of children.entries()) {
    if (child.type === 'comment' && SUMMARY_END.test(child.value)) return children.slice(0, index);
    const inside = child.type === 'element' ? nodesAbove(child) : undefined;
    if (child.type === 'element' && inside !== undefined)
      return [...children.slice(0, index), { ...child, children: inside as typeof child.children }]; // its own
  }
  return undefined;
}

function reportLeftOut(pieces: readonly Piece[], path: string): string[] {
  const missed = pieces
    .filter(
      ({ code, isSilent, headingId }) => !isSilent && headingId === undefined && !CONTENTS_CODE.test(code),
    )
    .sort((one, other) => one.line - other.line);
  const lines = missed.slice(0, MAX_WARNINGS).map(({ code, line }) => {
    const quoted = code.replace(/\s+/g, ' ');
    const shown = quoted.length > 80 ? `${quoted.slice(0, 79)}…` : quoted;
    return `Cannot run "${shown}" in seeds/${path}:${line}: expected Markdown; left it out`;
  });
  const more = missed.length - lines.length;
  if (more > 0)
    lines.push(`Cannot run ${more} more pieces of code in seeds/${path}: expected Markdown; left them out`);
  return lines;
}

/** Warnings about notes without a reference, which the parser leaves out. */
function reportNotes({ body, bodyLine, path }: DocumentSource): string[] {
  const calls = new Set(
    [...body.matchAll(/(?<!^ {0,3})\[\^[^\]\s]{1,100}\]|\[\^[^\]\s]{1,100}\](?!:)/gm)].map(([call]) =>
      call.toLowerCase(),
    ),
  );
  return [...body.matchAll(/^ {0,3}(\[\^[^\]\s]{1,100}\]):/gm)]
    .filter(([, note = '']) => !calls.has(note.toLowerCase()))
    .slice(0, MAX_WARNINGS)
    .map(({ 1: note, index }) => {
      const line = bodyLine + countLineBreaks(body.slice(0, index));
      return `Cannot show note "${note}" in seeds/${path}:${line}: expected a reference to it in the text; left it out`;
    });
}

/** The maximum depth of quotations and lists: the parser's time grows with its square. */
const MAX_NESTING = 200;
/** Characters; shorter paragraphs cannot be slow. */
const LONG_PARAGRAPH = 10_000;
/** Cells that the parser adds to short rows of tables. */
const MAX_CELLS = 500_000;
/** The maximum cost of the special characters in one paragraph, and of its references. */
const MAX_MARKUP_WORK = 2e11;
const MAX_REFERENCE_WORK = 1e8;
/** The maximum cost of `_` within words, each of which the parser compares with all earlier ones. */
const MAX_UNDERSCORE_WORK = 5e8;

const NESTED = new RegExp(`^(?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){${MAX_NESTING + 1}}`, 'm');
const DELIMITERS = /^[ \t>|:-]*$/;
const BLANK_LINES = /\n(?:[ \t>]*\n)+/g;
const ITEM = /\n(?=[ \t>]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|\|))/;

/**
 * Refuses Markdown for which the parser's time would grow with the square of its length.
 *
 * @param firstLine the number of the text's first line in the document
 * @throws DocumentError
 */
function assertBounded(text: string, path: string, firstLine: number): void {
  if (findExcess(text) === undefined) return;
  const prose = withoutFences(text);
  const excess = findExcess(prose);
  if (excess === undefined) return;
  const line = firstLine + countLineBreaks(prose.slice(0, excess.offset));
  throw new DocumentError(`Cannot read seeds/${path}:${line}: ${excess.reason}`);
}

function findExcess(text: string): { readonly offset: number; readonly reason: string } | undefined {
  // Searches the whole text, since a line of only `>` does not end a quotation.
  const nested = NESTED.exec(text);
  if (nested !== null)
    return {
      offset: nested.index,
      reason: `expected at most ${MAX_NESTING} quotations and lists within each other`,
    };
  if (text.length < LONG_PARAGRAPH && !text.includes('|')) return undefined;
  let offset = 0;
  let cells = 0;
  for (const separator of [...text.matchAll(BLANK_LINES), undefined]) {
    const block = text.slice(offset, separator?.index);
    const reason = reasonToRefuse(block);
    if (reason !== undefined) return { offset, reason };
    cells += cellsOf(block);
    if (cells > MAX_CELLS + text.length) return { offset, reason: 'expected tables with fewer empty cells' };
    offset = (separator?.index ?? 0) + (separator?.[0].length ?? 0);
  }
  return undefined;
}

function reasonToRefuse(block: string): string | undefined {
  if (block.length < LONG_PARAGRAPH) return undefined;
  const isTooMuch =
    block.split(ITEM).some((part) => part.length > LONG_PARAGRAPH && isExpensive(part)) ||
    costOfReferences(block) > 20 * MAX_REFERENCE_WORK;
  return isTooMuch ? `expected a paragraph with less markup in its ${block.length} characters` : undefined;
}

function isExpensive(part: string): boolean {
  const markup = part.length - part.replace(/[`*_~[\]<>!\\|{}#$^()]/g, '').length;
  const underscores = part.match(/[^\s_]_+(?=[^\s_])/g)?.length ?? 0;
  const links = part.match(/www\.|:\/\/|@/g)?.length ?? 0;
  return (
    markup * part.length > MAX_MARKUP_WORK ||
    links * part.length > MAX_REFERENCE_WORK ||
    underscores * part.length > MAX_UNDERSCORE_WORK ||
    costOfReferences(part) > MAX_REFERENCE_WORK
  );
}

function costOfReferences(part: string): number {
  return (part.match(/&#?\w{1,32};/g)?.length ?? 0) * part.length;
}

function cellsOf(block: string): number {
  if (!block.includes('|')) return 0;
  const lines = block.split('\n');
  const columns = lines.map((line) => (DELIMITERS.test(line) ? line.split('|').length : 0));
  return columns.reduce((most, count) => Math.max(most, count), 0) * lines.length;
}

/** Replaces fenced code, which is cheap to parse, with blank lines. */
function withoutFences(text: string): string {
  const fenceAt = followFences();
  return text
    .split('\n')
    .map((line) => (fenceAt(line) === undefined ? line : ''))
    .join('\n');
}
