import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import { canonical, content, html as markdown, valueIn } from '../support/content.ts';

describe('a page within a page', () => {
  const film = 'https://www.youtube.com/watch?v=abcdefghijk';
  test.each([
    ['<lite-youtube videoid="abcdefghijk" playlabel="Play: B"></lite-youtube>', film, 'B'],
    ['<amp-youtube data-videoid="abcdefghijk" title="B"></amp-youtube>', film, 'B'],
    ['<youtube-embed video-id="abcdefghijk" title="B"></youtube-embed>', film, 'B'],
    ['<div class="youtube" data-id="abcdefghijk" title="B"></div>', film, 'B'],
    [
      '<lite-youtube videoid="abcdefghijk"><a title="Play"><span class="visually-hidden">Play: B</span></a></lite-youtube>',
      film,
      'B',
    ],
    [
      '<mux-player playback-id="aB1" metadata-video-title="B"></mux-player>',
      'https://player.mux.com/aB1',
      'B',
    ],
    ['<lite-vimeo videoid="123" title="B"></lite-vimeo>', 'https://vimeo.com/123', 'B'],
    ['<amp-twitter data-tweetid="123" title="B"></amp-twitter>', 'https://x.com/i/status/123', 'B'],
    [
      '<blockquote cite="https://t.example/1" title="B"><section></section></blockquote>',
      'https://t.example/1',
      'B',
    ],
    [
      '<blockquote class="media" data-x-permalink="https://t.example/1" title="B"></blockquote>',
      'https://t.example/1',
      'B',
    ],
    ['<div class="fb-post" data-href="https://f.example/1" title="B"></div>', 'https://f.example/1', 'B'],
    [
      '<div class="strava-embed-placeholder" data-embed-id="987654" title="B"></div>',
      'https://www.strava.com/activities/987654',
      'B',
    ],
    ['<amp-reddit data-src="https://r.example/1" title="B"></amp-reddit>', 'https://r.example/1', 'B'],
    ['<iframe src="/e"><a href="/x">B</a></iframe>', '/e', 'B'],
    [
      '<iframe src="https://a.example/player/1"><a href="https://b.example/2">B</a></iframe>',
      'https://b.example/2',
      'B',
    ],
    [
      '<div class="digest-post-embed" data-attrs="{&quot;canonical_url&quot;:&quot;https://a.example/p/1&quot;,&quot;title&quot;:&quot;B&quot;}"></div>',
      'https://a.example/p/1',
      'B',
    ],
    [
      '<a data-pin-do="embedPin" href="https://www.pinterest.com/pin/1/" title="B"></a>',
      'https://www.pinterest.com/pin/1/',
      'B',
    ],
    [
      '<div class="infogram-embed" data-id="0a1b-c" data-title="B"></div>',
      'https://infogram.com/0a1b-c',
      'B',
    ],
    [
      '<div class="calendly-inline-widget" data-url="https://c.example/1" title="B"></div>',
      'https://c.example/1',
      'B',
    ],
    [
      '<lite-youtube data-attrs="null" src="https://a.example/" title="B"></lite-youtube>',
      'https://a.example/',
      'B',
    ],
    [
      '<figure class="media"><oembed url="https://www.youtube.com/watch?v=abcdefghijk"></oembed></figure>',
      film,
      '',
    ],
    ['<iframe src="/e">Loading…</iframe>', '/e', ''],
    ['<iframe src="/e">Your browser shows no frames.</iframe>', '/e', ''],
    [
      '<div class="lazyframe" data-src="https://www.youtube.com/embed/abcdefghijk" title="B"></div>',
      'https://www.youtube.com/embed/abcdefghijk',
      'B',
    ],
    [
      '<iframe data-placeholder-image="/p.png" data-src-cmplz="https://a.example/" title="B"></iframe>',
      'https://a.example/',
      'B',
    ],
    [
      '<iframe src="about:blank" data-src="https://a.example/" aria-label="B"></iframe>',
      'https://a.example/',
      'B',
    ],
    ['<noscript><iframe src="https://a.example/" title="B"></iframe></noscript>', 'https://a.example/', 'B'],
  ])('is a frame with its title: %s', (html, src, title) => {
    for (const found of [content(html), markdown(html)]) {
      const frame = /<iframe\b[^>]*>/.exec(found)?.[0] ?? '';
      expect([valueIn(frame, 'src'), valueIn(frame, 'title')]).toEqual([src, title]);
    }
  });

  test.each([
    '<lite-youtube videoid="abcdefghijk" style="background-image: url(\'/p.png\')"></lite-youtube>',
    '<amp-youtube data-videoid="abcdefghijk"><amp-img src="/p.png" placeholder></amp-img></amp-youtube>',
    '<iframe src="https://a.example/" data-poster="/p.png"></iframe>',
    '<div data-src="https://www.youtube.com/embed/abcdefghijk"><img src="/blank.gif" data-lazy-src="/p.png"></div>',
  ])('has its picture: %s', (html) => {
    expect(valueIn(/<iframe\b[^>]*>/.exec(content(html))?.[0] ?? '', 'poster')).toBe('/p.png');
  });

  test('that it states itself is content', () => {
    expect(content('<iframe srcdoc="&lt;p&gt;A &amp;amp; b&lt;/p&gt;"></iframe>')).toBe('<p>A &amp; b</p>');
  });

  test('an element that embeds nothing is its text', () => {
    expect(content('<my-youtube-note>A</my-youtube-note>')).toContain('A');
    expect(content('<div class="youtube-hint">A</div>')).not.toContain('iframe');
  });
});

