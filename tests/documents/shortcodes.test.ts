import { describe, expect, test } from 'vitest';
import { canonical, html, parse, textOfHtml } from '../support/content.ts';

describe('an admonition', () => {
  const box = (title: string, text = '<p>A.</p>') =>
    canonical(`<blockquote>${title && `<p><strong>${title}</strong></p>`}${text}</blockquote><p>B.</p>`);

  test.each([
    ['!!! note\n\n    A.', 'Note'],
    ['!!! note\n    A.', 'Note'],
    ['!!! note\n\tA.', 'Note'],
    ['!!! note "C d"\n    A.', 'C d'],
    ['!!! note inline end "C"\n    A.', 'C'],
    ['!!! note ""\n    A.', ''],
    ['??? tip "C"\n    A.', 'C'],
    ['???+ tip "C"\n    A.', 'C'],
    ['::: tip\nA.\n:::', 'Tip'],
    [':::tip[C]\nA.\n:::', 'C'],
    ['::: {.callout-note title="C"}\nA.\n:::', 'C'],
    ['::: {.callout-note}\nA.\n:::', 'Note'],
    [':::: {.callout-note}\nA.\n:::', 'Note'],
    [':::{note} C\nA.\n:::', 'C'],
    ['```ad-tip\nA.\n```', 'Tip'],
    ['/// tip\nA.\n///', 'Tip'],
    ['/// details | C d\n    type: tip\n    open: true\n\nA.\n///', 'C d'],
    ['```ad-tip\ntitle: C\ncollapse: open\nA.\n```', 'C'],
  ])('%j is a quotation with its title', (text, title) => {
    expect(html(`${text}\n\nB.`)).toBe(box(title));
  });

  test.each([
    ['.content-hidden', false],
    ['.content-hidden when-format="html"', false],
    ['.content-hidden when-format="pdf"', true],
    ['.content-hidden unless-format="html"', true],
    ['.content-visible when-format="html:js"', true],
    ['.content-visible when-format="pdf"', false],
    ['.content-visible unless-format="pdf"', true],
    ['.content-visible when-profile="board"', false],
    ['.content-hidden-by-name', true],
  ])('::: {%s} is shown: %s', (attributes, isShown) => {
    const inner = '::: {.callout-note}\nA.\n:::\n\nC.';
    const shown = html(`::: {${attributes}}\n${inner}\n:::\n\nB.`);
    expect([/A\./.test(shown), /C\./.test(shown)]).toEqual([isShown, isShown]);
    expect(shown).toMatch(/<p>B\.<\/p>$/);
  });

  test.each([
    ['!!! note "C *d*"\n    A.', 'C <em>d</em>'],
    ['!!! note "C **d**"\n    A.', 'C <strong>d</strong>'],
  ])('%j has a title with markup', (text, title) => {
    expect(html(`${text}\n\nB.`)).toBe(box(title));
  });

  test('holds blocks, code and other ones', () => {
    const text = '!!! a\n    - b\n\n    ```\n    !!! c\n        d\n    ```\n\n    ??? e\n        f\n\nB.';
    expect(html(text)).toBe(
      box(
        'A',
        '<ul><li>b</li></ul><pre><code>!!! c\n    d\n</code></pre><blockquote><p><strong>E</strong></p><p>f</p></blockquote>',
      ),
    );
  });

  test('stands in a list', () => {
    expect(html('- a\n\n  !!! note\n      b')).toBe(
      canonical('<ul><li><p>a</p><blockquote><p><strong>Note</strong></p><p>b</p></blockquote></li></ul>'),
    );
  });

  test.each(['Oh !!! note', '!!! note', '???', '```\n!!! note\n    a\n```'])('%j is none', (text) => {
    expect(html(text)).not.toContain('blockquote');
  });

  test('only places what it holds: the words of layouts are no titles', () => {
    expect(html('::: {.column-margin}\nA.\n:::\n\n::: code-group\nB.\n:::')).toBe('<p>A.</p><p>B.</p>');
  });
});

