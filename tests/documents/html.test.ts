import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import { canonical, page, parsePage as parse, readable, TEXT } from '../support/content.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures/html');

const jsonLd = (json: string): string => `<script type="application/ld+json">${json}</script>`;

describe('a page of a program for writing', () => {
  const long = `<p>${TEXT} ${TEXT} ${TEXT}</p>`;

  test('of Org has all its sections, its subtitle, and the date that it states at its end', () => {
    const part = (number: number, inside: string): string =>
      `<div id="outline-container-${number}" class="outline-2"><h2 id="${number}">Part ${number}</h2><div class="outline-text-2">${inside}</div></div>`;
    const code = '<div class="org-src-container"><pre class="src src-python">a = 1\n</pre></div>';
    const draft = parse(
      `<html><head><title>A weir</title></head><body><div id="content"><h1 class="title">A weir<br><span class="subtitle">In spring</span></h1>${part(1, long)}${part(2, code)}<div id="footnotes"><p>A note.</p></div></div><div id="postamble" class="status"><p class="date">Date: 2021-02-03</p><p class="date">Created: 2022-03-04 Fri 10:12</p></div></body></html>`,
    );
    expect([draft.title, draft.published?.year]).toEqual(['A weir', 2021]);
    expect(draft.html).toMatch(
      /^<p><span[^>]*>In spring<.span><.p>.*Part 1.*Part 2.*language-python.*A note/s,
    );
  });

  test.each([
    ['Asciidoctor', '<div class="sect1"><h2>A</h2>', '</div>'],
    ['Sphinx', '<div class="section" id="a"><h2>A</h2>', '</div>'],
    ['others', '<section><h2>A</h2>', '</section>'],
  ])('of %s has all its sections', (_, open, close) => {
    const draft = parse(
      `<html><head><title>T</title></head><body><div><h1>T</h1>${open}${long}${close}${open}<p>${TEXT} The end.</p>${close}</div></body></html>`,
    );
    expect(draft.html).toContain('The end.');
  });

  test('has all parts of a text that several elements mark as the content', () => {
    const part = (words: string): string => `<div class="entry-content">${long}<p>${words}</p></div>`;
    const parts = ['At noon.', 'At dusk.', 'At dawn.'].map(part).join('<div class="promo">Buy a boat.</div>');
    const { html } = parse(
      `<html><head><title>T</title></head><body><h1>T</h1><div id="a">${parts}</div></body></html>`,
    );
    expect(html).toMatch(/At noon.*At dusk.*At dawn/s);
    expect(html).not.toContain('Buy a boat');
  });

  test('by hand keeps the dates that are its headings', () => {
    const { html, published } = parse(
      '<html><body><h1>News of the mill</h1><a name="b"></a><h3>March 12, 1999</h3><ul><li>The wheel turns.</ul><h3>February 2, 1999</h3><p>It is closed.</body></html>',
    );
    expect(html).toMatch(/<h3[^>]*>March 12, 1999.*<h3[^>]*>February 2, 1999/s);
    expect(published?.year).toBe(1999);
    expect(parse(`<h1>The mill</h1><h3>March 12, 1999</h3>${long}`).html).not.toContain('1999');
  });

  test('has what follows code that was opened twice and closed once', () => {
    const { html } = parse(`<h1>T</h1>${TEXT}<pre><pre><code>a = 1</code></pre><p>The end.</p>`);
    expect(html).toMatch(/<pre>.*a = 1.*<.pre>.*<p>The end.<.p>/s);
  });

  test('has notes of its margin in parentheses', () => {
    const tufte =
      'up<label for="a" class="margin-toggle sidenote-number"></label><input type="checkbox" id="a" class="margin-toggle"/><span class="sidenote">In <em>spring</em>.</span>';
    const latexml =
      'low<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>At noon.</span></span></span>';
    const { html } = parse(
      `<h1>T</h1><p>${TEXT} ${tufte}, ${latexml}, far<d-footnote>A mile.</d-footnote>.</p>`,
    );
    expect(html.replace(/<.?span[^>]*>/g, '')).toContain(
      'up (In <em>spring</em>.), low (At noon.), far (A mile.).',
    );
    expect(html).not.toContain('<input');
  });
});

