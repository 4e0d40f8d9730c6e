import { describe, expect, test } from 'vitest';
import { canonical, html, parse, textOfHtml } from '../support/content.ts';

describe('HTML in Markdown is read like a page', () => {
  test.each([
    [
      'A <img src="data:," data-lazyload="b.png" alt="c">',
      '<p>A <img src="b.png" data-lazyload="b.png" alt="c"></p>',
    ],
    ['A <a name="b"></a>c', '<p>A <a name="b" id="b"></a>c</p>'],
    ['<h3 id="a">A <a href="#a">¶</a></h3>\n\nB', '<h3 id="a">A </h3><p>B</p>'],
    ['A <span class="sr-only">b</span><b hidden>c</b>', '<p>A </p>'],
    ['A <math><mfrac><mn>2</mn><mn>5</mn></mfrac></math>', '<p>A <span>2/5</span></p>'],
    ['A <a href="b">https://c.example</a>', '<p>A <a href="b">https://c.example</a></p>'],
  ])('%s', (text, expected) => {
    expect(html(`First.\n\n${text}`)).toBe(canonical(`<p>First.</p>${expected}`));
  });
});

describe('HTML that browsers read otherwise than its author', () => {
  test.each([
    ['<a id="b"/>c', '<p><a id="b"></a>c</p>'],
    ['<iframe src="/a" />\n\nB.', '<p><iframe src="/a"></iframe></p><p>B.</p>'],
    ['<div/>\n\nB.', '<p>B.</p>'],
    ['a<br/>b<hr/>', '<p>a<br>b</p><hr>'],
    ['<https://a.example/>', '<p><a href="https://a.example/">https://a.example/</a></p>'],
  ])('a tag that closes itself is closed: %s', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
  });

  test.each(['button', 'iframe', 'select', 'style', 'svg', 'template', 'textarea', 'title'])(
    'a tag without an end in a sentence is text: %s',
    (name) => {
      const words = `<p>A &lt;${name}&gt; b.</p>`;
      expect(html(`A <${name}> b.\n\n- C`)).toBe(canonical(`${words}<ul><li>C</li></ul>`));
      const code = `\`\`\`html\n<${name}>c</${name}>\n\`\`\``;
      if (!/svg|template/.test(name)) expect(html(`A <${name}> b.\n\n${code}`)).toContain(canonical(words));
    },
  );

  test('a tag without an end that has attributes is closed', () => {
    expect(html('A <button class="a"> b.\n\nC.')).toBe(canonical('<p>A  b.</p><p>C.</p>'));
    expect(html('<select class="a">\n\nC.')).toBe(canonical('<p>C.</p>'));
  });

  test('a component of MDX closes itself', () => {
    const text = 'import A from "a"\n\n<audio src="/a.mp3" />\n\n<Figure src="/b.png" alt="B" />\n\nC.';
    expect(parse(text, 'a.mdx').html).toBe(
      canonical('<p><audio src="/a.mp3"></audio></p><figure><img src="/b.png" alt="B"></figure><p>C.</p>'),
    );
  });

  test.each(['<!-- a --> b <!-- c\n\nD.', 'b <!-- c\n\nD.', '- b <!-- c\n\nD.'])(
    'a comment that is not closed swallows nothing: %j',
    (text) => {
      expect(textOfHtml(html(text))).toBe('b <!-- c D.');
    },
  );

  test.each([
    ['<div markdown="1">\n*a*\n</div>', '<p><em>a</em></p>'],
    ['<div markdown>*a*</div>', '<p><em>a</em></p>'],
  ])('an element may hold Markdown: %j', (text, expected) => {
    expect(html(text)).toBe(canonical(expected));
  });
});

describe('what looks like a tag only', () => {
  test.each(['Run git clone <url> to <your-name>.', 'If a<b and x>y or i <n and m> o.'])(
    '%s is prose',
    (text) => {
      expect(textOfHtml(html(text))).toBe(text);
    },
  );

  test('an element that is closed, or has attributes, is one', () => {
    expect(textOfHtml(html('<my-box>A</my-box> <p hidden>B</p> <other-box a="b">C'))).toBe('A C');
  });
});

