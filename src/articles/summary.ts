import { plainText, withoutNoteMarks } from '../html/character-references.ts';
import { shorten } from '../html/shorten.ts';

/** A longer first paragraph is cut. */
const MAX_SUMMARY = 300;
/** Whole sentences make the summary if they come to so many characters. */
const MIN_SENTENCES = 100;

/** Blocks of canonical HTML; whether text that stands right in one may begin an article. */
const BLOCKS: ReadonlyMap<string, boolean> = new Map([
  ...'p div section article center'.split(' ').map((name) => [name, true] as const),
  ...'h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption thead tbody tfoot tr th td pre blockquote figure figcaption details summary hr'
    .split(' ')
    .map((name) => [name, false] as const),
]);
const TAG = /<(\/?)([a-z][a-z\d]*)(?: [^<>]*)?>/g;

/** The end of a sentence, without abbreviations and initials. */
const SENTENCE_END =
  /(?<=[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}][)\]"'”’»]{0,2})(?<!(?<!\p{L})(?:[A-ZА-Я]\p{L}|Prof|Mrs|Inc|Ltd|Corp|Gen|Gov|Sen|Rep|Rev|Capt|Col|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|etc|approx|vol|nos?|vs|bzw|usw|vgl|Nr|Abb|Bd|Hrsg|Mme|Mlle|Sra|Srta|Dra|Ing|Dipl|Doç|Yrd|т|ул|им|стр|см|ср|др))[.!?؟۔।॥։።]+["'”’»)\]]*(?=\s+[^\p{Ll}\s])|[。！？]["”’»」』）]*/gu;

/** What an article says of itself where it states no summary: its first paragraph, in whole sentences if possible. */
export function summaryOf(contentHtml: string): string {
  const words = firstParagraph(contentHtml) ?? plainText(withoutNoteMarks(contentHtml));
  if (words.length <= MAX_SUMMARY) return words;
  // Two more characters show that the last sentence has ended.
  const ends = [...words.slice(0, MAX_SUMMARY + 2).matchAll(SENTENCE_END)].map(
    (end) => end.index + end[0].length,
  );
  const length = ends.findLast((end) => end <= MAX_SUMMARY) ?? 0;
  return length >= MIN_SENTENCES ? words.slice(0, length) : shorten(words, MAX_SUMMARY);
}

/** The words of the first paragraph that is neither a caption nor a note; it may stand in a division or in none. */
function firstParagraph(contentHtml: string): string | undefined {
  const open: string[] = [];
  let start = 0;
  for (const { 0: tag, 1: slash, 2: name = '', index } of contentHtml.matchAll(TAG)) {
    if (!BLOCKS.has(name)) continue;
    const mayBegin = BLOCKS.get(open.at(-1) ?? 'div') === true && !open.includes('figure');
    const html = mayBegin ? contentHtml.slice(start, index) : '';
    const words = html.includes('↩') || isCaption(html) ? '' : plainText(withoutNoteMarks(html));
    if (words !== '') return words;
    start = index + tag.length;
    if (slash === '/') open.length = Math.max(0, open.lastIndexOf(name));
    else if (name !== 'hr') open.push(name);
  }
  const rest = open.length === 0 ? plainText(withoutNoteMarks(contentHtml.slice(start))) : '';
  return rest === '' ? undefined : rest;
}

/** Whether a paragraph is a picture with a line in italics. */
function isCaption(html: string): boolean {
  return html.includes('<img ') && plainText(html.replace(/<(em|i)>.*?<\/\1>/gu, '')) === '';
}