describe('a page', () => {
  test.each(readdirSync(FIXTURES).filter((name) => name.endsWith('.html')))(
    'is read as %s’s pair says',
    async (name) => {
      const draft = readable(parseDocument({ path: name, bytes: readFileSync(join(FIXTURES, name)) }));
      const split = {
        ...draft,
        html: draft.html.split(/(?<=<\/(?:p|h\d|ul|ol|dl|pre|table|figure|blockquote|section|details)>)/),
      };
      await expect(`${JSON.stringify(split, null, 2)}\n`).toMatchFileSnapshot(join(FIXTURES, `${name}.json`));
    },
  );

  test.each([
    '{% extends "base.html" %}\n{% block title %}A bell{% endblock %}',
    '{%- macro field(name) -%}<p>{{ name }}</p>{%- endmacro -%}',
    '{{ define "main" }}<p>{{ .Content }}</p>{{ end }}',
    '{{- $image := .Params.image }}<p>Words.</p>',
    "@extends('layout')\n<p>Words.</p>",
    '<%@ page language="java" %><p>Words.</p>',
  ])('is no template: %s', (text) => {
    expect(() => parse(text)).toThrow('Cannot read seeds/a.html: it is a template; expected an article');
    expect(parse(`<h1>Of templates</h1><p>${TEXT}</p><pre>${text}</pre><p>${TEXT}</p>`).title).toBe(
      'Of templates',
    );
  });

  test('is refused by name when it holds no article', () => {
    expect(() =>
      parse('<html><body><nav><a href="/">Home</a></nav><div id="app"></div></body></html>'),
    ).toThrow(
      'Cannot read seeds/a.html: it has no text but that of its navigation and scripts; expected an article',
    );
    expect(() => parse('<meta http-equiv="refresh" content="0; url=/new/"><title>/new/</title>')).toThrow(
      'Cannot read seeds/a.html: it only leads to "/new/"; expected an article',
    );
    expect(() => parse('')).toThrow('the file is empty');
    expect(() => parseDocument({ path: 'a.html', bytes: Uint8Array.of(0x3c, 0x70, 0x3e, 0, 1) })).toThrow(
      'Cannot read seeds/a.html',
    );
  });

  test('may be all that its scripts would show', () => {
    const body = jsonLd('{"@type":"Article","headline":"T","articleBody":"Of 1 < 2.\\n\\nMore of it."}');
    expect(parse(`${body}<div id="root"></div>`)).toMatchObject({
      title: 'T',
      html: '<p>Of 1 &lt; 2.</p><p>More of it.</p>',
    });
  });

  test('of frames is what it holds for browsers that show none', () => {
    const frames =
      '<title>T</title><frameset><frame src="a.html"><noframes><body><p>Text.</p></body></noframes></frameset>';
    expect(parse(frames)).toMatchObject({ title: 'T', html: '<p>Text.</p>' });
  });

  test('keeps a short text, whatever the boxes around it are called', () => {
    const boxes =
      '<div id="page" class="nav-open social"><div class="comments-on"><h1>T</h1><p>Short.</p></div></div>';
    expect(parse(`<html><body>${boxes}</body></html>`).html).toContain('<p>Short.</p>');
  });

  test('that is a fragment shows nothing that nobody is to see', () => {
    const hidden = '<div hidden>A</div><p style="display:none">B</p><span class="sr-only">C</span>';
    expect(parse(`<p>Open.</p>${hidden}<p>Bring a coat.</p>`).html).toBe('<p>Open.</p><p>Bring a coat.</p>');
  });

  test('keeps a heading that is not the title of its front matter', () => {
    const { title, html } = parse(`---\ntitle: T\n---\n<h2>Cards</h2>${TEXT}`);
    expect([title, html]).toEqual(['T', `<h2>Cards</h2>${TEXT}`]);
    expect(parse(`---\ntitle: T\n---\n<h1>T</h1>${TEXT}`).html).toBe(TEXT);
  });

  test('is without what FrontPage includes in every page', () => {
    const include = (text: string): string =>
      `<!--webbot bot="Include" U-Include="top.htm" TAG="BODY" startspan -->${text}<!--webbot bot="Include" i-checksum="1" endspan -->`;
    const dated =
      '<!--webbot bot="Timestamp" S-Type="EDITED" startspan -->20.05.98<!--webbot bot="Timestamp" endspan -->';
    const { html } = parse(
      page(
        '<title>T</title>',
        `${include('<p>On every page.</p>')}${TEXT}<p>Changed ${dated}.</p>${include('<p>Below.</p>')}`,
      ),
    );
    expect(html).toContain('20.05.98');
    expect(html).not.toMatch(/every page|Below/);
  });

  test('has the captions of pictures that an export of WordPress leaves in brackets', () => {
    const picture = '<a href="/a.png"><img src="a-300.png" alt="A mask"></a>';
    const { html } = parse(
      `---\ntitle: T\n---\n[caption id="x" width="9"]${picture} In use[/caption]${TEXT}`,
    );
    expect(html).toMatch(/^<figure>.*<img [^>]*>.*<figcaption>\s?In use<\/figcaption><\/figure>/s);
    expect(html).not.toContain('caption]');
  });

  test('leaves out what its name says, also beside a short text', () => {
    const text = '<p>A paragraph that is long enough to be taken for one, and no longer than that.</p>';
    const around = '<p>Thanks for reading! Subscribe for free to receive new posts.</p>';
    const widget = `<div class="subscription-widget">${around}</div>`;
    expect(parse(page('', `<h1>Heading</h1>${text}${widget}`)).html).toBe(text);
    expect(parse(page('', `<div class="subscribe"><h1>Heading</h1>${text}</div>`)).html).toContain(text);
  });

  test('keeps a picture whose caption is the title', () => {
    const figure = '<figure><img src="/a.png" alt="A"><figcaption>Heading</figcaption></figure>';
    expect(parse(page('', `<h1>Heading</h1><p>Short.</p>${figure}${TEXT}`)).html).toContain(
      canonical(figure),
    );
  });

  test('leaves out buttons of scripts, and a standfirst that the text repeats', () => {
    const lead = 'What this article says, in a line above its text';
    const body = `<div class="entry-content"><h4>${lead}</h4>${TEXT}</div>`;
    const button =
      '<p><a role="button">12</a> <a class="share-button">Share</a> <a href="/b" class="btn">B</a></p>';
    const { html } = parse(page('', `<h1>Heading</h1><p class="subtitle">${lead}</p>${body}`));
    expect(html).toBe(`<h4>${lead}</h4>${TEXT}`);
    expect(parse(page('', `<h1>Heading</h1>${TEXT}${button}`)).html).toBe(
      canonical(`${TEXT}<p><a href="/b" class="btn">B</a></p>`),
    );
  });

  test('has a line of Drupal or Blogger', () => {
    for (const line of [
      'Submitted by Jane Roe on Wed, 02/03/2021 - 10:15',
      'Gönderen Jane Roe, 3 Şubat 2021',
    ])
      expect(parse(page('', `<h1>Heading</h1><div>${line}</div>${TEXT}`))).toMatchObject({
        authors: [{ name: 'Jane Roe' }],
        published: { year: 2021, month: 2, day: 3 },
      });
  });

  test('keeps sections that are about what others put around articles', () => {
    const section = `<section id="comments"><h2>Comments</h2>${TEXT}</section><section id="navigation"><h2>Navigation</h2>${TEXT}</section>`;
    const { html } = parse(page('', `<h1>T</h1>${TEXT.repeat(4)}${section}`));
    expect(html).toContain('<h2>Comments</h2>');
    expect(html).toContain('<h2>Navigation</h2>');
  });
});

