import { describe, expect, test } from 'vitest';
import { parsePage } from '../support/content.ts';

const WORDS = 'The keeper wrote this down for those who come later, in a few words.';

function content(body: string): string {
  return parsePage(`<html><head><title>A page</title></head><body>${body}</body></html>`)
    .html.replaceAll('&#10;', '\n')
    .replace(/<\/?(?:span|div|section)[^>]*>| (?:class|align)='[^']*'(?=[^<]*>)/g, '');
}

describe('a page that a converter made is read whole', () => {
  test('of Asciidoctor, with its boxes', () => {
    const box =
      '<div class="admonitionblock note"><table><tr><td class="icon"><div class="title">Note</div></td><td class="content">Mind the gap.</td></tr></table></div>';
    expect(
      content(
        `<div id="header"><h1>A page</h1></div><div id="content"><div class="paragraph"><p>${WORDS}</p></div>${box}<div class="listingblock"><pre>a</pre></div></div><div id="footer">Last updated</div>`,
      ),
    ).toBe(
      `<p>${WORDS}</p><blockquote><p><strong>Note</strong></p><p>Mind the gap.</p></blockquote><pre>a</pre>`,
    );
  });

  test('of Jupyter, without its prompts', () => {
    const cell =
      '<div class="cell"><div class="prompt input_prompt">In [1]:</div><div class="highlight hl-ipython3"><pre><span></span>x</pre></div></div><div class="jp-OutputPrompt jp-OutputArea-prompt">Out[1]:</div><pre>1</pre>';
    expect(
      content(
        `<div class="container" id="notebook-container"><div class="inner_cell"><h1>A page</h1><p>${WORDS}</p></div>${cell}</div>`,
      ),
    ).toBe(`<p>${WORDS}</p><pre><code>x</code></pre><pre>1</pre>`.replace(" class='language-python3'", ''));
  });

  test('of Sphinx, with its notes and without links to sources', () => {
    const notes =
      '<aside class="footnote-list"><aside class="footnote" id="n"><p>A note.</p></aside></aside>';
    const entry =
      '<dl><dt>moor()<a href="_m.html"><span class="viewcode-link">[source]</span></a></dt><dd><p>Moors.</p></dd></dl>';
    expect(
      content(
        `<div role="main"><p>${WORDS} <a href="#n">1</a></p><div class="admonition tip"><p class="admonition-title">Tip</p><p>Row.</p></div>${entry}${notes}</div>`,
      ),
    ).toBe(
      `<p>${WORDS} <a href='#n'>1</a></p><blockquote><p><strong>Tip</strong></p><p>Row.</p></blockquote><dl><dt>moor()</dt><dd><p>Moors.</p></dd></dl><p>A note.</p>`,
    );
  });

  test('of Org, with the language of its code', () => {
    const page = `<div id="content"><div class="outline-2"><h2>One</h2><div class="outline-text-2"><p>${WORDS}</p><pre class="src src-sh">ls</pre></div></div></div>`;
    expect(parsePage(`<title>A page</title>${page}`).html).toContain('<h2>One</h2>');
    expect(parsePage(`<title>A page</title>${page}`).html).toContain('language-sh');
  });

  test('but a block among others of a page stays apart from them', () => {
    const text = `<div class="text"><p>${WORDS.repeat(20)}</p></div>`;
    for (const other of [
      `<p>${WORDS.replace('keeper', 'captain').repeat(4)}</p>`,
      '<p><a href="/b">The captain</a></p>',
    ])
      expect(content(`<div id="content">${text}<div class="box">${other}</div></div>`)).not.toContain(
        'captain',
      );
  });

  test('of Blogger, with the captions of its pictures', () => {
    const table =
      '<table class="tr-caption-container"><tbody><tr><td><a href="https://p.example.org/b.jpg"><img src="https://p.example.org/s.jpg"></a></td></tr><tr><td class="tr-caption">The boat</td></tr></tbody></table>';
    expect(content(`<div class="post-body">${WORDS}<br><br>Then.${table}</div>`)).toBe(
      `<p>${WORDS}</p><p>Then.</p><figure><p><a href='https://p.example.org/b.jpg'><img src='https://p.example.org/s.jpg'></a></p><figcaption>The boat</figcaption></figure>`,
    );
  });

  test('of Notion, with its tasks', () => {
    const task = (state: string): string =>
      `<li><div class="checkbox checkbox-${state}"></div> Buy rope</li>`;
    expect(content(`<article><p>${WORDS}</p><ul>${task('on')}${task('off')}</ul></article>`)).toMatch(
      /<li><input[^>]*checked[^>]*> Buy rope<\/li><li><input(?![^>]*checked)[^>]*> Buy rope/,
    );
  });
});
