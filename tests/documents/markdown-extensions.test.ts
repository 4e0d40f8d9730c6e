import { describe, expect, test } from 'vitest';
import { canonical, html, parse, textOfHtml } from '../support/content.ts';

describe('what is no Markdown', () => {
  test('is not reported where nothing is lost: components that arrange, and constants', () => {
    const text = [
      "import Tabs from '@theme/Tabs';\nimport TabItem from '@theme/TabItem';",
      'export const harbours = 3;',
      '<Tabs>\n<TabItem value="a" label="One">\n\nFirst.\n\n</TabItem>\n</Tabs>',
      'There are {harbours}.',
    ].join('\n\n');
    expect(parse(text, 'a.mdx')).toMatchObject({
      html: '<p><strong>One</strong></p><p>First.</p><p>There are 3.</p>',
    });
    expect(parse(text, 'a.mdx').warnings).toBeUndefined();
    expect(parse(`import Foo from './foo';\n\n${text}`, 'a.mdx').warnings).toHaveLength(1);
    expect(parse('<Tabs>\n\nNever closed.', 'a.mdx').warnings).toHaveLength(1);
  });

  test.each([
    '{% include a.html %}',
    '{%- if a -%}',
    '{{ page.b }}',
    '{{< note >}}',
    '{{% note "a" %}}',
    '{{ gallery() }}',
    '<Chart data={a} />',
  ])('leaves %s out and says so', (code) => {
    const warning = `Cannot run "${code}" in seeds/a.md:3: expected Markdown; left it out`;
    expect(parse(`A.\n\n${code}\n\nB.`)).toMatchObject({
      html: '<p>A.</p><p>B.</p>',
      warnings: [warning],
    });
    expect(textOfHtml(parse(`A.\n\nB ${code} c.`).html)).toBe('A. B c.');
    expect(parse(`A.\n\nB ${code} c.`).warnings).toEqual([warning]);
  });

  test.each([
    '{% include a.html %}',
    '{{ page.title }}',
    '{{< note >}}',
    '[[A]]',
    '#tag',
    '<Chart />',
    '{a}',
    ':::',
  ])('leaves %s alone in code', (code) => {
    const shown = code.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const text = `\`${code}\`\n\n\`\`\`\n${code}\n\`\`\`\n\n- a\n\n      ${code}\n\n<pre>\n${code}\n</pre>`;
    const draft = parse(`import A from './a.js'\n\n${text}`);
    // In HTML, what looks like a tag is one.
    expect(draft.html.split(shown).length - 1).toBe(code.startsWith('<') ? 3 : 4);
    expect(draft.warnings).toHaveLength(1);
    expect(draft.hashtags).toBeUndefined();
  });

  test('keeps what is between the parts of a block', () => {
    expect(html('{{< row >}}\nA *b*.\n{{< /row >}}')).toBe('<p>A <em>b</em>.</p>');
    expect(html('{% if a %}\nA\n{% endif %}')).toBe('<p>A</p>');
    expect(html('<Tabs>\n<Tab>\n\nA\n\n</Tab>\n</Tabs>')).toBe('<p>A</p>');
  });

  test('reports at most 100 pieces of a document one by one', () => {
    const { warnings } = parse('{{ a }}\n\n'.repeat(1000));
    expect(warnings).toHaveLength(101);
    expect(warnings?.[100]).toBe(
      'Cannot run 900 more pieces of code in seeds/a.md: expected Markdown; left them out',
    );
  });

  test.each([
    ['[a]({{ site.url }}/b/)', '<p><a href="/b/">a</a></p>'],
    ['[a]({{ root_url }}/b/)', '<p><a href="/b/">a</a></p>'],
    [
      'A <%= link_to "b", "/c/" %> <%= link_to("d", "e.html") %>',
      '<p>A <a href="/c/">b</a> <a href="e.html">d</a></p>',
    ],
    ['[a](<%= url_for "_posts/b.md" %>)', '<p><a href="_posts/b.md">a</a></p>'],
    ['A <%= image_tag "b.png", alt: "c" %>', '<p>A <img src="/images/b.png" alt="c"></p>'],
    ['A <%= image_tag "/b.png" %> <%= b %>', '<p>A <img src="/b.png" alt=""> </p>'],
    ['[a]({{ "/b c/" | relative_url }})', '<p><a href="/b c/">a</a></p>'],
    ['<a href="{{ site.baseurl }}/b">a</a>', '<p><a href="/b">a</a></p>'],
    ['[a]({% link _posts/2021-02-03-b.md %})', '<p><a href="/_posts/2021-02-03-b.md">a</a></p>'],
    ['[a]({{ b.url }})', '<p><a>a</a></p>'],
    ['![a]({{ b.url }})', ''],
    ['{% raw %}{{ a }}{% endraw %}', '<p>{{ a }}</p>'],
    ['{{</* a */>}}', '<p>{{&lt; a &gt;}}</p>'],
    ['Vec<String> and <Your Name>', '<p>Vec&lt;String&gt; and &lt;Your Name&gt;</p>'],
    ['a {{x}} in $x^{{2}}$', '<p>a  in <code class="language-tex">x^{{2}}</code></p>'],
    ['\\{{ a }}', '<p>{{ a }}</p>'],
    ['[[a]](b) [[^1]] [[ -f a ]]', '<p><a href="b">[a]</a> [[^1]] [[ -f a ]]</p>'],
    ['[[Bug #7]]', '<p><a href="wikilink:Bug#7">Bug #7</a></p>'],
    // A label in brackets is no note of a vault.
    [
      'See [[Bug #7]] and [[b]].\n\n[Bug #7]: c',
      '<p>See [<a href="c">Bug #7</a>] and <a href="wikilink:b">b</a>.</p>',
    ],
    [
      '[[Bug #7]][[Bug #8]]\n\n[Bug #7]: c\n[Bug #8]: d',
      '<p>[<a href="c">Bug #7</a>][<a href="d">Bug #8</a>]</p>',
    ],
    [
      '![a][1]{:\n.b width="2"} and [c](d){:\ntarget="_blank"}.\n\n[1]: e.png',
      '<p><img src="e.png" alt="a"> and <a href="d">c</a>.</p>',
    ],
    ['- **Stable:**{% for a in b %}\n  - {{ a }}{% endfor %}', '<ul><li><strong>Stable:</strong></li></ul>'],
    ['a {% for i in (1..x) %}b{% endfor %}c', '<p>a c</p>'],
    [
      '[[a&b]] ![[c d.png]]',
      '<p><a href="wikilink:a%26b">a&amp;b</a> <img src="wikilink:c%20d.png" alt=""></p>',
    ],
    ['[[https://e.example/a|b]]', '<p><a href="https://e.example/a">b</a></p>'],
    [
      '{{< figure src="a.png" caption="<b>Jo</b>, *left*<br>At sea" >}}',
      '<figure><img src="a.png" alt=""><figcaption><b>Jo</b>, <em>left</em><br>At sea</figcaption></figure>',
    ],
    [
      '{{< figure src="a.png" caption="1 < 2 & <URL: x>" >}}',
      '<figure><img src="a.png" alt=""><figcaption>1 &lt; 2 &amp; &lt;URL: x&gt;</figcaption></figure>',
    ],
    ['{% img /b.png 300 200 A Galaxy %}', '<figure><img src="/b.png" alt="A Galaxy"></figure>'],
    ['{% img left /b.png [SVD benchmarks] %}', '<figure><img src="/b.png" alt="SVD benchmarks"></figure>'],
    ['A word![](b c/d e.png)', '<p>A word<img src="b%20c/d%20e.png" alt=""></p>'],
    ['<p>Cost: $120</p>\n<p>Was: $550</p>', '<p>Cost: $120</p><p>Was: $550</p>'],
    ['<li>$5</li><li>US$</li>', '<li>$5</li><li>US$</li>'],
    // In Quarto and Pandoc, the words between the brackets are a caption.
    ['![](b.png){fig-alt="A weir." width="10"}', '<figure><img src="b.png" alt="A weir."></figure>'],
    [
      '![Fig. 1: *Weir*](b.png){#fig-1 fig-alt="A weir."}',
      '<figure><img src="b.png" alt="A weir."><figcaption>Fig. 1: <em>Weir</em></figcaption></figure>',
    ],
    ['See ![a](b.png){alt="A weir."} there.', '<p>See <img src="b.png" alt="A weir."> there.</p>'],
    ['![a](b.png "c" =10x20)', '<p><img src="b.png" alt="a" title="c"></p>'],
    [
      '{% gist jane/1 %}',
      '<p><a href="https://gist.github.com/jane/1">https://gist.github.com/jane/1</a></p>',
    ],
  ])('makes of %j what it means', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
  });

  test('keeps the words of links whose labels an included file defines', () => {
    const text = 'A [*b* `c`][d\n  e], [E][], `f[i][j]`, [g][h].\n\n[H]: i\n';
    expect(html(`${text}\n{% include links.md %}\n`)).toBe(
      canonical(
        '<p>A <a href="wikilink:d%20e"><em>b</em> <code>c</code></a>, <a href="wikilink:E">E</a>, <code>f[i][j]</code>, <a href="i">g</a>.</p>',
      ),
    );
    expect(textOfHtml(html(text))).toContain('[E][]');
  });

  test('has inline notes of several lines', () => {
    const { html } = parse('It took long^[For this we\nmeasured it.] and\n\nno^[longer\n\nthan this].');
    expect(html).toContain('For this we measured it.');
    expect(html).toContain('<p>no^[longer</p>');
  });

  test('leaves out an include whose arguments have blank lines between them', () => {
    expect(html('A.\n\n{% include list.md\n  q="B?"\n\n  a="C %"\n%}\n\nD.')).not.toContain('{%');
    expect(html('A {% note\n\nB %} c.')).toContain('{%');
  });

  test.each([
    ['```{r, include=FALSE}\nx <- 1\n```', ''],
    ['```{python}\n#| label: fig-a\n#| echo: false\nplot(1)\n```', ''],
    [
      '```{r plot, fig.cap="A"}\n#| warning: false\nplot(1)\n```',
      '<pre><code class="language-r">plot(1)\n</code></pre>',
    ],
    ['```{.r}\n#| shown\n```', '<pre><code class="language-r">#| shown\n</code></pre>'],
    ['```r\n#| echo: false\n```', '<pre><code class="language-r">#| echo: false\n</code></pre>'],
  ])('shows of the chunk %j what its options show', (text, expected) => {
    expect(html(`A.\n\n${text}\n\nB.`)).toBe(canonical(`<p>A.</p>${expected}<p>B.</p>`));
  });

  test.each([
    ['**要点：**続き', '<strong>要点：</strong>続き'],
    ['これが**「要点」**です。', 'これが<strong>「要点」</strong>です。'],
    [
      '**重点**，然后：**其次**好。**再次。**最后',
      '<strong>重点</strong>，然后：<strong>其次</strong>好。<strong>再次。</strong>最后',
    ],
    [
      '*주의!*는 ~~(지움)~~도 **[링크](a)**를',
      '<em>주의!</em>는 <del>(지움)</del>도 <strong><a href="a">링크</a></strong>를',
    ],
    ['**算法：**AES 和 B**（乙）**c', '<strong>算法：</strong>AES 和 B<strong>（乙）</strong>c'],
    ['**가**를 **A** 나 **B (c)**을', '<strong>가</strong>를 <strong>A</strong> 나 <strong>B (c)</strong>을'],
    ['过**\\_a.yml**进行，**b**。', '过<strong>_a.yml</strong>进行，<strong>b</strong>。'],
    ['`a。**` **b。**จบ', '<code>a。**</code> <strong>b。</strong>จบ'],
    ['价格：**低', '价格：**低'],
  ])('finds the emphasis in %j, which has no spaces around it', (text, expected) => {
    expect(html(text)).toBe(canonical(`<p>${expected}</p>`));
  });

  test('finds tags among words, and no colours, numbers or addresses', () => {
    const text =
      'A #b, (#c/d) and #é1. Not #1, #fff, #FAFAFA, #0a0b0c, a#e, ##f, [#g](#h), \\#i or <b title="#j">.';
    expect(parse(text).hashtags).toEqual(['b', 'c/d', 'é1']);
    expect(textOfHtml(parse(text).html)).toContain('A #b, (#c/d) and #é1.');
  });
});