describe('tabs', () => {
  const SHOWN = '<p><strong>npm</strong></p><p>A.</p><p><strong>pnpm</strong></p><p>B.</p>';

  test.each([
    ':::tabs\n== npm\nA.\n== tab pnpm\nB.\n:::',
    ':::: tabs key:a\n== npm\n::: row\nA.\n:::\n== pnpm\nB.\n::::',
    '::: code-tabs#shell\n\n@tab npm\n\nA.\n\n@tab:active pnpm#b\n\nB.\n\n:::',
    '# [npm](#tab/npm)\n\nA.\n\n# [pnpm](#tab/pnpm)\n\nB.\n\n---',
  ])('have their labels above them: %j', (text) => {
    expect(html(`Z.\n\n${text}\n\nC.`)).toBe(`<p>Z.</p>${SHOWN}<p>C.</p>`);
  });

  test('lines of other texts are no labels', () => {
    expect(html('== a\n\n@tab b\n\n```\n:::tabs\n== c\n```\n\n---')).toBe(
      '<p>== a</p><p>@tab b</p><pre><code>:::tabs&#10;== c&#10;</code></pre><hr>',
    );
  });
});

describe('the caption of a picture', () => {
  const figure = (caption: string): string =>
    `<figure><img src="a.png" alt=""><figcaption>${caption}</figcaption></figure>`;

  test('has formulas', () => {
    expect(html('{{< figure src="a.png" caption="*Area* $\\pi r^2$, for $5 or $6" >}}')).toBe(
      canonical(figure('<em>Area</em> <code class="language-tex">\\pi r^2</code>, for $5 or $6')),
    );
  });

  test.each([
    ['- {{< figure src="a.png" caption="B" >}}', `<ul><li>${figure('B')}</li></ul>`],
    ['- C\n    - D\n\n        <Figure src="a.png" caption="B" />', `<li><p>D</p>${figure('B')}</li>`],
    ['> <Figure src="a.png" caption="B" />', `<blockquote>${figure('B')}</blockquote>`],
  ])('is shown in an item and in a quotation: %j', (text, shown) => {
    expect(html(text)).toContain(canonical(shown));
  });
});

