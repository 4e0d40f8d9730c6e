import { describe, expect, test } from 'vitest';
import { nameOfDrawing } from '../../src/html/drawing.ts';
import { parseHtml } from '../../src/html/parse.ts';
import { findAll, h, root } from '../../src/html/tree.ts';
import { canonical, content, html as markdown, pictures } from '../support/content.ts';

test('a small picture in the document itself is shown if it is described', () => {
  const url = `data:image/png;base64,${'A'.repeat(400)}`;
  expect(pictures(content(`<p>x <img src="${url}" alt="A bell"></p>`))).toEqual([`${url} A bell`]);
  expect(pictures(content(`<p>x <img src="${url}"></p>`))).toEqual([]);
  expect(pictures(content(`<p>x <img class="lqip" src="${url}" alt="A bell"></p>`))).toEqual([]);
  expect(pictures(content(`<p>x <img src="${url.slice(0, 90)}" alt="A bell"></p>`))).toEqual([]);
});

describe('a picture that is loaded later', () => {
  test.each([
    ['an attribute that speaks of a source', '<img data-hi-res-src="/a.png" src="/grey.gif">'],
    ['the first of two sizes', '<img data-src="/a.png|/large.png" src="data:,">'],
    ['a file of a board (Discuz)', '<img file="/a.png" src="/static/none.gif">'],
    ['a miniature by its size', '<img data-original="/a.png" src="/resize/20x/a.png">'],
    ['a real picture beside a pattern', '<img class="lazyload" data-src="/a_{width}x.png" src="/a.png">'],
    ['any attribute with a picture, where there is none', '<img data-image="/a.png">'],
    ['a picture that is hidden until then (Mirage)', '<img data-cfsrc="/a.png" style="display:none">'],
    [
      'the same with its file for readers without scripts',
      '<img data-cfsrc="/a.png" style="display:none;visibility:hidden"><noscript><img src="/a.png"></noscript>',
    ],
    ['a still in the place of an animation', '<img data-src="/a.png" src="/p/1.x.gif">'],
    ['a placeholder with a fragment', '<img data-src="/a.png" src="/loading.gif#center">'],
    ['a fragment in its place', '<img data-src="/a.png" src="#">'],
    ['a name of a placeholder with more words', '<img data-src="/a.png" src="/loading-anim.svg">'],
    ['such a name beside any picture', '<img data-image="/a.png" src="/lazy-load-anim.svg">'],
    ['a word for a miniature', '<img data-src="/a.png" src="/a.preview.png">'],
    ['the same file in another size', '<img data-src="/a.png" src="/a.png?w=20">'],
    [
      'the address within that of a service',
      '<img src="data:,"><noscript><img src="/_next/image?w=64&amp;url=%2Fa.png" srcset="/_next/image?url=%2Fa.png 2x"></noscript>',
    ],
    ['another service', '<img src="/_next/image/?url=%2Fa.png&amp;w=800" srcset="/_image?href=%2Fa.png 2x">'],
    ['a service of a host', '<img src="/.netlify/images?url=/a.png&amp;w=200">'],
    ['a service with a path', '<img src="/_ipx/w_200&amp;f_webp/a.png">'],
    ['an effect in its address', '<img data-src="/a.png" src="/upload/e_blur:1000,q_1/a.png">'],
    ['a width in its address', '<img data-src="/a.png" src="/upload/w_30/a.png">'],
    ['an element of a library', '<p>x <lazy-image src="/a.png" alt="A"></lazy-image></p>'],
    [
      'one beside its miniature',
      '<div><img class="x-thumbnail" src="/m.png"><img class="x-image" data-src="/a.png"></div>',
    ],
    ['the photograph in a drawing', '<svg viewBox="0 0 90 90"><image xlink:href="/a.png"></image></svg>'],
    ['a part of it in another attribute', '<img data-croporisrc="/x/640" data-src="/a.png">'],
    ['a worse one', '<img class="lqip" data-lowsrc="/b.png" data-src="/a.png">'],
    ['sizes with a comma alone between them', '<amp-img srcset="/b.png 300w,/a.png 900w"></amp-img>'],
    [
      'sizes beside a placeholder',
      '<img src="/grey-placeholder.png" srcset="" data-srcset="/b.png 2w,/a.png 9w">',
    ],
    ['sizes alone of AMP', '<amp-img srcset="/b.png 300w, /a.png 900w"></amp-img>'],
    ['the one that is linked', '<a class="progressive" href="/a.png"><img class="preview" src="/t.png"></a>'],
    ['the one of what is around it', '<div class="placeholder" data-large="/a.png"><img src="/s.png"></div>'],
    ['sizes in the place of a miniature', '<img class="blur-up" src="/b.png" data-srcset="/a.png 9w">'],
    [
      'sources in the place of a miniature',
      '<picture><source data-srcset="/a.png"><img class="lazyload" src="/b.png"></picture>',
    ],
    ['a class of miniatures', '<img class="lqip" data-full-src="/a.png" src="/a-60.png">'],
    ['a class with a prefix', '<img class="b-lazy" data-src="/a.png" src="/b.png">'],
    ['the sizes alone', '<img data-srcset="/b.png 300w, /a.png 900w">'],
    ['the largest beside a small one', '<img src="/a.png?w=20&q=5" srcset="/b.png 400w, /a.png 1200w">'],
    [
      'the same file without scripts',
      '<img src="/max/60/a.png?q=20" alt="A"><noscript><img src="/a.png" alt="A"></noscript>',
    ],
    ['sources without an image', '<picture><source srcset="/a.png"></picture>'],
    ['an image without an address', '<picture><source data-srcset="/a.png"><img></picture>'],
    ['a background', '<p>x <span role="img" style="background-image:url(\'/a.png\')"></span></p>'],
    ['an empty element', '<p>x <span class="lazy-image" data-src="/a.png"></span></p>'],
    ['an object', '<object data="/a.png" type="image/png"></object>'],
    ['another image within one', '<amp-img src="/a.png"><amp-img fallback src="/b.png"></amp-img></amp-img>'],
  ])('is the one that is seen: %s', (_, html) => {
    expect(pictures(content(html)).map((picture) => picture.split(' ')[0])).toEqual(['/a.png']);
    expect(pictures(markdown(html)).map((picture) => picture.split(' ')[0])).toEqual(['/a.png']);
  });

  test.each([
    [
      'a small one beside another file',
      '<img src="/w_20/a.png"><noscript><img src="/b.png" width=1></noscript>',
    ],
    ['a zoom', '<img src="/a.png" data-zoom-src="/large.png">'],
    ['a dock', '<img src="/loading-dock.png">'],
    ['a dog', '<img src="/lazy-dog.png">'],
    ['art of pixels', '<img src="/a/pixel-art.png">'],
    ['a word in a name', '<img src="/greyhound.png" data-caption="/b.png">'],
    ['an animation', '<img src="/a.gif" data-src="/b.gif">'],
  ])('stays as it is: %s', (_, html) => {
    expect(pictures(content(html))).toEqual([/src="([^"]*)"/.exec(html)?.[1]]);
  });

  test.each([
    ['is shown beside it', '<img data-src="/a.png" alt="A"><noscript><img src="/a.png" alt="A"></noscript>'],
    [
      'is the same in another size',
      '<img data-src="/a.png" alt="A"><noscript><img src="/a-9.png" alt="A"></noscript>',
    ],
    ['has no name', '<img data-src="/a.png"><noscript><img src="/b.png"></noscript>'],
    [
      'is the same file and large',
      '<div><img src="/max/60/a.png"></div><img><noscript><img src="/a.png"></noscript>',
    ],
    ['is hidden', '<img style="display:none" data-src="/a.png"><noscript><img src="/a.png"></noscript>'],
  ])('stands once where the one for readers without scripts %s', (_, html) => {
    expect(pictures(content(html)).map((picture) => picture.split(' ')[0])).toEqual(['/a.png']);
  });

  test('hides none that is only for readers without scripts', () => {
    const html = '<img src="/a.png" alt="A"><noscript><img src="/b.png" alt="B"></noscript>';
    expect(pictures(content(html))).toEqual(['/a.png A', '/b.png B']);
  });
});