test('a heading that differs from the title in its signs alone goes', () => {
  expect(parse('---\ntitle: High water\n---\n\n## High Water ⚡️\n\nA.\n').html).toBe('<p>A.</p>');
});

test('code in a template keeps its indentation', () => {
  expect(parse('<Code code={`a {\n  b\n    c\n`} />\n', 'a.mdx').html).toContain('a {&#10;  b&#10;    c');
});

test('a space that does not break may stand behind the mark of a block', () => {
  expect(html('A.\n\n##\u00a0B {#c}\n\n-\u00a0D\n\n```\n##\u00a0E\n```\n')).toBe(
    canonical('<p>A.</p><h2 id="c">B</h2><ul><li>D</li></ul><pre><code>##\u00a0E\n</code></pre>'),
  );
});

test('emphasis around template code does not show it', () => {
  expect(parse('_{{ "3 Jul 2015" | timePosted }} ago:_ and $x_{{2}}$\n').html).toBe(
    "<p><em> ago:</em> and <code class='language-tex'>x_{{2}}</code></p>",
  );
});

describe('a mark for a table of contents', () => {
  test.each([
    '[TOC]',
    '[[toc]]',
    '[[_TOC_]]',
    '[[!toc levels=2]]',
    '__NOTOC__',
    `$\{toc}`,
    '@[toc](Contents)',
    '{:toc}',
    '\\tableofcontents',
    '.. contents:: On this page',
    ':::{contents}\n:depth: 2\n:::',
    '::: toc\n:::',
    '```toc\nstyle: number\n```',
    '```table-of-contents\n```',
  ])('is not text: %j', (mark) => {
    expect(html(`A.\n\n${mark}\n\nB.`)).toBe('<p>A.</p><p>B.</p>');
  });
});

