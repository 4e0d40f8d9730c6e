import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { includingReader } from '../../src/corpus/includes.ts';
import { DocumentError } from '../../src/documents/stated.ts';
import { compileFiles, file, makeGenerator, makeSite, NOW, seedFiles } from '../support/app.ts';

/** The text of `posts/a.md`, or of another document, beside these files. */
function included(
  text: string,
  files: Readonly<Record<string, string>>,
  path = 'posts/a.md',
  site = makeSite(),
): string {
  const all: Readonly<Record<string, string>> = { ...files, [path]: text };
  const read = includingReader((name) => {
    const content = all[name];
    if (content === undefined) throw new DocumentError(`Cannot read seeds/${name}`);
    return file(name, content);
  }, site);
  return new TextDecoder().decode(read(path).bytes);
}

describe('a file that a document includes stands in its place', () => {
  test.each([
    ['<!--@include: ./part.md-->', 'posts/part.md'],
    ['<!-- @include: @/parts/part.md -->', 'parts/part.md'],
    ['{{#include part.md}}', 'posts/part.md'],
    ['{{% include "part.md" %}}', 'posts/part.md'],
    ['{{< include file="parts/part.md" />}}', 'parts/part.md'],
    ['{{< include _part.qmd >}}', 'posts/_part.qmd'],
    ['{{% readfile "/parts/part.md" %}}', 'parts/part.md'],
    ['{% include_relative part.md %}', 'posts/part.md'],
    ['{%- include part.md -%}', '_includes/part.md'],
    ["{% include 'part.md' %}", '_includes/part.md'],
    ['{% include-markdown "../part.md" %}', 'part.md'],
    ['--8<-- "docs/part.md"', 'part.md'],
    ['{!part.md!}', 'part.md'],
    ['::include{file=part.md}', 'posts/part.md'],
  ])('%s', (line, path) => {
    expect(included(`A.\n\n${line}\n\nC.\n`, { [path]: '---\ntitle: B\n---\n\n*B*.\n' })).toBe(
      'A.\n\n*B*.\n\nC.\n',
    );
    // Without the file, in a sentence and in code it is what it was.
    for (const text of [line, `See ${line} there.`, `\`\`\`\n${line.replace('8<', '9<')}\n\`\`\``])
      expect(included(text, {})).toBe(text);
  });

  test.each([
    ['```{{python}}\n1\n```', 'A.\n\n```{{python}}\n1\n```\n'],
    ['`{{{< kbd B >}}}` and {{< kbd B >}}', 'A.\n\n`{{{< kbd B >}}}` and {{< kbd B >}}\n'],
    ['', 'A.\n\n\n'],
    ['{{ page.a }}', 'A.\n\n{{< include b.md >}}\n'],
    ['{% if a %}b{% endif %}', 'A.\n\n{{< include b.md >}}\n'],
  ])('unless its text depends on template code: %j', (text, whole) => {
    expect(included('A.\n\n{{< include b.md >}}\n', { 'posts/b.md': text })).toBe(whole);
  });

  test.each([
    [
      '{% assign log = "/logs" %}\n\n[Log]({{log}}#a), {{ log }}, {{ other }}\n',
      '\n\n[Log](/logs#a), /logs, {{ other }}\n',
    ],
    ["{%- set v = '1.2' -%}\nv{{- v -}}\n", '\nv1.2\n'],
    ['{{v}} {% assign v = "1" %}\n', '{{v}} {% assign v = "1" %}\n'],
    ['{% assign v = site.v %}\n{{v}}\n', '{% assign v = site.v %}\n{{v}}\n'],
    [
      '```liquid\n{% assign v = "1" %}\n{{ v }}\n```\n{{ v }}\n',
      '```liquid\n{% assign v = "1" %}\n{{ v }}\n```\n{{ v }}\n',
    ],
  ])('and so does a text that template code names: %j', (text, whole) => {
    expect(included(text, {})).toBe(whole);
  });

  test('and link definitions alone, which are no document', () => {
    const site = { ...makeSite(), generator: makeGenerator('Jekyll') };
    const part = '[b]: https://b.example\n';
    expect(included('[b]\n\n{% include b.md %}\n', { '_includes/b.md': part }, undefined, site)).toBe(
      '[b]\n\n[b]: https://b.example\n',
    );
  });

  test('which an included file may do, and comment on', () => {
    const part = '{% comment %}\nSee {{ x }}.\n{% endcomment %}\n{% assign v = "1" %}\n[b]: /{{v}}/b\n';
    expect(included('[B][b] {{v}}\n\n{% include b.md %}\n\nv{{v}}\n', { '_includes/b.md': part })).toBe(
      '[B][b] {{v}}\n\n[b]: /1/b\n\nv1\n',
    );
  });

  test('a component of MDX does, if it is imported from Markdown', () => {
    const mdx =
      "import Part, { toc as partToc } from './_part.mdx';\nimport C from './c.jsx';\n\n- A\n\n  <Part a={1} />\n\n<C />\n";
    expect(included(mdx, { 'posts/_part.mdx': '*B*\n\nC\n' }, 'posts/a.mdx')).toBe(
      "\nimport C from './c.jsx';\n\n- A\n\n\n  *B*\n\n  C\n\n\n<C />\n",
    );
  });

  test('code does in a listing', () => {
    expect(included('```py\n--8<-- "a.py"\n```\n', { 'a.py': 'print(1)\n' })).toBe('```py\nprint(1)\n```\n');
    expect(included('```{include} b.md\n```\n', { 'posts/b.md': '*B*' })).toBe('*B*\n\n');
    expect(included('````\n```{include} b.md\n```\n````\n', { 'posts/b.md': '*B*' })).toContain('{include}');
    expect(included('--8<-- "a.py"\n', { 'a.py': 'print(1)\n' })).toBe('--8<-- "a.py"\n');
  });

  test.each([
    ['<<< ./a.ts', '```ts\na\nb\n```'],
    ['<<< @/code/a.ts{1,2 ts:line-numbers} [c.ts]', '```ts [c.ts]\na\nb\n```'],
    ['  <<< ./a.ts#part', '  ```ts\n  b\n  ```'],
  ])('code of VitePress does, or a region of it: %s', (line, code) => {
    const source = 'a\n// #region part\nb\n// #endregion part\n';
    expect(included(`A.\n\n${line}\n`, { 'posts/a.ts': source, 'code/a.ts': source })).toBe(
      `A.\n\n${code}\n`,
    );
    for (const text of [line, `\`\`\`\n${line}\n\`\`\``]) expect(included(text, {})).toBe(text);
  });

  test('within each other, but not without an end', () => {
    const files = { 'posts/b.md': 'B\n\n{{#include c.md}}\n', 'posts/c.md': 'C\n\n{{#include b.md}}\n' };
    expect(included('{{#include b.md}}', files)).toBe('B\n\nC\n\n{{#include b.md}}');
    const long = { 'posts/b.md': 'b'.repeat(600_000) };
    expect(included('{{#include b.md}}\n{{#include b.md}}', long).length).toBeLessThan(1_300_000);
  });

  test.each([
    ['---\ndraft: true\n---\nB', '../part.md'],
    ['---\npassword: a\n---\nB', '../part.md'],
    ['---\ndate: 2031-01-01\n---\nB', '../part.md'],
    ['---\nexpires: 2024-01-01\n---\nB', '../part.md'],
    ['B', '../2031-01-01-part.md'],
    ['B', '../_drafts/part.md'],
    ['{% if a %}B{% endif %}', '../part.md'],
    ['<html><body>B</body></html>', '../part.md'],
    ['B', '../../part.md'],
    ['B', '.part.md'],
  ])('unless it is %j or elsewhere', (text, name) => {
    const line = `{% include_relative ${name} %}`;
    expect(included(line, { [posix.join('posts', name)]: text })).toBe(line);
  });
});