test('a picture in the place of a character is that character, and an icon without a name is nothing', () => {
  const html =
    '<p>So <img class="wp-smiley" src="/1.png" alt=":)"> <img class="card__icon" src="/2.png">it is.</p>';
  expect(content(html)).toBe('<p>So :) it is.</p>');
  expect(markdown(html)).toBe('<p>So :) it is.</p>');
});

test('a link that shows only an icon without a name has the name of its host', () => {
  const html = '<p>At <a href="https://www.a.example/@b"><i class="icon-fish"></i></a>.</p>';
  expect(content(html)).toBe(canonical('<p>At <a href="https://www.a.example/@b">a.example</a>.</p>'));
});

test('an empty element is kept if a link leads to it', () => {
  const html = '<p><a href="#b">B</a> <span id="b"></span><span id="c"></span>C</p>';
  const kept = canonical('<p><a href="#b">B</a> <span id="b"></span>C</p>');
  expect([content(html), markdown(html)]).toEqual([kept, kept]);
});

test.each(['div', 'section', 'p'])('so is an empty %s', (name) => {
  const at = (id: string): string => `<${name} id="${id}"></${name}>`;
  const html = `<p><a href="#b">B</a></p>${at('b')}${at('c')}<p>C</p>`;
  const kept = canonical('<p><a href="#b">B</a></p><p><a id="b"></a></p><p>C</p>');
  expect([content(html), markdown(html)]).toEqual([kept, kept]);
});