test.each([
  ['[small]{.smallcaps} a', '<p>small a</p>'],
  ['*A*[a [b](c) d]{.aside} e', '<p><em>A</em> (a <a href="c">b</a> d) e</p>'],
  ['[[A]]: b', '<p><a href="wikilink:A">A</a>: b</p>'],
  ['[[1]]: https://b.example', '<p>[[1]]: <a href="https://b.example">https://b.example</a></p>'],
  [
    '<my-tabs deep wide>\n\nA\n\n</my-tabs>\n\nThe <your own name> sea.',
    '<p>A</p><p>The &lt;your own name&gt; sea.</p>',
  ],
  ['==a\nb== c', '<p><mark>a b</mark> c</p>'],
  ['![a|50%](/b.png)', '<p><img src="/b.png" alt="a"></p>'],
  ['![a|left|300](/b.png)', '<p><img src="/b.png" alt="a" width="300"></p>'],
])('%j is what it means elsewhere', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

test.each([
  ['#uber-uns', '## Über uns', 'uber-uns'],
  ['#user-content-a-b', '## A b', 'user-content-a-b'],
  ['#_1-first', '## 1. First', '_1-first'],
  ['#A-B', '## a b', 'A-B'],
])('a link finds its heading by the letters: %s', (href, heading, id) => {
  expect(html(`Words [x](${href}).\n\n${heading}`)).toContain(`<h2 id='${id}'>`);
});

test('a link to the second of two headings may count with an underscore', () => {
  expect(html('Words [x](#a_1).\n\n## A\n\n## A')).toContain("<h2>A</h2><h2 id='a_1'>A</h2>");
});

test.each([
  ['![a](my pic.png)', '<p><img src="my%20pic.png" alt="a"></p>'],
  ['[a](to/my file.md) b', '<p><a href="to/my%20file.md">a</a> b</p>'],
  ['[a](b "c d.png")', '<p><a href="b" title="c d.png">a</a></p>'],
  ['[a]\n\n[a]: <b c.md> "d"', '<p><a href="b%20c.md" title="d">a</a></p>'],
  ['> ![a]\n>\n> [a]: <b.png>', '<blockquote><p><img src="b.png" alt="a"></p></blockquote>'],
  ['A b[c]: <d> e', '<p>A b[c]: &lt;d&gt; e</p>'],
  ['![CO~2~, ==a== and <b>b</b>](c.png "x^2^")', '<p><img src="c.png" alt="CO₂, a and b" title="x²"></p>'],
  [
    '![a](b.png align="center") [c](d "e" width="3" align="left")',
    '<p><img src="b.png" alt="a"> <a href="d" title="e">c</a></p>',
  ],
  ['(b align="center") [a](b align)', '<p>(b align="center") [a](b align)</p>'],
  ['![a](b.png =100x200) ![c](d.png =300x)', '<p><img src="b.png" alt="a"> <img src="d.png" alt="c"></p>'],
  ['![a](b.png "t" =50%x)', '<p><img src="b.png" alt="a" title="t"></p>'],
  ['[a](#b)\n\n[]{#b}c', '<p><a href="#b">a</a></p><p><a id="b"></a>c</p>'],
  ['[a](#b)\n\n::: {#b}\nc\n:::', '<p><a href="#b">a</a></p><p><a id="b"></a> c</p>'],
  ['x^[2] and 2^[n]', '<p>x^[2] and 2^[n]</p>'],
  ['[a] (see b.png)', '<p>[a] (see b.png)</p>'],
  ['Words.\n\n### A {/* #b */}\n\n[c](#b)', '<p>Words.</p><h3 id="b">A</h3><p><a href="#b">c</a></p>'],
  ['Words.\n\n## A *b* [#c-d]\n\ne [#f]', '<p>Words.</p><h2 id="c-d">A <em>b</em></h2><p>e [#f]</p>'],
  ['Words.\n\n## Mended [#12]', '<p>Words.</p><h2>Mended [#12]</h2>'],
  ['Words.\n\n### A ### {#b}\n\n[c](#b)', '<p>Words.</p><h3 id="b">A</h3><p><a href="#b">c</a></p>'],
])('%j is what its author means', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

test.each([
  ['## A [](#a)', '<h2 id="a">A </h2>'],
  ['## A [#](https://b.example/#a "c")', '<h2>A </h2>'],
  ['A [](https://b.example/) c', '<p>A  c</p>'],
  ['[](https://b.example/)\n\nA', '<p>A</p>'],
  ['A [![](b.png)](c) [#](d#e)', '<p>A <a href="c"><img src="b.png" alt=""></a> <a href="d#e">#</a></p>'],
])('links without words and marks behind headings go: %j', (text, expected) => {
  expect(html(`First.\n\n${text}`)).toBe(canonical(`<p>First.</p>${expected}`));
});

test.each([
  ['[audio mp3="https://a.example/b.mp3"][/audio]', '<p><audio src="https://a.example/b.mp3"></audio></p>'],
  [
    '[video mp4="https://a.example/b.mp4"] [/video]\n\nC',
    '<p><video src="https://a.example/b.mp4"></video></p><p>C</p>',
  ],
])('a shortcode of WordPress may be closed: %s', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

test('a gallery of WordPress is left out and named', () => {
  expect(parse('A.\n\n[gallery ids="1,2"]')).toMatchObject({
    html: '<p>A.</p>',
    warnings: ['Cannot run "[gallery ids="1,2"]" in seeds/a.md:3: expected Markdown; left it out'],
  });
  expect(textOfHtml(html('Our [gallery of boats] is open.'))).toBe('Our [gallery of boats] is open.');
});

describe('comments in code that tell which lines to mark', () => {
  const code = (text: string, language = 'js'): string =>
    textOfHtml(html(`\`\`\`${language}\n${text}\n\`\`\``));

  test.each([
    '// highlight-next-line\na()',
    '// highlight-start\na()\n// highlight-end',
    'a() // highlight-line',
    'a() // [!code ++]',
    'a() <!-- [!code focus] -->',
    'a()\n# [!code hl:2]',
  ])('%j are not shown', (text) => {
    expect(code(text)).toBe('a()');
  });

  test('stay in texts about them, and where they say something else', () => {
    expect(code('// highlight-next-line', 'md')).toBe('// highlight-next-line');
    expect(code('// highlight-next-line of a')).toBe('// highlight-next-line of a');
  });
});

test.each(['要-x', 'ما-معنى', 'über_2', 'दिन'])('the id of a heading may be %s', (id) => {
  expect(html(`A.\n\n## B {#${id} .c}`)).toBe(canonical(`<p>A.</p><h2 id="${id}">B</h2>`));
});

test.each([
  ['[](){#x}\n\nA.', '<p><a id="x"></a></p><p>A.</p>'],
  ['[A]{#x .y} b', '<p><a id="x"></a>A b</p>'],
  ['![a](b.png){#x} c', '<p><img src="b.png" alt="a"><a id="x"></a> c</p>'],
  ['**A.**{:.y} B ***C***{:.y.z}', '<p><strong>A.</strong> B <em><strong>C</strong></em></p>'],
  ['A.\n{: #x .y}', '<p><a id="x"></a>A.</p>'],
  ['- A\n- B\n{: #x}', '<ul><li><a id="x"></a>A</li><li>B</li></ul>'],
  [
    '| a |\n|---|\n| b |\n{: #x}',
    '<table><thead><tr><th><a id="x"></a>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
  ],
  ['* {:#x} A', '<ul><li><a id="x"></a> A</li></ul>'],
])('a link finds the id that %j states', (text, expected) => {
  expect(html(`${text}\n\n[z](#x)`)).toBe(canonical(`${expected}<p><a href="#x">z</a></p>`));
  expect(html(text)).not.toContain('id=');
});

test('an admonition above the first heading does not unmake the title', () => {
  expect(parse('> [!NOTE]\n> A.\n\n## B\n\nC.').title).toBe('B');
  expect(parse('> A.\n\n## B\n\nC.').title).toBeUndefined();
});

test.each([
  [
    '- [/] half\n- [-] given up',
    "<ul><li><input type='checkbox'> half</li><li><input type='checkbox' checked=''> given up</li></ul>",
  ],
  [
    '* [>] later\n\n* [!] soon',
    "<ul><li><p><input type='checkbox'> later</p></li><li><p><input type='checkbox'> soon</p></li></ul>",
  ],
  ['- [1] a note\n- [?](/why) why', "<ul><li>[1] a note</li><li><a href='/why'>?</a> why</li></ul>"],
])('tasks of Obsidian have boxes: %j', (text, expected) => {
  expect(parse(text).html).toBe(expected);
});

test('a heading without a number, in the words of Pandoc, is its words', () => {
  expect(parse('Words.\n\n## Foreword {-}\n\nAn {-} there.').html).toBe(
    '<p>Words.</p><h2>Foreword</h2><p>An {-} there.</p>',
  );
});

test.each([
  ['<img src=images/a.png width=30>', "<p><img src='images/a.png' width='30'></p>"],
  ['x <a href=../b.html>y</a>', "<p>x <a href='../b.html'>y</a></p>"],
  [
    '| a |\n|---|\n| <img src=/a.png> |',
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><img src='/a.png'></td></tr></tbody></table>",
  ],
  ['`<img src=a/b.png>`', '<p><code>&lt;img src=a/b.png&gt;</code></p>'],
])('an address without quotation marks is one: %j', (text, expected) => {
  expect(parse(text).html).toBe(expected);
});

test('a line of Chinese or Japanese goes on without a space', () => {
  expect(parse('这是第一行，\n这是*第二*行。\n\n港\nport\n港\n\n```\n一\n二\n```').html).toBe(
    '<p>这是第一行，这是<em>第二</em>行。</p><p>港 port 港</p><pre><code>一&#10;二&#10;</code></pre>',
  );
  expect(parse('한국어 문장\n다음 줄').html).toBe('<p>한국어 문장 다음 줄</p>');
});

describe('a code fence', () => {
  const NOTE = '!!! note "Title"\n\n    Body *here*.';
  const SHOWN = '<blockquote><p><strong>Title</strong></p><p>Body <em>here</em>.</p></blockquote>';

  test.each([
    [
      '```\n=== "C"\n\n    ``` c\n    a\n    ```\n\n=== "D"\n```',
      '=== "C"\n\n    ``` c\n    a\n    ```\n\n=== "D"\n',
    ],
    ['````\n```\n[[a]]\n```\n````', '```\n[[a]]\n```\n'],
    ['```\n> ```\n$a$\n```', '> ```\n$a$\n'],
    ['~~~\n    ~~~\n![[a]]\n   ~~~', '    ~~~\n![[a]]\n'],
  ])('is not closed by one that is indented like code: %j', (text, code) => {
    expect(html(`${text}\n\n${NOTE}`)).toBe(canonical(`<pre><code>${code}</code></pre>${SHOWN}`));
  });

  test.each([
    '- ```\n  a\n  ```',
    '1. ```\n   a\n   ```',
    '> ```\n> a\n> ```',
    '> ```\n> a',
    '> - ```\n>   a\n>   ```',
    '- ```\n  a',
  ])('ends with its list or its quotation: %j', (text) => {
    expect(html(`${text}\n\n${NOTE}`)).toContain('a\n</code></pre>'.replaceAll('\n', '&#10;'));
    expect(html(`${text}\n\n${NOTE}`)).toContain(SHOWN);
  });
});

test.each([
  ['![A[^1] b](c.png)', '<p><img src="c.png" alt="A b"><sup>'],
  ['[A[^1]](c "D")', '<p><a href="c" title="D">A</a><sup>'],
  ['[A](c) [^1] b](c)', '<p><a href="c">A</a> <sup>'],
])('a note within the words of a picture or a link goes behind it: %s', (text, shown) => {
  expect(html(`${text}\n\n[^1]: E.\n`)).toContain(canonical(`${shown}</sup></p>`).replace(/<.sup>.*/, ''));
});

test('a link to a note within the words of a picture is its words', () => {
  expect(html('![the [[mole|Mole]]](a.png)')).toBe(canonical('<p><img src="a.png" alt="the Mole"></p>'));
});

test('code of a file that is missing is left out, and named', () => {
  const { html, warnings } = parse('A.\n\n<<< @/a/b.js{2}\n\n<<< b\n');
  expect(html).toBe(canonical('<p>A.</p><p>&lt;&lt;&lt; b</p>'));
  expect(warnings).toEqual([expect.stringContaining('Cannot run "<<< @/a/b.js{2}"')]);
});

test('widgets of Hashnode are left out, and hide nothing', () => {
  expect(html('A.\n\n%%[newsletter]\n\nB is 5%% of c.')).toBe('<p>A.</p><p>B is 5%% of c.</p>');
});
