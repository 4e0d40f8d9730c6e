import type { Field } from '../front-matter/fields.ts';
import { visibilityField } from '../front-matter/visibility.ts';
import { readAnswer, readStatus } from '../front-matter/visibility-words.ts';
import { endsLikeProse } from './line.ts';

/** What is longer, and no word for it, is a sentence about something else. */
const MAX_WORDS = 3;
/** Fields that say nothing else, but in a sentence. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['draft', 'isdraft', 'private', 'isprivate', 'wip']);

const LABELLED = /^(?:(?<label>[^:：=]{1,40})[:：=](?<rest>.*)|(?<bare>[^:：=]{1,16}))$/u;
/** A name and what it says, known or not. */
const NAMED = /^\p{L}[\p{L}\p{N} _-]{0,30}[:：]\s*\S/u;
/** Headings, what underlines them, and the marks of comments. */
const PASSED = /^(?:#{1,6}(?:\s.*)?|=+|-+|<!-*|-->)?$/;
/** What surrounds a line: quotation, list, emphasis, comment, and the marks of fields in other ways to write. */
const DECORATION = /^(?:<!--|#\+|\/\/)?[\s>*_.:-]*|(?<=[:：])[*_]+|[\s*_]*(?:-->)?$/g;
/** Longer lines are prose, and so is what stands further below. */
const MAX_LENGTH = 200;
const MAX_LINES = 20;

/** A labelled line about who is to see a document: the field of front matter that is meant, and what it says. */
export interface VisibilityLabel {
  readonly name: string;
  readonly rest: string;
}

/**
 * Reads `Draft: yes`, `Status: pending`, `Taslak: evet`, and `DRAFT` where that is the whole line; undefined when a line
 * is about something else.
 */
export function readVisibilityLabel(text: string): VisibilityLabel | undefined {
  const { label, rest: written = '', bare } = LABELLED.exec(text)?.groups ?? {};
  const words = label ?? bare;
  const name = words === undefined ? undefined : visibilityField(words.trim());
  if (name === undefined || (label === undefined && name !== 'draft')) return undefined;
  const rest = written.trim();
  if (readAnswer(rest) !== undefined || readStatus(rest) !== undefined) return { name, rest };
  const isLong = rest.split(' ').length > MAX_WORDS;
  if (UNMISTAKABLE.has(name)) return isLong && endsLikeProse(rest) ? undefined : { name, rest };
  const isWord = rest !== '' && !isLong && !endsLikeProse(rest);
  // What is published may also say by whom, or where.
  const isName = name.endsWith('published') && !/^\p{Ll}+$/u.test(rest);
  return isWord && !isName ? { name, rest } : undefined;
}

/**
 * What labelled lines at the top of a text say of who is to see it, whatever stands between them: headings, comments, and
 * labels that are not known. The first line that is anything else ends them.
 */
export function findVisibilityLabels(
  lines: readonly { readonly text: string; readonly number: number }[],
): (readonly [string, Field])[] {
  const found: (readonly [string, Field])[] = [];
  for (const [index, { text, number }] of lines.slice(0, MAX_LINES).entries()) {
    const line = text.trim();
    const plain = line.length > MAX_LENGTH ? '' : line.replace(DECORATION, '');
    const label = readVisibilityLabel(plain);
    if (label !== undefined) found.push([label.name, { value: label.rest, line: number }]);
    else if (!PASSED.test(line) && !NAMED.test(plain) && !isUnderlined(lines[index + 1]?.text)) break;
  }
  return found;
}

/** Whether a line is a heading by the line below it. */
function isUnderlined(below = ''): boolean {
  return /^(?:=+|-+)$/.test(below.trim());
}