test.each([
  '/blank.gif',
  '/img/spacer-1x1.gif',
  '/loading.svg',
  '/lazy_placeholder.gif',
  '/transparent-pixel.png',
])('a placeholder alone is nothing: %s', (src) => {
  expect(pictures(content(`<p>x <img src="${src}"></p>`))).toEqual([]);
});

test('a drawing with words is seen by those who see, whatever it says to others', () => {
  const drawing = '<figure><svg aria-hidden="true" viewBox="0 0 90 60"><text>High</text></svg></figure>';
  expect([content(drawing), markdown(drawing)].map((html) => html.includes('High'))).toEqual([true, true]);
  expect(markdown(drawing.replaceAll('text', 'path'))).not.toContain('svg');
});

test('an anchor in a heading is no permalink', () => {
  const html = '<p>C <a href="#b">b</a></p><h3><a id="b"></a>Third</h3>';
  expect(markdown(html)).toBe(canonical('<p>C <a href="#b">b</a></p><h3 id="b">Third</h3>'));
  expect(markdown('<p>C</p><h3>B <a href="#b">#</a></h3>')).toBe('<p>C</p><h3>B</h3>');
});

test('a mark beside a heading is no link, and the heading has its id', () => {
  const mark =
    '<a id="b" class="anchor" aria-label="Permalink: B" href="#b"><svg class="icon"><path d="M0 0"/></svg></a>';
  const html = `<p><a href="#b">C</a></p><h2>D</h2><div class="heading"><h2>B</h2>${mark}</div>`;
  const shown = "<h2 id='b'>B</h2>";
  for (const found of [content(html), markdown(html)]) expect(found).toContain(shown);
});

test('an anchor that was never closed holds no block', () => {
  expect(content('<a name="b"/><p>Words</p>')).toBe(canonical('<p><a id="b"></a></p><p>Words</p>'));
});

test('a drawing has the symbols that it uses of others', () => {
  const sprite =
    '<svg style="display:none"><symbol id="hull" viewBox="0 0 9 9"><path d="M1 2"/></symbol></svg>';
  const html = content(`${sprite}<p>x</p><svg width="90" height="90"><use href="#hull"/></svg>`);
  expect(html).toContain("<svg viewBox='0 0 9 9'><path d='M1 2'>");
});

test('recordings that are listed for readers without scripts are there', () => {
  const list = '<ol><li><a href="/b.mp3">B</a></li><li><a href="/c.html">C</a></li></ol>';
  expect(content(`<p>x</p><div><audio></audio><noscript>${list}</noscript></div>`)).toContain(
    "<p><a href='/b.mp3'>B</a></p>",
  );
});

test('words for browsers that cannot play are not shown', () => {
  const film = (words: string): string => content(`<p>x</p><video><source src="/b.mp4">${words}</video>`);
  expect(film('Your browser does not support the video tag.')).toContain("<source src='/b.mp4'></video>");
  expect(film('<p>No browser? <a href="/b.mp4">Take it</a>.</p>')).toContain('Take it');
});

test('words that name a recording have its player', () => {
  expect(content('<p>x</p><div data-audio="/b.mp3"><button>Play</button>The saw</div>')).toContain(
    "<p>The saw</p><p><embed src='/b.mp3'></p>",
  );
});