describe('a shortcode or component that embeds', () => {
  test.each([
    ['dailymotion x1', 'https://www.dailymotion.com/video/x1'],
    ['bilibili BV1', 'https://www.bilibili.com/video/BV1'],
    ['niconico sm9', 'https://www.nicovideo.jp/watch/sm9'],
    ['speakerdeck a1', 'https://speakerdeck.com/player/a1'],
    ['asciinema 14', 'https://asciinema.org/a/14'],
    ['instagram b1', 'https://www.instagram.com/p/b1/'],
    ['gist jane 1a', 'https://gist.github.com/jane/1a'],
    ['gist jane/1a b.c.js', 'https://gist.github.com/jane/1a#file-b-c-js'],
    ['tweet 12', 'https://x.com/i/status/12'],
    ['strava 12', 'https://www.strava.com/activities/12'],
    ['x user="jane" id="12"', 'https://x.com/jane/status/12'],
    ['tweet jane 12', 'https://x.com/jane/status/12'],
    ['spotify b1', 'https://open.spotify.com/track/b1'],
  ])('%s by its id leads there', (call, url) => {
    expect(html(`{{< ${call} >}}`)).toBe(`<p><a href='${url}'>${url}</a></p>`);
  });

  const film =
    '<p><a href="https://www.youtube.com/watch?v=abcdefghijk"><img src="poster:abcdefghijk" alt="">B</a></p>';
  test.each([
    ['{{< youtube id="abcdefghijk" title="B" >}}', film],
    ['{% include embed/youtube.html id="abcdefghijk" title="B" %}', film],
    ['{% include video id="abcdefghijk" provider="youtube" title="B" %}', film],
    ['{% video https://a.example/b.mp4 %}', '<p><video src="https://a.example/b.mp4"></video></p>'],
    ['{{< audio src="/b.mp3" title="B" >}}', '<p><audio src="/b.mp3" title="B"></audio></p>'],
    ['{% embed url="https://a.example/" title="B" %}', '<p><a href="https://a.example/">B</a></p>'],
    [
      '{{< spotify type="episode" id="b1" >}}',
      '<p><a href="https://open.spotify.com/episode/b1">https://open.spotify.com/episode/b1</a></p>',
    ],
    ['{{< rawhtml >}}<b>a</b>{{< /rawhtml >}}', '<p><b>a</b></p>'],
    [
      '{% include figure image_path="/b.png" alt="B" caption="C." %}',
      '<figure><img src="/b.png" alt="B"><figcaption>C.</figcaption></figure>',
    ],
    [
      "{% include lightbox.html image='/b.png' title='C' link='/b-large.png' %}",
      '<figure><a href="/b-large.png"><img src="/b.png" alt=""></a><figcaption>C</figcaption></figure>',
    ],
    ['{{< card link="/docs/b" title="B" >}}', '<p><a href="/docs/b">B</a></p>'],
    [
      '<img :src="$withBase(\'/b.png\')" alt="B"> <img v-bind:src="\'/c.png\'" alt="C">',
      '<p><img src="/b.png" alt="B"> <img src="/c.png" alt="C"></p>',
    ],
    [
      '{% capture b-c %}\n* A\n* B\n{% endcapture %}\n\n<div class="notice">{{ b-c | markdownify }}</div>\n\nC.',
      '<ul><li>A</li><li>B</li></ul><p>C.</p>',
    ],
    [
      "{% capture b %}\n![B]({{ '/b.png' | relative_url }})\n{% endcapture %}\n\n<div>{{ b | markdownify }}</div>\n\nC.",
      '<p><img src="/b.png" alt="B"></p><p>C.</p>',
    ],
  ])('%s', (text, expected) => {
    expect(parse(text)).toMatchObject({ html: canonical(expected) });
    expect(parse(text).warnings).toBeUndefined();
  });

  test.each([
    ['<LiteYouTubeEmbed id="abcdefghijk" title="B" />', film],
    ['<ReactPlayer url="https://a.example/b.mp4" />', '<p><video src="https://a.example/b.mp4"></video></p>'],
    ['<LazyImage src="/b.png" alt="B" />', '<figure><img src="/b.png" alt="B"></figure>'],
    [
      '<Figure src="/b.png" alt="B" caption="C" />',
      '<figure><img src="/b.png" alt="B"><figcaption>C</figcaption></figure>',
    ],
    [
      '{{< figure src="/b.png" caption="C" attr="D" attrlink="https://e.example/" >}}',
      '<figure><img src="/b.png" alt=""><figcaption>C <a href="https://e.example/">D</a></figcaption></figure>',
    ],
    [`{% asset_img b.png 300 '"C d" "E f"' %}`, '<p><img src="b.png" alt="E f"></p>'],
    [`{% asset_img b.png 'C d "E f"' %}`, '<p><img src="b.png" alt="E f"></p>'],
    [`{% asset_img b.png "C d'E f'" %}`, '<p><img src="b.png" alt="E f"></p>'],
    [`{% asset_img b.png "C d's e" %}`, '<p><img src="b.png" alt="C d&#39;s e"></p>'],
    ['<LinkCard href="https://a.example/" title="B" />', '<p><a href="https://a.example/">B</a></p>'],
    ['<LinkCard title="B" href="/guides/b/" description="C" />', '<p><a href="/guides/b/">B</a></p>'],
    ['<Cards.Card title="B" href="/b" arrow />', '<p><a href="/b">B</a></p>'],
    ['<UI.Callout>\nB.\n</UI.Callout>\n\nC.', '<blockquote><p>B.</p></blockquote><p>C.</p>'],
    ['<LinkButton href="/b" label="B" />', '<p><a href="/b">B</a></p>'],
  ])('%s', (text, expected) => {
    expect(parse(text, 'a.mdx').html).toBe(canonical(expected));
    expect(parse(text, 'a.mdx').warnings).toBeUndefined();
  });

  test.each([
    '{{% hugo-encryptor "pass" %}}\n\nHidden *words*.\n\n{{% /hugo-encryptor %}}',
    '{{< private >}}Hidden words.{{< /private >}}',
    '{% encrypt %}\nHidden words.\n{% endencrypt %}',
  ])('is left out with what it protects: %j', (text) => {
    const { html, markdown, warnings } = parse(`A.\n\n${text}\n\nB.`);
    expect(html).toBe('<p>A.</p><p>B.</p>');
    expect(JSON.stringify([markdown?.markdown, warnings])).not.toMatch(/Hidden|pass/);
    expect(warnings).toHaveLength(1);
  });

  test('is reported where only running it would tell', () => {
    expect(parse('<Chart data="b" />', 'a.mdx').warnings).toHaveLength(1);
    expect(parse('{% capture b %}c{% endcapture %}').warnings).toHaveLength(1);
    expect(parse('<Button href="https://a.example/">\n\nB\n\n</Button>', 'a.mdx').html).toBe('<p>B</p>');
  });
});

