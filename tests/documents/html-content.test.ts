import { describe, expect, test } from 'vitest';
import { canonical, content, html as markdown, page, parsePage as parse, TEXT } from '../support/content.ts';

describe('a table of contents', () => {
  test.each([
    '<div class="contents topic"><p>Contents</p><ul><li><a href="#a">A</a></li></ul></div>',
    '<div class="lwptoc"><b>Inhalt</b><div><a href="#a">A</a></div></div>',
    '<div id="toc_container"><p>Contents</p><ul><li><a href="#a">A</a></li></ul></div>',
    '<div id="table-of-contents"><h2>Table of Contents</h2><ul><li><a href="#a">A</a></li></ul></div>',
    '<details class="toc"><summary>Contents</summary><a href="#a">A</a></details>',
    '<div>[toc]</div>',
    '<p>{{TOC}}</p>',
  ])('is not part of the text: %s', (contents) => {
    expect(parse(page('', `<p>B.</p>${contents}<h2 id="a">A</h2><p>C.</p>`)).html).toBe(
      canonical('<p>B.</p><h2 id="a">A</h2><p>C.</p>'),
    );
  });

  test('a text about one is', () => {
    const text = `<div class="toc">${TEXT}<a href="#a">A</a></div>`;
    expect(parse(page('', `<p>B.</p>${text}`)).html).toContain(TEXT);
  });
});

test('marks behind headings leave the ids that links lead to', () => {
  const html =
    '<p><a href="#b">A</a></p><h2>B <a class="anchor" aria-hidden="true" id="b" href="#b"></a></h2>';
  expect(parse(page('', TEXT + html)).html).toBe(
    canonical(`${TEXT}<p><a href="#b">A</a></p><h2 id="b">B </h2>`),
  );
});

test('a mark beside its heading is not shown, and other links to it are', () => {
  const html =
    '<div class="w"><h2 id="b">B</h2><a class="anchor-link" href="#b">🔗</a></div><p><a href="#b">#</a></p>';
  expect(parse(page('', TEXT + html)).html).toBe(
    canonical(`${TEXT}<h2 id="b">B</h2><p><a href="#b">#</a></p>`),
  );
});

test('a box has the words of its icon as its title', () => {
  const box =
    '<div class="admonitionblock note"><table><tr><td><i title="Note"></i></td><td>Words</td></tr></table></div>';
  expect(parse(page('', TEXT + box)).html).toContain(
    '<blockquote><p><strong>Note</strong></p><p>Words</p></blockquote>',
  );
});

test('a mark of no width behind a heading is no word of it', () => {
  expect(
    parse(page('', `${TEXT}<h2 id="b">B <a href="#b">&ZeroWidthSpace;</a></h2><p>C</p>`)).html,
  ).toContain("<h2 id='b'>B</h2>");
});

test('elements of other names are blocks, or stand in a line', () => {
  expect(parse(page('', '<my-a>B</my-a><c>D</c><p>E <g-emoji>F</g-emoji> g</p>')).html).toBe(
    canonical('<p>B</p><p>D</p><p>E <span>F</span> g</p>'),
  );
});

test.each([
  ['toolbar-demo', '<pre>a</pre>'],
  ['snippet tags', '<pre>a</pre>'],
  ['rating-table', '<table><tr><th>a</th><th>b</th></tr></table>'],
  ['social-share-off', '<iframe src="https://a.example/"></iframe>'],
])('%s holds what is there to be seen', (name, inside) => {
  const [tag = ''] = /<[a-z]+/.exec(inside) ?? [];
  expect(parse(page('', `${TEXT}<div class="${name}">${inside}</div>`)).html).toContain(tag);
  const way = `<div class="social-share"><a href="/b">Share</a><table><tr><th>a</th></tr></table></div>`;
  expect(parse(page('', TEXT + way)).html).not.toContain('table');
});

