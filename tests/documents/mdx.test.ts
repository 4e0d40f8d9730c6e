import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import { detectGenerator } from '../../src/import/generator.ts';
import { file } from '../support/app.ts';
import { canonical, html, parse, readable, textOfHtml } from '../support/content.ts';
import { testFolder } from '../support/folder.ts';

test('a tab without a label shows its value', () => {
  const tabs =
    '<Tabs>\n<TabItem value="❌ Bad">\n\nA.\n\n</TabItem>\n<TabItem value="b" label="Good">\n\nB.\n\n</TabItem>\n</Tabs>';
  expect(parse(tabs, 'a.mdx').html).toBe(
    canonical('<p><strong>❌ Bad</strong></p><p>A.</p><p><strong>Good</strong></p><p>B.</p>'),
  );
});

describe('MDX', () => {
  const mdx = (text: string): string => parse(text, 'a.mdx').html.replace(/(?:&#10;)\s*/g, '');

  test.each([
    [
      'what components indent',
      '<Steps>\n1. One\n\n    <Tabs>\n      <Tab>\n        ```js\n        a {\n          b\n        }\n        ```\n      </Tab>\n    </Tabs>\n\n2. Two\n</Steps>\n',
      '<ol><li><p>One</p><pre><code class="language-js">a {b}</code></pre></li><li><p>Two</p></li></ol>',
    ],
    [
      'the caption of a component',
      '<Frame caption="In a *frame*">\n  <img src="/a.png" alt="b" />\n</Frame>\n\nC.\n',
      '<figure><img src="/a.png" alt="b"><figcaption>In a <em>frame</em></figcaption></figure><p>C.</p>',
    ],
    [
      'what components hold below a list',
      '<Tree>\n\n- A\n  - B\n\n</Tree>\n\n<Tabs>\n  <Tab label="C">D *e*.</Tab>\n\n  - F\n  - G\n    - H\n</Tabs>\n',
      '<ul><li>A<ul><li>B</li></ul></li></ul><p><strong>C</strong></p><p>D <em>e</em>.</p><ul><li>F</li><li>G<ul><li>H</li></ul></li></ul>',
    ],
    [
      'what blocks of HTML hold',
      '<details>\n<summary>**Why**</summary>\nBecause *so*.\n```js\na()\n```\n</details>\n\nEnd.\n',
      '<details><summary><strong>Why</strong></summary><p>Because <em>so</em>.</p><pre><code class="language-js">a()</code></pre></details><p>End.</p>',
    ],
    [
      'a summary on the line of its block',
      '<details><summary>*A* {`b`}</summary>\n\n_c_\n\n</details>\n',
      '<details><summary><em>A</em> b</summary><p><em>c</em></p></details>',
    ],
    [
      'elements on one line',
      '<ul><li>One *a*</li><li>`b`</li></ul>\nC\n\n- <div className="x"><p>_d_</p></div>\n\n<table>\n  <tr><td>*e*</td><td>E</td></tr>\n</table>\n\n<h3>*f* {\'g\'}</h3>\n',
      '<ul><li>One <em>a</em></li><li><code>b</code></li></ul><p>C</p><ul><li><p><em>d</em></p></li></ul><table><tbody><tr><td><em>e</em></td><td>E</td></tr></tbody></table><h3><em>f</em> g</h3>',
    ],
    [
      'elements in components on one line',
      '<Card title="A"><ul><li>*b*</li></ul></Card>\n',
      '<p><strong>A</strong></p><ul><li><em>b</em></li></ul>',
    ],
    [
      'where components lead',
      '<Card title="A" href="/b">C</Card>\n\n<Button href="/d">*E*</Button> <F href={g}>H</F> <I href="/j" />\n',
      '<p><a href="/b"><strong>A</strong></a></p><p>C</p><p><a href="/d"><em>E</em></a> H</p>',
    ],
    [
      'what nobody is to see',
      'A\n\n<span className="sr-only">b</span>\n\n<p style={{display: "none"}}>c</p>\n\n<p hidden>d</p>\n',
      '<p>A</p>',
    ],
    [
      'quotations and their authors',
      '<Quote author="A B" source="C">\n  *d*\n</Quote>\n\n<Foo summary="E">f</Foo>\n',
      '<blockquote><p><em>d</em></p><p>— A B, C</p></blockquote><p><strong>E</strong></p><p>f</p>',
    ],
    [
      'admonitions in lists',
      '- One\n\n    :::note[Mind `this`]\n    Words.\n    :::\n\nEnd.\n',
      '<ul><li><p>One</p><blockquote><p><strong>Mind <code>this</code></strong></p><p>Words.</p></blockquote></li></ul><p>End.</p>',
    ],
    ['code in braces', "A{' '}{name} b.\n", '<p>A  b.</p>'],
    ['strings with escapes', "A{\"\\u00a0\"}b{'it\\'s'}{`c`}.\n", "<p>A\u00a0bit'sc.</p>"],
    [
      'tags that stand alone, and Markdown behind them',
      '<br />\nA *b*.\n\n<b>\nC *d*\n</b>\nE *f*.\n\n<h2>G</h2>\n*H*\n\n<hr />\n*I*\n',
      '<p>A <em>b</em>.</p><b><p>C <em>d</em></p></b><p>E <em>f</em>.</p><h2>G</h2><p><em>H</em></p><hr><p><em>I</em></p>',
    ],
    [
      'tags on several lines, and such with code',
      '<p>\n\t<small>\n\t\t<a\n\t\t\thref="b"\n\t\t>\n\t\t\tA *c*\n\t\t</a>\n\t</small>\n</p>\n\n<div style={{ a: 1 }}>\n\t[*d*](e)\n</div>\n',
      '<p><small><a href="b">A <em>c</em></a></small></p><p><a href="e"><em>d</em></a></p>',
    ],
    [
      'a tag on several lines that begins a paragraph',
      '<a\n\thref="b"\n>{`c`}</a> *d*\n',
      '<p><a href="b">c</a> <em>d</em></p>',
    ],
    [
      'code in a template within a tag with a style',
      '<pre style={{ a: 1 }}>{`b <c>\\nd`}</pre>\n',
      '<pre>b &lt;c>d</pre>',
    ],
    ['tags within a text that stand alone', 'A\n<b>\nb\n</b>\n*c*\n', '<p>A <b> b </b> <em>c</em></p>'],
    ['tags within a text', 'A <b>b</b>\n<i>c</i>\n<br />\nd.\n', '<p>A <b>b</b> <i>c</i> <br> d.</p>'],
  ])('is read with %s', (_, text, html) => {
    expect(mdx(text)).toBe(canonical(html));
  });
});

test('mdsvex is MDX with elements of Svelte', () => {
  const text =
    "<script>\n  import A from './A.svelte';\n</script>\n\n<svelte:head>\n<title>T</title>\n</svelte:head>\n\nB {c} *d*. <A e={1} />\n\n{#if f}\nG\n{/if}\n";
  expect(parse(text, 'a.svx').html.replace(/\s+(?=<)/g, '')).toBe(canonical('<p>B<em>d</em>.</p><p>G</p>'));
});

test('strings in braces are text beside components, in any Markdown', () => {
  expect(parse("<Log>\n\nA{' '}b {\"c\"} `{' '}` {d}\n\n</Log>\n").html).toBe(
    canonical("<p>A b c <code>{' '}</code> {d}</p>"),
  );
  expect(textOfHtml(html("A {'b'}."))).toBe("A {'b'}.");
});

test('what stands in a tag with a style of React is Markdown in any document', () => {
  const text =
    '<figure>\n  <img src="a.png" />\n  <figcaption style={{ a: "b" }}>A `b`, [c](d).</figcaption>\n</figure>\n\n{e}\n';
  expect(html(text).replace(/(?:&#10;| )+(?=<)/g, '')).toBe(
    canonical(
      '<figure><img src="a.png"><figcaption>A<code>b</code>,<a href="d">c</a>.</figcaption></figure><p>{e}</p>',
    ),
  );
});

test('a link that holds nothing but a component goes, an anchor stays', () => {
  expect(
    html('A <a href="b.svg">\n<Box c="d" />\n</a> e <a name="f"></a> <a href="g"><img src="h.png"></a>'),
  ).toBe(canonical('<p>A</p><p>e <a name="f" id="f"></a> <a href="g"><img src="h.png"></a></p>'));
});

test('what looks like a component in an attribute of HTML is none', () => {
  const { html: text, warnings } = parse('A <abbr title="in <Box>…</Box>">c</abbr> d <Box>e</Box>.');
  expect(text).toBe(canonical('<p>A <abbr title="in &lt;Box>…&lt;/Box>">c</abbr> d e.</p>'));
  expect(warnings).toHaveLength(1);
});

test('a fragment of MDX is its content', () => {
  expect(parse('<>A.</>', 'a.mdx').html).toBe('<p>A.</p>');
});

test('MDX may have comments and code in a drawing, and code in code', () => {
  const drawing = '<svg width={60} style={{ a: 1 }}>\n  {/* b */}\n\n  <text>{"c"}</text>\n</svg>';
  expect(parse(`A.\n\n${drawing}\n\nD.`, 'a.mdx').html).toBe(
    canonical('<p>A.</p><p><svg width="60" style="">\n  \n  <text>c</text>\n</svg></p><p>D.</p>'),
  );
  expect(parse('<pre>{`a <b>\n  c`}</pre>', 'a.mdx').html).toBe(canonical('<pre>a &lt;b&gt;\n  c</pre>'));
  expect(parse('<pre>\n<code className="language-js">{`a\n\n\\`b\\``}</code></pre>', 'a.mdx').html).toBe(
    canonical('<pre><code class="language-js">a\n\n`b`</code></pre>'),
  );
  expect(parse('A <code>{"{}"}</code> and <code>{a.b}</code>.', 'a.mdx').html).toBe(
    canonical('<p>A <code>{}</code> and <code>{a.b}</code>.</p>'),
  );
});

test('MDX knows its title, and what is exported as text or a number', () => {
  const text = '---\ntitle: T\n---\nexport const year = 2024;\n\nIt is {year} in {frontMatter.title}.';
  expect(textOfHtml(parse(text, 'a.mdx').html)).toBe('It is 2024 in T.');
});

test('Markdown is MDX in Docusaurus, unless the document or the configuration states otherwise', async () => {
  const text = 'It is {"shown"}.{/* Hidden. */}\n';
  const wordsIn = async (configuration: string, above = ''): Promise<string> => {
    const files = { 'docusaurus.config.js': `export default {${configuration}}` };
    const generator = detectGenerator(await testFolder(files));
    return textOfHtml(readable(parseDocument(file('a.md', above + text), false, generator)).html);
  };
  expect(await wordsIn("title: 'A'")).toBe('It is shown.');
  expect(await wordsIn("markdown: { format: 'detect' }")).toContain('{"shown"}');
  expect(await wordsIn('', '---\nformat: md\n---\n')).toContain('{"shown"}');
});
