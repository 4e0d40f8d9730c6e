import { describe, expect, test } from 'vitest';
import { proseOfHtml } from '../support/content.ts';

describe('the plain text of canonical HTML', () => {
  test('whose notes are many or none takes bounded work', () => {
    for (const part of ['<sup ', '<sup><a>', '<a><sup>', '<sup><a>1,'])
      expect(proseOfHtml(part.repeat(5000))).toBe(part.includes('1,') ? '1,'.repeat(5000) : '');
  });

  test.each([
    ['<p>One <em>em</em>phasis.</p><p>Two</p>', 'One emphasis. Two'],
    ['<ul><li>a</li><li>b</li></ul>c<br>d<hr>e', 'a b c d e'],
    ['<p>a &lt; b &amp;amp; "c" \\ d</p>', 'a < b &amp; "c" \\ d'],
    ['<pre><code class="language-x">a\n\tb</code></pre>', 'a b'],
    ['<ul><li>a<ul><li>b</li></ul>c</li></ul>d', 'a b c d'],
    ['<p>a&nbsp;b&#39;s \u00a0 \u3000c</p><p>d', "a b's c d"],
    ['<table><tr><th>x</th><td>y</td></tr></table>', 'x y'],
    [
      '<p><a href="https://example.org/?a=1&amp;b=%3E">H<sub>2</sub>O</a><img src="x" alt="no"> end</p>',
      'H₂O end',
    ],
    [
      '<p>It is closed.<sup id="fnref1"><a href="#fn1">1</a></sup> So.<a href="#fn2"><sup>[b]</sup></a> <sup><a href="#x">1</a>, <a href="#y">2</a></sup></p><ol><li id="fn1"><p>Says he. <a href="#fnref1">↩\ufe0e</a> <a href="#fnref1-2">↩<sup>2</sup></a></p></li></ol>',
      'It is closed. So. Says he.',
    ],
    [
      '<p>x<sup>2</sup> the <sup><a href="/tm">TM</a></sup> <a href="/a">A<sup>1</sup></a> <a href="/b">↩</a></p>',
      'x² the TM A¹',
    ],
    ['', ''],
  ])('of %j', (html, expected) => {
    expect(proseOfHtml(html)).toBe(expected);
  });
});