test.each([
  ['{% label primary@b c %}', 'b c'],
  ['{% label info @b %}', 'b'],
  ['{% label b c blue %}', 'b c'],
  ['{% span red, b, c %}', 'b, c'],
  ['{% checkbox green checked, b c %}', 'b c'],
  ['{% checkbox b c %}', 'b c'],
  ['{% emp b, c %}', 'b, c'],
  ['{% hideInline b c,show,#fff %}', 'b c'],
  ['{% btn https://a.example/?b=c, d e, home, f %}', '<a href="https://a.example/?b=c">d e</a>'],
  ['{% btn center large, d e, /b/, fa fa-home %}', '<a href="/b/">d e</a>'],
  ['{% button /b/, d %}', '<a href="/b/">d</a>'],
])('tags of the themes of Hexo have their words between commas: %s', (text, expected) => {
  expect(html(`A ${text} z.`)).toBe(canonical(`<p>A ${expected} z.</p>`));
});

test.each([
  '{% folding blue open, b c %}',
  '{% folding b c %}',
  '{% hideToggle b c,#fff,#000 %}',
  '{% hideBlock b c %}',
])('a fold of the themes of Hexo has its title: %s', (text) => {
  const [name] = /\w+/.exec(text) ?? [];
  expect(html(`${text}\nd\n{% end${name} %}\n\ne`)).toBe(
    canonical('<details><summary>b c</summary><p>d</p></details><p>e</p>'),
  );
});

test.each(['render_with_liquid: false', 'disableNunjucks: true', 'templateEngineOverride: md'])(
  'a document that is no template shows its code: %s',
  (field) => {
    const text = `---\ntitle: A\n${field}\n---\n{% if b %}{{ page.title }}{% endif %} in {{< c >}}.`;
    expect(html(text)).toBe('<p>{% if b %}{{ page.title }}{% endif %} in {{&lt; c &gt;}}.</p>');
    expect(html(text.replace(/(?:false|true|md)\n/, 'liquid\n'))).toBe('<p>A in .</p>');
    const page = parse(
      `---\ntitle: A\n${field}\n---\n<p>{% if b %}{{ page.title }}{% endif %}</p>`,
      'a.html',
    );
    expect(page.html).toBe('<p>{% if b %}{{ page.title }}{% endif %}</p>');
  },
);

describe('a component that is an admonition', () => {
  test.each([
    ['<Admonition type="note" title="Look">\n\nA.\n\n</Admonition>', '<p><strong>Look</strong></p>'],
    ['<Warning>\nA.\n</Warning>', '<p><strong>Warning</strong></p>'],
    ['<Callout type="tip">A.</Callout>', '<p><strong>Tip</strong></p>'],
    ['<Callout>A.</Callout>', ''],
  ])('%j is a quotation with its title', (text, title) => {
    const draft = parse(text, 'a.mdx');
    expect(draft.html).toBe(canonical(`<blockquote>${title}<p>A.</p></blockquote>`));
    expect(draft.warnings).toBeUndefined();
  });

  test('of another kind keeps its title', () => {
    expect(parse('<Card title="B">\n\nA.\n\n</Card>', 'a.mdx')).toMatchObject({
      html: '<p><strong>B</strong></p><p>A.</p>',
    });
  });

  test('in a sentence is its words', () => {
    expect(parse('A <Note>b</Note> c.', 'a.mdx').html).toBe('<p>A b c.</p>');
  });
});

test.each([
  ['!!! ملاحظة\n    A.', 'ملاحظة'],
  ['> [!ملاحظة]\n> A.', 'ملاحظة'],
  [':::ملاحظة\nA.\n:::', 'ملاحظة'],
  [':::tip{title="C"}\nA.\n:::', 'C'],
])('an admonition may be of any script: %j', (text, title) => {
  expect(html(text)).toBe(canonical(`<blockquote><p><strong>${title}</strong></p><p>A.</p></blockquote>`));
});