test('a document that others include is no article of feeds', async () => {
  const documents = [
    file('a.md', '---\ndate: 2024-01-01\n---\n# A\n\n<!--@include: ./part.md-->\n'),
    file('part.md', '# B\n\nShared words.\n'),
  ];
  const { pages } = await compileFiles(seedFiles(documents), makeSite(), NOW);
  expect(pages.map(({ path, reason }) => [path, reason])).toEqual([['part.md', 'imported by others']]);
});

describe('an application keeps metadata of a note beside its text, or below it', () => {
  const published = async (files: Readonly<Record<string, string>>) => {
    const all = Object.entries(files).map(([path, text]) => file(path, text));
    const { outcomes } = await compileFiles(seedFiles(all), makeSite(), NOW);
    return outcomes.flatMap((each) => (each.status === 'published' ? [each] : []));
  };
  const bundle = (data: object): string => JSON.stringify({ version: 2, 'net.shinyfrog.bear': data });

  test('a TextBundle of Bear has its dates and is called by its folder', async () => {
    const info = bundle({ creationDate: '2019-05-06T07:08:09Z', trashed: 0, archived: 0 });
    const files = {
      'A walk.textbundle/text.md': '# The walk\n\nTerns.\n',
      'A walk.textbundle/info.json': info,
      '2018-01-02 Then.textbundle/text.md': 'Gulls.\n',
      '2018-01-02 Then.textbundle/info.json': info,
      'B.textbundle/text.md': '---\ndate: 2017-01-02\n---\n\nCrows.\n',
      'B.textbundle/info.json': info,
      'C.textbundle/text.md': '# C\n\nDaws.\n',
    };
    const found = await published(files);
    expect(found.map(({ slug, published: at }) => [slug, new Date(at).toISOString().slice(0, 10)])).toEqual([
      ['then', '2018-01-02'],
      ['a-walk', '2019-05-06'],
      ['b', '2017-01-02'],
      ['c', expect.any(String)],
    ]);
  });

  test.each([
    ['A.textbundle/text.md', '# A\n\nWords.\n', 'A.textbundle/info.json', bundle({ trashed: 1 })],
    ['A.textbundle/text.markdown', 'Words.\n', 'A.textbundle/info.json', bundle({ encrypted: true })],
    ['Keep/A.html', '<p>Words.</p>\n', 'Keep/A.json', '{"isTrashed": true}'],
    ['Trash/A.md', 'Words.\n', 'B.txt', 'Words.\n'],
    ['Recently Deleted/A.html', '<p>Words.</p>\n', 'B.txt', 'Words.\n'],
  ])('what was deleted is not published: %s', async (path, text, other, data) => {
    const found = await published({ [path]: text, [other]: data });
    expect(found.map((each) => each.path)).not.toContain(path);
    expect((await published({ [path.replace(/^(?:Trash|Recently Deleted)/, 'trash')]: text })).length).toBe(
      1,
    );
  });

  test('Joplin has it below the text, and other things in other files', async () => {
    const note = (letter: string, text: string, rest: string): Record<string, string> => ({
      [`${letter.repeat(32)}.md`]: `${text}\n\nid: ${letter.repeat(32)}\nparent_id: \ncreated_time: 2020-05-06T10:00:00.000Z\nsource: joplin-desktop\n${rest}`,
    });
    const found = await published({
      ...note('a', 'A trip\n\nBy boat.', 'deleted_time: 0\nencryption_applied: 0\ntype_: 1'),
      ...note('b', 'Gone\n\nWords.', 'deleted_time: 1588845600000\ntype_: 1'),
      ...note('c', 'Notebook', 'type_: 2'),
      ...note('d', 'Words.', 'is_conflict: 1\ntype_: 1'),
    });
    expect(found.map(({ slug, published: at }) => [slug, at])).toEqual([
      ['a-trip', Date.parse('2020-05-06T10:00:00Z')],
    ]);
  });
});
