import { editDistance, wordList, wordSet } from '../../strings.ts';
import {
  type Field,
  type Fields,
  FieldsError,
  fieldItems,
  fieldMap,
  fieldText,
  isBlankField,
} from './fields.ts';

interface Open {
  readonly mark: string;
  /** Counted from 0. */
  readonly line: number;
}

const FIELD = /^[ \t]*(?:- +)*(?<name>[^\s"'#:{}[\]-][^:]*):(?:[ \t]+(?<value>\S.*))?$/;
const TAB = /^ *\t/;
/** Other spaces than YAML's, at the margin or where a space makes a field or an item. */
const WIDE_BLANK = /^[ \t]*(?:(?:- +)*[^\s:]+:|-)?[\u00a0\u2007\u202f\u3000]/;
const WIDE_COLON = /^[ \t]*[a-z_][\w-]*[ \t]*：/i;
const NO_BLANK = /^[ \t]*(?:- +)*(?<name>[a-z_][\w-]*):[^\s/]/i;
const NO_FIELD = /^[^\s#:-][^:]*$/;
/** Characters that cannot begin a plain scalar in YAML. */
const INDICATOR = /^[@`%*&!|>?,[\]{}-]/;

/**
 * Explains to the author why YAML cannot be parsed, and finds the line of the mistake, which may be above the one at
 * which the parser stops.
 *
 * @param reason in the parser's words
 * @param stop the line where the parser stopped, counted from 0
 * @param firstLine the number of the text's first line in the document
 */
export function explainYamlError(text: string, reason: string, stop: number, firstLine: number): FieldsError {
  const lines = text.split('\n');
  const { opens, last } = openAtLineStarts(lines);
  const at = (index: number, message: string): FieldsError => new FieldsError(message, index + 1);
  const findLast = (pattern: RegExp): number =>
    lines.findLastIndex((each, index) => index <= stop && opens[index] === undefined && pattern.test(each));
  const line = lines[stop] ?? '';

  if (reason.startsWith('nesting exceeded')) return at(stop, 'it is nested too deeply');
  const open = unclosed(reason, FIELD.test(line) ? opens[stop] : undefined, last);
  if (open !== undefined)
    return at(open.line, `the ${/["']/.test(open.mark) ? 'quote' : 'bracket'} ${open.mark} is not closed`);
  if (TAB.test(line)) return at(stop, `line ${firstLine + stop} begins with a tab; indent it with spaces`);
  const foreign = findLast(WIDE_COLON);
  if (foreign >= 0 && /expected|mapping|stream/.test(reason))
    return at(foreign, 'it has a full-width colon; type a plain colon and a space in its place');
  const wide = findLast(WIDE_BLANK);
  if (wide >= 0) return at(wide, 'it has a non-breaking space; type a plain space in its place');
  if (/escape sequence|hexadecimal/.test(reason))
    return at(stop, 'a backslash in double quotes begins an escape; use single quotes');
  const { name: stated = '', value } = FIELD.exec(line)?.groups ?? splitField(line);
  if (reason.startsWith('missed comma') && !(value?.startsWith('{') && PROSE_FIELD.test(line)))
    return at(stop, 'a comma is missing between two items');
  const advice = value === undefined ? undefined : expectedSpelling(stated, value);
  if (advice !== undefined) return at(stop, advice);
  if (/expected ':'|can not read a block mapping|end of the stream or|not a mapping/.test(reason)) {
    const joined = findLast(NO_BLANK);
    const { name } = NO_BLANK.exec(lines[joined] ?? '')?.groups ?? {};
    if (name !== undefined) return at(joined, `there is no space after the colon of ${name}`);
    const word = findLast(NO_FIELD);
    if (word >= 0) return at(word, 'it has no colon after a name');
  }
  if (/indentation|expected ':'|can not read|end of the stream or/.test(reason))
    return at(stop, 'its indentation does not fit the lines above');
  return at(stop, reason);
}

/** A quotation that contains fields, or whatever is open at the end. */
function unclosed(reason: string, atField: Open | undefined, last: Open | undefined): Open | undefined {
  if (reason.startsWith('unexpected end of the')) return last;
  return atField !== undefined && (/["']/.test(atField.mark) || last?.line === atField.line)
    ? atField
    : undefined;
}

/** The first name of a line and its value, which may contain a colon, too. */
function splitField(line: string): { name?: string; value?: string } {
  return /^[ \t]*(?:- +)*(?<name>[^\s"'#:{}[\]-][^:]*):[ \t]+(?<value>\S.*)$/.exec(line)?.groups ?? {};
}

function expectedSpelling(name: string, value: string): string | undefined {
  if (value.startsWith("'"))
    return `an apostrophe ends the quotes of the ${name}; write it twice, or put the ${name} in double quotes`;
  if (value.startsWith('"')) return `text follows a quote; put the whole ${name} in single quotes`;
  if (INDICATOR.test(value))
    return `there is ${value[0]} at the beginning of the ${name}; put the ${name} in quotes`;
  if (!/:(?:\s|$)/.test(value)) return undefined;
  const quotes = /^[“”„«»‘’]/.test(value) ? 'straight quotes' : 'quotes';
  return `there is a colon in the ${name}; put the ${name} in ${quotes}`;
}

/** The prefix of a value: list markers and the key. */
export const BEFORE_VALUE =
  /^[ \t]*(?:- +)*(?:(?:"[^"\n]*"|'[^'\n]*'|[^\s"'#[\]{},](?:[^:\n]|:(?![ \t\n]))*):[ \t]+)?/;
const BLOCK = /^[|>][-+\d]*[ \t]*(?:#.*)?$/;

/** For each line, the quote or bracket within which it begins, and the one that is never closed. */
export function openAtLineStarts(lines: readonly string[]): {
  readonly opens: readonly (Open | undefined)[];
  readonly last: Open | undefined;
} {
  const opens: (Open | undefined)[] = [];
  let open: Open | undefined;
  let quote = '';
  let brackets = 0;
  /** The margin of a block of text, whose lines are indented further. */
  let blockMargin = Number.POSITIVE_INFINITY;
  for (const [index, line] of lines.entries()) {
    opens.push(open);
    let at = 0;
    if (open === undefined) {
      const margin = line.search(/\S/);
      if (margin < 0 || margin > blockMargin) continue;
      at = BEFORE_VALUE.exec(line)?.[0].length ?? 0;
      blockMargin = BLOCK.test(line.slice(at)) ? margin : Number.POSITIVE_INFINITY;
      if (!/["'[{]/.test(line[at] ?? '')) continue;
      open = { mark: line[at] ?? '', line: index };
    }
    for (; at < line.length && open !== undefined; at++) {
      const character = line[at] ?? '';
      if (quote !== '') {
        if (quote === '"' && character === '\\') at++;
        else if (quote === "'" && character === "'" && line[at + 1] === "'") at++;
        else if (character === quote) quote = '';
      } else if (/["']/.test(character) && /[\s[{,:]|^$/.test(line[at - 1] ?? '')) quote = character;
      else if (/[[{]/.test(character)) brackets++;
      else if (/[\]}]/.test(character)) brackets--;
      else if (character === '#' && /\s/.test(line[at - 1] ?? ' ')) break;
      if (quote === '' && brackets <= 0) open = undefined;
    }
    if (open === undefined) brackets = 0;
  }
  return { opens, last: open };
}

/** The fields whose values are prose. */
const PROSE_FIELD =
  /^(?:title|headline|subtitle|description|summary|excerpt|tags?|keywords|categor(?:y|ies)):[ \t]/i;
/** `#7`, but not `# 7`, after a value or instead of it. */
const COMMENT = /[ \t](#[^\s#!][^\n]*)$/;

/** `#a` among the items of a list in brackets, which YAML reads as a comment. */
const HASH_ITEM = /(?<=[[,][ \t]{0,9})#[^\s,#"'[\]{}]{1,99}(?=[ \t]{0,9}[,\]])/g;

/** Words that YAML would read as a comment, with the name of their field and their line. */
interface KeptWords {
  readonly name: string;
  readonly words: string;
  /** Counted from 0. */
  readonly line: number;
}

/** Quotes values such as `Bulletin #7` and `#tag`. The number of lines does not change. */
export function keepHashes(text: string): { readonly text: string; readonly kept: readonly KeptWords[] } {
  if (!text.includes('#')) return { text, kept: [] };
  const kept: KeptWords[] = [];
  let field = '';
  const lines = text.split('\n').map((stated, line) => {
    if (/^\S/.test(stated) && !stated.startsWith('-')) field = stated;
    if (!PROSE_FIELD.test(`${field} `)) return stated;
    const name = field.slice(0, field.indexOf(':'));
    const keep = (words: string): string => {
      kept.push({ name, words, line });
      return JSON.stringify(words);
    };
    const [, mark = '', item] = /^(\s*-[ \t]+)(#[^\s#!].*)$/.exec(stated) ?? [];
    if (item !== undefined) return mark + keep(item);
    const start = stated === field ? name.length + 1 : stated.length;
    const value = stated.slice(start);
    if (/^\s*\[/.test(value)) return stated.slice(0, start) + value.replace(HASH_ITEM, keep);
    return COMMENT.test(value) && !/^\s*["'{|>&*!]/.test(value) ? `${name}: ${keep(value.trim())}` : stated;
  });
  return { text: lines.join('\n'), kept };
}

/** The fields whose loss an author would notice, with the other names that each of them has. */
const EXPECTED = wordList(
  `title/headline date/published/publishdate/pubdate/datepublished/created updated/lastmod/modified/lastmodified
  tags/tag/keywords categories/category description/summary/excerpt/abstract
  author/authors/byline/creator/primaryauthor slug permalink aliases/alias language/lang/locale image/images draft`,
).map((names) => names.split('/'));
const EXPECTED_NAMES = EXPECTED.flat();

/** Whether a document has a field under any of its names. */
export function hasField(fields: Fields, name: string): boolean {
  return (EXPECTED.find((names) => names.includes(name)) ?? [name]).some((each) => fields.has(each));
}

/** Names near one of these that mean something else: to other generators and themes, or as plain words. */
const FOREIGN =
  wordSet(`tile titled tilde data dates dated update updates updater uploaded publish publisher publishes polished creators
  creation tabs tax taps tals excerpts expert export expect actor actors anchor anchors auth local locals long land
  slag slugs snug langs imaged drafts aliased lasted keyword talk`);

/**
 * Warns about fields with names similar to known ones that the document lacks. The name is not quoted, so a report
 * counts each name separately.
 */
export function misspeltFields(fields: Fields, path: string): string[] {
  const found = misspeltIn(fields, '', [fields]);
  for (const [name, field] of fields) {
    const inner = fieldMap(field);
    if (inner === undefined) continue;
    if (CONTAINERS.has(name)) found.push(...misspeltIn(inner, `${name}.`, [inner, fields]));
    else if (PICTURES.has(name)) found.push(...misspeltPicture(inner, `${name}.`));
  }
  return found.map(
    ({ name, field, expected }) =>
      `Cannot use ${name} ${quotedField(field)} in seeds/${path}:${field.line}: expected ${expected}; left it out`,
  );
}

interface Misspelt {
  readonly name: string;
  readonly field: Field;
  readonly expected: string;
}

/** Misspelt fields in maps whose fields count as top-level ones, and in maps with the address of a picture. */
const CONTAINERS: ReadonlySet<string> = new Set(['extra', 'params', 'taxonomies', 'taxonomy']);
const PICTURES = wordSet('cover image banner hero featured header teaser');
const PICTURE_NAMES = ['image', 'src', 'url', 'path', 'file', 'href', 'teaser'];

/** @param around the maps that may have the field under its right name */
function misspeltIn(fields: Fields, prefix: string, around: readonly Fields[]): Misspelt[] {
  return [...fields].flatMap(([name, field]) => {
    const expected = isBlankField(field)
      ? undefined
      : isMisspeltDate(name, field)
        ? 'date'
        : intendedField(name);
    if (expected === undefined) return [];
    const isThere = around.some((map) => hasField(map, expected));
    return isThere ? [] : [{ name: prefix + name, field, expected: prefix + expected }];
  });
}

/** `data` and `dates` are misspelt only if their value is a day. */
function isMisspeltDate(name: string, field: Field): boolean {
  const day = /^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\d)/;
  return isMisspelling(name, 'date') && day.test(fieldText(field) ?? '');
}

function misspeltPicture(fields: Fields, prefix: string): Misspelt[] {
  if (PICTURE_NAMES.some((name) => fields.has(name))) return [];
  return [...fields].flatMap(([name, field]) => {
    const expected = PICTURE_NAMES.find((known) => isMisspelling(name, known));
    return expected === undefined ? [] : [{ name: prefix + name, field, expected: prefix + expected }];
  });
}

function quotedField(field: Field): string {
  const words = fieldItems(field).map((item) => fieldText(item) ?? (fieldMap(item) ? '{…}' : '…'));
  return JSON.stringify(words.join(', ').slice(0, 80));
}

/** The field that is meant by a misspelt name. */
function intendedField(name: string): string | undefined {
  // `authorId` and `titles` are not misspellings.
  const isOther =
    FOREIGN.has(name) ||
    EXPECTED_NAMES.some((known) => name.startsWith(known) && (known.length > 4 || known === name));
  return isOther ? undefined : EXPECTED_NAMES.find((known) => isMisspelling(name, known));
}

/** Whether a name begins like another and differs in one letter, or two of a long one. */
function isMisspelling(name: string, known: string): boolean {
  if (name[0] !== known[0]) return false;
  if (!/^[a-z]+$/.test(name) || Math.abs(name.length - known.length) > 2) return false;
  return name.length > 2 && editDistance(name, known) <= (known.length < 7 ? 1 : 2);
}
