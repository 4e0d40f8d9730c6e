import fc from 'fast-check';
import { stringify as stringifyToml } from 'smol-toml';
import { readFileName } from '../../src/documents/file-name.ts';
import type { Fields } from '../../src/documents/front-matter/fields.ts';
import { readFields } from '../../src/documents/front-matter/read-fields.ts';
import { readVisibility } from '../../src/documents/front-matter/visibility.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { wordList } from '../../src/strings.ts';
import { HOSTILE_TEXTS } from './documents.ts';

type Scalar = string | number | boolean | null;
type Value = Scalar | readonly Value[] | { readonly [name: string]: Value };
type Values = Readonly<Record<string, Value>>;

const MAX_FIELDS = 8;
const MAX_DEPTH = 3;

const LABELS = wordList(`
  Title Date Author By Source Kaynak/Source URL Tags Language Updated Expires Summary Slug Image Draft
  Private Published Status Visibility Unlisted Hidden Noindex Taslak Tarih Überschrift 日期 التاريخ Photo
`);

/** Names of fields whose wrong values refuse a document, so that it is not rendered. */
const REFUSING =
  /date|publish|posted|updated|modified|created|createtime|createdtime|updatetime|expir|lastmod|validuntil|lastedited|embargo|notbefore|scheduled|golive/;
const VISIBILITY = wordList(`
  draft private wip published publish public status visibility unlisted hidden listed feed rss list noindex
  sitemap robots exclude eleventyexcludefromcollections headless permalink render redirectto password protected
  membersonly
`);

const TEXTS = [
  ...['', ' ', '~', 'null', 'yes', 'no', 'on', 'true', 'false', 'perhaps', 'draft', 'published', 'unlisted'],
  ...['never', '2021-02-03', '2021-02-03 10:00', '2021-02-03T10:00:00.5+25:00', '31.02.2021', '1.2.3'],
  ...['0000-00-00', '20210203', '-1', '0', '1e400', 'NaN', '0x1F', '1_000', '12:34:56', '99:99:99:99'],
  ...['1h2m', 'PT99999999999S', '٣ فبراير ٢٠٢١', 'en', 'tr-TR', 'x-klingon', 'en-'],
  ...['zh-Hans-CN-u-ca-chinese', 'rtl', 'Şubat 3, 2021', '3 février 2021', 'yesterday', 'a.png', '../a.png'],
  ...['/a.png', 'a.png?x#y', 'https://a.example/b.mp3', 'http://', '//a', 'mailto:a@b.c', 'javascript:x'],
  ...['/a/b/', ':slug/:title', '/2021/02/03/a.html', '%', '%ff', '/%2e%2e/x', 'index.html', '.', '..', '/'],
  ...['\\', '*', '#a', 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'tag:a.example,2021:x'],
  ...['{{ page.url }}', '{% x %}', '<%= x %>', 'Jane Roe <jane@a.example> (https://a.example)', 'a, b; c'],
  ...['[a, b]', '{a: b}', '"a', "'a", '&a', '*a', '!!js/function x', 'News > Politics'],
  ...['Technology > Podcasting', 'full', 'trailer', 'bonus', 'explicit', 'clean', 'audio/mpeg'],
  ...['00:00 Welcome'],
];

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 6 },
  { arbitrary: fc.constantFrom(...HOSTILE_TEXTS), weight: 2 },
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc
    .tuple(fc.constantFrom(...' \t.,-/<&[("\'\\:;#|*_1a日'), fc.nat(30_000))
    .map(([unit, times]) => `x${unit.repeat(times)}y`),
);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  { arbitrary: text, weight: 8 },
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

/** Folders of one document whose front matter, or labels, hold generated values of fields that are read. */
export function generatedFields(): fc.Arbitrary<readonly SourceFile[]> {
  const known = knownFields();
  const outer = [...known.keys()];
  const isRisky = (name: string): boolean => REFUSING.test(name) || VISIBILITY.includes(name);
  const names = fc.oneof(
    { arbitrary: fc.constantFrom(...outer.filter((name) => !isRisky(name))), weight: 40 },
    { arbitrary: fc.constantFrom(...outer.filter(isRisky)), weight: 4 },
    fc.constantFrom('__proto__', 'constructor', '', 'a.b', 'a b', 'é', '#', '- a'),
  );
  const innerNames = fc.constantFrom(...new Set([...known.values()].flat()));
  const value = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: MAX_DEPTH },
      { arbitrary: scalar, weight: 4 },
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(innerNames, tie('value'), { maxKeys: 4 }),
    ),
  })).value;
  const fields = fc.dictionary(names, value, { maxKeys: MAX_FIELDS });
  const labels = fc.dictionary(fc.constantFrom(...LABELS), text, { maxKeys: MAX_FIELDS });
  const document = fc.oneof(
    ...Object.values(FORMS).map((form) => fields.map(form)),
    labels.map((lines) => ['a.txt', `${fieldLines(lines)}\nA title\n\nSome words of text.\n`] as const),
  );
  return document.map(([path, content]) => [{ path, bytes: Buffer.from(content) }]);
}

