import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { file, makeApp, makeSite } from '../support/app.ts';

const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json'];

function markdown(body: string): string {
  return `---\ntitle: A\ndate: 2026-01-02\n---\n\nA paragraph.\n\n${body}\n`;
}

/** The content of a document on its page, without the annotations of formulas. */
async function shown(path: string, text: string): Promise<string> {
  const { ask } = await makeApp([file(path, text)]);
  const page = await (await ask('/articles/a', { accept: 'text/html' })).text();
  const [, content = ''] = /<div class="content e-content">(.*?)<\/div>/s.exec(page) ?? [];
  return content
    .replaceAll(/<semantics>(.*?)<annotation .*?<\/annotation><\/semantics>/g, '$1')
    .replace('<p>A paragraph.</p>', '');
}

const inMarkdown = (body: string): Promise<string> => shown('a.md', markdown(body));
const inHtml = (body: string): Promise<string> =>
  shown('a.html', `<title>A</title><article><h1>A</h1><p>A paragraph.</p>${body}</article>`);

describe('a formula in TeX', () => {
  test('is MathML on its page, and TeX everywhere else', async () => {
    const { ask } = await makeApp([file('a.md', markdown('A third is $\\frac13$.'))]);
    const page = await (await ask('/articles/a', { accept: 'text/html' })).text();
    expect(page).toContain(
      "<p>A third is <math><semantics><mfrac><mn>1</mn><mn>3</mn></mfrac><annotation encoding='application/x-tex'>&#92;frac13</annotation></semantics></math>.</p>",
    );
    for (const path of FEEDS) {
      const feed = await (await ask(path, {})).text();
      expect(feed).toContain("<code class='language-tex'>&#92;frac13</code>");
      expect(feed).not.toContain('<math');
      expect(feed).not.toContain('data-part');
    }
    expect(await (await ask('/articles/a.md', {})).text()).toContain('A third is $\\frac13$.');
    expect(await (await ask('/articles/a.txt', {})).text()).toContain('A third is \\frac13.');
  });

  test.each([
    ['$a$ b', '<p><math><mi>a</mi></math> b</p>'],
    ['$$\na\n$$', "<span class='math' tabindex='0'><math display='block'><mi>a</mi></math></span>"],
    ['```math\na\n```', "<span class='math' tabindex='0'><math display='block'><mi>a</mi></math></span>"],
    ['A \\[a_1\\] b', "display='block'"],
    ['A $$a_1$$ b', '<p>A <math><msub>'],
    ['> $$\n> a\n> $$', "<span class='math' tabindex='0'><math display='block'><mi>a</mi></math></span>"],
    [
      '$$\na\n\nb\n$$',
      "<span class='math' tabindex='0'><math display='block'><mrow><mi>a</mi><mi>b</mi></mrow></math></span>",
    ],
    ['## The $a$\n\nB', '<h2>The <math><mi>a</mi></math></h2>'],
    ['| b |\n| - |\n| $a$ |', '<td><math><mi>a</mi></math></td>'],
    ['B[^1]\n\n[^1]: The $a$.', 'The <math><mi>a</mi></math>.'],
    ['<b>B</b> $a$', '<b>B</b> <math><mi>a</mi></math>'],
    ['<math><mi>a\nb:\n  - </mi></math>c\nd: [[E|f]]\n', '<mi>a b: -</mi></math>c d: <span>f</span>'],
    ['$\\newcommand{\\E}[1]{e_{#1}}$\n\n$\\E{a}$', '<msub><mi>e</mi><mi>a</mi></msub>'],
    ['$\\DeclareMathOperator{\\lcm}{lcm}$ $\\lcm$', '<mi>lcm</mi>'],
    ['$\\href{javascript:a}{b}$', '<math><mi>b</mi></math>'],
    ['$\\qed$', '<mi>□</mi>'],
    ['$\\sum\\_{i} x\\_i$', '<msub><mi>x</mi><mi>i</mi></msub>'],
    ['$x\\_i$', '<mi>_</mi>'],
    ['$S=\\[$nodes of $V_1$ first$\\]$', 'nodes of <math><msub><mi>V</mi><mn>1</mn></msub></math> first'],
    ['$$\\left\\\\{ a \\right.$$', "stretchy='true'>{</mo>"],
    ['$$\\begin{array}{rCl} a &=& b \\end{array}$$', '<mtable>'],
    ['$\\num{3.5}$', '<mn>3.5</mn>'],
    ['A $$a \\tag{1}$$ b', "display='block'"],
    ['$\\textcolor{#00f}{a}$', "<mi mathcolor='#00f'>a</mi>"],
  ])('%j is shown', async (body, expected) => {
    expect(await inMarkdown(body)).toContain(expected);
  });

  test('that may be too wide for a small screen can be focused, to be scrolled', async () => {
    expect(await inMarkdown(`A $${'a+'.repeat(40)}a$`)).toContain(
      "A <span class='math-inline' tabindex='0'><math>",
    );
    expect(await inMarkdown('A $a+a$')).toContain('A <math><mrow>');
  });

  test('equations are numbered, and references say the number', async () => {
    const content = await inMarkdown(
      'By $\\eqref{b}$:\n\n\\begin{equation}a\\end{equation}\n\n\\begin{align}b \\\\ c \\label{b}\\end{align}',
    );
    expect(content).toMatch(/^<p>By <math>.*<mn>3<\/mn>.*<\/math>:<\/p>/);
    expect(content.match(/\(\d\)/g)).toEqual(['(1)', '(2)', '(3)']);
  });

  test.each([
    ['\\foo a', 'unsupported function name: \\foo'],
    ['\\frac{1', "unexpected end of input in a macro argument, expected '}'"],
    ['{'.repeat(3000) + '}'.repeat(1500), 'it is nested too deeply'],
    ['\\sqrt{'.repeat(80) + '}'.repeat(80), 'it is nested too deeply'],
  ])('%.20s stays TeX, which the build says', (tex, reason) => {
    const read = readDocument(file('a.md', markdown(`$$${tex}$$`)), makeSite());
    if (read.status !== 'read') throw new Error('expected a document');
    expect(read.content.pageParts).toEqual([]);
    const [warning = ''] = read.parsed.warnings;
    expect(warning).toMatch(/^Cannot convert "[^"]+" in seeds\/a\.md:8: expected LaTeX, but /);
    expect(warning).toContain(`, but ${reason}; its TeX is shown`);
  });

  test('the first twenty that stay TeX are named', () => {
    const read = readDocument(file('a.md', markdown('$\\foo_1$\n\n'.repeat(50))), makeSite());
    expect(read.status === 'read' && read.parsed.warnings.slice(19)).toEqual([
      expect.stringMatching(/^Cannot convert/),
      'Cannot convert 30 more formulas in seeds/a.md: expected LaTeX; their TeX is shown',
    ]);
  });
});