describe('a script', () => {
  const warnings = (html: string, path: string): readonly string[] =>
    parseDocument({ path, bytes: new TextEncoder().encode(`A.\n\n${html}\n\nB.\n`) }).warnings ?? [];

  test.each([
    ['<script src="https://gist.github.com/a/b1.js"></script>', 'https://gist.github.com/a/b1'],
    ['<script src="https://asciinema.org/a/14.js" async></script>', 'https://asciinema.org/a/14'],
    ['<script src="https://t.me/w.js" data-telegram-post="a/12"></script>', 'https://t.me/a/12'],
    [
      '<script src="https://a.example/x-player.js" data-configuration="https://a.podigee.io/1-b/embed?c=d"></script>',
      'https://a.podigee.io/1-b',
    ],
  ])('is a link to the page that it shows: %s', (html, page) => {
    const shown = canonical(`<p>A</p><p><a href="${page}">${page}</a></p>`);
    expect(content(`<p>A</p>${html}`)).toBe(shown);
    expect(markdown(`A\n\n${html}`)).toBe(shown);
    expect(warnings(html, 'a.md')).toEqual([]);
  });

  test.each([
    '<script src="https://polls.example/embed/77"></script>',
    '<script src="https://a.example/form.js" data-form-id="b"></script>',
  ])('is named if it shows something else: %s', (html) => {
    const src = sourceOf(html);
    expect(warnings(html, 'a.md')).toEqual([
      `Cannot run "<script src="${src}">" in seeds/a.md:3: expected Markdown; left it out`,
    ]);
    expect(warnings(html, 'a.html')).toEqual([
      `Cannot run ${JSON.stringify(`<script src="${src}">`)} in seeds/a.html: expected HTML; left it out`,
    ]);
  });

  test.each([
    '<script src="https://platform.twitter.com/widgets.js"></script>',
    '<script src="https://cdn.example/npm/vue@2.6.14/dist/vue.min.js"></script>',
    '<script src="/embed/1.js"></script>',
    '<script>ring(77)</script>',
  ])('goes unnoticed if it shows nothing: %s', (html) => {
    expect([warnings(html, 'a.md'), warnings(html, 'a.html')]).toEqual([[], []]);
  });
});

test('a quotation of a post leads to the post', () => {
  const post = (classes: string): string =>
    content(`<blockquote class="${classes}" cite="https://t.example/1"><p>Words</p></blockquote>`);
  expect(post('t-embed')).toContain(
    "<p><a href='https://t.example/1'>https://t.example/1</a></p></blockquote>",
  );
  expect(post('')).not.toContain('<a');
});

test('a frame for scripts and the one for others are one', () => {
  const film = 'https://www.youtube.com/embed/abcdefghijk';
  const html = `<div data-src="${film}" data-id="abcdefghijk"></div><noscript><iframe src="${film}?b=c"></iframe></noscript>`;
  expect(content(`<p>x</p>${html}`).match(/<iframe/g)).toHaveLength(1);
});

function sourceOf(script: string): string {
  return / src="([^"]*)"/.exec(script)?.[1] ?? '';
}

