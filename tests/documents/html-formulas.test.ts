import { describe, expect, test } from 'vitest';
import { canonical, page, parsePage as parse, TEXT } from '../support/content.ts';

describe('formulas', () => {
  const shown = (body: string, head = ''): string =>
    parse(`${head}<article>${TEXT}<p>A ${body} b.</p></article>`).html.replace(TEXT, '');
  const tex = (formula: string): string =>
    canonical(`<p>A <code class="language-tex">${formula}</code> b.</p>`);

  test.each([
    ['<script type="math/tex">% <![CDATA[\nx < y %]]></script>', 'x &lt; y'],
    ['\\(x^2\\)', 'x^2'],
    ['<d-math>\\frac{1}{2}</d-math>', '\\frac{1}{2}'],
    ['<math>\\frac{1}{2}</math>', '\\frac{1}{2}'],
    ['<span class="math">x^2</span>', 'x^2'],
    [
      '<span class="latex-rendered" data-attrs="{&quot;persistentExpression&quot;:&quot;\\\\frac{1}{2}&quot;}"></span>',
      '\\frac{1}{2}',
    ],
    ['<span class="math inline">\\(x^2\\)</span>', 'x^2'],
    ['<span class="math display">\\[x^2\\]</span>', 'x^2'],
    ['<span class="math inline">x^2</span>', 'x^2'],
    ['<mjx-container><svg><g data-latex="x^2"><path d="M0 0"></path></g></svg></mjx-container>', 'x^2'],
    ['<span class="arithmatex">\\(x^2\\)</span>', 'x^2'],
    ['<span class="math notranslate nohighlight">\\(x^2\\)</span>', 'x^2'],
    ['<code class="code math js-render-math" data-math-style="inline">x^2</code>', 'x^2'],
    ['<math-renderer class="js-inline-math">$x^2$</math-renderer>', 'x^2'],
    [
      '<span class="mwe-math-element"><span style="display: none;"><math alttext="{\\displaystyle x^{2}}"><semantics><mi>x</mi><annotation encoding="application/x-tex">{\\displaystyle x^{2}}</annotation></semantics></math></span><img src="a.svg" aria-hidden="true"></span>',
      'x^{2}',
    ],
  ])('%s is TeX', (body, formula) => {
    expect(shown(body)).toBe(tex(formula));
  });

  test.each([
    '<span class="math inline"><em>x</em><sup>2</sup></span>',
    '<span class="math">sums</span>',
    '<span class="latex-rendered" data-attrs="{&quot;persistentExpression&quot;:&quot;\\x&quot;}">x</span>',
    '\\[sic\\]',
    '$x^2$',
    '$$ and $$',
    'for $5 and $6',
    '<math alttext="x over 2"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>',
  ])('%s is no TeX', (body) => {
    expect(shown(body)).not.toContain('<code');
  });

  test('however deep it is', () => {
    expect(parse(`${TEXT}<p>${'<math><mrow>'.repeat(60)}<mi>x</mi></p>`).html).toContain('<span>x</span>');
    const scripts = '<mmultiscripts>'.repeat(40);
    expect(parse(`${TEXT}<p><math>${scripts}<mi>x</mi></math></p>`).html).toContain('<span>x</span>');
  });

  test('with a prefix, too', () => {
    const page = parse(`${TEXT}<p><m:math><m:mfrac><m:mn>7</m:mn><m:mn>9</m:mn></m:mfrac></m:math></p>`);
    expect(page.html).toBe(`${TEXT}<p><span>7/9</span></p>`);
  });

  test('text that an unclosed one takes in stays', () => {
    expect(shown('<math><mn>2</mn> is <em>more</em> than')).toBe(
      canonical('<p>A <span>2</span> is <em>more</em> than b.</p>'),
    );
  });

  test.each([
    ['Why <math><msup><mi>x</mi><mn>2</mn></msup></math> grows', 'Why x^2 grows'],
    ['A \\(n^2\\)<sup><a href="#n">1</a></sup>', 'A \\(n^2\\)'],
    ['A <span class="katex"><math alttext="n^2"><mi>n</mi></math><i>n</i></span>', 'A $n^2$'],
  ])('the heading %s is a title', (heading, title) => {
    expect(parse(page('', `<h1>${heading}</h1>${TEXT}`))).toMatchObject({ title, html: TEXT });
  });

  test('the number of an equation is its tag', () => {
    expect(
      shown('<div class="math"><span class="eqno">(1)<a href="#e">¶</a></span>\\[c_3\\]</div>'),
    ).toContain("<code class='language-tex'>c_3 &#92;tag{1}</code>");
  });

  const mathjax = '<script src="https://cdn.example/mathjax@3/es5/tex-mml-chtml.js"></script>';
  const dollars = `<script>MathJax = { tex: { inlineMath: [['$', '$']] } };</script>${mathjax}`;
  test.each([
    [mathjax, '\\(x_1 &lt; y\\)', 'x_1 &lt; y'],
    [mathjax, '\\[ x^2 \\]', 'x^2'],
    [mathjax, '$$ x^2 $$', 'x^2'],
    [mathjax, '\\begin{align}x &amp;= y\\end{align}', '\\begin{align}x &amp;= y\\end{align}'],
    [dollars, '$x^2$', 'x^2'],
  ])('a page with %s has TeX in its text: %s', (head, body, formula) => {
    expect(shown(body, head)).toBe(tex(formula));
  });

  test('in such a page, code and prices are neither', () => {
    expect(shown('<code>\\(x\\)</code>', mathjax)).toBe(canonical('<p>A <code>\\(x\\)</code> b.</p>'));
    expect(shown('$x^2$ for $5', mathjax)).not.toContain('<code');
    expect(shown('a seat for $5 or $6', dollars)).not.toContain('<code');
  });

  test.each([
    ['<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>', '(a + b)/2'],
    ['<msup><mi>e</mi><mrow><mi>k</mi><mi>t</mi></mrow></msup>', 'e^(k t)'],
    ['<msqrt><mn>16</mn></msqrt>', '√16'],
    ['<mroot><mn>27</mn><mn>3</mn></mroot>', '∛27'],
    ['<mroot><mi>x</mi><mn>12</mn></mroot>', '¹²√x'],
    ['<mroot><mi>x</mi><mi>k</mi></mroot>', 'x^(1/k)'],
    ['<msup><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow><mn>2</mn></msup>', '(a + b)^2'],
    ['<msup><mi>f</mi><mo>′</mo></msup><mo>&#8289;</mo><mo>(</mo><mi>x</mi><mo>)</mo>', 'f′ (x)'],
    ['<msup><mn>90</mn><mo>∘</mo></msup>', '90°'],
    ['<mover><mi>v</mi><mo>→</mo></mover>', 'v⃗'],
    ['<mo>(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>', '(n choose k)'],
    ['<mi>a</mi><mphantom><mi>z</mi></mphantom><mi>b</mi>', 'a b'],
    ['<mi mathvariant="double-struck">R</mi>', 'ℝ'],
    ['<mmultiscripts><mi>C</mi><mprescripts></mprescripts><mn>6</mn><mn>14</mn></mmultiscripts>', '^14_6 C'],
    ['<mfenced open="["><mi>a</mi><mi>b</mi></mfenced>', '[a, b)'],
    ['<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>', 'x_1^2'],
    [
      '<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>',
      '1, 2; 3',
    ],
  ])('%s keeps its meaning', (mathml, line) => {
    expect(parse(`${TEXT}<p><math>${mathml}</math></p>`).html).toBe(`${TEXT}<p><span>${line}</span></p>`);
  });
});

