import { findDate } from '../dates/parse-date.ts';
import { CONTENTS_HEADING } from '../documents/markdown/title.ts';
import { looksLikePeople } from '../documents/people.ts';
import { wordsWithoutTex } from '../documents/plain-formulas.ts';
import { readLabel, readLeadingWords } from '../documents/plain-text/labels.ts';
import { withoutLabel } from '../documents/title.ts';
import { plainText, shorten } from '../html/text.ts';
import { contains, isElement, type Parent, type RootContent, rawText, root } from '../html/tree.ts';
import { wordSet } from '../strings.ts';

const MAX_SUMMARY = 300;
/** The minimum length of a summary of whole sentences; a shorter one is cut within a sentence. */
const MIN_SENTENCES = 100;

/** The salutation of a letter. */
const SALUTATION = /^.{1,40}[,，،]$|^(?:dear|estimad[oa]s?|querid[oa]s?|prezad[oa]s?|car[oaie])\s.{1,40}:$/iu;

/** The address of a film or of a page, in a paragraph of its own. */
const ADDRESS = /^https?:\/\/\S+$/;
const MAX_BYLINE = 100;

/** `23 Oct 2008 - San Francisco`, `May 3, 2024 by Jane Roe` */
const DATELINE = /^(.{6,40}?)\s(?:(by|von|par|por|di|door|av)|[-–—|·•/])\s(.{1,200}?)\.?$/iu;
const MAX_PLACE = 40;
/** `Place: The old mill` */
const FIELD =
  /^(?!abstract|in (?:brief|short)|summary|tldr|update)\p{L}[\p{L} ]{0,20}[:：]\s?\S.{0,60}(?<![.!?…:。！？])$/iu;

/** The heading of a table of contents. */
const CONTENTS = new RegExp(`^${CONTENTS_HEADING}[\\s:]*(?:generated with .{1,40})?$`, 'iu');

const BLOCKS = wordSet(
  `p div section h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td pre blockquote
  figure figcaption details summary hr`,
);
/** Blocks whose text may be the first paragraph. */
const PARAGRAPHS = wordSet('p div section');

/** The end of a sentence, without abbreviations and initials. */
const SENTENCE_END =
  /(?<=[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}][)\]"'”’»]{0,2})(?<!(?<!\p{L})(?:[A-ZА-Я]\p{L}|Prof|Mrs|Inc|Ltd|Corp|Gen|Gov|Sen|Rep|Rev|Capt|Col|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|etc|approx|vol|nos?|vs|bzw|usw|vgl|Nr|Abb|Bd|Hrsg|Mme|Mlle|Sra|Srta|Dra|Ing|Dipl|Doç|Yrd|т|ул|им|стр|см|ср|др))[.!?؟۔।॥։።]+["'”’»)\]]*(?=\s+[^\p{Ll}\s])|[。！？]["”’»」』）]*/gu;

/** The fallback summary of an article: its first paragraph, in whole sentences if possible. */
export function summaryOf(content: Parent): string {
  const words = firstParagraph(content) ?? wordsWithoutTex(content.children);
  if (words.length <= MAX_SUMMARY) return words;
  // Two more characters show that the last sentence has ended.
  const ends = [...words.slice(0, MAX_SUMMARY + 2).matchAll(SENTENCE_END)].map(
    (end) => end.index + end[0].length,
  );
  const length = ends.findLast((end) => end <= MAX_SUMMARY) ?? 0;
  return length >= MIN_SENTENCES ? words.slice(0, length) : shorten(words, MAX_SUMMARY);
}

/** The text of the first paragraph that is neither a caption nor a note; it may be in a division, or be bare text. */
function firstParagraph({ children }: Parent, mayBegin = true): string | undefined {
  let run: RootContent[] = [];
  for (const child of children) {
    if (child.type !== 'element' || !BLOCKS.has(child.tagName)) {
      if (mayBegin) run.push(child);
      continue;
    }
    const isFigure = child.tagName === 'figure';
    const words =
      summaryWords(run) ??
      (isFigure ? undefined : firstParagraph(withoutLabel(child), PARAGRAPHS.has(child.tagName)));
    if (words !== undefined) return words;
    run = [];
  }
  return summaryWords(run);
}

function summaryWords(run: readonly RootContent[]): string | undefined {
  if (run.some((node) => rawText(node).includes('↩')) || isCaptionOrByline(run)) return undefined;
  const words = wordsWithoutTex(run);
  if (/^\P{Nd}{0,30}\p{Nd}/u.test(words) && isDateline(words)) return undefined;
  const isApart = [CONTENTS, SALUTATION, ADDRESS, FIELD].some((form) => form.test(words)) || isByline(words);
  return words === '' || isApart ? undefined : words;
}

/** Whether a paragraph is a date, alone or with people or a place. */
function isDateline(words: string): boolean {
  const [, date = words, by, rest = ''] = DATELINE.exec(words) ?? [];
  if (by === undefined ? rest.length > MAX_PLACE || /[.!?]/.test(rest) : !looksLikePeople(rest)) return false;
  return findDate(date, '') !== undefined;
}

/** Whether a paragraph is `By Jane Roe` or `Author: Jane Roe`. */
function isByline(words: string): boolean {
  if (words.length > MAX_BYLINE) return false;
  const { label, rest = '' } = readLabel(words) ?? readLeadingWords(words) ?? {};
  return label === 'author' && looksLikePeople(rest);
}

/** Whether it is a picture with a line in italics, or text in italics that is no sentence, such as a byline. */
function isCaptionOrByline(run: readonly RootContent[]): boolean {
  const isText = (node: RootContent): boolean =>
    isElement(node, 'em', 'i')
      ? false
      : 'children' in node
        ? node.children.some(isText)
        : rawText(node).trim() !== '';
  const content = root([...run]);
  return (
    !run.some(isText) && (contains(content, 'img') || !/[.!?…。！？]["'”’»)]*$/u.test(plainText(content)))
  );
}
