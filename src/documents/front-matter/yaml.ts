import type * as Yaml from 'js-yaml';
import { lazyRequire } from '../../package.ts';
import {
  type Field,
  type Fields,
  FieldsError,
  type FieldValue,
  fieldItems,
  fieldMap,
  foldFieldName,
  MAX_FIELD_DEPTH,
} from './fields.ts';
import { BEFORE_VALUE, explainYamlError, openAtLineStarts } from './mistakes.ts';
import { visibilityField } from './visibility.ts';

/** Aliases can make a small text as large as one likes. */
const MAX_ALIASES = 100;
const MAX_VALUES = 100_000;
/** Unintended results of escapes: control characters, or a path of Windows. */
const ESCAPED = /[\0-\x08\v\f\x0e-\x1f]|^[a-z]:[\t\n\r]/i;
/** The key that merges other maps. */
const MERGE = '<<';
/** The maximum indentation of a field. */
const MAX_INDENT = 40;

const yaml = lazyRequire<typeof Yaml>('js-yaml');

/**
 * Reads YAML 1.2, and so JSON too. Scalars keep the text that they were written as.
 *
 * @param firstLine the number of the text's first line in the document
 * @param onRepeated called for each field that is stated twice with different values; the last counts
 * @throws FieldsError when it cannot be read
 */
export function parseYamlFields(
  text: string,
  firstLine: number,
  onRepeated: (name: string, line: number) => void = () => {},
): Fields {
  const read = (source: string): Fields =>
    new FieldsReader(source, parseEvents(source), firstLine, onRepeated).read();
  try {
    return read(text);
  } catch (error) {
    if (!isYamlError(error)) throw error;
  }
  try {
    return read(indentContinuations(text));
  } catch (error) {
    if (!isYamlError(error)) throw error;
    throw explainYamlError(text, error.reason, error.mark?.line ?? 0, firstLine);
  }
}

function parseEvents(source: string): Yaml.Event[] {
  // The parser counts the values of a collection as a level.
  return yaml().parseEvents(source, { maxDepth: MAX_FIELD_DEPTH + 1 });
}

function isYamlError(error: unknown): error is Yaml.YAMLException {
  return error instanceof yaml().YAMLException;
}

/**
 * Rewrites text that most generators accept although YAML forbids it: tabs before values become spaces, and lines
 * within quotes and brackets, which may begin at the margin, are indented. The number of lines stays.
 */
function indentContinuations(text: string): string {
  const lines = text.split('\n');
  const { opens } = openAtLineStarts(lines);
  const indented = lines.map((line, index) => {
    const spaced = line.replace(BEFORE_VALUE, (start) => start.replaceAll('\t', '  '));
    return opens[index] === undefined ? spaced : ' '.repeat(MAX_INDENT) + spaced;
  });
  return indented.join('\n');
}

interface Anchored {
  readonly field: Field | undefined;
  readonly size: number;
}

/**
 * A link such as `[[2021-02-03]]` or `[[Feb 3rd, 2021]]`, which YAML reads as a list in a list; undefined for any other
 * value.
 */
function wikilinkOf(value: FieldValue): string | undefined {
  const items = (list: FieldValue | undefined): readonly Field[] => (Array.isArray(list) ? list : []);
  const [inner, ...others] = items(value);
  const words = items(inner?.value).map(({ value: text }) => text);
  const isOne = words.length === 1 || /^(?:19|20)\d\d$/.test(String(words[1]));
  if (others.length > 0 || words.length > 2 || !isOne || typeof words[0] !== 'string') return undefined;
  return `[[${words.join(', ')}]]`;
}

/** Builds fields from the parser's events. */
class FieldsReader {
  readonly #source: string;
  readonly #events: readonly Yaml.Event[];
  readonly #firstLine: number;
  readonly #onRepeated: (name: string, line: number) => void;
  readonly #anchors = new Map<string, Anchored | 'open'>();
  #next = 0;
  #values = 0;
  #aliases = 0;
  /** Lines are counted up to this position: positions of events ascend. */
  #counted = 0;
  #line = 0;

  constructor(
    source: string,
    events: readonly Yaml.Event[],
    firstLine: number,
    onRepeated: (name: string, line: number) => void,
  ) {
    this.#source = source;
    this.#events = events;
    this.#firstLine = firstLine;
    this.#onRepeated = onRepeated;
  }