test.each(['popup-gallery', 'modal-video', 'social-image'])('%s is content, whatever pops up', (name) => {
  const gallery = `<div class="${name}"><p><img src="/a.png" alt="A"></p></div>`;
  expect(parse(page('', TEXT + gallery)).html).toContain("<img src='/a.png' alt='A'>");
  expect(parse(page('', TEXT + gallery.replace(name, 'popup'))).html).not.toContain('<img');
});

describe('a `noscript`', () => {
  test.each([
    [
      '<a href="https://a.example/7">Take our poll</a>',
      '<p><a href="https://a.example/7">Take our poll</a></p>',
    ],
    ['<p>Words <b>for all</b>.</p>', '<p>Words <b>for all</b>.</p>'],
    ['Please enable JavaScript to see <a href="https://a.example/">comments</a>.', ''],
    ['<p>Bitte Cookies erlauben.</p>', ''],
    ['<p><a href="https://a.example/">View the discussion thread.</a></p>', ''],
  ])('says what it has to say: %s', (words, expected) => {
    expect(parse(`${TEXT}<noscript>${words}</noscript>`).html.slice(TEXT.length)).toBe(canonical(expected));
  });
});

test.each([
  [
    '<div style="color:#ddd;font-family:Consolas;white-space: pre;"><div><span>a {</span></div><div>  b</div><br><div>}</div></div>',
    '<pre>a {\n  b\n\n}\n</pre>',
  ],
  ['<div style="white-space:pre">a\n  b</div>', '<pre>a\n  b</pre>'],
  ['<div style="white-space:pre-wrap">a b</div>', '<p>a b</p>'],
  ['<div style="white-space:pre"><p>a</p></div>', '<p>a</p>'],
])('lines that a style keeps are code: %s', (html, expected) => {
  const { html: read } = parse(`${TEXT}${html}`);
  expect(read.slice(TEXT.length).replace(/ style='[^']*'/, '')).toBe(canonical(expected));
});

describe('an aside in an article', () => {
  const aside = (names: string, words = 'Short.'): string =>
    parse(
      `<html><body><article><h1>A</h1>${TEXT}<aside class="${names}">${words}</aside></article></body></html>`,
    ).html;
  test.each(['admonition note', 'topic', 'quote no-group', 'onebox allowlistedgeneric', 'callout'])(
    'that belongs to its text is kept: %s',
    (names) => {
      expect(aside(names)).toContain('Short.');
    },
  );
  test.each(['', 'related', 'topics', 'author-box'])('that does not is left out: %j', (names) => {
    expect(aside(names, '<a href="/x">Short.</a>')).not.toContain('Short.');
  });
});

test('a player beside its clock is no byline', () => {
  const player = '<audio><source src="https://a.example/b.mp3"></audio>';
  const { html } = parse(`<div><div>${player}<time>00:00</time><time>31:07</time></div></div>${TEXT}`);
  expect(html).toContain('b.mp3');
  expect(html).not.toContain('00:00');
  expect(parse(`<p>It began at <b>00:00</b>.</p>${TEXT}`).html).toContain('00:00');
});

test.each([
  ['<pre class="EnlighterJSRAW" data-enlighter-language="kotlin">a</pre>', 'kotlin'],
  ['<pre data-code-block-lang="python">a</pre>', 'python'],
  ['<pre data-enlighter-language="generic">a</pre>', undefined],
])('attributes of highlighters name the language: %s', (html, language) => {
  const { html: read } = parse(`${TEXT}${html}`);
  if (language === undefined) expect(read).not.toContain('language-');
  else expect(read).toContain(`<code class='language-${language}'>`);
});

test.each([
  ['<pre><code>a<span class="copy-code-btn">Copy</span></code></pre>', '<pre><code>a</code></pre>'],
  ['<pre><i>1</i> a\n<i>2</i> b</pre>', '<pre>a\nb</pre>'],
  ['<pre><i>1</i> a\n<i>2</i>b</pre>', '<pre> a\nb</pre>'],
  ['<textarea class="example code">a\nb</textarea>', '<pre>a\nb</pre>'],
  ['<textarea name="code">a</textarea>', '<pre>a</pre>'],
  ['<textarea name="comment">a</textarea>', ''],
])('code without what is around it: %s', (html, expected) => {
  const { html: read } = parse(`${TEXT}${html}`);
  expect(read.slice(TEXT.length).replace(/ (?:class|name)='[^']*'/, '')).toBe(canonical(expected));
});

test.each([
  ['<canvas aria-label="Rain by month"></canvas>', 'Rain by month'],
  ['<canvas><p>Words of it</p></canvas>', 'Words of it'],
  ['<details id="a"><summary>b <a href="#a">¶</a></summary>c</details>', undefined],
])('a canvas is its words, a mark in an element with an id is none: %s', (html, words) => {
  const { html: read } = parse(`${TEXT}${html}`);
  if (words === undefined) expect(read).not.toContain('¶');
  else expect(read).toContain(`<p>${words}</p>`);
});

test.each([
  ['tel:+15550111', '+15550111'],
  ['mailto:a@b.example?subject=c', 'a@b.example'],
  ['geo:54.1,7.8', '54.1,7.8'],
  ['https://a.example/b', 'a.example'],
])('a link with an icon alone says where it leads: %s', (href, words) => {
  expect(parse(`${TEXT}<p>x <a href="${href}"><i class="icon"></i></a></p>`).html).toContain(`>${words}</a>`);
});

test.each([
  ['<div class="mw-highlight-lang-python"><pre>a</pre></div>', 'python'],
  ['<pre class="code highlight js-syntax-highlight" data-canonical-lang="ruby">a</pre>', 'ruby'],
])('the language is named as wikis and forges do: %s', (html, language) => {
  expect(parse(`${TEXT}${html}`).html).toContain(`<code class='language-${language}'>a</code>`);
});

test.each([
  [
    '<table class="code"><tr><th><a href="#L1">1</a></th><td>ls</td></tr><tr><th><a href="#L2">2</a></th><td>pwd</td></tr></table>',
    true,
  ],
  [
    '<table class="results"><tr><th>1</th><td>Marta</td></tr><tr><th>2</th><td>Nadir</td></tr></table>',
    false,
  ],
  ['<div class="__se_code_view">a\n  b</div>', true],
  ['<div class="ql-code-block-container"><div>a</div><div>  b</div></div>', true],
  ['<div class="cm-content"><div>a</div><div>  b</div></div>', true],
  [
    '<table class="code"><thead><tr><th>Line</th><th> </th></tr></thead><tr><th>1</th><td>ls</td></tr><tr><th>2</th><td>pwd</td></tr></table>',
    true,
  ],
  [
    '<table><tr><td><div>1</div><div>2</div></td><td><div style="white-space: pre">a</div><div style="white-space: pre">b</div></td></tr></table>',
    true,
  ],
  [
    '<div><div class="line"><a id="a"></a><span>  1</span>a</div>\n<div class="line"><span>  2</span></div></div>',
    true,
  ],
  ['<div><div><a class="linenr"> 1</a> a</div><div><a class="linenr"> 2</a> b</div></div>', true],
  ['<div><div><span>1</span> Marta</div><div><span>2</span> Nadir</div></div>', false],
  ['<div class="cm-gutters"><div>1</div><div>2</div></div><div class="cm-content"><div>a</div></div>', true],
])('a listing in cells or divisions is code: %s', (html, isCode) => {
  const shown = parse(`${TEXT}${html}`).html;
  expect(shown.includes('<pre')).toBe(isCode);
  expect(/<p>\d(?! )/.test(shown)).toBe(false);
});

test.each([
  ['<p aria-hidden="true">A word.</p>', true],
  ['<div class="slick-slide" aria-hidden="true"><img src="/a.png" alt="A word."></div>', true],
  ['<div hidden="until-found">A word.</div>', true],
  ['<div class="swiper-button-next">A word.</div>', false],
  ['<div class="prompt highlight-none notranslate"><pre>A word.</pre></div>', false],
  ['<div class="slick-slide slick-cloned" aria-hidden="true"><img src="/a.png" alt="A word."></div>', false],
  ['<div class="owl-item cloned"><p>A word.</p></div>', false],
  ['<div aria-hidden="true"><img src="/a.png" alt=""> A word.</div>', false],
  ['<p><i aria-hidden="true">A word.</i></p>', false],
  ['<p aria-hidden="true">*</p>', false],
])('what only those who see are shown is kept, but for signs and copies: %s', (html, isKept) => {
  expect(/A word|\*/.test(parse(`${TEXT}${html}`).html)).toBe(isKept);
});

test('a class that means information hides nothing', () => {
  expect(parse(`<p class="informations">A.</p>${TEXT}`).html).toContain('A.');
});

test.each([
  ['<div role="tabpanel" hidden><p>A.</p></div>', true],
  ['<div role="tabpanel" aria-hidden="true" style="display:none"><p>A.</p></div>', true],
  ['<div role="region" hidden><p>A.</p></div>', false],
  ['<div class="tab" hidden><p>A.</p></div>', false],
])('a panel of tabs is read, though a script shows it later: %s', (html, isRead) => {
  expect(parse(`${TEXT}${html}`).html.includes('A.</p>')).toBe(isRead);
  expect(parse(`<html><body><article>${TEXT}${html}</article></body></html>`).html.includes('A.</p>')).toBe(
    isRead,
  );
});

test.each([
  [
    'Docusaurus',
    '<div class="tabs-container"><ul role="tablist"><li role="tab">npm</li><li role="tab">yarn</li></ul><div><div role="tabpanel">A.</div><div role="tabpanel" hidden>B.</div></div></div>',
  ],
  [
    'Sphinx',
    '<div><div role="tablist"><button role="tab">npm</button><button role="tab">yarn</button></div><div role="tabpanel">A.</div><div role="tabpanel" hidden="true">B.</div></div>',
  ],
  [
    'Starlight',
    '<starlight-tabs><div><ul role="tablist"><li><a role="tab" href="#a">npm</a></li><li><a role="tab" href="#b">yarn</a></li></ul></div><div role="tabpanel">A.</div><div role="tabpanel" hidden>B.</div></starlight-tabs>',
  ],
  [
    'Bootstrap',
    '<ul class="nav nav-tabs"><li><a href="#a" data-toggle="tab">npm</a></li><li><a href="#b" data-toggle="tab">yarn</a></li></ul>\n<div class="tab-content"><div class="tab-pane" id="a">A.</div><div class="tab-pane" id="b">B.</div></div><p>C.</p>',
  ],
  [
    'VitePress',
    '<div class="vp-code-group"><div class="tabs"><input type="radio" id="a"><label for="a">npm</label><input type="radio" id="b"><label for="b">yarn</label></div><div class="blocks"><div class="language-sh"><pre><code>A.</code></pre></div><div class="language-sh"><pre><code>B.</code></pre></div></div></div>',
  ],
])('tabs that a script shows stand below their labels: %s', (_, html) => {
  expect(parse(`${TEXT}${html}`).html).toMatch(/<strong>npm<\/strong>.*A\..*<strong>yarn<\/strong>.*B\./s);
});

test('what stands around tabs is kept', () => {
  const tabs = '<div><ul role="tablist"><li role="tab">npm</li></ul><div role="tabpanel">A.</div></div>';
  const { html } = parse(`<section><p>Before.</p>${tabs}<p><img src="/a.png" alt="B"></p></section>${TEXT}`);
  expect(html).toMatch(/Before\..*<strong>npm<\/strong>.*A\..*a\.png/s);
  const { html: other } = parse(`<section>${tabs}<p><img src="/a.png" alt="B"></p></section>${TEXT}`);
  expect(other).toMatch(/<strong>npm<\/strong>.*A\..*a\.png/s);
});

test.each([
  [
    'pre-line',
    '<div style="white-space: pre-line">\nA <em>b\nc</em>\n\nD\n</div>',
    '<p>A <em>b<br>c</em></p><p>D</p>',
  ],
  ['pre-wrap', '<ul><li style="white-space:pre-wrap">A\nb</li></ul>', '<ul><li>A<br>b</li></ul>'],
  ['around blocks', '<div style="white-space:pre-wrap">\n<p>A</p>\n<p>B</p></div>', '<p>A</p><p>B</p>'],
  ['in code', '<pre style="white-space:pre-wrap">A\nb</pre>', '<pre>A\nb</pre>'],
])('lines that a style keeps apart stay apart: %s', (_, html, expected) => {
  expect(content(html)).toBe(canonical(expected));
});

test('a button that a sentence names is its words, and others are left out', () => {
  const html = '<p>Click <button><b>Save</b></button>, or <button class="copy">x</button> wait.</p>';
  expect(content(html)).toBe('<p>Click <b>Save</b>, or wait.</p>');
  expect(markdown('Click <button>Save</button> and <button>Close</button>.')).toBe(
    '<p>Click Save and Close.</p>',
  );
  expect(content('<p>A.</p><p>Share: <button>B</button> <button>C</button></p>')).toBe(
    '<p>A.</p><p>Share:</p>',
  );
});

test('the number of a note of a page stands above the line', () => {
  const mark = (html: string): string => content(`<p>A.${html} B.</p>`);
  const link = '<a class="footnote-anchor" href="#footnote-1">1</a>';
  expect(mark(link)).toContain(`A.<sup>${canonical(link)}</sup> B.`);
  expect(mark(`<sup>${link}</sup>`)).toBe(mark(link));
  expect(mark('<a class="footnote-number" href="#a">1</a>')).not.toContain('<sup>');
});

test('the base of a page is that of all its pictures', () => {
  const { html } = parse(
    `<html><head><base href="https://a.example/b/"></head><body>${TEXT}<p><img src="c.png" srcset="c.png, d.png 2x"><img data-src="e.png" src="data:,"></p></body></html>`,
  );
  expect(html).toContain("srcset='https://a.example/b/c.png, https://a.example/b/d.png 2x'");
  expect(html).toContain("src='https://a.example/b/e.png'");
});

test('a heading of docutils does not lead back to the table of contents', () => {
  const heading = '<h2><a class="toc-backref" href="#id1" role="doc-backlink"><span>2</span> Two</a></h2>';
  expect(parse(`${TEXT}${heading}${TEXT}`).html).toContain('<h2><span>2</span> Two</h2>');
});

test('a rule between short paragraphs is kept, one above the text is not', () => {
  const article = '<h1>Tides</h1><hr><p>High.</p><hr><p>Low.</p>';
  expect(parse(page('', article)).html).toBe('<p>High.</p><hr><p>Low.</p>');
});

test.each([
  ['<figure class="wp-block-post-featured-image"><img src="/a.png" alt="B"></figure>', '', true],
  ['<div class="post-thumbnail"><img class="wp-post-image" src="/a.png" alt="B"></div>', '', true],
  ['<div class="logo"><img src="/a.png" alt="B"></div>', '', false],
  ['<div class="featured-image"><img src="/a.png" alt="B"></div>', '<img src="/c.png" alt="C">', false],
])('the picture of an article above its text is a part of it: %s', (picture, inside, isShown) => {
  const article = `<h1>Tides</h1>${picture}<div class="entry-content">${TEXT}${TEXT}${inside}</div>`;
  const { html, image } = parse(page('', article));
  expect(html.includes('/a.png') || image?.url === '/a.png').toBe(isShown);
});
