import { describe, expect, test } from 'vitest';
import { writeBlocks } from '../../src/documents/markdown/write-blocks.ts';
import { html, parse } from '../support/content.ts';

describe('blocks of other tools', () => {
  test.each([
    ['Neap\n~ Weak.\n~ Rare.', '<dl><dt>Neap</dt><dd>Weak.</dd><dd>Rare.</dd></dl>'],
    ['Neap\n\n~   Weak.', '<dl><dt>Neap</dt><dd><p>Weak.</p></dd></dl>'],
    ['- Neap\n~ weak', '<ul><li>Neap ~ weak</li></ul>'],
    ['Two lines\nof words\n~ and more', '<p>Two lines of words ~ and more</p>'],
    ['~~~\na\n~ b\n~~~', '<pre><code>a\n~ b\n</code></pre>'],
    ['| One,\n|  two\n|\n| three.', '<p>One,<br>\u00a0two<br>\u00a0<br>three.</p>'],
    ['| a\n| -\n| b', undefined],
    ['| a | b |\n| - | - |\n| c | d |', undefined],
    [
      '+---+-----+\n| a | b   |\n+===+=====+\n| c | d|e |\n|   | f\\  |\n|   | g   |\n+---+-----+',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d|e<br>f<br>g</td></tr></tbody></table>',
    ],
    [
      '+---+---+\n| a | b |\n+---+---+',
      '<table><thead><tr><th></th><th></th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
    ],
    ['+---+---+\n| a     |\n+---+---+', undefined],
    [
      '  Fish  Price\n  ---- ------\n  Cod    12.5\n  Eel  a|b\n\nFresh.',
      "<table><thead><tr><th>Fish</th><th style='text-align: right'>Price</th></tr></thead><tbody><tr><td>Cod</td><td style='text-align: right'>12.5</td></tr><tr><td>Eel</td><td style='text-align: right'>a|b</td></tr></tbody></table><p>Fresh.</p>",
    ],
    [
      '--- ---\na   b\n--- ---',
      '<table><thead><tr><th></th><th></th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
    ],
    [
      '|---+---|\n| a | b |\n|---+---|\n| c | d |\n|---+---|\n\nE',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table><p>E</p>',
    ],
    ['(@) a\n(@x) b\n\nC\n\n(@) d', "<ol><li>a</li><li>b</li></ol><p>C</p><ol start='3'><li>d</li></ol>"],
    ['A\n\n-- --\n\nB', undefined],
    ['Words\n---\nB', undefined],
    ['```\n\na  b\n-- --\nc  d\n```', undefined],
    ['One.\n\n\\newpage\n\nTwo.', '<p>One.</p><p>Two.</p>'],
    ['```org\n#+BEGIN_QUOTE\na\n#+END_QUOTE\n```', undefined],
    ['Write \\newpage here.', '<p>Write \\newpage here.</p>'],
  ])('%j', (markdown, expected) => {
    const written = writeBlocks(markdown);
    expect(written.split('\n')).toHaveLength(markdown.split('\n').length);
    if (expected === undefined) expect(written).toBe(markdown);
    else
      expect(
        html(markdown)
          .replaceAll('&#92;', '\\')
          .replaceAll('&#10;', '\n')
          .replaceAll('<br>\n', '<br>')
          .replaceAll('<br> ', '<br>'),
      ).toBe(expected);
  });

  test('the end of a summary as Grav writes it', () => {
    expect(writeBlocks('One.\n\n===\n\nTwo.\n\nA heading\n===\n')).toBe(
      'One.\n\n<!-- more -->\n\nTwo.\n\nA heading\n===\n',
    );
  });

  test('what only Logseq reads', () => {
    const id = '64a1b2c3-1111-2222-3333-444455556666';
    const blocks = `- First\n  id:: ${id}\n  collapsed:: true\n\t- TODO rope\n\t  SCHEDULED: <2024-03-05 Tue>\n- DONE tar\n- ((${id}))\n- {{embed ((${id}))}}\n`;
    expect(writeBlocks(blocks)).toBe('- First\n\t- [ ] rope\n- [x] tar\n- First\n- First\n');
    expect(writeBlocks('- A\n- collapsed:: true\n  B\n')).toBe('- A\n- \n  B\n');
    const prose = '- TODO rope\n  SCHEDULED: soon\n- std:: vector\n';
    expect(writeBlocks(prose)).toBe(prose);
  });
});

test.each([
  ['- #+BEGIN_QUOTE\n  a *b*\n  #+END_QUOTE\n- c', '- \n  > a *b*\n- c'],
  ['\t- #+begin_tip\n\t  a\n\t  b\n\t  #+end_tip', '\t- > [!TIP]\n\t  > a\n\t  > b'],
  ['#+BEGIN_PINNED\na\n#+END_PINNED', '> [!NOTE]\n> a'],
  ['- #+BEGIN_SRC js\n  - a\n  #+END_SRC', '- ```js\n  - a\n  ```'],
  ['#+BEGIN_CENTER\na\n#+END_CENTER\nb', '\na\nb'],
  ['#+BEGIN_COMMENT\na\n#+END_COMMENT\nb', '\nb'],
])('a block of Org in Markdown of Logseq: %j', (text, expected) => {
  expect(writeBlocks(text)).toBe(expected);
});

test.each([
  ['| a |\n| - |\n| b |\n\n: Dues **now** {#tbl-dues .x}', '<caption>Dues <strong>now</strong></caption>'],
  ['Table: Dues\n\n| a |\n| - |\n| b |', '<caption>Dues</caption>'],
  ['| a |\n| - |\n| b |\n\nTable: Dues', '<caption>Dues</caption>'],
])('the caption of a table: %j', (markdown, caption) => {
  const written = html(markdown);
  expect(written.replace(/<table[^>]*>/, '')).toBe(
    `${caption}<thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>`,
  );
  expect(html(`${markdown.replace(': ', ':')}`)).not.toContain('caption');
});

test('a stated summary in paragraphs of HTML is their words', () => {
  const summary = (stated: string): string | undefined =>
    parse(`---\ntitle: A\nsummary: ${JSON.stringify(stated)}\n---\n\nWords.`).summary?.replace(/\s+/g, ' ');
  expect(summary('<p>A &amp; <b>B</b></p>\n<p class="x">went.</p>')).toBe('A & B went.');
  expect(summary('The <p> tag, and </p>')).toBe('The <p> tag, and </p>');
});

test.each([
  [
    'a {++b++} {--c--} {~~d~>e~~} {==f==}{>>g<<}',
    '<p>a <ins>b</ins> <del>c</del> <del>d</del><ins>e</ins> <mark>f</mark></p>',
  ],
  ['a `{++b++}` {++b} {~~c~~}', '<p>a <code>{++b++}</code> {++b} {<del>c</del>}</p>'],
])('changes of CriticMarkup: %j', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

test('an id that a link leads to is given once', () => {
  expect(html('Words [a](#tar)\n\n<h3 id="tar">Tar</h3>\n')).toContain("<h3 id='tar'>Tar</h3>");
  expect(html('Words [a](#tar)\n\n<a id="tar"></a>B\n\n## Tar\n')).toContain('<h2>Tar</h2>');
});