describe('a shortcode that holds something', () => {
  test.each([
    [
      '{{< notice tip >}}\nA *b*.\n{{< /notice >}}',
      '<blockquote><p><strong>Tip</strong></p><p>A <em>b</em>.</p></blockquote>',
    ],
    [
      '{{< callout type="warning" title="Stop" >}}A{{< /callout >}}',
      '<blockquote><p><strong>Stop</strong></p><p>A</p></blockquote>',
    ],
    ['{% note %}\nA.\n{% endnote %}', '<blockquote><p><strong>Note</strong></p><p>A.</p></blockquote>'],
    [
      '{% callout "warning" %}A.{% endcallout %}',
      '<blockquote><p><strong>Warning</strong></p><p>A.</p></blockquote>',
    ],
    ['{{< details "More" >}}\nA.\n{{< /details >}}', '<details><summary>More</summary><p>A.</p></details>'],
    ['{{% tab "macOS" %}}\nA.\n{{% /tab %}}', '<p><strong>macOS</strong></p><p>A.</p>'],
    [
      '{{< mermaid >}}\nA --> B\n{{< /mermaid >}}',
      '<pre><code class="language-mermaid">A --&gt; B\n</code></pre>',
    ],
    [
      '{{< tab header="C" lang="c" >}}\nint x;\n{{< /tab >}}',
      '<p>C</p><pre><code class="language-c">int x;\n</code></pre>',
    ],
    ['{{< button href="https://e.example/" >}}A{{< /button >}}', '<p><a href="https://e.example/">A</a></p>'],
    [
      '{{< quote author="A B" source="C" title="D" >}}\n*d*\n{{< /quote >}}',
      '<blockquote><p><em>d</em></p><p>— A B, C, D</p></blockquote>',
    ],
    ['{{% blockquote "A B" %}}d{{% /blockquote %}}', '<blockquote><p>d</p><p>— A B</p></blockquote>'],
    [
      '{% pullquote A B, C https://e.example/ right %}\nd\n{% endpullquote %}',
      '<blockquote><p>d</p><p>— <a href="https://e.example/">A B, C</a></p></blockquote>',
    ],
    ['H{{< sub >}}2{{< /sub >}}O', '<p>H<sub>2</sub>O</p>'],
    ['A {{< tooltip "b" "c d" >}} e', '<p>A <abbr title="c d">b</abbr> e</p>'],
    ['A {{< ruby "漢" "かん" >}}{{< br >}}b', '<p>A <ruby>漢<rt>かん</rt></ruby><br>b</p>'],
    ['A {{< color "red" "b" >}} c', '<p>A b c</p>'],
    [
      '{{< figure src="a.png" caption="A *b* & \\"c\\"" >}}',
      '<figure><img src="a.png" alt=""><figcaption>A <em>b</em> &amp; "c"</figcaption></figure>',
    ],
    ['Press {{< kbd "Ctrl" >}} now', '<p>Press <kbd>Ctrl</kbd> now</p>'],
    ['Press {{< kbd mac=Cmd-B win=Ctrl-B linux=Ctrl-B >}}', '<p>Press <kbd>Cmd-B / Ctrl-B</kbd></p>'],
    [
      '{% include note.html content="Mind **it**." %}',
      '<blockquote><p><strong>Note</strong></p><p>Mind <strong>it</strong>.</p></blockquote>',
    ],
    ['A {% include label.html text="two words" %}', '<p>A two words</p>'],
  ])('%j is shown by its name', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
    expect(parse(text).warnings).toBeUndefined();
  });

  test.each([
    ['{{ page.sub-title }}', 'a.md'],
    ['{{ page.sub_title | escape }}', 'a.md'],
    ['{{ $frontmatter.subTitle }}', 'a.md'],
    ['{{< meta sub-title >}}', 'a.qmd'],
    ['{{< param "subTitle" >}}', 'a.md'],
    ['{{% param subTitle %}}', 'a.md'],
    ['{frontMatter.subTitle}', 'a.mdx'],
    ['<b>{props.frontmatter.subTitle}</b>', 'a.mdx'],
    ['{{ page.sub_title }}', 'a.html'],
  ])('shows the field of the front matter that %s names in %s', (code, path) => {
    const draft = parse(`---\ntitle: A\nsubTitle: B < C\n---\n\n<p>Words ${code}.</p>\n`, path);
    expect(draft.html.replace(/<\/?b>/g, '')).toBe('<p>Words B &lt; C.</p>');
    expect(draft.warnings).toBeUndefined();
  });

  test.each(['{{ page.other }}', '{{ page.tags }}', '{{< meta other >}}'])('leaves out %s', (code) => {
    const draft = parse(`---\ntitle: A\ntags: [b]\n---\n\nWords ${code}.\n`);
    expect(draft.html).toBe('<p>Words .</p>');
    expect(draft.warnings).toHaveLength(1);
  });

  test('has words between its tags as a link, and its title without quotes (Forem)', () => {
    expect(html('{% cta https://a.example/ %} B {% endcta %}')).toBe(
      canonical('<p><a href="https://a.example/"> B </a></p>'),
    );
    expect(html('{% details A, and b %}\nC\n{% enddetails %}')).toBe(
      canonical('<details><summary>A, and b</summary><p>C</p></details>'),
    );
  });

  test('is no loss if it only arranges what it holds', () => {
    const text = '{{< columns >}}\nA.\n<--->\nB.\n{{< /columns >}}\n\n{{< steps >}}\nC.\n{{< /steps >}}';
    expect(parse(text)).toMatchObject({ html: '<p>A.</p><p>B.</p><p>C.</p>' });
    expect(parse(text).warnings).toBeUndefined();
  });

  test('shows the pictures that the front matter lists', () => {
    const text = [
      '---\ntitle: A\ngallery:\n  - url: /large.png\n    image_path: /b.png\n    alt: B\n    title: A *b*\n  - image_path: /c.png',
      'more:\n  - image_path: /d.png\n---\n\nWords.\n\n{% include gallery caption="All" %}\n\n{% include gallery id="more" %}\n',
    ].join('\n');
    expect(parse(text).html).toBe(
      canonical(
        '<p>Words.</p><figure><a href="/large.png"><img src="/b.png" alt="B"></a><figcaption>A <em>b</em></figcaption></figure><figure><img src="/c.png" alt=""></figure><figure><img src="/d.png" alt=""></figure>',
      ),
    );
  });

  test('keeps what it holds in HTML, where the code of it stays code', () => {
    const page = '<p>A.</p>\n{% highlight c %}\nint x;\n{% endhighlight %}\n{% note %}<p>B.</p>{% endnote %}';
    const draft = parse(`---\ntitle: a\n---\n${page}`, 'a.html');
    expect(draft.html).toContain('int x;');
    expect(draft.html).toContain('<p>B.</p>');
    expect(draft.warnings).toEqual([expect.stringContaining('"{% note %}"')]);
  });
});