test.each([
  ['<a href=https://b.example/c target=d>e</a>', '<p><a href="https://b.example/c" target="d">e</a></p>'],
  ['<a id=b />\n\nC', '<p><a id="b"></a></p><p>C</p>'],
])('an attribute needs no quotation marks: %j', (text, expected) => {
  expect(html(text)).toBe(canonical(expected));
});

test('blank lines end no MathML', () => {
  expect(textOfHtml(html('<math display="block">\n  <mi>x</mi>\n\n  <mi>y</mi>\n</math>'))).toBe('x y');
});

test.each([
  ['<ul>\n    <li>A</li>\n\n    <li>B</li>\n</ul>', '<ul><li>A</li><li>B</li></ul>'],
  [
    '<div>\n\n    <p>A</p>\n\n</div>\n\n    <p>b</p>',
    '<p>A</p><pre><code>&lt;p&gt;b&lt;/p&gt;\n</code></pre>',
  ],
  ['A `<div>`:\n\n    <div>', '<p>A <code>&lt;div&gt;</code>:</p><pre><code>&lt;div&gt;\n</code></pre>'],
  ['<div>\n\nA\n\n    <b>', '<p>A</p><pre><code>&lt;b&gt;\n</code></pre>'],
])('tags in a block of HTML may be indented: %j', (text, expected) => {
  expect(html(`First.\n\n${text}`).replace(/\s+(?=<)/g, '')).toBe(
    canonical(`<p>First.</p>${expected}`).replace(/\s+(?=<)/g, ''),
  );
});

test.each([
  '<svg width="9"\n height="9" viewBox="0 0 90 90">\n<!-- a -->\n<title>t</title>\n\n<text>w</text>\n</svg>',
  '<?xml version="1.0"?>\n<!-- b -->\n<svg\n  width="90">\n<g>\n<title>t</title>\n<text>w</text></g></svg>',
])('a drawing is one, whatever tags begin its lines: %j', (svg) => {
  expect(html(`A.\n\n${svg}\n\nB *c*.`)).toMatch(
    /^<p>A\.<\/p>(?:<p>)?<svg.*<\/svg>(?:<\/p>)?<p>B <em>c<\/em>\.<\/p>$/,
  );
});

test('sources of a recording are not code below a blank line', () => {
  const video =
    '<video controls>\n    <source src="a.webm">\n\n    <source src="b.mp4">\n\n    <track src="c.vtt">\n</video>';
  expect(html(video)).not.toContain('<pre>');
  expect(html(video)).toContain("<source src='b.mp4'>");
});

test('what a player says to old browsers is not code, wherever it stands', () => {
  const audio =
    '<audio controls>\n\n    <source src="b.mp3">\n\n    Your browser does not support audio.\n\n</audio>\n\nB.';
  expect(html(audio)).not.toContain('does not support');
  expect(html('<p align="center">\n\n    <img src="a.png" alt="A">\n\n</p>')).not.toContain('<pre>');
  expect(html('<p>\n\nA.\n\n    code')).toContain('<pre>');
});

test.each([
  ['A.\n\n## Head[^1]\n\n[a](#head)\n\n[^1]: N.', 'head'],
  ['A.\n\n## Head^[N n.]\n\n[a](#head)', 'head'],
  ['A.\n\n## 2^nd^ head\n\n[a](#2nd-head)', '2nd-head'],
])('the note of a heading is no part of its id: %j', (text, id) => {
  expect(html(text)).toContain(`<h2 id='${id}'>`);
});

test.each(['![A](a.mp3){controls}', '[A](a.pdf){download}', '[A](a.pdf){ .button download }'])(
  'words without values are attributes, too: %s',
  (text) => {
    expect(html(text)).not.toContain('{');
  },
);

test('the words of a division are Markdown in R Markdown and Quarto', () => {
  const text = '<div class="a">\n**B** c.\n</div>\n\nD.';
  expect(parse(text, 'a.Rmd').html).toBe(canonical('<p><strong>B</strong> c.</p><p>D.</p>'));
  expect(parse(text, 'a.md').html).toContain('**B**');
});

test('the words of an aside are Markdown, as Notion exports them', () => {
  expect(html('<aside>\n💡 **A** [b](/c).\n\n</aside>')).toContain("<strong>A</strong> <a href='/c'>b</a>");
  expect(html('<aside>\n<p>**a**</p>\n</aside>')).toContain('**a**');
  expect(html('<aside class="x">\n**a**\n</aside>')).toContain('**a**');
});
