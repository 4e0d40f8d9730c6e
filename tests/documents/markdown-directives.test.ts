import { describe, expect, test } from 'vitest';
import { canonical, html, parse, textOfHtml } from '../support/content.ts';

const FILM = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';

describe('an embed in brackets', () => {
  test.each([
    ['@[youtube](dQw4w9WgXcQ)', FILM, FILM],
    ['@[vimeo](76979871)', 'https://vimeo.com/76979871', 'https://vimeo.com/76979871'],
    ['@[card](https://e.example/a)', 'https://e.example/a', 'https://e.example/a'],
    ['%[https://e.example/a]', 'https://e.example/a', 'https://e.example/a'],
    [`[!embed](${FILM})`, FILM, FILM],
    ['!youtube[Launch](dQw4w9WgXcQ)', FILM, 'Launch'],
    ['::youtube[Launch]{#dQw4w9WgXcQ}', FILM, 'Launch'],
    ['{{youtube: dQw4w9WgXcQ}}', FILM, FILM],
    ['::github{repo="a/b"}', 'https://github.com/a/b', 'a/b'],
    ['<GitHubLink repo="a/b" />', 'https://github.com/a/b', 'a/b'],
  ])('%s is a link', (text, url, words) => {
    // Whether a picture of the film lies in the folder is known later.
    expect(html(`A.\n\n${text}\n\nB.`).replace(/<img src='poster:[^>]*>/, '')).toBe(
      canonical(`<p>A.</p><p><a href="${url}">${words}</a></p><p>B.</p>`),
    );
  });

  test.each(['me@[a](b)', 'std::map{1} and std::a[3]', 'at 10:30', 'a 5%[1] of b'])('%s is none', (text) => {
    expect(textOfHtml(html(text))).toBe(text.replace('[a](b)', 'a'));
  });
});

describe('within a line', () => {
  test.each([
    ['H~2~O', 'H<sub>2</sub>O'],
    ['x^2^ and 10^th^ place', 'x<sup>2</sup> and 10<sup>th</sup> place'],
    ['^^new^^ and ^^two *words*^^.', '<ins>new</ins> and <ins>two <em>words</em></ins>.'],
    ['(^^)はい(^^) ^^; 嬉しい^^また^^', '(^^)はい(^^) ^^; 嬉しい^^また^^'],
    ['a ~~~<b>c</b>~~~ d', 'a <b>c</b> d'],
    [
      '++ctrl+alt+f2++, ++page-up++, ++"x"++ and ++i++, C++ ++j++',
      '<kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>F2</kbd>, <kbd>Page up</kbd>, <kbd>X</kbd> and ++i++, C++ ++j++',
    ],
    [':kbd[Ctrl]', '<kbd>Ctrl</kbd>'],
    [':abbr[HM]{title="harbour master"}', '<abbr title="harbour master">HM</abbr>'],
    [':tooltip[words]{a="b"}', 'words'],
    [':kbd{value="K"}', '<kbd>K</kbd>'],
    [':b-button{size="xs"}[words]', 'words'],
    [':more{link="/a/b"}', '<a href="wikilink:a/b?title">/a/b</a>'],
    [':b-icon{name="c"}', ''],
    [':u-button[words]{to="https://e.example/a" size="xs"}', '<a href="https://e.example/a">words</a>'],
    [':a-link{href="https://e.example/a" label="words"}', '<a href="https://e.example/a">words</a>'],
    [
      ':nuxt-img{src="https://e.example/a.png" alt="b" class="c"}',
      '<img src="https://e.example/a.png" alt="b">',
    ],
    ['![b](https://e.example/a.png){.c.d-[7px].e:f/50}', '<img src="https://e.example/a.png" alt="b">'],
    ['{abbr}`HM (harbour master)`', '<abbr title="harbour master">HM</abbr>'],
    ['{sub}`2` {kbd}`Ctrl`', '<sub>2</sub> <kbd>Ctrl</kbd>'],
    ['{math}`a_{1}`', '<code class="language-tex">a_{1}</code>'],
    ['{py:func}`open`', '<code>open</code>'],
    ['{doc}`words <../a>`', '<a href="wikilink:../a">words</a>'],
    ['{ref}`words <elsewhere>`', 'words'],
    ['{cite}`knuth84`', '[knuth84]'],
    ['{button}`Go <https://e.example/a>`', '<a href="https://e.example/a">Go</a>'],
    ['{bdg-primary}`new` {index}`tides`', 'new tides'],
    ['{octicon}`report;1em` :material-check: :octicons-heart-24:{ .c }', ''],
    [':badge[v4]{color="info"}:', 'v4:'],
    ['[words]{.c title="a \\"b\\" c"}', 'words'],
  ])('%s is %s', (text, expected) => {
    expect(html(`A ${text} b.`)).toBe(canonical(`<p>A ${expected} b.</p>`));
    expect(parse(`A ${text} b.`).warnings).toBeUndefined();
  });

  test.each([
    '2^10 and (a^b)^c',
    '2^3^4',
    'so ^_^ happy',
    'from ~5 to ~6',
    '{foo} `a`',
    'at https://e.example/a~b~c',
    'a ratio of 3 :a{x} and :b{.c}',
  ])('%s is prose', (text) => {
    expect(html(text)).not.toMatch(/<su[bp]>/);
    expect(textOfHtml(html(text))).toBe(text.replaceAll('`', ''));
  });
});

describe('an abbreviation', () => {
  const text = 'HTML and `HTML`, not XHTML.\n\n*[HTML]: Hyper Text\n*[C++]:  A language';

  test('is a title of its short form', () => {
    expect(html(text)).toBe(
      canonical('<p><abbr title="Hyper Text">HTML</abbr> and <code>HTML</code>, not XHTML.</p>'),
    );
  });
});

test('marks of DocFX are left out, and its pictures shown', () => {
  const column = ':::column span="":::\nA.\n:::column-end:::';
  const picture = ':::image type="content" source="https://e.example/a.png" alt-text="It: b":::';
  expect(html(`:::row:::\n${column}\n:::row-end:::\n\n${picture}`)).toBe(
    canonical('<p>A.</p><p><img src="https://e.example/a.png" alt="It: b"></p>'),
  );
  expect(html('> [!div class="checklist"]\n> * A\n> * B')).toBe(
    canonical('<blockquote><p></p><ul><li>A</li><li>B</li></ul></blockquote>'),
  );
  expect(html('A.\n\n:::algorithm\n> B')).toBe(canonical('<p>A.</p><blockquote><p>B</p></blockquote>'));
});

test.each([
  [
    ':::{card} A\n:link: https://b.example\nC\n^^^\nD\n+++\nE\n:::',
    '<p><strong><a href="https://b.example">A</a></strong></p><p>C</p><p>D</p><p>E</p>',
  ],
  ['```{grid-item-card}\n:link: b.md\nC d\n```', '<p><a href="b.md">C d</a></p>'],
  [':::{card} A\n:link: b\n:link-type: ref\nC\n:::', '<p><strong>A</strong></p><p>C</p>'],
])('a card of MyST has parts, and leads elsewhere: %j', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

test('a reference of MyST to another document has its title', () => {
  expect(html('A [](../b/c.md), {doc}`d`.\n\n## E [](f.md)')).toBe(
    canonical(
      '<p>A <a href="wikilink:../b/c?title">../b/c.md</a>, <a href="wikilink:./d?title">d</a>.</p><h2>E </h2>',
    ),
  );
});

test.each([
  ['```{versionadded} 1.2\nA\n```', 'Added in 1.2'],
  [':::{seealso}\nA\n:::', 'See also'],
])('an admonition of Sphinx has its label: %j', (text, label) => {
  expect(html(text)).toBe(canonical(`<blockquote><p><strong>${label}</strong></p><p>A</p></blockquote>`));
});

test('a target of MyST may have slashes', () => {
  expect(html('A {ref}`a/b`.\n\n(a/b)=\n## B')).toContain("<a href='#a/b'>B</a>.</p><p><a id='a/b'></a></p>");
});

test.each(['[](#b)', '{ref}`b`'])('a reference of MyST has the words of its heading: %s', (reference) => {
  expect(html(`A ${reference} c.\n\n(b)=\n\n## The *d* {.e}\n\nF`)).toBe(
    canonical(
      '<p>A <a href="#b">The <em>d</em></a> c.</p><p><a id="b"></a></p><h2>The <em>d</em></h2><p>F</p>',
    ),
  );
});

describe('a directive of MyST', () => {
  test.each([
    [
      '```{note}\nA **b**.\n```',
      '<blockquote><p><strong>Note</strong></p><p>A <strong>b</strong>.</p></blockquote>',
    ],
    [
      '```{admonition} Mind\n:class: tip\nA.\n```',
      '<blockquote><p><strong>Mind</strong></p><p>A.</p></blockquote>',
    ],
    [
      '```{code-block} python\n---\nlinenos: true\n---\na()\n```',
      '<pre><code class="language-python">a()\n</code></pre>',
    ],
    ['```{math}\n:label: e\nx_{1}\n```', '<pre><code class="language-math">x_{1}\n</code></pre>'],
    [
      ':::{figure} a.png\n:alt: A\n:name: f\n\nB *c*.\n:::',
      '<figure id="f"><img src="a.png" alt="A"><figcaption><p>B <em>c</em>.</p></figcaption></figure>',
    ],
    ['```{image} a.png\n:alt: A\n```', '<p><img src="a.png" alt="A"></p>'],
    [
      '````{tab-set}\n```{tab-item} B\nC.\n```\n```{tab-item} D\nE.\n```\n````',
      '<p><strong>B</strong></p><p>C.</p><p><strong>D</strong></p><p>E.</p>',
    ],
    [
      '```{list-table}\n:header-rows: 1\n\n* - A\n  - B\n* - C\n  - D\n```',
      '<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>C</td><td>D</td></tr></tbody></table>',
    ],
    [
      '````{list-table}\n- * A\n  * ```yaml\n    - b: |\n        c*d*\n    ```\n- * C\n    d\n  * - E\n    - F\n````',
      '<table><tbody><tr><td><p>A</p></td><td><pre><code class="language-yaml">- b: |\n    c*d*\n</code></pre></td></tr><tr><td><p>C d</p></td><td><ul><li>E</li><li>F</li></ul></td></tr></tbody></table>',
    ],
    ['```{toctree}\na\nb\n```', ''],
    // Of others
    ['```{r, fig.width=5}\na\n```', '<pre><code class="language-r">a\n</code></pre>'],
    ['```{python}\na\n```', '<pre><code class="language-python">a\n</code></pre>'],
  ])('%j means the same elsewhere', (text, expected) => {
    expect(html(`A.\n\n${text}`)).toBe(canonical(`<p>A.</p>${expected}`));
  });

  test('names what follows it', () => {
    expect(html('See {ref}`these <law>`.\n\n(law)=\n## Rules\n\n% unseen\n\n+++\n\nA.')).toBe(
      canonical('<p>See <a href="#law">these</a>.</p><p><a id="law"></a></p><h2>Rules</h2><p>A.</p>'),
    );
  });

  test('has breaks between cells with metadata, by which it is known', () => {
    const text = '+++ {"editable": true, "tags": ["x"]}\n\nA.\n\n+++\n\nB.';
    expect(html(text)).toBe(canonical('<p>A.</p><p>B.</p>'));
  });

  test('is what tells that a line behind % is a comment', () => {
    expect(textOfHtml(html('In all, 5\n% of boats are `b`{=html} late.\n\n::a\nb\n::'))).toContain(
      '% of boats',
    );
  });

  test('lines keep their numbers', () => {
    expect(parse('```{note}\n:class: a\n\nA.\n```\n\n{{ b }}').warnings).toEqual([
      'Cannot run "{{ b }}" in seeds/a.md:7: expected Markdown; left it out',
    ]);
  });
});

test('tabs in the form of MkDocs are titles and what stands below', () => {
  expect(html('=== "A"\n\n    B *c*.\n\n=== "D"\n\n    - e\n\nF.')).toBe(
    canonical(
      '<p><strong>A</strong></p><p>B <em>c</em>.</p><p><strong>D</strong></p><ul><li>e</li></ul><p>F.</p>',
    ),
  );
});

test.each(['A <!-- b\n\nc --> d.', '<!-- a --> A <!-- b\nc --> d.'])(
  'the comments of %j take nothing with them',
  (text) => {
    expect(textOfHtml(html(text))).toBe('A d.');
  },
);

test('words between shortcodes stay whatever precedes the second', () => {
  expect(textOfHtml(html('{{< x >}}a{1}{{< /x >}} b.'))).toBe('a{1} b.');
});

describe('shortcodes of WordPress in Markdown', () => {
  test.each([
    [
      '{{< bluesky link="https://b.example/1" >}}',
      '<p><a href="https://b.example/1">https://b.example/1</a></p>',
    ],
    [
      '{{< mastodon status="https://m.example/1" >}}',
      '<p><a href="https://m.example/1">https://m.example/1</a></p>',
    ],
    [`[embed]${FILM}[/embed]`, `<p><a href="${FILM}"><img src="poster:dQw4w9WgXcQ" alt="">${FILM}</a></p>`],
    [`[youtube ${FILM}]`, `<p><a href="${FILM}"><img src="poster:dQw4w9WgXcQ" alt="">${FILM}</a></p>`],
    ['[video src="a.mp4"]', '<p><video src="a.mp4"></video></p>'],
    ['[caption id="a"]![b](c.png) D[/caption]', '<p><img src="c.png" alt="b"> D</p>'],
    ['A [latex]x^{2}[/latex] b', '<p>A <code class="language-tex">x^{2}</code> b</p>'],
    ['A $latex y_{3}$ b', '<p>A <code class="language-tex">y_{3}</code> b</p>'],
    [
      '[code lang="js"]\nlet *a* = 1 &lt; 2;\n\nb();\n[/code]',
      '<pre><code class="language-js">let *a* = 1 &lt; 2;\n\nb();</code></pre>',
    ],
    ['A.\n\n[gallery ids="1,2"]\n\nB.', '<p>A.</p><p>B.</p>'],
    ['A.\n\n\\[gallery ids="1,2"\\]\n\nB.', '<p>A.</p><p>B.</p>'],
    ['\\[caption id="a\\_1"\\]![b](c.png) D\\[/caption\\]', '<p><img src="c.png" alt="b"> D</p>'],
    ['A [su_box title="B"]c *d*[/su_box] e', '<p>A c <em>d</em> e</p>'],
    ['A [su_button url="/b/"]c[/su_button]', '<p>A <a href="/b/">c</a></p>'],
    ['[vc_row][vc_column]A[/vc_column][/vc_row]', '<p>A</p>'],
    ['A.\n\n\\[contact-form-7 id="5" title="B"\\]', '<p>A.</p>'],
    ['A.\n\n[contact-form]\n[contact-field label="B" required="1"/]\n[/contact-form]', '<p>A.</p>'],
    [
      'A [b]c[/b] [to-do] [in x=1] [a b="c"](d)',
      '<p>A [b]c[/b] [to-do] [in x=1] <a href="d">a b=&#34;c&#34;</a></p>',
    ],
    ['\\[x\\] \\[a_{1} b\\]', '<p>[x] <code class="language-tex">a_{1} b</code></p>'],
    ['A [code] b [gallery] c', '<p>A [code] b [gallery] c</p>'],
    ['A [video] b [tex](c) [embed]', '<p>A [video] b <a href="c">tex</a> [embed]</p>'],
  ])('%s is what it means there', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
  });
});

test.each([
  [
    '::alert{type="info"}\nA *b*.\n::',
    '<blockquote><p><strong>Info</strong></p><p>A <em>b</em>.</p></blockquote>',
  ],
  ['::card{title="T"}\nA.\n::', '<blockquote><p><strong>T</strong></p><p>A.</p></blockquote>'],
  [
    '::video{controls class="a"}\n  :source{src="https://e.example/a.webm" type="video/webm"}\n  :source{src="https://e.example/a.mp4"}\n::',
    '<p><video controls class="a"><source src="https://e.example/a.webm" type="video/webm"><source src="https://e.example/a.mp4"></video></p>',
  ],
  [
    '::tip{to="https://e.example/a"}\nA b\n::',
    '<blockquote><p><strong>Tip</strong></p><p><a href="https://e.example/a">A b</a></p></blockquote>',
  ],
  ['::read-more{to="https://e.example/a" title="T"}\n::', '<p><a href="https://e.example/a">T</a></p>'],
  [
    '::div{class="a"}\n  ::a-link{to="https://e.example/a"}\n    :nuxt-img{src="https://e.example/a.png" alt="b"}\n  ::\n  ::b\n  C *d*.\n  ::\n::',
    '<a href="https://e.example/a"><figure><img src="https://e.example/a.png" alt="b"></figure></a><p>C <em>d</em>.</p>',
  ],
  [
    '::card\n---\ntitle: T\nto: https://e.example/a\n---\n#description\nA b.\n::',
    '<p><strong>T</strong></p><p><a href="https://e.example/a">A b.</a></p>',
  ],
  ['A `<b>c</b>`{=html} d `\\e`{=latex}', '<p>A <b>c</b> d </p>'],
  ['```{=html}\n<b>c</b>\n```', '<p><b>c</b></p>'],
  ['{% note() %}\nA.\n{% end %}', '<blockquote><p><strong>Note</strong></p><p>A.</p></blockquote>'],
  [
    '{% code title="a.js" %}\n```js\nb\n```\n{% endcode %}',
    '<p><strong>a.js</strong></p><pre><code class="language-js">b\n</code></pre>',
  ],
])('%j of Nuxt, Pandoc, Zola and GitBook', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

describe('components of MDX', () => {
  const mdx = (text: string): string => parse(text, 'a.mdx').html;

  test.each([
    ['<Code code={`a`} lang="js" />', '<pre><code class="language-js">a\n</code></pre>'],
    ['<CodeBlock language="js">{`a`}</CodeBlock>', '<pre><code class="language-js">a\n</code></pre>'],
    [
      '<CodeBlock language="sh" title="a.sh">\n  {`echo $A\necho`}\n</CodeBlock>',
      '<figure><figcaption>a.sh</figcaption><pre><code class="language-sh">echo $A\necho\n</code></pre></figure>',
    ],
    ["A <InlineMath>{'\\\\pi'}</InlineMath>.", '<p>A <code class="language-tex">\\pi</code>.</p>'],
    [
      '<BlockMath>{String.raw`\\frac{a}{b}`}</BlockMath>',
      '<pre><code class="language-tex">\\frac{a}{b}</code></pre>',
    ],
    ['A <Math tex="x_1" /> <Badge text="new" />', '<p>A <code class="language-tex">x_1</code> new</p>'],
    ['import film from "./a.mp4"\n\n<video src={film}></video>', '<p><video src="./a.mp4"></video></p>'],
    [
      "<ThemedImage alt=\"A\" sources={{\n  light: useBaseUrl('/b.png'),\n  dark: useBaseUrl('/c.png'),\n}} />",
      '<figure><img src="/b.png" alt="A"></figure>',
    ],
    [
      'import day from "./a.png"\n\n<Photo image={{ width: 9, src: day }} caption="A" />',
      '<figure><img src="./a.png" alt=""><figcaption>A</figcaption></figure>',
    ],
    ['<p>a **b**</p>', '<p>a <strong>b</strong></p>'],
  ])('%j are shown by their names', (text, expected) => {
    expect(mdx(text)).toBe(canonical(expected));
  });

  test('what says how they look is no loss', () => {
    expect(parse("<p style={{ color: 'red' }} onClick={a}>b</p>", 'a.mdx').warnings).toBeUndefined();
  });
});

describe('template code that its generator runs', () => {
  test.each([
    ['<% tp.date.now("YYYY") %>\n\nA <%= b %>c.', '<p>A c.</p>', 2],
    ['A `<% b %>` c <% d.', '<p>A <code>&lt;% b %&gt;</code> c &lt;% d.</p>', 0],
    ['A {% if b %}c{% else %}d{% endif %} e.', '<p>A c e.</p>', 2],
    ['{% if a %}\nB.\n{% elsif c %}\nD.\n{% else %}\nE.\n{% endif %}\n\nF.', '<p>B.</p><p>F.</p>', 2],
    ['{% if a %}{% if b %}C{% else %}D{% endif %}{% else %}E{% endif %}F', '<p>CF</p>', 4],
    ['A {% else %} b.', '<p>A  b.</p>', 0],
  ])('is left out, and of two cases the first counts: %j', (text, expected, count) => {
    const draft = parse(text);
    expect(draft.html.replace(/\n/g, '')).toBe(canonical(expected));
    expect(draft.warnings ?? []).toHaveLength(count);
  });
});

describe('a cross reference', () => {
  test.each([
    ['![A](a.png){#fig-a}', '@fig-a', 'Figure 1'],
    ['![A](a.png){#fig-a}', '[-@fig-a]', '1'],
    ['![A](a.png){#fig-a}', '[Fig. @fig-a]', 'Fig. 1'],
    ['![A](a.png){#fig:a}', '@fig:a', 'Figure 1'],
    ['| a |\n| - |\n| b |\n\n: Dues {#tbl-a}', '@tbl-a', 'Table 1'],
    ['$$\na=b\n$$ {#eq-a}', '@eq-a', 'Equation 1'],
    ['## The bell {#sec-a}', '@Sec-a', 'The bell'],
    ['::: {#fig-a}\nA.\n:::', '@fig-a', 'Figure 1'],
  ])('to %j leads there: %s', (target, reference, words) => {
    const written = html(`${target}\n\nSee ${reference}.\n\n![B](b.png){#fig-b}`);
    const id = reference.replace(/^.*@|\]$/g, '').toLowerCase();
    expect(written).toContain(canonical(`<p>See <a href="#${id}">${words}</a>.</p>`));
    expect(written.split(`id='${id}'`)).toHaveLength(2);
  });

  test('to the picture that a chunk would draw is its number', () => {
    const chunk = '```{r}\n#| label: fig-a\nplot(a)\n```';
    expect(html(`${chunk}\n\nSee @fig-a.`)).toContain('<p>See Figure 1.</p>');
  });

  test.each(['@fig-a', 'me@fig-a.example', '@figaro', '[@smith2020]', '`@fig-b`'])('%s is none', (text) => {
    expect(textOfHtml(html(`${text} ![B](b.png){#fig-b}`)).trim()).toBe(text.replaceAll('`', ''));
  });
});
