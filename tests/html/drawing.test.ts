import { describe, expect, test } from 'vitest';
import { drawingOf, isIcon, nameOfDrawing } from '../../src/html/drawing.ts';
import { parseHtml } from '../../src/html/parse.ts';
import { descendants, type Element } from '../../src/html/tree.ts';

function svg(html: string): Element {
  const [found] = [...descendants(parseHtml(html) ?? { type: 'root', children: [] })];
  if (found === undefined) throw new Error('no element');
  return found;
}

const draw = (inside: string, attributes = ''): string | undefined =>
  drawingOf(svg(`<svg${attributes}>${inside}</svg>`))?.source;
const file = (inside: string): string => `<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`;

describe('a drawing as a file', () => {
  test.each([
    ['a script', '<script>alert(1)</script>', ''],
    ['a handler', '<g onclick="alert(1)"/>', '<g></g>'],
    ['a link, but for its words', '<a href="https://a.example/"><text>b</text></a>', '<g><text>b</text></g>'],
    ['a picture from elsewhere', '<image href="https://a.example/b.png"/>', '<image></image>'],
    ['a symbol from elsewhere', '<use xlink:href="https://a.example/b.svg#c"/>', '<use></use>'],
    ['a style from elsewhere', '<style>@import "https://a.example/b.css"</style>', ''],
    [
      'a paint from elsewhere',
      '<g fill="url(https://a.example/#b)" style="fill:url(//a.example)"/>',
      '<g></g>',
    ],
    [
      'an animation, which may set what a link leads to',
      '<animate attributeName="href" to="javascript:b"/>',
      '',
    ],
    [
      'HTML that loads',
      '<foreignObject><img src="https://a.example/b.png"></foreignObject>',
      '<foreignObject></foreignObject>',
    ],
  ])('has not %s', (_, inside, expected) => {
    expect(draw(`<path d="M0"/>${inside}`)).toBe(file(`<path d="M0"></path>${expected}`));
  });

  test.each([
    [
      '<linearGradient id="a"><stop offset="0"/></linearGradient><path fill="url(#a)"/>',
      '<linearGradient id="a"><stop offset="0"></stop></linearGradient><path fill="url(#a)"></path>',
    ],
    [
      '<symbol id="a"><path/></symbol><use xlink:href="#a"/>',
      '<symbol id="a"><path></path></symbol><use href="#a"></use>',
    ],
    [
      '<style>.a>b{fill:red}</style><path class="a b"/>',
      '<style>.a&gt;b{fill:red}</style><path class="a b"></path>',
    ],
    ['<path strokeWidth="2" fillRule="evenodd"/>', '<path stroke-width="2" fill-rule="evenodd"></path>'],
    ['<text>a &amp; b &lt; c</text>', '<text>a &amp; b &lt; c</text>'],
  ])('keeps %s', (inside, expected) => {
    expect(draw(inside)).toBe(file(expected));
  });

  test('that takes the colour of the page has one on light and on dark pages', () => {
    expect(draw('<path fill="currentColor"/>')).toContain('prefers-color-scheme:dark');
    expect(draw('<path fill="red"/>')).not.toContain('<style>');
  });

  test.each(['', '<g></g>', '<use href="#elsewhere"/>', '<defs></defs>', '<title>a</title>'])(
    'is none when nothing is drawn: %j',
    (inside) => {
      expect(draw(inside)).toBeUndefined();
    },
  );

  test.each([
    [' width="80" height="40"', 80, 40],
    [' viewBox="0 0 80 40"', 80, 40],
    [' viewBox="0 0 80 40" width="160"', 160, 80],
    [' viewBox="0 0 80 40" height="20px"', 40, 20],
    [' width="100%"', undefined, undefined],
  ])('has its size: %s', (attributes, width, height) => {
    expect(drawingOf(svg(`<svg${attributes}><path/></svg>`))).toMatchObject({ width, height });
  });
});

test.each([
  ['<svg aria-labelledby="a" aria-label="b"><title id="a">c</title></svg>', 'c'],
  ['<svg aria-label="b"><title>c</title></svg>', 'b'],
  ['<svg><title>c</title><desc>d</desc><text>e</text></svg>', 'c'],
  ['<svg><g><text>e</text> <text>f</text></g></svg>', 'e f'],
  ['<svg><path/></svg>', ''],
])('the name of %s is %j', (html, name) => {
  expect(nameOfDrawing(svg(html))).toBe(name);
});

test.each([
  ['<svg width="16" height="16"><path/></svg>', true],
  ['<svg viewBox="0 0 24 24"><path/></svg>', true],
  ['<svg height="1em" viewBox="0 0 512 512"><path/></svg>', true],
  ['<svg class="octicon" viewBox="0 0 512 512"><path/></svg>', true],
  ['<svg viewBox="0 0 60 20"><path/></svg>', false],
  ['<svg viewBox="0 0 20 20"><text>a</text></svg>', false],
  ['<svg><path/></svg>', false],
])('%s is an icon: %s', (html, expected) => {
  expect(isIcon(svg(html))).toBe(expected);
});