describe('MathML in a page', () => {
  const math = (inside: string): Promise<string> => inHtml(`<p><math>${inside}</math></p>`);

  test.each([
    ['<mfrac><mn>1</mn><mn>3</mn></mfrac>', '<math><mfrac><mn>1</mn><mn>3</mn></mfrac></math>'],
    [
      '<mfenced open="["><mi>a</mi><mi>b</mi></mfenced>',
      '<mo>[</mo><mi>a</mi><mo>,</mo><mi>b</mi><mo>)</mo>',
    ],
    ['<mi mathvariant="double-struck">R</mi>', '<mi>ℝ</mi>'],
    ['<mi mathvariant="bold">x2</mi>', '<mi>𝐱𝟐</mi>'],
    [
      '<mtable columnalign="left right"><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr></mtable>',
      "<mtd class='left'><mi>a</mi></mtd><mtd class='right'><mi>b</mi></mtd>",
    ],
    [
      '<semantics><mi>x</mi><annotation-xml><ci>b</ci></annotation-xml></semantics>',
      '<math><mi>x</mi></math>',
    ],
    ['<mi>a</mi><mtext> if </mtext>', '<mtext>\u00a0if\u00a0</mtext>'],
  ])('%s is shown as meant', async (inside, expected) => {
    expect(await math(inside)).toContain(expected);
  });

  test.each([
    '<mi onclick="alert(1)" style="position:fixed" id="tidings_main" class="evil">x</mi>',
    '<mrow href="javascript:alert(1)" xlink:href="javascript:alert(1)"><mi>x</mi></mrow>',
    '<mtext><img src="x" onerror="alert(1)"></mtext><mi>x</mi>',
    '<annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml><mi>x</mi>',
    '<mglyph src="https://tracker.example/a.gif"></mglyph><mi>x</mi>',
    '<maction actiontype="statusline#http://a.example"><mi>x</mi></maction>',
    '<ms><style>*{display:none}</style></ms><mi>x</mi>',
  ])('%s can do nothing', async (inside) => {
    const content = await math(inside);
    expect(content).toContain('<mi>x</mi>');
    expect(content).not.toMatch(/alert|style|href|src|evil|tidings_main|display|http/);
  });

  test('that came with its TeX is made of that, or shown if that cannot be read', async () => {
    const katex = (tex: string): string =>
      `<p><span class="katex"><math display="block"><semantics><mi>a</mi><annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span></p>`;
    expect(await inHtml(katex('b'))).toContain(
      "<span class='math' tabindex='0'><math display='block'><mi>b</mi></math></span>",
    );
    expect(await inHtml(katex('\\foo'))).toContain(
      "<span class='math' tabindex='0'><math display='block'><mi>a</mi></math></span>",
    );
  });
});

test('only pages with formulas have the rules for them, which their policy allows', async () => {
  const { ask } = await makeApp([
    file('a.md', markdown('$a$')),
    file('b.md', markdown('b').replace('title: A', 'title: B')),
  ]);
  const styles = async (path: string): Promise<number> =>
    (await (await ask(path, { accept: 'text/html' })).text()).split('<style>').length - 1;
  expect(await styles('/articles/a')).toBe(2);
  expect(await styles('/articles/b')).toBe(1);
});