describe('front matter', () => {
  test('outranks the page, and lines are counted in the file', () => {
    const draft = parse(
      `---\ntitle: Front\ntags: [a]\n---\n${page('<title>Back</title>\n<meta name="date" content="2020-01-02">')}`,
    );
    expect(draft).toMatchObject({ title: 'Front', tags: ['a'], published: { where: 'seeds/a.html:6' } });
  });

  test('comes with template code, which is not run: what it comes to is put in, the rest reported', () => {
    const body =
      '<p>On {{ page.title }} {% include share.html %}</p>\n<p><a href="{{ site.baseurl }}/a">a</a> {% raw %}{{ x }}{% endraw %}</p>';
    const draft = parse(`---\ntitle: Front\n---\n${body}`);
    expect(draft.html).toBe("<p>On Front</p><p><a href='/a'>a</a> {{ x }}</p>");
    expect(draft.warnings).toEqual([
      'Cannot run "{% include share.html %}" in seeds/a.html:4: expected HTML; left it out',
    ]);
    expect(parse('<p>{{ x }}</p>').html).toBe('<p>{{ x }}</p>');
  });
});

describe('content', () => {
  const content = (html: string): string => parse(`${TEXT}${html}`).html.slice(TEXT.length);

  test.each([
    [
      'breaks are paragraphs',
      'One<br><br>two<BR>\n<br />three<br>still',
      '<p>One</p><p>two</p><p>three<br>still</p>',
    ],
    [
      'old elements are today’s',
      '<CENTER><FONT SIZE=5>A <TT>b</TT> <STRIKE>c</STRIKE></FONT></CENTER>',
      '<p>A <code>b</code> <s>c</s></p>',
    ],
    ['a plaintext is preformatted', '<plaintext>a <b>', '<pre>a &lt;b&gt;</pre>'],
    ['a table that only places is none', '<table><tr><td><p>One</p></td></tr></table>', '<p>One</p>'],
    [
      'a division of text is a paragraph',
      '<div lang="de">Eins</div><div><div><p>two</p></div></div>',
      '<p lang="de">Eins</p><p>two</p>',
    ],
    ['empty blocks go', '<p>&nbsp;</p><div><br></div><ul></ul><p><b> </b></p>', ''],
    ['an anchor keeps its name', '<p>a<a name="x"></a></p>', '<p>a<a name="x" id="x"></a></p>'],
    [
      'scripts, styles and forms go',
      '<p>a<script>b</script><style>c</style><button>d</button></p><!-- e -->',
      '<p>a</p>',
    ],
    [
      'a lazy image is loaded',
      '<p><img src="data:," data-src="a.png"></p>',
      '<p><img src="a.png" data-src="a.png"></p>',
    ],
    [
      'an image for readers without scripts is shown',
      '<figure><noscript><img src="a.png"></noscript></figure>',
      '<figure><img src="a.png"></figure>',
    ],
    [
      'a formula is TeX',
      '<p><span class="katex"><math><annotation encoding="application/x-tex">x^2</annotation></math><span aria-hidden="true">x2</span></span></p>',
      '<p><code class="language-tex">x^2</code></p>',
    ],
    [
      'a formula without TeX is its characters',
      '<p><math><mi>x</mi><mo>=</mo><mn>2</mn></math></p>',
      '<p><span>x = 2</span></p>',
    ],
    [
      'an old caption is a caption',
      '<div class="wp-caption"><img src="a.png"><p class="wp-caption-text">b</p></div>',
      '<figure class="wp-caption"><img src="a.png"><figcaption class="wp-caption-text">b</figcaption></figure>',
    ],
    [
      'an icon that is a link becomes its words',
      '<p><a href="b"><svg><title>Films</title></svg></a> <a href="c" aria-label="Mail"><svg></svg></a></p>',
      '<p><a href="b">Films</a> <a href="c" aria-label="Mail">Mail</a></p>',
    ],
    [
      'the script of a gist is the way to it',
      '<script src="https://gist.github.com/jo/12ab.js"></script>',
      '<p><a href="https://gist.github.com/jo/12ab">https://gist.github.com/jo/12ab</a></p>',
    ],
    ['what an unclosed heading swallowed is below it', '<h2>a<p>b</p></h2>', '<h2>a</h2><p>b</p>'],
  ])('%s', (_, html, expected) => {
    expect(content(html)).toBe(canonical(expected));
  });

  test.each([
    '<pre><code class="language-js">a</code></pre>',
    '<pre class="language-js"><code>a</code></pre>',
    '<pre><code class="js">a</code></pre>',
    '<pre><code class="hljs language-js"><span class="hljs-comment">a</span></code></pre>',
    '<div class="highlight highlight-source-js"><pre><span class="pl-c">a</span></pre></div>',
    '<div class="highlight-js notranslate"><div class="highlight"><pre><span></span>a</pre></div></div>',
    '<pre class="brush: js; toolbar: false">a</pre>',
    '<div class="sourceCode"><pre class="sourceCode js"><code class="sourceCode js"><span id="cb1-1">a</span></code></pre></div>',
    '<figure class="highlight js"><table><tr><td class="gutter"><pre>1</pre></td><td class="code"><pre>a</pre></td></tr></table></figure>',
    '<div data-language="js"><pre><code>a</code><button>Copy</button></pre></div>',
  ])('code has its language: %s', (html) => {
    expect(content(html)).toMatch(/<code class='language-js'>a<\/code><\/pre>/);
  });

  test('links are named as from the document, whatever the base', () => {
    const link =
      '<p><a href="../b">b</a><a href="#c">c</a><a href="https://x.example/">d</a><img src="e.png"></p>';
    expect(parse(page('<base href="https://a.example/x/">', TEXT + link)).html).toContain(
      canonical(
        '<p><a href="https://a.example/b">b</a><a href="#c">c</a><a href="https://x.example/">d</a><img src="https://a.example/x/e.png"></p>',
      ),
    );
    expect(parse(page('<base href="/x/">', TEXT + link)).html).toContain("<a href='/b'>b</a>");
  });
});

