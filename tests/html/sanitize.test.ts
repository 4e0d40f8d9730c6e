import { describe, expect, test } from 'vitest';
import type { Links } from '../../src/html/resolve-links.ts';
import { canonical, sanitized } from '../support/content.ts';

const links: Links = {
  link: (url) => new URL(url, 'https://news.example/articles/a').href,
  media: (url) => new URL(url, 'https://news.example/media/').href,
};
const clean = (html: string): string => sanitized(html, links);

describe('what is taken out', () => {
  test.each([
    ['<p>a<script>alert(1)</script>b</p>', '<p>ab</p>'],
    ['<p onclick="x()" style="color:red" class="x" data-y="1">a</p>', '<p>a</p>'],
    ['<a href="javascript:alert(1)">a</a>', '<span>a</span>'],
    ['<a href=" java\nscript:alert(1)">a</a>', '<span>a</span>'],
    ['<a href="&#106;avascript:alert(1)">a</a>', '<span>a</span>'],
    ['<a href="data:text/html,x">a</a>', '<span>a</span>'],
    ['<a href="a@b.example">a</a>', "<a href='mailto:a@b.example'>a</a>"],
    ['<a href="a@b.example?subject=C">a</a>', "<a href='mailto:a@b.example?subject=C'>a</a>"],
    ['<a href="a@2x.png">a</a>', "<a href='https://news.example/articles/a@2x.png'>a</a>"],
    ['<img src="data:image/svg+xml;base64,AAAA" alt="">', ''],
    ['<img src="https://x.example/p.gif" width="1" height="1" alt="">', ''],
    ['<img src="https://www.facebook.com/tr?id=1" alt="">', ''],
    ['<form action="/x"><button>b</button><p>c</p></form>', 'b<p>c</p>'],
    ['<svg><script>x</script><text>y</text></svg><p>a</p>', '<p>a</p>'],
    ['<style>p{}</style><noscript><img src=x></noscript>a', 'a'],
    ['<p>a<!-- b --></p>', '<p>a</p>'],
    ['<x-y>a</x-y><blink>b</blink>', 'ab'],
    ['<p>&#0;&#1;&#xFFFE;&#xFDD0;&#xD800;a</p>', '<p>\uFFFD\uFFFDa</p>'],
    ['<a href="https://x.example/&#xFDD0;">a</a>', "<a href='https://x.example/'>a</a>"],
  ])('%s', (html, expected) => {
    expect(clean(html)).toBe(expected);
  });
});