test('what MathJax made of a formula is the formula where its script is gone', () => {
  const made =
    '<span class="MathJax_SVG"><svg></svg><span><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math></span></span>';
  const script = '<script type="math/tex">c_1</script>';
  expect(parse(page('', `${TEXT}<p>A ${made} b.</p>`)).html).toContain('<p>A <span>a/b</span> b.</p>');
  expect(parse(page('', `${TEXT}<p>A ${made}${script} b.</p>`)).html).toContain(
    "<p>A <code class='language-tex'>c_1</code> b.</p>",
  );
});

describe('a formula that KaTeX draws without MathML', () => {
  const span = (classes: string, inside: string): string => `<span class="${classes}">${inside}</span>`;
  const rows = (...inside: string[]): string =>
    span('vlist', inside.map((row) => `<span>${span('pstrut', '')}${row}</span>`).join(''));
  test.each([
    [`x${span('msupsub', span('vlist-t', rows('2')))}`, 'x^2'],
    [`x${span('msupsub', span('vlist-t vlist-t2', rows('1')))}`, 'x_1'],
    [`x${span('msupsub', span('vlist-t vlist-t2', rows('1', '2')))}`, 'x_1^2'],
    [span('mfrac', span('vlist-t', rows('2', span('frac-line', ''), 'a+b'))), '(a+b)/2'],
    [span('mfrac', span('vlist-t', rows('k', 'n'))), 'n choose k'],
    [span('mord sqrt', span('vlist-t', rows('x', '<svg><path d="M0 0"/></svg>'))), '√x'],
    [span('mord sqrt', span('root', span('vlist-t', rows('3'))) + span('vlist-t', rows('8'))), '∛8'],
    [span('mop op-limits', span('vlist-t', rows('i=1', '∑', 'n'))), '∑_(i=1)^n'],
    [span('mtable', span('c', rows('1', '3')) + span('c', rows('2', '4'))), '1, 2; 3, 4'],
    [`a${span('mspace', '')}≤${span('mspace', '')}b`, 'a ≤ b'],
  ])('%s keeps its meaning', (inside, line) => {
    const formula = span('katex', `<span class="katex-html" aria-hidden="true">${inside}</span>`);
    expect(parse(page('', `${TEXT}<p>A ${formula} b.</p>`)).html).toContain(
      `<p>A <span>${line}</span> b.</p>`,
    );
  });
});