describe('shortcodes of WordPress in a page', () => {
  const read = (html: string): string => content(`<p>Words before them.</p>${html}`);
  test.each([
    [
      '<p>[youtube https://www.youtube.com/watch?v=abcdefghijk&amp;w=640]</p>',
      'https://www.youtube.com/watch?v=abcdefghijk',
    ],
    ['<p>See [embed width="3"]https://vimeo.com/12[/embed].</p>', "<a href='https://vimeo.com/12'>"],
    ['<p>[audio mp3="https://a.example/b.mp3"][/audio]</p>', "<audio src='https://a.example/b.mp3'"],
    ['<p>[video mp4="https://a.example/b.mp4"]</p>', "<video src='https://a.example/b.mp4'"],
    [
      '<p>[caption width="3"]<img src="/b.png" alt="B"> Words[/caption]</p>',
      "<figure><img src='/b.png' alt='B'><figcaption>Words</figcaption></figure>",
    ],
  ])('are shown: %s', (html, expected) => {
    expect(read(html)).toContain(expected);
    expect(read(html)).not.toMatch(/\[(?:youtube|embed|audio|video|caption)/);
  });

  test.each([
    '[sic]',
    '[video]',
    'a[audio]',
    '[embed me]',
    '<code>[youtube https://youtu.be/abcdefghijk]</code>',
  ])('other brackets stay: %s', (words) => {
    expect(read(`<p>${words}</p>`)).toContain(words);
  });
});

test('the preview of a post that a script would show is no second link to it', () => {
  const quote = '<blockquote><a href="https://a.example/b">B</a></blockquote>';
  const frame = (style: string): string =>
    `<iframe src="https://a.example/b/embed" style="${style}"></iframe>`;
  expect(
    content(`<p>a</p>${quote}${frame('position: absolute; clip: rect(1px, 1px, 1px, 1px);')}`),
  ).not.toContain('b/embed');
  expect(content(`<p>a</p>${quote}${frame('position:absolute;top:0')}`)).toContain('b/embed');
});

test.each([
  `<div data-settings='{"youtube_url":"https:\\/\\/www.youtube.com\\/watch?v=abcdefghijk"}'><div></div></div>`,
  '<noscript><a href="https://www.youtube.com/watch?v=abcdefghijk"><img src="/p.jpg" alt="B"></a></noscript>',
])('a film that only a script shows is linked: %s', (html) => {
  const read = content(`<p>x</p>${html}`);
  expect(read).toContain("'https://www.youtube.com/watch?v=abcdefghijk'");
  expect(read.split('/p.jpg').length).toBeLessThan(3);
});

test('an element with words for a picture is one, and its noscript is not another', () => {
  const html =
    '<p>x</p><div data-alt="B" data-src="/b.jpg"></div><noscript><img src="/b.jpg" alt="B"></noscript>';
  expect(content(html).split('/b.jpg')).toHaveLength(2);
  expect(content(html)).toContain("alt='B'");
});

test.each([
  ['<div data-tf-live="01ABC"></div>', 'https://form.typeform.com/to/01ABC'],
  ['<amp-soundcloud data-trackid="243"></amp-soundcloud>', 'https://w.soundcloud.com/player/?url='],
  [
    '<model-viewer src="/boat.glb" poster="/boat.webp" alt="A boat"></model-viewer>',
    "<iframe src='/boat.glb' title='A boat' poster='/boat.webp'>",
  ],
  [
    '<amp-img src="/a.png" alt="A" width="16" height="9" layout="responsive"></amp-img>',
    "<img src='/a.png' alt='A' layout=",
  ],
])('an element that a script fills is a link: %s', (html, page) => {
  expect(content(`<p>x</p>${html}`)).toContain(page);
});

test('a link may lead to a formula', () => {
  const html = '<p>See <a href="#eq3">(3)</a>.</p><div class="math" id="eq3">\\[y_{3}\\]</div>';
  expect(content(html)).toContain("<a id='eq3'></a>");
});

test.each([
  '<video controls><source type="video/youtube" src="https://youtu.be/abcdefghijk?_=1"></video>',
  '<video src="https://youtu.be/abcdefghijk"></video>',
])('a player of a page is a link to it: %s', (html) => {
  const read = content(`<p>x</p>${html}`);
  expect(read).toContain("src='https://youtu.be/abcdefghijk'");
  expect(read).not.toContain('<video');
});

test('a player that knows a file, too, is one', () => {
  const html = '<video><source src="https://youtu.be/abcdefghijk"><source src="/a.mp4"></video>';
  expect(content(`<p>x</p>${html}`)).toContain('<video');
});

test('a film of Wistia is named by a class', () => {
  const html = '<div><div class="wistia_embed wistia_async_abc123xyz9 videoFoam=true">&nbsp;</div></div>';
  expect(content(`<p>x</p>${html}`)).toContain('https://fast.wistia.net/embed/iframe/abc123xyz9');
});
