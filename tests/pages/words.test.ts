import { describe, expect, test } from 'vitest';
import { directionOf } from '../../src/locale.ts';
import { en } from '../../src/pages/messages/en.ts';
import { CATALOGUE, messagesFor } from '../../src/pages/messages/messages-for.ts';
import { file, makeApp, makeSite } from '../support/app.ts';

describe('the words of pages', () => {
  test('are there in nine languages', () => {
    const tags = CATALOGUE.map(({ language }) => language);
    expect(tags.toSorted()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'ru', 'tr', 'zh-Hans']);
  });

  test.each(CATALOGUE)('are whole and of their own in $language', (words) => {
    expect(words.direction).toBe(directionOf(words.language));
    const texts = Object.values({ ...words, ...words.many }).filter((text) => typeof text === 'string');
    for (const text of texts) expect(text.trim()).toMatch(/./);
    expect(words.subscribeTo('TITLE')).toContain('TITLE');
    if (words !== en) {
      for (const name of ['feedIs', 'formats', 'searchHint', 'removedText', 'failureText', 'skip'] as const)
        expect(words[name]).not.toBe(en[name]);
    }
  });

  test.each([
    [['de-AT'], 'de'],
    [['zh'], 'zh-Hans'],
    [['zh-CN', 'en'], 'zh-Hans'],
    [['zh-TW', 'ja'], 'ja'],
    [['sv', 'tr'], 'tr'],
    [['sv'], 'en'],
    [['ar-EG'], 'ar'],
  ])('for %j are those of %s', (languages, expected) => {
    expect(messagesFor(...languages).language).toBe(expected);
  });
});

describe('the words around an article', () => {
  const documents = ['en', 'de', 'ar', 'sv'].map((language) =>
    file(
      `${language}/a.md`,
      `---\ntitle: Title\nslug: ${language}\ndate: 2026-01-0${language.length}\nlang: ${language}\ntags: [${language}]\n---\n\nText.\n`,
    ),
  );
  const settings = { language: 'en', nav: [{ label: 'Tides', url: '/tags/en' }] };

  test.each([
    ['en', undefined, 'Skip to the content', 'Subscribe', 'All feeds', 'Tags'],
    ['de', 'ltr', 'Zum Inhalt springen', 'Abonnieren', 'Alle Feeds', 'Schlagwörter'],
    ['ar', 'rtl', 'انتقل إلى المحتوى', 'اشترك', 'كل الخلاصات', 'الوسوم'],
    ['sv', undefined, 'Skip to the content', 'Subscribe', 'All feeds', 'Tags'],
  ])('in %s', async (language, direction, ...words) => {
    const { read } = await makeApp(documents, { site: makeSite(settings) });
    const page = await read(`/articles/${language}`);
    const frame = page.replace(/<main.*<\/main>/s, '');
    const attributes = direction === undefined ? '' : ` lang="${language}" dir="${direction}"`;
    for (const word of words.slice(1)) expect(frame).toContain(`>${word}</a>`);
    expect(frame).toContain(`>${words[0]}</a>`);
    expect(frame).toContain(`<a class="button" href="/feeds"${attributes}>`);
    expect(frame).toContain(`<p${attributes}><a href="/collections">`);
    expect(frame).toContain('<header class="top" lang="en" dir="ltr">');
    expect(frame).toContain('>Tides</a>');
  });

  test('are those of the site on its lists', async () => {
    const { read } = await makeApp(documents, { site: makeSite(settings) });
    expect(await read('/tags/de')).toContain('>Subscribe</a>');
  });
});

test.each([
  ['en', ', '],
  ['ar', '، '],
  ['ur', '، '],
  ['he', ', '],
  ['ja', '、'],
  ['zh-TW', '、'],
  ['ko', ', '],
])('names stand in a list of the language %s with %j between them', async (lang, comma) => {
  const text = `---\ntitle: Title\nslug: a\ndate: 2026-01-01\nlang: ${lang}\nauthors: [Ada, Bo]\n---\n\nText.\n`;
  const { read } = await makeApp([file('a.md', text)]);
  expect(await read('/articles/a')).toContain(`>Ada</a>${comma}<a `);
  expect(await read('/articles/a.txt')).toContain(`Ada${comma}Bo\n`);
  const podcasts = { radio: { category: 'Technology', explicit: false, image: 'c.jpg' } };
  const site = makeSite({ language: lang, authors: [{ name: 'Ada' }, { name: 'Bo' }], podcasts });
  expect(site.podcasts[0]?.author).toBe(`Ada${comma}Bo`);
});
