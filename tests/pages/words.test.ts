import { describe, expect, test } from 'vitest';
import { directionOf } from '../../src/locale.ts';
import { en } from '../../src/pages/messages/en.ts';
import { CATALOGUE, messagesFor } from '../../src/pages/messages/messages-for.ts';

describe('the words of pages', () => {
  test('are there in nine languages', () => {
    const tags = CATALOGUE.map(({ language }) => language);
    expect(tags.toSorted()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja', 'ru', 'tr', 'zh-Hans']);
  });

  test.each(CATALOGUE)('are whole and of their own in $language', (words) => {
    expect(words.direction).toBe(directionOf(words.language));
    const texts = Object.values({ ...words, ...words.one, ...words.many }).filter(
      (text) => typeof text === 'string',
    );
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
