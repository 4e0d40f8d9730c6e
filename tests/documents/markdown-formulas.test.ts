import { describe, expect, test } from 'vitest';
import { canonical, html, parse, textOfHtml } from '../support/content.ts';

describe('formulas', () => {
  const tex = (formula: string): string => canonical(`<p><code class="language-tex">${formula}</code></p>`);

  test.each([
    ['$\\sum_{j=1}^{q} u_{j}$', '\\sum_{j=1}^{q} u_{j}'],
    ['$p*q*r$', 'p*q*r'],
    ['$`a_{#B}`$', 'a_{#B}'],
    ['\\(\\beta_{2}\\)', '\\beta_{2}'],
    ['$m\\_n$', 'm\\_n'],
    ['$\\text{for $n_{1}$}$', '\\text{for $n_{1}$}'],
    ['\\\\(k_{1} \\\\in K\\\\)', 'k_{1} \\in K'],
    ['$a &lt; b$', 'a &lt; b'],
    ['$r_{1} +\ns_{2}$', 'r_{1} + s_{2}'],
  ])('%s is opaque', (text, formula) => {
    expect(html(text)).toBe(tex(formula));
    expect(parse(text, 'a.mdx').html).toBe(tex(formula));
  });

  test.each([
    ['$$\n# y\n- s\n$$', '# y\n- s'],
    ['\\[\\gamma + 1\\]', '\\gamma + 1'],
    ['\\\\[ \\sum_{i=1}^n i \\\\]', '\\sum_{i=1}^n i'],
    ['$$\n\nt\n\nu\n$$', 't\n\nu'],
    ['\\begin{align*}\na\n\nb_{1}\n\\end{align*}', '\\begin{align*}\na\n\nb_{1}\n\\end{align*}'],
    ['\\begin{align}\na &= b \\\\\n\\end{align}', '\\begin{align}\na &amp;= b \\\\\n\\end{align}'],
  ])('%j is a block', (text, formula) => {
    expect(html(`A.\n\n${text}\n\nB.`)).toBe(
      canonical(`<p>A.</p><pre><code class="language-tex">${formula}</code></pre><p>B.</p>`),
    );
  });

  test('letters and digits may touch a command, and endings a formula', () => {
    expect(html('The $n$th of 2$\\times$4, $\\sim$50')).toBe(
      canonical(
        '<p>The <code class="language-tex">n</code>th of 2<code class="language-tex">\\times</code>4, <code class="language-tex">\\sim</code>50</p>',
      ),
    );
  });

  test.each(['`start` \\[**`--path`**=_`PATH`_\\]', '`runner` \\[a | \\[b, c\\]\\]', '\\(see `a_b`\\)'])(
    'escaped brackets around code or other brackets are prose: %s',
    (text) => {
      expect(html(text)).not.toContain('language-tex');
    },
  );

  test('one with spaces at its ends is one in a text without prices', () => {
    const code = (tex: string): string => canonical(`<code class="language-tex">${tex}</code>`);
    expect(html('Let $ x $ and $ a+b = c $.')).toBe(`<p>Let ${code('x')} and ${code('a+b = c')}.</p>`);
    expect(html('Run $ ls -l $ or $ a b $.')).not.toContain('<code');
  });

  test('the attributes of a formula are not shown', () => {
    expect(textOfHtml(html('$$\nd = e\n$$ {#eq:three}'))).toBe('d = e');
    expect(textOfHtml(html('> a\n> $$\n> d = e\n> $$ {#eq-three}\n> b'))).toBe('a d = e b');
  });

  test('one does not end in code', () => {
    expect(html('[a `$b`]($b#c) or `$d`.')).toBe(
      canonical('<p><a href="$b#c">a <code>$b</code></a> or <code>$d</code>.</p>'),
    );
  });

  test('addresses hold none', () => {
    expect(html('[a](<$b$ c>) <https://e.example/$x$_a_>')).toBe(
      canonical(
        '<p><a href="$b$%20c">a</a> <a href="https://e.example/$x$_a_">https://e.example/$x$_a_</a></p>',
      ),
    );
  });

  test.each([
    'Files in $foo$bar and C$AU.',
    'It is dear, $$$ and $$; ten.',
    'It is $6; between 5$ and 6$, or $1 = €0.9 (US$ 3).',
    'A seat is $7 and a bed $12, or US$3 and $2.50 for a dog.',
    'From $5-$10, set $HOME/bin:$PATH first.',
    'A seat is $7 and\nanother costs US$8, or $HOME\nand $PATH.',
    'It is $5 with \\alpha_{1}, or $ 6 with $ x $.',
    'One $a is\n\nanother$ and $b is\n- a list$.',
    'See \\eqref{nothing} and \\\\(this\\\\).',
    'A \\[x\\] task and a \\[ \\] task',
    'In PHP $this->a and $that->b. A pattern ^foo$ ends so.',
    'It has $TSLA fell. He paid 5$ for it.',
    'The Anchor ($$), The Mast ($$$), The Galley ($$).',
    'One ($$), another ($$), and $$: cheap, $$. Then no more.',
    '| A | B | C |\n|---|---|---|\n| **$99** | [$-9.58, $-7.76] | $$ | from $$ |',
    'A (so called) word \\(see below\\) and \\[links\\].',
  ])('%s is prose', (text) => {
    expect(html(text)).not.toContain('<code');
  });
});

