import { describe, expect, test } from 'vitest';
import { parse } from '../support/content.ts';

function page(body: string, style = ''): string {
  return parse(
    `<html><head><title>Minutes</title><style>${style}</style></head><body><p>The board met in the morning.</p>${body}</body></html>`,
    'a.html',
  )
    .html.replace('<p>The board met in the morning.</p>', '')
    .replace(/<\/?span[^>]*>| (?:class|style)='[^']*'/g, '');
}

test('a page of a word processor is all text: its sections, and the notes below them', () => {
  const section = (number: number, words: string): string =>
    `<div class=WordSection${number}><p class=MsoNormal>${words.repeat(9)}</p></div>`;
  const notes =
    '<div><hr><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1">[1]</a> Of March.</p></div></div>';
  const { html } = parse(
    `<html><head><meta name=Generator content="Microsoft Word 15 (filtered)"><title>Minutes</title></head><body>${section(1, 'The board met in the morning, and all were there. ')}${section(2, 'It went home. ')}${notes}</body></html>`,
    'a.html',
  );
  for (const words of ['The board met', 'It went home', 'Of March']) expect(html).toContain(words);
});

test('a page of Word has the metadata in its comment', () => {
  const properties =
    '<!--[if gte mso 9]><xml><o:DocumentProperties>\n<o:Author>Jane Roe</o:Author><o:Revision>2</o:Revision>\n<o:Created>2017-09-05T08:00:00Z</o:Created></o:DocumentProperties></xml><![endif]-->';
  const { authors, published } = parse(
    `<html><head><title>Minutes</title>${properties}</head><body><p>The board met in the morning, and all were there.</p></body></html>`,
    'a.html',
  );
  expect(authors).toEqual([{ name: 'Jane Roe' }]);
  expect(published).toMatchObject({ text: '2017-09-05T08:00:00Z' });
});

describe('HTML of a word processor', () => {
  const word = (level: number, marker: string, words: string): string =>
    `<p class=MsoListParagraph style='text-indent:-.25in;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span>&nbsp; </span></span><![endif]>${words}</p>\n`;

  test('has the lists of Word', () => {
    const list = [word(1, '·', 'Ropes'), word(2, 'o', 'thin'), word(3, '§', 'red'), word(1, '·', 'Tar')].join(
      '',
    );
    expect(page(`${list}<p>Then.</p>${word(1, '1.', 'One')}${word(2, 'a)', 'Half')}`)).toBe(
      '<ul><li>Ropes<ul><li>thin<ul><li>red</li></ul></li></ul></li><li>Tar</li></ul><p>Then.</p><ol><li>One<ol><li>Half</li></ol></li></ol>',
    );
  });

  test('has the lists of Word in filtered HTML', () => {
    const item = (margin: number, marker: string, words: string): string =>
      `<p class=MsoListParagraphCxSpMiddle style='margin-left:${margin}.0pt;text-indent:-18.0pt'>${marker}<span lang=EN-US>${words}</span></p>\n`;
    const space = '<span style=\'font:7.0pt "Times New Roman"\'>&nbsp;&nbsp; </span>';
    const bullet = (mark: string): string => `<span style='font-family:Symbol'>${mark}${space}</span>`;
    const items = [
      item(36, bullet('·'), 'Ropes'),
      item(72, bullet('o'), 'thin'),
      item(36, bullet('·'), 'Tar'),
      item(36, `1.${space}`, 'One'),
      item(36, `2.${space}`, 'Two'),
    ];
    expect(page(items.join(''))).toBe(
      '<ul><li>Ropes<ul><li>thin</li></ul></li><li>Tar</li></ul><ol><li>One</li><li>Two</li></ol>',
    );
    const words = `<p class=MsoListParagraph style='text-indent:-18.0pt'><span>As a ${space} word.</span></p>`;
    expect(page(words)).toContain('As a');
  });

  test('has the lists of Google Docs, each level of which is a list of its own', () => {
    const list = (level: number, words: string): string =>
      `<ul class="c1 lst-kix_a1-${level} start"><li class="c2">${words}</li></ul>`;
    expect(page(list(0, 'Ropes') + list(1, 'thin') + list(0, 'Tar'))).toBe(
      '<ul><li>Ropes<ul><li>thin</li></ul></li><li>Tar</li></ul>',
    );
    expect(page('<ul><li>a</li></ul><ul><li>b</li></ul>')).toBe('<ul><li>a</li></ul><ul><li>b</li></ul>');
  });

  test('has the emphasis of its styles', () => {
    const rules =
      '.c1{color:#000;font-weight:400}.c3{font-weight:700}.c5{font-style:italic}.c8{vertical-align:super}';
    const words = '<span class="c1">a </span><span class="c3 c5">b</span><span class="c8">2</span>';
    expect(page(`<p>${words}</p>`, rules)).toBe('<p>a <em><strong>b</strong></em><sup>2</sup></p>');
    expect(page('<p>a <span style="text-decoration: line-through">b</span></p>')).toContain('<s>b</s>');
    expect(page("<p>a <b style='mso-bidi-font-weight:normal'>b</b></p>")).toContain('<b>b</b>');
    expect(page('<b style="font-weight:normal"><p>a</p></b>')).toBe('<p>a</p>');
  });
});

test('the areas of a picture are links', () => {
  const areas =
    '<area href="/dock" alt="The dock"><area href="https://mill.example.org/" title="The mill"><area nohref><area href="/x">';
  expect(
    page(`<img src="https://p.example.org/a.png" usemap="#m" alt="A plan"><map name="m">${areas}</map>`),
  ).toContain(
    "<ul><li><a href='/dock'>The dock</a></li><li><a href='https://mill.example.org/'>The mill</a></li></ul>",
  );
});