describe('what is kept', () => {
  test.each([
    ['<h2>a</h2><h3 lang="tr" dir="ltr">b</h3>', "<h2>a</h2><h3 lang='tr' dir='ltr'>b</h3>"],
    ['<h1>a</h1><h2>b</h2>', '<h2>a</h2><h3>b</h3>'],
    ['<ul><li>a</li> <ul><li>b</li></ul></ul>', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
    ['<ol><p>a</p> <li>b</li>c</ol>', '<ol><li><p>a</p></li><li>bc</li></ol>'],
    ['<ul><ul><li>a</li></ul></ul>', '<ul><li><ul><li>a</li></ul></li></ul>'],
    ['<ruby>a<rt>b</rt></ruby>', '<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>'],
    ['<p id="Two words">a</p>', "<p id='two-words'>a</p>"],
    [
      '<p><img src="https://a.example/a.png#only-light"><img src="https://a.example/b.png#only-dark"></p>',
      "<p><img src='https://a.example/a.png'></p>",
    ],
    ['<p><img src="https://a.example/b.png#only-dark"></p>', "<p><img src='https://a.example/b.png'></p>"],
    ['<a href="at://did:plc:abc/b">a</a>', '<span>a (at://did:plc:abc/b)</span>'],
    [
      '<pre><code class="language-ts x">a\n\tb &lt; "c" \\ d</code></pre>',
      "<pre><code class='language-ts'>a&#10;&#9;b &lt; &quot;c&quot; &#92; d</code></pre>",
    ],
    [
      '<table><tr><th scope="col">a</th><td colspan="2">b</td></tr></table>',
      "<table><tbody><tr><th scope='col'>a</th><td colspan='2'>b</td></tr></tbody></table>",
    ],
    [
      '<table><tr><th align="RIGHT">a</th><td style="color:red; text-align: center">b</td><td align="justify">c</td></tr></table>',
      "<table><tbody><tr><th align='right'>a</th><td align='center'>b</td><td>c</td></tr></tbody></table>",
    ],
    [
      '<figure><img src="b.png" alt="A &quot;b&quot; it\'s"><figcaption>c</figcaption></figure>',
      "<figure><img src='https://news.example/media/b.png' alt='A &quot;b&quot; it&#39;s'><figcaption>c</figcaption></figure>",
    ],
    ['<p>a\n  b<br/>c</p>\n\n<p>d</p>\n', '<p>a b<br>c</p><p>d</p>'],
    ['<p>a <em>b</em> <strong>c</strong></p>', '<p>a <em>b</em> <strong>c</strong></p>'],
    ['<p>]]> &amp;amp; \\u003c &nbsp;x</p>', '<p>]]&gt; &amp;amp; &#92;u003c \u00A0x</p>'],
    ['<li><input type="checkbox" checked disabled> a</li>', '<li><span>☑</span> a</li>'],
    ['<iframe src="https://v.example/1"></iframe>', "<a href='https://v.example/1'>https://v.example/1</a>"],
    [
      '<audio controls src="a.mp3"></audio>',
      "<audio controls='' src='https://news.example/media/a.mp3'></audio>",
    ],
    [
      '<picture><source srcset="a.webp" type="image/webp"><img src="a.png" alt=""></picture>a<wbr>b',
      "<picture><source srcset='https://news.example/media/a.webp' type='image/webp'><img src='https://news.example/media/a.png' alt=''></picture>a<wbr>b",
    ],
    [
      '<video src="a.mp4" loop></video>',
      "<video src='https://news.example/media/a.mp4' loop='' controls=''></video>",
    ],
    [
      '<img src="a.mp3" alt="b">',
      "<audio controls='' src='https://news.example/media/a.mp3' title='b'></audio>",
    ],
    ['<img src="a.pdf" alt="b">', "<a href='https://news.example/articles/a.pdf'>b</a>"],
    ['<img src="https://youtu.be/abcdefg" alt="b">', "<a href='https://youtu.be/abcdefg'>b</a>"],
    [
      '<iframe src="//www.youtube.com/embed/abcdefg" title="b"></iframe>',
      "<a href='https://www.youtube.com/watch?v=abcdefg'>b</a>",
    ],
    [
      '<embed src="a.mp3" title="b">',
      "<audio controls='' src='https://news.example/media/a.mp3' title='b'></audio>",
    ],
    ['<img src="https://a.example/b.docx" alt="b">', "<a href='https://a.example/b.docx'>b</a>"],
    [
      '<iframe src="/b" title="c" poster="d.png"></iframe>',
      "<a href='https://news.example/b'><img src='https://news.example/media/d.png' alt=''>c</a>",
    ],
    [
      '<a href="gemini://a.example/">a</a><a href="magnet:?xt=urn:b">b</a>',
      "<a href='gemini://a.example/'>a</a><a href='magnet:?xt=urn:b'>b</a>",
    ],
    ['<a href="steam://run/1">a</a>', '<span>a (steam://run/1)</span>'],
    [
      '<a href="ssh://git@a.example/b.git">a</a><a href="git+ssh://a.example/b">c</a>',
      "<a href='ssh://git@a.example/b.git'>a</a><a href='git+ssh://a.example/b'>c</a>",
    ],
    ['<a href="nostr:a">a</a><a href="web+b:c">d</a>', "<a href='nostr:a'>a</a><a href='web+b:c'>d</a>"],
    [
      '<a href="javascript:a">a</a><a href="file:///b">c</a><a href="view-source:d">e</a>',
      '<span>a</span><span>c</span><span>e</span>',
    ],
    [
      '<h2 id="a">a</h2><h2 id="a">b</h2><h2 id="a-1">c</h2>',
      "<h2 id='a'>a</h2><h2 id='a-1'>b</h2><h2 id='a-1-1'>c</h2>",
    ],
    ['<p id="a">a</p><p id="a">b</p>', "<p id='a'>a</p><p>b</p>"],
    [
      '<h2> </h2><h2><img src="https://a.example/b.png" alt="c"></h2>',
      "<h2><img src='https://a.example/b.png' alt='c'></h2>",
    ],
    ['<blockquote cite="/x">a</blockquote>', "<blockquote cite='https://news.example/x'>a</blockquote>"],
    [
      '<sup id="fnref1"><a href="#fn1">1</a></sup>',
      "<sup id='fnref1'><a href='https://news.example/articles/a#fn1'>1</a></sup>",
    ],
    [
      '<img alt="" src="a.png" srcset="a.png 1x, b,c.png 2x, d.png 640w">',
      "<img alt='' src='https://news.example/media/a.png' srcset='https://news.example/media/a.png 1x, https://news.example/media/b,c.png 2x, https://news.example/media/d.png 640w'>",
    ],
  ])('%s', (html, expected) => {
    expect(clean(html)).toBe(expected);
  });
});

describe('what is meant to break it', () => {
  test.each([
    ['deep nesting', '<div>'.repeat(100_000)],
    ['many headings', '<h2>a</h2>'.repeat(100_000)],
    ['headings of one id', '<h2 id=a>a</h2>'.repeat(100_000)],
    ['many attributes', `<p ${'a=1 '.repeat(100_000)}>`],
    ['an open tag', `<a href="${'x'.repeat(1_000_000)}`],
    ['brackets', '<'.repeat(1_000_000)],
    ['spaces', `<p>${' '.repeat(1_000_000)}</p>`],
    ['references', '&amp'.repeat(500_000)],
    ['a srcset of commas', `<img src=a srcset="${','.repeat(100_000)}">`],
    ['a srcset of spaces', `<img src=a srcset="${'a '.repeat(100_000)}">`],
  ])('%s comes to an end', (_, html) => {
    const result = clean(html);
    expect(result).not.toMatch(/["\\\n\t]|\]\]>/);
    expect(clean(result)).toBe(result);
  });
});

test.each([
  [
    '<a href="b"><video src="c.mp4"></video></a>',
    '<video src="https://news.example/media/c.mp4" controls></video><a href="https://news.example/articles/b">b</a>',
  ],
  [
    '<a href="b">x <img src="https://youtu.be/abcdefghijk" alt="F"></a>',
    '<a href="https://youtu.be/abcdefghijk">F</a><a href="https://news.example/articles/b">x </a>',
  ],
])('%s holds no link and no player in a link', (html, expected) => {
  expect(clean(html)).toBe(canonical(expected));
});

test.each([
  ['https://latex.codecogs.com/svg.image?\\frac{a}{b}&amp;space;+1', '\\frac{a}{b} +1'],
  ['https://s0.wp.com/latex.php?latex=a+%3D+b&amp;bg=fff', 'a = b'],
  ['https://www.zhihu.com/equation?tex=c_%7B2%7D', 'c_{2}'],
  ['https://render.githubusercontent.com/render/math?math=x^2', 'x^2'],
  ['https://pics.example/map.png?tex=1', undefined],
  ['https://pics.example/math.png', undefined],
])('a formula that a service draws is its own alternative: %s', (src, alt) => {
  const image = clean(`<img src="${src}">`);
  if (alt === undefined) expect(image).not.toContain('alt=');
  else expect(image.replaceAll('&#92;', '\\')).toContain(`alt='${alt}'`);
});

test.each([
  [
    'https://www.youtube.com/embed/abcdefghijk?start=30',
    'https://www.youtube.com/watch?v=abcdefghijk&amp;t=30',
  ],
  ['https://www.youtube.com/embed/abcdefghijk?start=0', 'https://www.youtube.com/watch?v=abcdefghijk'],
  [
    'https://www.youtube.com/embed/?listType=playlist&amp;list=PL1',
    'https://www.youtube.com/playlist?list=PL1',
  ],
  ['https://www.youtube.com/embed/live_stream?channel=UC1', 'https://www.youtube.com/channel/UC1/live'],
  ['https://player.vimeo.com/video/12?h=abc', 'https://vimeo.com/12/abc'],
  ['https://vimeo.com/moogaloop.swf?clip_id=12', 'https://vimeo.com/12'],
  ['https://open.spotify.com/embed/track/1', 'https://open.spotify.com/track/1'],
  ['https://www.figma.com/embed?url=https%3A%2F%2Fwww.figma.com%2Ffile%2Fa', 'https://www.figma.com/file/a'],
  ['https://www.dailymotion.com/embed/video/x1', 'https://www.dailymotion.com/video/x1'],
  ['https://geo.dailymotion.com/player.html?video=x1', 'https://www.dailymotion.com/video/x1'],
  ['https://www.threads.net/@a/post/Cu1/embed', 'https://threads.net/@a/post/Cu1'],
  ['https://sketchfab.com/models/a/embed', 'https://sketchfab.com/models/a'],
  [
    'https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3k?id=1',
    'https://bsky.app/profile/did:plc:abc/post/3k',
  ],
  ['https://clips.twitch.tv/embed?clip=Boat&amp;parent=a', 'https://clips.twitch.tv/Boat'],
  ['https://observablehq.com/embed/@a/b', 'https://observablehq.com/@a/b'],
  ['https://t.me/a/5?embed=1', 'https://t.me/a/5'],
  ['https://assets.pinterest.com/ext/embed.html?id=1', 'https://www.pinterest.com/pin/1/'],
  ['https://tube.example/videos/embed/a-b', 'https://tube.example/videos/watch/a-b'],
  ['https://codepen.io/a/embed/preview/b', 'https://codepen.io/a/pen/b'],
  ['https://codesandbox.io/embed/a-b', 'https://codesandbox.io/s/a-b'],
  ['https://jsfiddle.net/a/b/embedded/result/', 'https://jsfiddle.net/a/b/'],
  ['https://archive.org/embed/a', 'https://archive.org/details/a'],
  ['https://player.twitch.tv/?video=v12&amp;parent=a', 'https://www.twitch.tv/videos/12'],
  ['https://player.twitch.tv/?channel=c', 'https://www.twitch.tv/c'],
  [
    'https://embed.podcasts.apple.com/us/podcast/a/id1?i=10',
    'https://podcasts.apple.com/us/podcast/a/id1?i=10',
  ],
  ['https://embed.music.apple.com/us/album/a/1', 'https://music.apple.com/us/album/a/1'],
  ['https://embed.ted.com/talks/a', 'https://www.ted.com/talks/a'],
  ['https://streamable.com/e/a', 'https://streamable.com/a'],
  ['https://media.ccc.de/v/a-b/oembed', 'https://media.ccc.de/v/a-b'],
  ['https://odysee.com/$/embed/@a/b', 'https://odysee.com/@a/b'],
  ['https://embed.nicovideo.jp/watch/sm9', 'https://www.nicovideo.jp/watch/sm9'],
  ['https://giphy.com/embed/a', 'https://giphy.com/gifs/a'],
  ['https://player.bilibili.com/player.html?bvid=BV1', 'https://www.bilibili.com/video/BV1'],
  ['https://www.instagram.com/p/a-b/embed/captioned', 'https://www.instagram.com/p/a-b/'],
  ['https://platform.twitter.com/embed/Tweet.html?id=1', 'https://x.com/i/status/1'],
  [
    'https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fa',
    'https://www.facebook.com/a',
  ],
  ['https://www.mixcloud.com/widget/iframe/?feed=%2Fa%2Fb%2F', 'https://www.mixcloud.com/a/b/'],
  ['https://widget.deezer.com/widget/dark/track/1', 'https://www.deezer.com/track/1'],
  ['https://drive.google.com/file/d/a/preview', 'https://drive.google.com/file/d/a/view'],
  ['https://player.bilibili.com/player.html?aid=1', 'https://player.bilibili.com/player.html?aid=1'],
])('a player in a frame is a link to its page: %s', (src, page) => {
  expect(clean(`<iframe src="${src}" title="b"></iframe>`)).toMatch(`<a href='${page}'>`);
});

test.each([
  ['https://www.youtube.com/embed/abcdefghijk', 'https://www.youtube.com/watch?v=abcdefghijk'],
  ['https://www.loom.com/embed/0a1b', 'https://www.loom.com/share/0a1b'],
  ['https://player.vimeo.com/video/12', 'https://vimeo.com/12'],
  ['https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b', 'https://soundcloud.com/a/b'],
  [
    'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/2',
    'https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/2',
  ],
])('a player in the place of a picture is a link to its page: %s', (src, page) => {
  expect(clean(`<img src="${src}" alt="A">`)).toMatch(`<a href='${page}'>`);
  // MkDocs marks films so.
  expect(clean(`<img src="${src}" alt="type:video">`)).not.toContain('type:');
});
