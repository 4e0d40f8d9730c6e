import { describe, expect, test } from 'vitest';
import { canonical, html as markdown, parsePage as parse, TEXT } from '../support/content.ts';

describe('numbered code', () => {
  const code = (html: string): string => parse(`${TEXT}${html}`).html.slice(TEXT.length);
  const row = (number: number, line: string): string => `<tr><td>${number}</td><td>${line}</td></tr>`;

  test('spaces of fenced code stay', () => {
    expect(markdown('```\n\u00a0\u00a0a\n```')).toContain('\u00a0\u00a0a');
  });

  test.each([
    [
      'a cell of numbers',
      '<table><tr><td><pre>1\n2\n</pre></td><td><pre>a\nb</pre></td></tr></table>',
      '<pre>a\nb</pre>',
    ],
    [
      'rows within the code',
      `<pre><code><table>${row(1, '<span>a</span>')}${row(2, '<span> b</span>')}</table></code></pre>`,
      '<pre><code>a\n b</code></pre>',
    ],
    [
      'numbers in a row that are stated only (Gitea)',
      '<table><tr><td><span data-line-number="1"></span></td><td class="lines-code"><code>a\n</code></td></tr><tr><td><span data-line-number="2"></span></td><td class="lines-code"><code>b\n</code></td></tr></table>',
      '<pre><code>a\nb</code></pre>',
    ],
    [
      'code that is there twice (EnlighterJS)',
      '<div><div><div><span>a b</span></div><div><span> c</span></div></div><pre>a b\n c</pre></div>',
      '<pre>a b\n c</pre>',
    ],
    [
      'spaces that do not break',
      '<pre>a&nbsp;b<br>&nbsp;&nbsp;c &nbsp;d</pre>',
      '<pre>a\u00a0b\n  c  d</pre>',
    ],
    [
      'rows that are called code',
      '<table><tr><td data-line-number="7"></td><td class="blob-code">a</td></tr><tr><td data-line-number="8"></td><td class="blob-code">b</td></tr></table>',
      '<pre><code>a\nb</code></pre>',
    ],
    [
      'a number that cannot be selected, in one line (Chroma)',
      '<pre><code><span style="display:flex"><span style="white-space:pre;user-select:none">1</span><span>a\n</span></span></code></pre>',
      '<pre><code>a\n</code></pre>',
    ],
    [
      'a number at the beginning of each line',
      '<pre><code><span><i>9</i>a\n</span><span><i>10</i>b\n</span><span><i>11</i>\n</span></code></pre>',
      '<pre><code>a\nb\n</code></pre>',
    ],
    [
      'a list of lines outside of code (Prettify)',
      '<ol class="linenums"><li>a</li>\n<li>  <b>c</b></li></ol>',
      '<pre class="linenums">a\n  <b>c</b>\n</pre>',
    ],
    [
      'marked rows (Zola)',
      '<pre><code><table><tr><td>1</td><td>a\n</td></tr><tr><td><mark>2</mark></td><td><mark>b\n</mark></td></tr></table></code></pre>',
      '<pre><code>a\nb</code></pre>',
    ],
    [
      'lines that are no code elements (Crayon)',
      '<table><tr><td><div>1</div><div>2</div></td><td class="crayon-code"><div class="crayon-line">a</div><div class="crayon-line">b</div></td></tr></table>',
      '<pre><code>a\nb</code></pre>',
    ],
    [
      'numbers in a column behind it',
      '<div><pre>a\nb</pre><div><span>1</span><br><span>2</span><br></div></div>',
      '<pre>a\nb</pre>',
    ],
    ['numbers in a block beside it', '<div><pre>1\n2\n</pre><pre>a\nb\n</pre></div>', '<pre>a\nb\n</pre>'],
    [
      'numbers beside what holds it',
      '<div><div><a>1</a><a>2</a></div><div><pre>a\nb\n</pre></div></div>',
      '<pre>a\nb\n</pre>',
    ],
    [
      'anchors and a label (VitePress)',
      '<div class="language-ts"><span class="lang">ts</span><pre><code><a id="l1"></a>a\n</code></pre></div>',
      '<pre><code class="language-ts">a\n</code></pre>',
    ],
    [
      'lit lines (Gatsby)',
      '<pre><code><span class="gatsby-highlight-code-line">a</span><span class="gatsby-highlight-code-line">b</span>\nc</code></pre>',
      '<pre><code>a\nb\nc</code></pre>',
    ],
    [
      'a list of lines, one of them empty (Prettify)',
      '<pre><ol><li>a</li><li></li><li>b</li></ol></pre>',
      '<pre>a\n\nb\n</pre>',
    ],
    [
      'its language above it (MDN)',
      '<div><div><span>js</span><button>Copy</button></div><pre class="brush: js"><code>a\n</code></pre></div>',
      '<pre class="brush: js"><code class="language-js">a\n</code></pre>',
    ],
    [
      'the bar of a short one (Prism)',
      '<div class="code-toolbar"><pre><code>a\n</code></pre></div>',
      '<pre><code>a\n</code></pre>',
    ],
    [
      'its language below it (WordPress)',
      '<pre><code>a</code><small class="shcb-language">Code language: PHP</small></pre>',
      '<pre><code>a</code></pre>',
    ],
    [
      'a diagram for a script',
      '<div class="mermaid">a\n  b</div>',
      '<pre><code class="language-mermaid">a\n  b</code></pre>',
    ],
    [
      'lines that only a stylesheet ends (GitBook)',
      '<pre><code><span class="x-line"><i></i>a</span><span class="x-line"></span><span class="x-line">b</span></code></pre>',
      '<pre><code>a\n\nb\n</code></pre>',
    ],
    ['numbers with a colon (Org)', '<pre><span>1: </span>a\n<span>2: </span>b\n</pre>', '<pre>a\nb\n</pre>'],
    [
      'blocks in which lines stand, one of them empty',
      '<pre><code><div><i>1</i>a</div><div><i>2</i><span>  </span>b</div><div><i>3</i></div><div><i>4</i>c</div></code></pre>',
      '<pre><code>a\n  b\n\nc\n</code></pre>',
    ],
    [
      'a block for the number and one for the line (Expressive Code)',
      '<pre><code><div class="l"><div class="g"><div aria-hidden="true">1</div></div><div class="c"><span>  </span>a</div></div></code></pre>',
      '<pre><code>  a\n</code></pre>',
    ],
    [
      'a label and a button within it',
      '<pre><div>python<button>Copy</button></div><div><code class="language-python">a</code></div></pre>',
      '<pre><code class="language-python">a\n</code></pre>',
    ],
    [
      'what shows when one points at it',
      '<pre><code><span><span class="twoslash-popup-container"><code>let a</code></span>a</span></code></pre>',
      '<pre><code>a</code></pre>',
    ],
  ])('loses its numbers: %s', (_, html, expected) => {
    expect(code(html)).toBe(canonical(expected));
  });

  test.each([
    '<pre><code><span class="mi">1</span>\n<span class="mi">2</span>\n</code></pre>',
    '<pre><code><span class="mi">1</span>: a\n<span class="mi">2</span>: b\n</code></pre>',
    '<pre><code><b>10</b> PRINT\n<b>20</b> GOTO 10\n</code></pre>',
    '<pre>1\n2\n3</pre><pre>a</pre>',
    '<pre>1\n2\n3</pre><p>a</p>',
  ])('its own numbers stay: %s', (html) => {
    expect(code(html).replace(/<[^>]+>/g, '')).toMatch(/^1/);
  });

  test('a table of counted things is a table', () => {
    const table = `<table><tbody>${row(1, 'Gold')}${row(2, 'Silver')}</tbody></table>`;
    expect(code(table)).toBe(canonical(table));
  });
});