test('formulas that KaTeX draws in each other are read once', () => {
  const open = '<span class="msupsub"><span class="vlist-t"><span class="vlist"><span>'.repeat(25);
  const formula = `<span class="katex">x${open}2${'</span>'.repeat(100)}</span>`;
  expect(parse(page('', `${TEXT}<p>A ${formula} b.</p>`)).html).toContain('<p>A <span>x^(');
});

test('MathJax may keep a formula in a script of MathML', () => {
  const script = '<script type="math/mml"><math><msup><mi>n</mi><mn>2</mn></msup></math></script>';
  const preview =
    '<span class="MathJax_Preview"></span><span class="mjx-chtml MathJax_CHTML"><span>n2</span></span>';
  expect(parse(`${TEXT}<p>Of ${preview}${script} boats.</p>`).html).toMatch(/Of <span>n\^2<\/span> boats\./);
});

test.each([
  ['<p>$latex \\alpha_{1} + b$ for $4 or $5</p>', '\\alpha_{1} + b'],
  ['<p>$latex \\alpha_{1} &amp;s=2&amp;bg=ffffff$ for $4 or $5</p>', '\\alpha_{1}'],
  ['<p>[latex]c_{2}[/latex] for $4 or $5</p>', 'c_{2}'],
])('formulas of WordPress are read without a converter: %s', (html, tex) => {
  const { html: read } = parse(`${TEXT}${html}`);
  expect(read.replaceAll('&#92;', '\\')).toContain(`<code class='language-tex'>${tex}</code> for $4 or $5`);
});

test('an alternative text in words is no TeX', () => {
  const math = (alttext: string): string =>
    parse(`${TEXT}<p>a <math alttext="${alttext}"><msup><mi>x</mi><mn>2</mn></msup></math></p>`).html;
  expect(math('x squared')).toContain('x^2');
  expect(math('squared x')).toContain('x^2');
  expect(math('x^{2}')).toContain('x^{2}');
});