const BODY = '\n# A heading\n\nSome words of text. ![a](a.png)\n';

/** Ways to state fields: the path and the text of a document. */
const FORMS: Readonly<Record<string, (fields: Values) => readonly [path: string, content: string]>> = {
  yaml: (fields) => ['2021-02-03-a.md', `---\n${fieldLines(fields)}---\n${BODY}`],
  yamlOfText: (fields) => ['a.txt', `---\n${fieldLines(fields)}---\nA title\n\nSome words.\n`],
  yamlOfHtml: (fields) => ['a.html', `---\n${fieldLines(fields)}---\n<p>Some words.`],
  quoted: (fields) => ['a.md', `---\n${fieldLines(fields, JSON.stringify)}---\n${BODY}`],
  json: (fields) => ['a.md', `${JSON.stringify(fields, null, 1)}\n${BODY}`],
  toml: (fields) => ['a.md', `+++\n${stringifyToml(withoutNull(fields))}+++\n${BODY}`],
  script: (fields) => ['a.md', `---js\nconst title = ${JSON.stringify(fields.title ?? 'A')};\n---\n${BODY}`],
  mdx: (fields) => ['a.mdx', `export const meta = ${JSON.stringify(fields, null, 2)};\n${BODY}`],
  meta: (fields) => [
    'a.html',
    `<html><head>${metaOf(fields)}</head><body><article>${BODY}</article></body></html>`,
  ],
};

function fieldLines(fields: Values, write: (value: Value) => string = toText): string {
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${write(value)}\n`)
    .join('');
}

/** YAML as people write it, right or wrong. */
function toText(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** TOML has no null. */
function withoutNull(fields: Values): Record<string, unknown> {
  return JSON.parse(JSON.stringify(fields, (_, value) => value ?? ''));
}

function metaOf(fields: Values): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      const content = toText(value).replaceAll('"', '&quot;');
      return `<meta name="${name}" content="${content}"><meta property="og:${name}" content="${content}">`;
    })
    .join('');
}

/** The folded names of the fields that are read, each with the names that are read in its value. */
export function knownFields(): ReadonlyMap<string, readonly string[]> {
  const outer = fieldsReadFrom((fields) => fields, true);
  return new Map(
    [...new Set([...outer, ...VISIBILITY])]
      .sort()
      .map((name) => [
        name,
        fieldsReadFrom((fields) => new Map([[name, { value: fields, line: 1 }]]), false),
      ]),
  );
}

/** Looks up fields in a document without any, then in one that has a value for each. */
function fieldsReadFrom(place: (fields: Fields) => Fields, inCopies: boolean): string[] {
  const read = (values: readonly string[]): string[] => {
    const fields = new Map(values.map((name) => [name, { value: 'a.mp3', line: 1 }]));
    return keysAsked(
      () => {
        readFields(place(fields), readFileName('a.md'), 'a.md');
        readVisibility(place(fields), 'a.md');
      },
      (map) => inCopies || map === fields,
    );
  };
  const names = read([]);
  return [...new Set([...names, ...read(names.filter((name) => !REFUSING.test(name)))])].sort();
}

/** The strings that a function looks up in maps. */
function keysAsked(work: () => void, isRelevant: (map: unknown) => boolean): string[] {
  const asked = new Set<string>();
  const { get, has } = Map.prototype;
  const note = (map: unknown, key: unknown): void => {
    if (typeof key === 'string' && isRelevant(map)) asked.add(key);
  };
  Map.prototype.get = function (this: Map<unknown, unknown>, key: unknown): unknown {
    note(this, key);
    return get.call(this, key);
  };
  Map.prototype.has = function (this: Map<unknown, unknown>, key: unknown): boolean {
    note(this, key);
    return has.call(this, key);
  };
  try {
    work();
  } finally {
    Object.assign(Map.prototype, { get, has });
  }
  return [...asked];
}
