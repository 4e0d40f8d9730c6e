import { describe, expect, test } from 'vitest';
import { KINDS, outcome, parse } from '../support/content.ts';

describe('a line at the top of plain text or Markdown', () => {
  const LINES: readonly (readonly [string, string, readonly string[]])[] = [
    ['Headline\nDraft: yes', 'draft', []],
    ['Draft: yes\nHeadline', 'draft', []],
    ['Title: Headline\nStatus: draft', 'draft', []],
    ['Title: Headline\nCategory: News\nStatus: draft', 'draft', []],
    ['Title: Headline\nDraft: no\nDraft: yes', 'draft', []],
    ['Headline\n\npublished: false', 'draft', []],
    ['Headline\n\nPublished : no', 'draft', []],
    ['Başlık: A\nTaslak: evet', 'draft', []],
    ['Titel: A\nEntwurf：ja', 'draft', []],
    ['Titre : A\nBrouillon : oui', 'draft', []],
    ['Заголовок: A\nЧерновик: да', 'draft', []],
    ['标题: A\n草稿: 是', 'draft', []],
    ['Headline\nHidden: yes', 'unlisted', []],
    ['Headline\nNoindex: yes', 'noindex', []],
    ['Headline\nDraft: no', 'shown', []],
    ['Headline\nDraft: no\nEntwurf: nein\nDraft: no', 'shown', []],
    ['Headline\n\nDraft: a ship needs four metres of water here. So it says.', 'shown', []],
    ['Headline\n\nPublished: Reuters', 'shown', []],
    ['Headline\n\nHidden: how a town forgot its own river', 'shown', []],
    ['Headline\n\nStatus: the river is rising, and nobody knows why.', 'shown', []],
    ['Draft: how we met', 'draft', ['Cannot parse draft "how we met" in seeds/a.txt:1']],
    ['DRAFT\n\nHeadline', 'draft', ['Cannot parse draft "" in seeds/a.txt:1']],
    ['Headline\n\nPrivate: keep', 'draft', ['Cannot parse private "keep" in seeds/a.txt:3']],
    ['Headline\nPublished: soon', 'draft', ['Cannot parse published "soon" in seeds/a.txt:2']],
    ['Headline\nStatus: half done', 'draft', ['Cannot parse status "half done" in seeds/a.txt:2']],
  ];

  test.each(LINES)('says who is to see it: %j is %s', (above, seen, named) => {
    const draft = parse(`${above}\n\nThe text of it, and some more of it.\n`, 'a.txt');
    expect(outcome(draft)).toBe(seen);
    expect(draft.warnings ?? []).toEqual(named.map((start) => expect.stringContaining(start)));
  });

  test.each([
    '# Headline\n\nDraft: yes',
    '# Headline\n\n**Status:** draft',
    'Headline\n===\n\n> *Draft: 1*',
    '<!-- draft: true -->\n# Headline',
    '<!--\nDraft: true\n-->',
    '- Taslak: evet',
    '<!--\n.. title: Headline\n.. status: draft\n-->',
    ':title: Headline\n:status: draft',
    '#+TITLE: Headline\n#+DRAFT: t',
    'Mood: low\nPublished: false\n---',
  ])('counts in Markdown too: %j', (above) => {
    expect(parse(`${above}\n\nThe text of it.\n`).visibility).toBe('draft');
  });

  test('does not count further below', () => {
    const text = 'Headline\n\n1.2.2021\n\nA paragraph of text that is one.\n\nDraft: yes\n\nText.';
    for (const path of ['a.txt', 'a.md']) expect(parse(text, path).visibility).toBeUndefined();
  });

  test('says the rest that front matter does, in the languages of the other labels', () => {
    const text = [
      'Headline',
      'Expires: 3.2.2030',
      'Summary: What is said',
      'in a few words.',
      'Slug: /news/high-water/',
      'Image: pictures/high water.jpg',
      'Tags: a, b',
      '',
      'Text of it.',
    ];
    expect(parse(text.join('\n'), 'a.txt')).toEqual({
      title: 'Headline',
      expires: { year: 2030, month: 2, day: 3, text: '3.2.2030', where: 'seeds/a.txt:2' },
      summary: 'What is said in a few words.',
      slug: 'high-water',
      image: { url: 'pictures/high water.jpg' },
      tags: ['a', 'b'],
      authors: [],
      html: '<p>Text of it.</p>',
    });
    expect(parse('Başlık: A\nÖzet: B\nGörsel: c.png\nSon geçerlilik: 3.2.2030\n\nD.', 'a.txt')).toMatchObject(
      {
        title: 'A',
        summary: 'B',
        image: { url: 'c.png' },
        expires: { year: 2030 },
      },
    );
    const picture = parse('Headline\n\nImage: a history of seeing\n\nText.', 'a.txt');
    expect(picture.image).toBeUndefined();
    expect(picture.html).toContain('Image: a history of seeing');
  });
});

describe('front matter above plain text', () => {
  test('outranks the lines below it, and no word is lost', () => {
    const text = '---\ntitle: Headline\ntags: [a]\n---\nHeadline\n\n- 1.2.2021\n\nBy Jane Roe\n\nText.';
    expect(parse(text, 'a.txt')).toMatchObject({
      title: 'Headline',
      tags: ['a'],
      published: { where: 'seeds/a.txt:7' },
      authors: [{ name: 'Jane Roe' }],
      html: '<p>Text.</p>',
    });
    expect(parse('---\ntitle: Headline\n---\nA short line\n\nText.', 'a.txt').html).toContain('A short line');
  });

  test('that cannot be read refuses the document, of any kind', () => {
    for (const kind of KINDS)
      expect(() => parse('---\ndraft: true\n\nText.', `a.${kind}`)).toThrow(/Cannot read front matter "---"/);
  });
});

describe('the meta elements of a page', () => {
  const page = (meta: string): string =>
    `<html><head><title>T</title>\n${meta}</head><body><article><h1>T</h1><p>Some text of it.</p></article></body></html>`;

  test.each([
    ['<meta name="robots" content="noindex, follow">', 'noindex'],
    ['<meta name="Robots" content="NONE">', 'noindex'],
    ['<meta name="googlebot" content="noindex">', 'noindex'],
    ['<meta name="robots" content="index, max-image-preview:large">', 'shown'],
    ['<meta name="status" content="draft">', 'draft'],
    ['<meta name="draft" content="maybe">', 'draft'],
    ['<meta name="published" content="2021-02-03">', 'shown'],
    ['<meta name="status" content="200">', 'shown'],
  ])('say who is to see it: %s', (meta, seen) => {
    expect(outcome(parse(page(meta), 'a.html'))).toBe(seen);
  });
});