test.each([
  ['{{< katex >}}x_{1}{{< /katex >}}', 'x_{1}'],
  ['{{% math %}}$x_{1}$ {{% /math %}}', 'x_{1}'],
  ['{{<mathjax/inline>}}\\(x_{1}\\){{</mathjax/inline>}}', 'x_{1}'],
  ['{% katex %}x_{1}{% endkatex %}', 'x_{1}'],
])('%s is a formula', (text, tex) => {
  expect(parse(`A ${text} b.`)).toMatchObject({
    html: canonical(`<p>A <code class="language-tex">${tex}</code> b.</p>`),
  });
  expect(parse(`A ${text} b.`).warnings).toBeUndefined();
});

test.each([
  ['A $0 < \\alpha \\le 1 $ b.', '0 < \\alpha \\le 1'],
  ['A $ \\frac{1}{2}$ b.', '\\frac{1}{2}'],
  ['A $\\sum_{i=1}^n a_i $.', '\\sum_{i=1}^n a_i'],
  ['A.^[It is $x_{1}$ there.]', 'x_{1}'],
  ['A $x\\_{1}^\\*\\text{a\\_b}$.', 'x_{1}^*\\text{a\\_b}'],
])('%s has a formula', (text, tex) => {
  expect(html(text)).toContain(canonical(`<code class="language-tex">${tex.replace('<', '&lt;')}</code>`));
});

test('bars in a formula in a table are its own', () => {
  const found = html('| A | B |\n|---|---|\n| $P(a | b)$ | $|x|$, $\\{y | y>0\\}$ |');
  expect(found.match(/(?<=language-tex['"]>)[^<]+/g)).toEqual(['P(a | b)', '|x|', '&#92;{y | y&gt;0&#92;}']);
});

test('the label of a block in MyST and Quarto is not shown, and words and numbers behind one are', () => {
  for (const label of ['(eq:tide)', '(my-eq)', '(eq_1)', '{#eq-tide}'])
    expect(html(`$$\na = b\n$$ ${label}`)).toBe(html('$$\na = b\n$$'));
  for (const words of ['(1)', '(always)', '(by well-known rules) they say'])
    expect(textOfHtml(html(`$$\na = b\n$$ ${words}`))).toContain(words);
});

test('a formula in a shortcode on lines of its own is a block', () => {
  expect(html('A.\n\n{{< katex display >}}\nx_{1}\n{{< /katex >}}')).toBe(
    canonical('<p>A.</p><pre><code class="language-tex">x_{1}</code></pre>'),
  );
});

test('a reference in prose to an equation of the document is a formula', () => {
  const equation = '\\begin{equation}a \\label{e:1}\\end{equation}';
  expect(html(`By \\eqref{e:1}:\n\n${equation}`)).toContain(
    canonical('<p>By <code class="language-tex">\\eqref{e:1}</code>:</p>'),
  );
});

test('a formula in a quotation has no marks of the quotation', () => {
  expect(html('> $$\n> a\n> > b\n> $$')).toContain('>a&#10;b</code>'.replace('&#10;', ' '));
});

test.each([
  ['其中$x_1$为变量', '其中x_1为变量'],
  ['第$n$个，式は$y$です。', '第n个，式はyです。'],
  ['$z$는', 'z는'],
  ['价格是$5到$10，或$20。', '价格是$5到$10，或$20。'],
  ['a$x$b', 'a$x$b'],
])('formulas stand in text without spaces: %s', (text, expected) => {
  expect(textOfHtml(html(text))).toBe(expected);
  expect(html(text).includes('language-tex')).toBe(text !== expected);
});

test.each([
  ':::note The law $a*b*c$\nD.\n:::',
  '!!! note "The law $a*b*c$"\n    D.',
  ':::note{title="The law $a*b*c$"}\nD.\n:::',
])('the title of an admonition may have formulas: %j', (text) => {
  expect(html(text)).toContain(canonical('<strong>The law <code class="language-tex">a*b*c</code></strong>'));
});

test('formulas in elements of Pandoc keep their TeX', () => {
  expect(html('<span class="math inline">\\(a_{1}\\)</span> b')).toContain('>a_{1}</code>');
});

test.each([
  ['_$b_{2}$_', '<p><em><code class="language-tex">b_{2}</code></em></p>'],
  ['__$b$__', '<p><strong><code class="language-tex">b</code></strong></p>'],
  ['2$n_{1}$', '<p>2<code class="language-tex">n_{1}</code></p>'],
  ['a_$B and c_$D', '<p>a_$B and c_$D</p>'],
  // The mark of a kind of hash
  ['_$6$_', '<p><em>$6$</em></p>'],
  ['It is $5_000_ or $6.', '<p>It is $5_000_ or $6.</p>'],
  ['x$y_z$w', '<p>x$y_z$w</p>'],
])('a formula may touch emphasis, and one with an index a number: %s', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

test('marked words may hold formulas', () => {
  expect(html('==a $b_{1}$ c==')).toBe(
    canonical('<p><mark>a <code class="language-tex">b_{1}</code> c</mark></p>'),
  );
  expect(html('==costs $5==')).toBe(canonical('<p><mark>costs $5</mark></p>'));
});
