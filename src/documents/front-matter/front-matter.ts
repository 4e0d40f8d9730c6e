import { findDate } from '../../dates/parse-date.ts';
import { countLineBreaks, partsBetween } from '../../strings.ts';
import { kindOf } from '../kinds.ts';
import { DocumentError } from '../stated.ts';
import { type Field, type Fields, FieldsError, foldFieldName } from './fields.ts';
import { parseScriptFields } from './javascript.ts';
import { keepHashes, misspeltFields } from './mistakes.ts';
import { isKnownField, withEnglishNames } from './read-fields.ts';
import { parseTomlFields } from './toml.ts';
import { visibilityField } from './visibility.ts';
import { parseYamlFields } from './yaml.ts';

/** In characters; longer front matter is refused. */
const MAX_LENGTH = 500_000;
/** Characters that may precede front matter: white space, a second byte order mark, zero-width characters. */
const LEAD = /^[\s\uFEFF\u200B-\u200D\u2060]*/;
/** The start of a line of YAML front matter; after anything else, `---` is a thematic break. */
const YAML_START =
  /^(?:[ \t]*(?:#.*)?\n)*(?:["'{?&!]|(?: {0,3}|\t)[^\s:#][^\n:]*:(?:\s|$)|(?:---|\.\.\.)[ \t]*(?:\n|$))/;

/** A line that is meant as a field of YAML, although a space is missing or the colon is full-width. */
const JOINED_FIELD = /^\s*([a-z_][\w-]*)[ \t]*(?::(?=\S)|：)/i;

/** The same of TOML, below `+++`. */
const TOML_START = /^(?:[ \t]*(?:#.*)?\n)*[ \t]*(?:[\w."'-][^\n=]*=|\[|\+\+\+)/;

type Language = 'YAML' | 'TOML' | 'JSON' | 'JavaScript' | 'lines' | 'comment';

type FieldsParser = (
  text: string,
  firstLine: number,
  onRepeated: (name: string, line: number) => void,
) => Fields;

const PARSERS: Readonly<Record<Language, FieldsParser>> = {
  YAML: parseYamlFields,
  TOML: parseTomlFields,
  JSON: parseJsonFields,
  JavaScript: parseScriptFields,
  lines: parseLines,
  comment: parseComment,
};

interface FrontMatterBlock {
  readonly language: Language;
  readonly text: string;
  /** The number of the first line of `text`. */
  readonly line: number;
  /** The offset of the body. */
  readonly end: number;
}

interface FrontMatter {
  readonly fields: Fields;
  readonly body: string;
  /** The number of the body's first line. */
  readonly bodyLine: number;
  /** Warnings about unusable parts. */
  readonly warnings: readonly string[];
}

/**
 * Reads front matter: YAML between `---`, TOML between `+++`, JSON between its braces, below `---json` or above `;;;`
 * (Hexo, Middleman), constants of JavaScript below `---js`; above Markdown and HTML also lines of fields that nothing
 * opens (Pelican, MultiMarkdown), and the comment of Nikola. Without any, the body is the whole text.
 *
 * @throws DocumentError when it is not closed or cannot be read
 */
export function readFrontMatter(text: string, path: string): FrontMatter {
  const block = findBlock(text, path);
  if (block === undefined) return { fields: new Map(), body: text, bodyLine: 1, warnings: [] };
  const { language, line, end } = block;
  if (block.text.length > MAX_LENGTH) {
    throw new DocumentError(
      `Cannot read front matter of ${block.text.length} characters in seeds/${path}:1: expected at most ${MAX_LENGTH}`,
    );
  }
  const warnings: string[] = [];
  const onRepeated = (name: string, at: number): void => {
    warnings.push(
      `Cannot use both values of "${name}" in seeds/${path}:${at}: expected the field once; took the last`,
    );
  };
  try {
    const { text: stated, kept } =
      language === 'YAML'
        ? keepHashes(block.text)
        : { text: block.text.replace(JULIA_DATE, '"$1-$2-$3"'), kept: [] };
    const fields = withEnglishNames(PARSERS[language](stated, line, onRepeated));
    warnings.push(...misspeltFields(fields, path));
    for (const { name, words, line: at } of kept)
      warnings.push(
        `Took "${words.slice(0, 80)}" whole for ${name} in seeds/${path}:${line + at}: # begins a comment in YAML; put the ${name} in quotes`,
      );
    return { fields, body: text.slice(end), bodyLine: 1 + countLineBreaks(text.slice(0, end)), warnings };
  } catch (error) {
    if (!(error instanceof FieldsError)) throw error;
    const culprit = block.text.split('\n')[error.line - 1]?.trim().slice(0, 80) ?? '';
    throw new DocumentError(
      `Cannot read front matter "${culprit}" in seeds/${path}:${line + error.line - 1}: expected ${language}, but ${error.message}`,
    );
  }
}

/** Front matter in a code fence, as chat programs write it. */
const CODE_FENCE = /^(`{3,9})ya?ml[ \t]*\n(?=---[ \t]*\n)/;

function findBlock(text: string, path: string): FrontMatterBlock | undefined {
  const lead = LEAD.exec(text)?.[0].length ?? 0;
  const margin = text.slice(text.lastIndexOf('\n', lead - 1) + 1, lead);
  // Deeper indentation is code in Markdown.
  const start = /\t| {4}/.test(margin) ? 0 : lead;
  const [opening = '', ticks = ''] = CODE_FENCE.exec(text.slice(start, start + 100)) ?? [];
  const fenced = findFenced(text, start + opening.length, path);
  if (fenced !== undefined) {
    const closing =
      ticks === '' ? undefined : new RegExp(`^${ticks}[ \\t]*(?:\\n|$)`).exec(text.slice(fenced.end))?.[0];
    if (ticks === '' || closing !== undefined) return { ...fenced, end: fenced.end + (closing?.length ?? 0) };
  }
  const top = text.slice(start);
  const line = 1 + countLineBreaks(text.slice(0, start));
  const semicolons = findSemicolons(top, line);
  if (semicolons !== undefined) return moved(semicolons, start);
  if (/^\{\s*["}]/.test(top)) return findBraces(text, path);
  const defined = DEFINED.exec(top)?.[0];
  if (defined !== undefined) {
    const fields = defined.replace(/^@def ([\w-]+)[ \t]*=/gm, '$1:');
    return moved({ language: 'lines', text: fields, line, end: defined.length }, start);
  }
  const dotted = DOTTED.exec(top)?.[0];
  if (dotted !== undefined)
    return moved({ language: 'comment', text: dotted, line, end: dotted.length }, start);
  if (kindOf(path) === 'text') return undefined;
  const lines = findLines(top) ?? findTitleBlock(top) ?? findProperties(top);
  if (lines !== undefined) return moved({ language: 'lines', line, ...lines }, start);
  const [code, inside = ''] = /^\/\*[ \t]*\n([^*]{1,5000})\*\/[ \t]*\n/.exec(top) ?? [];
  if (code !== undefined && areFields(partsBetween(inside, '\n')))
    return moved({ language: 'lines', text: inside, line: line + 1, end: code.length }, start);
  return top.startsWith('<!--') ? findComment(text, start, path) : undefined;
}

/** Whether each line is a field, as in the comments of Pico. */
function areFields(lines: readonly string[]): boolean {
  const names = lines.map((each) => FIELD.exec(each)?.[1] ?? '');
  return names.length > 0 && !names.includes('') && isMetadata(names, true);
}

function moved(block: FrontMatterBlock, start: number): FrontMatterBlock {
  return { ...block, end: start + block.end };
}

/** Front matter between lines that open and close it, as in nearly all generators. */
function findFenced(text: string, start: number, path: string): FrontMatterBlock | undefined {
  const top = text.slice(start);
  const [opening = '', dashes, name = ''] =
    /^(-{3,20}|\+\+\+|[–—][-–—]{0,2}|-[–—])[ \t]*(?:([a-z]+)[ \t]*)?(?:\n|$)/i.exec(top) ?? [];
  if (dashes === undefined) return undefined;
  // Some keyboards replace hyphens with dashes.
  const isDash = /[–—]/.test(dashes);
  const mark = isDash ? '---' : dashes.slice(0, 3);
  const line = 1 + countLineBreaks(text.slice(0, start));
  const rest = top.slice(opening.length);
  const language = fenceLanguage(mark, name);
  const isField = isKnownField(
    JOINED_FIELD.exec(rest)?.[1] ?? FIELD.exec(rest.split('\n', 1)[0] ?? '')?.[1] ?? '',
  );
  if (isDash && !isField) return undefined;
  const isYaml = isField || (dashes === mark && YAML_START.test(rest));
  const isThematicBreak = mark === '---' && (name === '' || language === undefined) && !isYaml;
  if (isThematicBreak || (mark === '+++' && !TOML_START.test(rest))) return undefined;
  const closing = (
    isDash ? /^[-–—]{1,3}[ \t]*$/m : mark === '---' ? /^(?:-{3,20}|\.\.\.)[ \t]*$/m : /^\+\+\+[ \t]*$/m
  ).exec(rest);
  const refuse = (wanted: string): never => {
    throw new DocumentError(
      `Cannot read front matter "${mark}${name}" in seeds/${path}:${line}: expected ${wanted}`,
    );
  };
  if (language === undefined)
    return closing === null ? undefined : refuse('YAML, TOML, JSON or literals of JavaScript');
  if (closing === null) return refuse(`a line "${mark}" that closes it`);
  const end = start + opening.length + closing.index + closing[0].length + 1;
  return { language, text: rest.slice(0, closing.index), line: line + 1, end };
}

/** The names behind a mark that opens front matter. */
const LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/^(?:ya?ml)?$/i, 'YAML'],
  [/^toml$/i, 'TOML'],
  [/^json$/i, 'JSON'],
  [/^(?:js|javascript)$/i, 'JavaScript'],
];

function fenceLanguage(mark: string, name: string): Language | undefined {
  if (mark === '+++') return 'TOML';
  return LANGUAGES.find(([form]) => form.test(name))?.[1];
}

/** The lines of Franklin at the top, and its dates, which are calls of Julia. */
const DEFINED = /^(?:@def [\w-]+[ \t]*=[^\n]*(?:\n+|$)){1,99}/;
const JULIA_DATE = /(?<=[:=] ?)Date\((\d{4}), ?(\d{1,2}), ?(\d{1,2})\)/g;

/** JSON at the top, without delimiters. */
function findBraces(text: string, path: string): FrontMatterBlock {
  let depth = 0;
  for (const { 0: token, index } of text.slice(0, MAX_LENGTH + 1).matchAll(/"(?:[^"\\]+|\\.)*"?|[{}]/gs)) {
    if (token === '{') depth++;
    if (token !== '}' || --depth > 0) continue;
    const end = index + 1;
    const lineEnd = /^[ \t]*\n/.exec(text.slice(end))?.[0].length ?? 0;
    return { language: 'JSON', text: text.slice(0, end), line: 1, end: end + lineEnd };
  }
  throw new DocumentError(`Cannot read front matter "{" in seeds/${path}:1: expected a "}" that closes it`);
}

/** JSON, with its braces or without, or YAML above a line of semicolons. */
function findSemicolons(top: string, line: number): FrontMatterBlock | undefined {
  const opening = /^;;;[ \t]*\n/.exec(top)?.[0] ?? '';
  if (opening === '' && !/^(?:["{]|[a-z_][\w-]*[ \t]*:)/i.test(top)) return undefined;
  const head = top.slice(opening.length, MAX_LENGTH);
  const closing = /^;;;[ \t]*$/m.exec(head);
  if (closing === null) return undefined;
  const end = opening.length + closing.index + closing[0].length + 1;
  const first = line + (opening === '' ? 0 : 1);
  return { language: 'JSON', text: head.slice(0, closing.index), line: first, end };
}

function parseJsonFields(...[text, firstLine, onRepeated]: Parameters<FieldsParser>): Fields {
  const isBare = /^\s*"[^"\n]*"\s*:/.test(text);
  try {
    return parseYamlFields(isBare ? `{${text}}` : text, firstLine, onRepeated);
  } catch (error) {
    if (!(error instanceof FieldsError) || !isBare) throw error;
    return parseYamlFields(text, firstLine, onRepeated);
  }
}

/* Lines of fields at the top, as Pelican and MultiMarkdown have them, or below an opening line that was forgotten. */

const FIELD = /^([a-z_][\w-]*(?: [\w-]+){0,3})[ \t]*:(?:[ \t](.*))?$/i;
/** The prefixes of fields in Org and reStructuredText; Logseq has the colon twice. */
const PREFIX = /^(?:#\+|:|\.\.[ \t]+)(?=[a-z_][\w-]*:)/i;
const TWICE = /^([a-z_][\w-]*)::(?=[ \t]|$)/i;
/** A line that continues a value, or a comment. */
const CONTINUATION = /^(?:[ \t]+\S|- |#)/;
/** Bear Blog closes it with underscores. */
const END = /^(?:---|\.\.\.|_{3,})?[ \t]*$/;
/** The maximum length of front matter without an opening line. */
const MAX_LINES = 100;

/**
 * The end of front matter that begins with a field; undefined if it is ordinary text.
 *
 * @param isTitled whether it is below a title: then any known field is enough
 */
function findLines(
  text: string,
  isTitled = false,
): { readonly text: string; readonly end: number } | undefined {
  const names: string[] = [];
  const lines: string[] = [];
  let end = 0;
  for (const stated of text.split('\n', MAX_LINES)) {
    const line = stated.replace(PREFIX, '').replace(TWICE, '$1:');
    if (END.test(line))
      return (isMetadata(names, line.trim() !== '') ||
        TWICE.test(text) ||
        (isTitled && names.some(isKnownField))) &&
        names.length > (PREFIX.test(text) ? 1 : 0)
        ? { text: lines.join('\n'), end: end + stated.length + 1 }
        : undefined;
    const name = FIELD.exec(line)?.[1];
    lines.push(line);
    if (name === undefined && (names.length === 0 || !CONTINUATION.test(line))) return undefined;
    if (name !== undefined) names.push(name);
    end += stated.length + 1;
  }
  return undefined;
}

/** The title of a note of Notion as a heading, with its properties below it, one of which is a day. */
function findProperties(text: string): { readonly text: string; readonly end: number } | undefined {
  const [above = '', title = ''] = /^# ([^\n]+)\n[ \t]*\n/.exec(text) ?? [];
  const found = above === '' ? undefined : findLines(text.slice(above.length), true);
  const isDated = found?.text.split('\n').some((line) => {
    const [, name = '', value = ''] = FIELD.exec(line) ?? [];
    return /^(?:date|created|last edited|published)/i.test(name) && findDate(value, '') !== undefined;
  });
  if (found === undefined || !isDated) return undefined;
  return { text: `title: ${JSON.stringify(title)}\n\n${found.text}`, end: above.length + found.end };
}

/** The title block of Pandoc: title, authors and date, each after `%`. */
function findTitleBlock(text: string): { readonly text: string; readonly end: number } | undefined {
  const [whole, title, authors, date] =
    /^% ([^\n]+)\n(?:% ?([^\n]*)\n)?(?:% ?([^\n]*)\n)?(?=\n)/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const fields = [title, authors?.replaceAll(';', ','), date].map((value, index) =>
    value?.trim() ? `${['title', 'authors', 'date'][index]}: ${JSON.stringify(value.trim())}` : '',
  );
  return { text: fields.join('\n'), end: whole.length };
}

/** @param isClosed whether a line of hyphens follows */
function isMetadata(names: readonly string[], isClosed: boolean): boolean {
  const known = names.filter(isKnownField);
  if (known.length < names.length && (known.length < 2 || known.length * 2 < names.length)) return false;
  const [only = '', ...others] = known;
  // In Pelican, only the title is required.
  return (
    others.length > 0 ||
    (isClosed && only !== '') ||
    /^title$/i.test(only) ||
    visibilityField(only) !== undefined
  );
}

/** Reads such lines as YAML, or one by one if their values are not valid YAML. */
function parseLines(...[text, firstLine, onRepeated]: Parameters<FieldsParser>): Fields {
  try {
    return parseYamlFields(text, firstLine, onRepeated);
  } catch (error) {
    if (!(error instanceof FieldsError)) throw error;
  }
  return readLines(text, FIELD, firstLine);
}

function readLines(text: string, pattern: RegExp, firstLine: number): Map<string, Field> {
  const fields = new Map<string, Field>();
  let last = '';
  for (const [index, line] of text.split('\n').entries()) {
    const [, name, value = ''] = pattern.exec(line) ?? [];
    const field = fields.get(last);
    if (name !== undefined) {
      last = foldFieldName(name);
      fields.set(last, { value: value.trim(), line: firstLine + index });
    } else if (field !== undefined && /^[ \t]+\S/.test(line)) {
      fields.set(last, { ...field, value: `${field.value} ${line.trim()}`.trim() });
    }
  }
  return fields;
}

/* Comments at the top: Nikola's holds the fields; any other may stand above a fence, such as a licence. */

const COMMENT_FIELD = /^\.\.[ \t]+([a-z_][\w-]*)[ \t]*:(?:[ \t](.*))?$/i;

/** The fields of Nikola above reStructuredText, of which one is the title. */
const DOTTED = /^(?=(?:\.\.[ \t][^\n]*\n){0,20}\.\.[ \t]title:)(?:\.\.[ \t][a-z_][\w-]*:[^\n]*(?:\n|$))+/i;

const MAX_COMMENTS = 10;

function findComment(text: string, start: number, path: string): FrontMatterBlock | undefined {
  let open = start;
  for (let count = 0; count < MAX_COMMENTS && text.startsWith('<!--', open); count++) {
    const close = text.indexOf('-->', open);
    if (close < 0) return undefined;
    const inside = text.slice(open + 4, close);
    const lines = inside.split('\n').filter((each) => each.trim() !== '');
    const line = 1 + countLineBreaks(text.slice(0, open));
    if (lines.length > 1 && areFields(lines))
      return { language: 'lines', text: inside, line, end: close + 3 };
    if (lines.length > 0 && lines.every((each) => COMMENT_FIELD.test(each)))
      return { language: 'comment', text: inside, line, end: close + 3 };
    open = close + 3 + (LEAD.exec(text.slice(close + 3))?.[0].length ?? 0);
    const fenced = findFenced(text, open, path);
    if (fenced !== undefined) return fenced;
  }
  return undefined;
}

/** Reads the fields of Nikola, in which the tags draft and private hold a document back. */
function parseComment(text: string, firstLine: number): Fields {
  const fields = readLines(text, COMMENT_FIELD, firstLine);
  const tags = fields.get('tags');
  const hides = typeof tags?.value === 'string' && /(?:^|,)\s*(?:draft|private)\s*(?:,|$)/i.test(tags.value);
  if (tags !== undefined && hides && !fields.has('status'))
    fields.set('status', { value: 'draft', line: tags.line });
  return fields;
}

const KIRBY_FIELD = /^([A-Za-z][\w -]{0,40}):[ \t]*/;
/** Kirby's tags, such as `(link: https://… text: words)`. */
const KIRBY_TAG =
  /\((link|email|tel|file|image|video|youtube|vimeo|audio): ?([^\s()]{1,500})((?: [^()\n]{1,500})?)\)/g;

/** Reads a page of Kirby: fields between lines of four hyphens, of which `Text` is the content, in Markdown. */
export function readKirby(text: string): Omit<FrontMatter, 'warnings'> | undefined {
  if (!/^[A-Z][\w -]{0,40}:[^\n]*\n\n?----[ \t]*\n/.test(text)) return undefined;
  const fields = new Map<string, Field>();
  let [body, bodyLine, line] = ['', 1, 1];
  for (const block of text.split(/^----[ \t]*$/m)) {
    const start = block.length - block.trimStart().length;
    const stated = block.slice(start);
    const at = line + countLineBreaks(block.slice(0, start));
    line += countLineBreaks(block);
    const [head = '', name] = KIRBY_FIELD.exec(stated) ?? [];
    if (name === undefined) continue;
    const value = stated.slice(head.length);
    if (/^text$/i.test(name)) [body, bodyLine] = [value.replace(KIRBY_TAG, writeKirbyTag), at];
    else fields.set(foldFieldName(name), { line: at, value: value.trim() });
  }
  return body === '' ? undefined : { fields, body, bodyLine };
}

function writeKirbyTag(_: string, name: string, target: string, rest: string): string {
  const options = rest.split(/ (?=\w{1,20}:)/).map((option) => option.split(/: ?/, 2));
  const words = options.find(([key = '']) => /^(?:text|alt|caption|title)$/.test(key))?.[1]?.trim();
  if (name === 'image' || name === 'video' || name === 'audio') return `![${words ?? ''}](${target})`;
  if (name === 'youtube' || name === 'vimeo') return `<${target}>`;
  const scheme = name === 'email' ? 'mailto:' : name === 'tel' ? 'tel:' : '';
  return `[${words ?? target}](${scheme}${target})`;
}