  read(): Fields {
    const { EVENT_ID, YAMLException } = yaml();
    if (this.#events.length === 0) return new Map();
    this.#next = 1;
    const root = this.#readNode(1);
    if (root === undefined) return new Map();
    if (typeof root.value === 'string' || Array.isArray(root.value))
      YAMLException.throwAt(this.#source, 0, 'it is not a mapping of names to values');
    const isLast = this.#events.findIndex(({ type }, index) => index > 0 && type === EVENT_ID.DOCUMENT) < 0;
    if (!isLast) throw new FieldsError('a second document begins in it', this.#line + 1);
    return root.value as Fields; // neither of the others
  }

  /** The next node with its content; undefined for null. */
  #readNode(depth: number): Field | undefined {
    const { EVENT_ID } = yaml();
    const event = this.#take();
    if (event.type === EVENT_ID.ALIAS) return this.#readAlias(event);
    if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) return undefined;
    if (++this.#values > MAX_VALUES) throw new FieldsError(`more than ${MAX_VALUES} values`, 1);
    const anchor = event.anchorStart < 0 ? '' : this.#source.slice(event.anchorStart, event.anchorEnd);
    if (anchor !== '') this.#anchors.set(anchor, 'open');
    const before = this.#values;
    const line = this.#lineOf(event);
    const value =
      event.type === EVENT_ID.SCALAR
        ? this.#readScalar(event)
        : event.type === EVENT_ID.SEQUENCE
          ? this.#readList(depth)
          : this.#readMap(depth);
    const mark = event.type === EVENT_ID.SCALAR ? this.#markOf(event, value) : undefined;
    if (mark !== undefined)
      throw new FieldsError(`a value begins with ${mark}; put it in quotes`, line - this.#firstLine + 1);
    const field = value === undefined ? undefined : { value: wikilinkOf(value) ?? value, line };
    if (anchor !== '') this.#anchors.set(anchor, { field, size: this.#values - before + 1 });
    return field;
  }

  #readScalar(event: Yaml.ScalarEvent): string | undefined {
    const { getScalarValue, SCALAR_STYLE } = yaml();
    const stated = getScalarValue(this.#source, event);
    // Ruby marks a text that is not ASCII.
    const isBinary = /^!{1,2}binary$/.test(this.#source.slice(event.tagStart, event.tagEnd));
    const text = isBinary ? Buffer.from(stated, 'base64').toString() : stated;
    // `"C:\boats"`, `"C:\tide"`
    if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && ESCAPED.test(text))
      throw new FieldsError(
        'a backslash in double quotes begins an escape; use single quotes',
        this.#lineOf(event) - this.#firstLine + 1,
      );
    return event.style === SCALAR_STYLE.PLAIN && /^(?:~|null)?$/i.test(text) ? undefined : text;
  }

  /** The mark at the beginning of a value that is meant as a word: of an unknown tag, or of an unused anchor. */
  #markOf(
    { tagStart, tagEnd, anchorStart, style }: Yaml.ScalarEvent,
    value: FieldValue | undefined,
  ): string | undefined {
    const tag = tagStart < 0 ? '' : this.#source.slice(tagStart, tagEnd);
    // `! 'A: b'`, as Ruby writes it.
    const isText = /^!(?:!?str|!?binary)?$/.test(tag) && style !== yaml().SCALAR_STYLE.PLAIN;
    const isLocal = /^!(?!!)/.test(tag) && !isText;
    if (isLocal || (tagStart >= 0 && value === undefined)) return '!';
    return anchorStart >= 0 && value === undefined ? '&' : undefined;
  }

  #readList(depth: number): FieldValue {
    const items: Field[] = [];
    while (!this.#takeEnd()) {
      const item = this.#readNode(depth + 1);
      if (item !== undefined) items.push(item);
    }
    return items;
  }

  #readMap(depth: number): FieldValue {
    const fields = new Map<string, Field>();
    const merged: Fields[] = [];
    while (!this.#takeEnd()) {
      const key = this.#readNode(depth + 1);
      const field = this.#readNode(depth + 1);
      // `{{ name }}` of a template
      if (key?.value instanceof Map)
        throw new FieldsError('a value begins with {; put it in quotes', key.line - this.#firstLine + 1);
      if (typeof key?.value !== 'string') continue;
      if (key.value === MERGE) {
        merged.push(...fieldItems(field).flatMap((item) => fieldMap(item) ?? []));
        continue;
      }
      const name = foldFieldName(key.value);
      const former = fields.get(name);
      // The strictest counts.
      if (field && former && former.value !== field.value && visibilityField(name) !== undefined) {
        fields.set(name, { ...field, value: [...fieldItems(former), field] });
        continue;
      }
      if (field !== undefined && former !== undefined && former.value !== '' && former.value !== field.value)
        this.#onRepeated(key.value, key.line);
      if (field !== undefined) fields.set(name, field);
      else if (former === undefined) fields.set(name, { value: '', line: key.line });
    }
    for (const [name, field] of merged.flatMap((map) => [...map]))
      if (!fields.has(name)) fields.set(name, field);
    return fields;
  }

  #readAlias({ anchorStart, anchorEnd }: Yaml.AliasEvent): Field | undefined {
    const name = this.#source.slice(anchorStart, anchorEnd);
    const line = this.#lineAt(anchorStart);
    const anchored = this.#anchors.get(name);
    const fail = (reason: string): never => {
      throw new FieldsError(reason, line - this.#firstLine + 1);
    };
    if (++this.#aliases > MAX_ALIASES) fail(`more than ${MAX_ALIASES} aliases`);
    if (anchored === undefined)
      return fail(`there is no anchor for the alias *${name}; put text that begins with * in quotes`);
    if (anchored === 'open') return fail(`the alias *${name} is within what it names`);
    this.#values += anchored.size;
    if (this.#values > MAX_VALUES) fail(`more than ${MAX_VALUES} values`);
    return anchored.field && { value: anchored.field.value, line };
  }

  #take(): Yaml.Event {
    const event = this.#events[this.#next++];
    if (event === undefined) throw new FieldsError('it ends too early', 1);
    return event;
  }

  #takeEnd(): boolean {
    const isEnd = this.#events[this.#next]?.type === yaml().EVENT_ID.POP;
    if (isEnd) this.#next++;
    return isEnd;
  }

  #lineOf(event: Yaml.ScalarEvent | Yaml.SequenceEvent | Yaml.MappingEvent): number {
    if (event.type !== yaml().EVENT_ID.SCALAR) return this.#lineAt(event.start);
    const { LITERAL_BLOCK, FOLDED_BLOCK } = yaml().SCALAR_STYLE;
    // A block begins below the line that opens it.
    const isBlock = event.style === LITERAL_BLOCK || event.style === FOLDED_BLOCK;
    return this.#lineAt(event.valueStart - (isBlock ? 1 : 0));
  }

  #lineAt(position: number): number {
    for (;;) {
      const end = this.#source.indexOf('\n', this.#counted);
      if (end < 0 || end >= position) return this.#firstLine + this.#line;
      this.#counted = end + 1;
      this.#line++;
    }
  }
}
