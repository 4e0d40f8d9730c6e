import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../src/documents/front-matter/fields.ts';
import { readFrontMatter } from '../../src/documents/front-matter/front-matter.ts';

/** Front matter of these lines, as plain values. */
function read(yaml: string): unknown {
  return plain({ value: readFrontMatter(`---\n${yaml}\n---\nText.\n`, 'a.md').fields, line: 1 });
}

function plain({ value }: Field): unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, field]) => [name, plain(field)]));
  return [...value.values()].map((item) => plain(item as Field));
}

function linesOf(yaml: string): Record<string, number> {
  const { fields } = readFrontMatter(`---\n${yaml}\n---\nText.\n`, 'a.md');
  return Object.fromEntries([...fields].map(([name, { line }]) => [name, line]));
}

describe('YAML', () => {
  test.each([
    ['id: 010', { id: '010' }],
    [' title: A\n tags: [x]', { title: 'A', tags: ['x'] }],
    ['version: 1.10', { version: '1.10' }],
    // As Ruby writes them.
    ["title: ! 'A: b'", { title: 'A: b' }],
    ['title: !str "1.0"\ntags:\n- ! \'#a\'', { title: '1.0', tags: ['#a'] }],
    ['title: !binary |-\n  R3Jvw59lcyBXZWhy', { title: 'Großes Wehr' }],
    ['date: 2021-02-03 04:05:06 +03:00', { date: '2021-02-03 04:05:06 +03:00' }],
    [
      'a: 0x1F\nb: 1_000\nc: 1e3\nd: .inf\ne: 12:30',
      { a: '0x1F', b: '1_000', c: '1e3', d: '.inf', e: '12:30' },
    ],
    ['draft: yes\nb: True', { draft: 'yes', b: 'True' }],
    ['a: null\nb: ~\nc:\nd: "null"\ne: ""', { a: '', b: '', c: '', d: 'null', e: '' }],
    ['a: [x, null, ~, y]', { a: ['x', 'y'] }],
    ["a: \"\\u00e9 \\x41\\n\"\nb: 'it''s'", { a: 'é A\n', b: "it's" }],
    ['a: |\n  x\n  y\nb: >-\n  x\n  y\n\n  z', { a: 'x\ny\n', b: 'x y\nz' }],
    ['a: x\n  y\nb: 1', { a: 'x y', b: '1' }],
    ['a: &x {b: [1, 2]}\nc: *x', { a: { b: ['1', '2'] }, c: { b: ['1', '2'] } }],
    ['pub_date: 1\nPub-Date: 1', { pubdate: '1' }],
    ['? [a]\n: b\nc: d', { c: 'd' }],
    ['# only a comment', {}],
  ])('%j says %j', (yaml, fields) => {
    expect(read(yaml)).toEqual(fields);
  });

  test.each([
    ['a list in brackets that ends at the margin', 'tags: [\n"a",\nb\n]\nc: d', { tags: ['a', 'b'], c: 'd' }],
    ['a map in braces at the margin', 'a: {\nb: c,\nd: e\n}\nf: g', { a: { b: 'c', d: 'e' }, f: 'g' }],
    ['quotes that go on at the margin', 'a: "x\ny"\nb: \'z\n\nz\'', { a: 'x y', b: 'z\nz' }],
    ['tabs that indent', 'a:\n\t- b: 1\n\t  c: 2\n\t- d\ne: f', { a: [{ b: '1', c: '2' }, 'd'], e: 'f' }],
    ['a tab before a value', 'tags:\t[a,\nb]', { tags: ['a', 'b'] }],
    [
      'a text in a block that looks open',
      'a: |\n  b: "c\n\td: [\ne: [\nf]',
      { a: 'b: "c\nd: [\n', e: ['f'] },
    ],
  ])('may have %s, as most generators read it', (_, yaml, fields) => {
    expect(read(yaml)).toEqual(fields);
  });

  test('tells the line of each field', () => {
    expect(
      linesOf('\na: 1\n\nb:\n  c: 2\nd: |\n  x\n\n  y\ne: [\n  1\n]\nf: *g\ng:'.replace('1\n]', '&g 1\n]')),
    ).toEqual({
      a: 3,
      b: 6,
      d: 7,
      e: 11,
      f: 14,
      g: 15,
    });
  });

  test('keeps any text in the quotes of JSON', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.string({ unit: 'grapheme' })),
        (fields) => {
          const lines = Object.entries(fields).map(([name, text]) => `${name}: ${JSON.stringify(text)}`);
          expect(read(lines.join('\n'))).toEqual(fields);
        },
      ),
    );
  });

  test('warns of a field that is stated twice', () => {
    const { fields, warnings } = readFrontMatter('---\na: 1\nb: 2\nA: 3\nb: 2\n---\n', 'x.md');
    expect(fields.get('a')).toEqual({ value: '3', line: 4 });
    expect(warnings).toEqual([
      'Cannot use both values of "A" in seeds/x.md:4: expected the field once; took the last',
    ]);
  });
});

