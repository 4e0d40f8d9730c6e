import { describe, expect, test } from 'vitest';
import { canonical, html, parse, textOfHtml } from '../support/content.ts';

describe('what notes hold', () => {
  test.each([
    ['A ==b c== d == e == f', '<p>A <mark>b c</mark> d == e == f</p>'],
    [
      '==a [[b]] and `c`== ==`d==',
      '<p><mark>a <a href="wikilink:b">b</a> and <code>c</code></mark> ==`d==</p>',
    ],
    ['![[a.mp3|b c]]', '<p><audio controls src="wikilink:a.mp3" title="b c"></audio></p>'],
    ['![[a.pdf#page=3]]', '<p><a href="wikilink:a.pdf#page=3">a.pdf</a></p>'],
    ['The end. ^a-note', "<p id='^a-note'>The end.</p>"],
    ['![g|240x160](a.png)', '<p><img src="a.png" alt="g" width="240" height="160"></p>'],
    ['A\n: B\n: C', '<dl><dt>A</dt><dd>B</dd><dd>C</dd></dl>'],
    ['A\n:smile: b', '<p>A :smile: b</p>'],
    ['draw(map){zoom=4} or rows[k]{of=6}', '<p>draw(map){zoom=4} or rows[k]{of=6}</p>'],
    ['> [!tip] *A* b\n> C', '<blockquote><p><strong><em>A</em> b</strong></p><p>C</p></blockquote>'],
  ])('%j is read', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
  });

  test('a note may stand in its line', () => {
    expect(textOfHtml(html('A.^[It was *so*.] B.'))).toBe('A.1 B. It was so. ↩');
  });

  test('the second of two equal headings has its own address', () => {
    expect(html('Text.\n\n## A\n\n## A\n\n[b](#a-1)')).toContain("<h2>A</h2><h2 id='a-1'>A</h2>");
    expect(html('Text.\n\n## B {#a}\n\n## A\n\n[c](#a-1)')).toContain("<h2 id='a'>B</h2><h2 id='a-1'>A</h2>");
  });
});

test('a note holds any syntax', () => {
  const notes = html('A.^[See [[b|c]], ==d== and `{e}`.] F.^[G [h](i).]');
  expect(notes).toContain("<p>See <a href='wikilink:b?words=c'>c</a>, <mark>d</mark> and <code>{e}</code>. ");
  expect(notes).toContain("<p>G <a href='i'>h</a>. ");
});

test('a note may follow a word', () => {
  expect(textOfHtml(html('A word^[it is short] ends.'))).toBe('A word1 ends. it is short ↩');
});

test('an id above code leads to it, and a block of a note has its own', () => {
  expect(html('A [b](#c).\n\n```\nd\n```\n{: #c}')).toBe(
    canonical('<p>A <a href="#c">b</a>.</p><p><a id="c"></a></p><pre><code>d\n</code></pre>'),
  );
  expect(html('A. ^abc\n\n[[#^abc|b]]')).toBe(
    canonical('<p id="^abc">A. </p><p><a href="#%5Eabc">b</a></p>'),
  );
  expect(html('- A\n- B\n\n^all\n\n[[#^all|b]]')).toContain("<ul id='^all'>");
  expect(html('- A ^one\n- B\n\n[[#^one|b]]')).toContain("<li id='^one'>");
});

test('queries of Tasks and in lines are left out, too', () => {
  const { html, warnings } = parse(
    'A `= this.name` b `$= dv.x` `= 5` `this.x` `$=`.\n\n```tasks\nnot done\n```\n',
  );
  expect(html).toBe('<p>A b <code>= 5</code> <code>this.x</code> <code>$=</code>.</p>');
  expect(warnings).toHaveLength(3);
});

test('a query of Dataview is left out and named, unlike other code', () => {
  const { html, warnings } = parse('A.\n\n```dataview\nTABLE x FROM "a"\n```\n\nB.\n\n```js\ndataview\n```');
  expect(html).toBe("<p>A.</p><p>B.</p><pre><code class='language-js'>dataview&#10;</code></pre>");
  expect(warnings).toEqual([
    'Cannot run "dataview TABLE x FROM "a"" in seeds/a.md:3: expected Markdown; left it out',
  ]);
});

test('a note that nothing refers to is named', () => {
  const { warnings } = parse(
    '---\ntitle: A\n---\n\na[^1]: b[^X]\n[^first] c\n\n[^1]: c\n[^x]: d\n[^first]: d\n[^lost]: e\n',
  );
  expect(warnings).toEqual([
    'Cannot show note "[^lost]" in seeds/a.md:11: expected a reference to it in the text; left it out',
  ]);
});

test('notes have the names that their author wrote', () => {
  const { html } = parse('字[^注1]\n\n[^注1]: x');
  expect(html).toContain("id='fn-注1'");
  expect(html).toContain("id='fnref-注1'");
});

test('fields of Dataview are words', () => {
  const text =
    'A day.\n\nwind:: North-west\n\nIt was [mood:: *very* calm] and [sea:: flat] (secret:: five), std::cout, f :: a, `x:: y`.';
  expect(textOfHtml(parse(text).html)).toBe(
    'A day. wind: North-west It was [mood:: very calm] and sea: flat (five), std::cout, f :: a, x:: y.',
  );
});