test('a file that a block holds is a link with its words', () => {
  const file = '{% file src="https://a.example/b.pdf" %}\nThe plan\n{% endfile %}';
  expect(html(file)).toMatch(/<a href='https:\/\/a\.example\/b\.pdf'>\s*The plan\s*<\/a>/);
});

test('tabs get the labels that the shortcode around them lists, or their own', () => {
  const tab = (head: string, words: string): string => `{{< ${head} >}}\n${words}\n{{< /tab >}}\n`;
  const text = `{{< tabs items="A, B" >}}\n${tab('tab', 'C')}${tab('tab', 'D')}{{< /tabs >}}\n\n{{< tabs "x" >}}\n${tab('tab tabName="E"', 'F')}${tab('tab "G"', 'H')}{{< /tabs >}}\n`;
  const { html, warnings } = parse(text);
  expect(textOfHtml(html)).toBe('A C B D E F G H');
  expect(warnings).toBeUndefined();
});

test('tags of Markdoc close with a slash, and give headings their ids', () => {
  const text = [
    '# T',
    '{% callout type="note" title="A" %}\nB.\n{% /callout %}',
    '## C {% #d .e %}',
    '{% if $f %}G.{% else /%}H.{% /if %}',
    '{% comment %}I{% /comment %}',
  ].join('\n\n');
  expect(html(text)).toBe(
    canonical('<blockquote><p><strong>A</strong></p><p>B.</p></blockquote><h2 id="d">C</h2><p>G.</p>'),
  );
});