describe('a list of pages', () => {
  const link = (name: string): string =>
    `<td>12.03.1998</td><td><a href="${name}.htm">The ${name} of the year</a></td>`;
  const table = (rows: readonly string[]): string =>
    `<html><head><title>Archive</title></head><body><h1>Archive</h1><table>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table></body></html>`;
  const LINKS = ['tower', 'bridge', 'ferry'].map(link);

  test('has little else than links', () => {
    expect(parse(table(LINKS)).role).toBe('list');
    expect(parse(table(LINKS.slice(1))).role).toBeUndefined();
    expect(
      parse(table(LINKS.map((row) => row.replace('href="', 'href="https://a.example/')))).role,
    ).toBeUndefined();
    expect(
      parse(table([...LINKS, `<td>${'A sentence about the tower. '.repeat(6)}</td>`])).role,
    ).toBeUndefined();
  });
});

test('a capture of the Wayback Machine has the addresses and the text of the page', () => {
  const at = 'https://web.archive.org/web/20030402113045';
  const toolbar =
    '<!-- BEGIN WAYBACK TOOLBAR INSERT --><div>The Wayback Machine - it captures pages</div><!-- END WAYBACK TOOLBAR INSERT -->';
  const body = `<p>The lamps are lit, see <a href="${at}/http://a.example/b.html">the bridge</a> and <a href="/web/20030402113045im_/http://a.example/c.png">a picture</a>.</p>`;
  expect(parse(`<html><head><title>T</title></head><body>${toolbar}${body}</body></html>`).html).toBe(
    "<p>The lamps are lit, see <a href='http://a.example/b.html'>the bridge</a> and <a href='http://a.example/c.png'>a picture</a>.</p>",
  );
  expect(parse(`<html><head><title>T</title></head><body>${body}</body></html>`).html).toContain(at);
});

test('the title that Word marks is one', () => {
  const html = `<p class="MsoTitle">The stone step</p>${TEXT}`;
  expect(parse(page('<title>Document1</title>', html)).title).toBe('The stone step');
});

test('a page that is called unseen in print is seen, and what is hidden is not', () => {
  const html = `<div class="no-print">${TEXT}<p class="sr-only">Not seen.</p></div>`;
  expect(parse(page('', html)).html).toBe(TEXT);
});