test('a rendered diagram has the words in it as its name', () => {
  const svg =
    '<svg viewBox="0 0 90 90"><rect/><foreignObject><div>Letter <b>comes</b></div></foreignObject></svg>';
  const tree = parseHtml(svg);
  expect(nameOfDrawing(findAll(tree ?? root([]), 'svg')[0] ?? h('svg', {}))).toBe('Letter comes');
});

test('tabs that need no script stand below their labels', () => {
  const inputs = '<input type="radio" id="1" name="t"><input type="radio" id="2" name="t">';
  const labels = '<label for="1">A</label><label for="2">B</label>';
  const shown = '<p><strong>A</strong></p><p>One</p><p><strong>B</strong></p><p>Two</p>';
  expect(
    content(`<div>${inputs}<div>${labels}</div><div><div><p>One</p></div><div><p>Two</p></div></div></div>`),
  ).toBe(shown);
  const [first = '', second = ''] = labels.split(/(?=<label for="2)/);
  expect(content(`<div>${inputs}${first}<div>One</div>${second}<div>Two</div></div>`)).toBe(shown);
});

test('an address that stands alone is a link', () => {
  const link = '<a href="https://a.example/b">https://a.example/b</a>';
  expect(content('<figure><div>\n https://a.example/b\n</div></figure>')).toBe(
    canonical(`<figure><p>${link}</p></figure>`),
  );
  expect(content('<p>See https://a.example/b</p>')).toBe('<p>See https://a.example/b</p>');
});

describe('an object', () => {
  test.each([
    [
      'keeps its fallback',
      '<object data="/a.pdf"><p>Read <a href="/a.pdf">it</a>.</p></object>',
      '<p>Read <a href="/a.pdf">it</a>.</p>',
    ],
    [
      'keeps a picture in it',
      '<object data="/a.svg"><img src="/a.png" alt="A"></object>',
      '<p><img src="/a.png" alt="A"></p>',
    ],
    [
      'is a link without a fallback',
      '<object data="/a.pdf" title="A"></object>',
      '<p><embed src="/a.pdf" title="A"></p>',
    ],
    [
      'is a link where the fallback has none',
      '<object data="/a.pdf">No PDF here</object>',
      '<p><embed src="/a.pdf" title="No PDF here"></p>',
    ],
    [
      'is what older pages name for a plugin',
      '<object><param name="movie" value="https://www.youtube.com/v/abcdefghijk"></object>',
      '<p><embed src="https://www.youtube.com/v/abcdefghijk"></p>',
    ],
    ['is a recording', '<object data="/a" type="audio/mpeg"></object>', '<p><audio src="/a"></audio></p>'],
  ])('%s', (_, html, expected) => {
    expect(content(html)).toBe(canonical(expected));
  });
});

describe('an icon', () => {
  const icon = '<svg class="icon"><title>Mail</title><path d="M0 0"/></svg>';
  test.each([
    [`<a href="/b">${icon}</a>`, '<a href="/b">Mail</a>'],
    [`<a href="/b">${icon} Write</a>`, '<a href="/b"> Write</a>'],
  ])('%s', (html, expected) => {
    expect(content(`<p>x ${html}</p>`)).toBe(canonical(`<p>x ${expected}</p>`));
  });
});

test.each([
  ['<video><source data-src="b.mp4"></video>', "src='b.mp4'"],
  ['<div data-video-src="/b.mp4"></div>', "<embed src='/b.mp4'>"],
  ['<media-player src="/b.mp4"></media-player>', "<embed src='/b.mp4'>"],
  ['<hls-video src="/b.m3u8"></hls-video>', "<embed src='/b.m3u8'>"],
  ['<video-js class="vjs-skin"><source src="/b.mp4"></video-js>', "<source src='/b.mp4'></video>"],
  [
    '<video data-setup=\'{"sources":[{"src":"https://a.example/b.mp4"}]}\'></video>',
    " src='https://a.example/b.mp4'></video>",
  ],
  [
    '<video src="/b.mp4" poster="/spacer.png" style="background: transparent url(\'/c.jpg\')"></video>',
    "poster='/c.jpg'",
  ],
  ['<img src="/b.png" title="c">', "alt='c'"],
])('%s has what it shows', (html, expected) => {
  expect(content(`<p>x</p>${html}`)).toContain(expected);
});

test('frames stand in paragraphs of their own', () => {
  const frame = (id: number): string => `<iframe src="https://a.example/${id}"></iframe>`;
  expect(content(frame(1) + frame(2))).toBe(canonical(`<p>${frame(1)}</p><p>${frame(2)}</p>`));
});

describe('a mail address that Cloudflare hides', () => {
  const hidden = `5a${Buffer.from('a@example.org')
    .map((byte: number) => byte ^ 0x5a)
    .toString('hex')}`;
  test.each([
    `<a href="/cdn-cgi/l/email-protection#${hidden}"><span data-cfemail="${hidden}">[email&#160;protected]</span></a>`,
    `<a href="/cdn-cgi/l/email-protection" data-cfemail="${hidden}">[email&#160;protected]</a>`,
    `<span data-cfemail="${hidden}">[email&#160;protected]</span>`,
  ])('is the address: %s', (html) => {
    const link = "<a href='mailto:a@example.org'>a@example.org</a>";
    expect(content(`<p>x ${html} y</p>`)).toContain(`x ${link} y`);
    expect(markdown(`x ${html} y`)).toContain(`x ${link} y`);
  });
});

test('curly quotes around an address are no part of it', () => {
  expect(content('<p>x <a href=”/b”>y</a></p>')).toContain("<a href='/b'>y</a>");
});

test('a photograph is no placeholder for its name', () => {
  expect(pictures(content('<p>x</p><img src="loading-dock.jpg" alt="The dock">'))).toEqual([
    'loading-dock.jpg The dock',
  ]);
  expect(pictures(content('<p>x</p><img src="spacer.gif" alt="a"><img src="loading.jpg">'))).toEqual([]);
});

test.each([
  'https://www.google.com/url?q=https://a.example/b%3Fc&sa=D',
  'https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fb%3Fc&h=x',
  'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb%3Fc&data=x',
])('a link makes no detour: %s', (href) => {
  expect(content(`<p>x <a href="${href.replace(/&/g, '&amp;')}">y</a></p>`)).toContain(
    "href='https://a.example/b?c'",
  );
});

test('of the choices in a drawing, the first one is named', () => {
  const svg =
    '<svg><switch><foreignObject><div>Lock</div></foreignObject><text>Lo…</text></switch><switch><g></g><a><text>Text is not SVG</text></a></switch><g><text>Two</text></g></svg>';
  const [drawing] = findAll(parseHtml(svg) ?? root([]), 'svg');
  expect(drawing && nameOfDrawing(drawing)).toBe('Lock Two');
});

test('the sizes of a picture come before an address for another purpose', () => {
  const image = '<img alt="A" data-pin-media="/pin.jpg" srcset="/a-400.jpg 400w, /a.jpg 800w">';
  expect(content(`<p>x ${image}</p>`)).toContain("src='/a.jpg'");
});

test.each([
  ['<a href="/a" title="Get it"><svg viewBox="0 0 512 512"><path d="M2"/></svg></a>', 'Get it'],
  ['<div class="notice-icon"><svg viewBox="0 0 512 512"><path d="M2"/></svg></div>', ''],
  ['<div class="x"><svg viewBox="0 0 512 512"><path d="M2"/></svg></div>', '<svg'],
  ['<a href="/a"><svg width="300" height="200"><path d="M2"/></svg></a>', '<svg'],
])('a drawing without a size in a link or a box for icons is one: %s', (html, expected) => {
  const read = content(`<p>x</p>${html}`);
  if (expected === '<svg') expect(read).toContain('<svg');
  else expect(read).not.toContain('<svg');
  expect(read).toContain(expected);
});

test('frames in a row stand on their own', () => {
  const frame = '<iframe src="https://a.example/1"></iframe>';
  expect(content(`<p>x</p>${frame}\n${frame}${frame}`).match(/<p>/g)).toHaveLength(4);
});

test.each([
  ['<param name="flashvars" value="file=https://a.example/b.mp3&amp;auto=no">', 'https://a.example/b.mp3'],
  [
    '<embed src="p.swf" flashvars="x=1&amp;soundFile=https%3A%2F%2Fa.example%2Fb.mp3">',
    'https://a.example/b.mp3',
  ],
  ['<param name="flashvars" value="file=b.xml">', undefined],
])('what a player in Flash was to play is played: %s', (inside, url) => {
  const read = content(`<p>x</p><object><param name="movie" value="p.swf">${inside}</object>`);
  if (url === undefined) expect(read).not.toContain('a.example');
  else expect(read).toContain(`'${url}'`);
});
