import { describe, expect, test } from 'vitest';
import { DOCUMENT_ENDINGS, kindOf, withoutDocumentEnding } from '../../src/documents/kinds.ts';
import { parseDocument } from '../../src/documents/parse.ts';
import { file, makeApp } from '../support/app.ts';
import { readable } from '../support/content.ts';

/** Of any kind. */
const TEXT = '---\ntitle: Two\ndate: 2021-02-03\n---\n\n<p>Some words.</p>\n';

describe.each(DOCUMENT_ENDINGS)('a file that ends in %s', (ending) => {
  test('is a document with front matter, in any case', () => {
    for (const path of [`a/two${ending}`, `a/TWO${ending.toUpperCase()}`]) {
      const draft = readable(parseDocument(file(path, TEXT)));
      expect(draft).toMatchObject({ title: 'Two', published: { year: 2021 } });
      expect(draft.html).toContain('Some words.');
      expect(withoutDocumentEnding(path)).toBe(path.slice(0, -ending.length));
    }
  });

  test('is where every form of its address leads', async () => {
    const addresses = ['../two', '../two/', `../two${ending}`, '/two', `/two${ending}`];
    const folderAddresses = ['../dir', '../dir/', `../dir/index${ending}`, '../dir/index', '/dir/'];
    const links = [...addresses, ...folderAddresses].map((url) => `[a](${url})`);
    const { ask } = await makeApp([
      file('from/one.md', `---\ndate: 2021-02-03\n---\n\n# One\n\n${[...links, '[[two]]'].join(' ')}\n`),
      file(`two${ending}`, TEXT),
      file(`dir/index${ending}`, TEXT.replace('Two', 'Three')),
    ]);
    const { content_html: html } = await (await ask('/articles/one.json')).json<{ content_html: string }>();
    const hrefs = [...html.matchAll(/href=['"]([^'"]*)['"]/g)].map(([, href]) => href);
    const to = (slug: string): string => `https://news.example/articles/${slug}`;
    expect(hrefs).toEqual([
      ...addresses.map(() => to('two')),
      ...folderAddresses.map(() => to('dir')),
      to('two'),
    ]);
  });
});

test('other files are no documents', () => {
  for (const path of ['a.png', 'md', 'a.mdown.zip', 'b.md/c', 'a.adoc']) {
    expect(kindOf(path)).toBeUndefined();
    expect(withoutDocumentEnding(path)).toBe(path);
  }
});

test('every kind of Markdown is Markdown', () => {
  for (const ending of DOCUMENT_ENDINGS.filter((each) => !/te?xt|htm/.test(each)))
    expect(readable(parseDocument(file(`a${ending}`, '# Two\n\nSome *words*.\n')))).toMatchObject({
      title: 'Two',
      html: '<p>Some <em>words</em>.</p>',
    });
});