describe('a mistake in YAML is named in plain words, with its line', () => {
  test.each([
    ['date: 2021\ntitle: A: b\nc: d', 3, 'there is a colon in the title; put the title in quotes'],
    ['title: Why?:', 2, 'there is a colon in the title; put the title in quotes'],
    ['title: “A: b”', 2, 'there is a colon in the title; put the title in straight quotes'],
    ['title: "A" b', 2, 'text follows a quote; put the whole title in single quotes'],
    ["title: 'It's'", 2, 'an apostrophe ends the quotes of the title; write it twice, or put'],
    ['author: @jane', 2, 'there is @ at the beginning of the author; put the author in quotes'],
    ['title: `x`', 2, 'there is ` at the beginning of the title'],
    ['title: *A* b', 2, 'there is * at the beginning of the title'],
    ['title: *A*', 2, 'there is no anchor for the alias *A*; put text that begins with * in quotes'],
    ['title: & b', 2, 'there is & at the beginning of the title'],
    ['title: [A] b\nc: d', 2, 'there is [ at the beginning of the title'],
    ['title: {#if ...}', 2, 'there is { at the beginning of the title'],
    ['title: > b', 2, 'there is > at the beginning of the title'],
    ['path: "C:\\dir"', 2, 'a backslash in double quotes begins an escape; use single quotes'],
    ['a: 1\n\tb: 2', 3, 'line 3 begins with a tab; indent it with spaces'],
    ['a: b\ntitle:\u00a0A\nc: d', 3, 'it has a non-breaking space; type a plain space in its place'],
    ['tags:\n\u00a0\u00a0- a\nc: d', 3, 'it has a non-breaking space'],
    ['tags:\n-\u00a0a\nc: d', 3, 'it has a non-breaking space'],
    ['title:\u00a0A\ndate: 2021', 2, 'it has a non-breaking space'],
    ['a: b\ntitle: "A\ndate: 2021\nc: d', 3, 'the quote " is not closed'],
    ['title: "A\nsummary: "B"\nc: d', 2, 'the quote " is not closed'],
    ["a: b\ntitle: 'A\ndate: 2021\nc: it's", 3, "the quote ' is not closed"],
    ['a: b\ntags: [a, b\nc: d\ne: f', 3, 'the bracket [ is not closed'],
    ['tags: ["a" "b"]', 2, 'a comma is missing between two items'],
    ['a: b\ntitle:A\nc: d', 3, 'there is no space after the colon of title'],
    ['a: b\ntitle A\nc: d', 3, 'it has no colon after a name'],
    ['a: b\n  c: d', 3, 'its indentation does not fit the lines above'],
    ['a:\n  b: c\n d: e', 4, 'its indentation does not fit the lines above'],
    ['a:\n  - b\n- c', 4, 'its indentation does not fit the lines above'],
    [`a: ${'[ '.repeat(60)}`, 2, 'it is nested too deeply'],
  ])('%j', (yaml, line, reason) => {
    const culprit = yaml.split('\n')[line - 2]?.trim().slice(0, 80);
    expect(() => read(yaml)).toThrow(
      `Cannot read front matter "${culprit}" in seeds/a.md:${line}: expected YAML, but ${reason}`,
    );
  });
});

test.each([
  ['title: Berth #7 is free', { title: 'Berth #7 is free' }, ['Berth #7 is free']],
  ['tags: #a #b', { tags: '#a #b' }, ['#a #b']],
  ['tags: [#a, b, #c-d]', { tags: ['#a', 'b', '#c-d'] }, ['#a', '#c-d']],
  ['tags:\n  - #a', { tags: ['#a'] }, ['#a']],
  ['title: A # a remark', { title: 'A' }, []],
  ['title: "A #7"', { title: 'A #7' }, []],
  ['title: "A" #7', { title: 'A' }, []],
  ['tags: [a, b] #c', { tags: ['a', 'b'] }, []],
  ['draft: false #publish', { draft: 'false' }, []],
])('words that YAML takes for a comment are kept and named: %j', (line, fields, kept) => {
  const { warnings } = readFrontMatter(`---\n${line}\n---\nText.\n`, 'a.md');
  expect(read(line)).toEqual(fields);
  const [name] = Object.keys(fields);
  const at = line.split('\n').length + 1;
  expect(warnings).toEqual(
    kept.map(
      (words) =>
        `Took "${words}" whole for ${name} in seeds/a.md:${at}: # begins a comment in YAML; put the ${name} in quotes`,
    ),
  );
});

test.each([
  ['a: &x {b: 1, c: 2}\n<<: *x\nc: 3', { a: { b: '1', c: '2' }, b: '1', c: '3' }],
  ['c: 3\n<<: [{b: 1}, {b: 2, d: 4}]', { b: '1', c: '3', d: '4' }],
])('maps are merged, and what a map states itself takes precedence: %j', (yaml, fields) => {
  expect(read(yaml)).toEqual(fields);
});

test.each([
  ['title: &sink', 'a value begins with &; put it in quotes'],
  ['title: !important note', 'a value begins with !; put it in quotes'],
  ['title: {{ a }}', 'a value begins with {; put it in quotes'],
  ['title: "C:\\tide"', 'a backslash in double quotes begins an escape; use single quotes'],
  ['title: "C:\\boats"', 'a backslash in double quotes begins an escape; use single quotes'],
])('a mistake that YAML would pass over is refused: %j', (line, reason) => {
  expect(() => readFrontMatter(`---\ndate: 2021-02-03\n${line}\n---\nText.\n`, 'a.md')).toThrow(
    `in seeds/a.md:3: expected YAML, but ${reason}`,
  );
});

test('words of their own stay as they are: tags of YAML, anchors of values, templates in quotes', () => {
  expect(read('a: !!str 1\nb: &b 2\nc: *b\nd: "{{ a }}"\ne: "tab\\t"')).toEqual({
    a: '1',
    b: '2',
    c: '2',
    d: '{{ a }}',
    e: 'tab\t',
  });
});
