import { describe, expect, test } from 'vitest';
import { defineSite, type SiteOptions } from '../../src/config/site.ts';

const GOOD: SiteOptions = { title: 'T', description: 'D', language: 'en' };

describe('site.ts', () => {
  test('needs three settings and completes the others', () => {
    expect(defineSite(GOOD)).toEqual({
      ...GOOD,
      timeZone: 'UTC',
      timeOfDay: '00:00',
      authors: [{ name: 'T' }],
      copyright: undefined,
      id: undefined,
      feedSize: 50,
      feedBytes: 100_000,
      deltas: true,
      keepMetadata: false,
      podcasts: [],
      theme: {},
      icon: undefined,
    });
  });

  test.each([
    [
      { title: '' },
      'Cannot use title "" in src/site.ts: expected a text without control characters, not empty',
    ],
    [{ title: undefined }, 'Cannot use title undefined in src/site.ts'],
    [{ description: 'a\u0000b' }, 'Cannot use description "a\\u0000b"'],
    [
      { language: 'english!' },
      'Cannot use language "english!" in src/site.ts: expected a BCP 47 tag, such as "en" or "pt-BR"',
    ],
    [{ language: undefined }, 'Cannot use language undefined'],
    [
      { timeZone: 'Mars/Olympus' },
      'Cannot use timeZone "Mars/Olympus" in src/site.ts: expected an IANA time zone',
    ],
    [
      { timeOfDay: '25:00' },
      'Cannot use timeOfDay "25:00" in src/site.ts: expected a time from "00:00" to "23:59"',
    ],
    [{ authors: 'Jane' }, 'Cannot use authors "Jane"'],
    [{ authors: ['Jane'] }, 'Cannot use author "Jane"'],
    [{ authors: [{ name: 'J', uri: 'javascript:alert(1)' }] }, 'Cannot use author uri "javascript:alert(1)"'],
    [{ authors: [{ name: 'J', email: 'nobody' }] }, 'Cannot use author email "nobody"'],
    [{ feedSize: 19 }, 'Cannot use feedSize 19 in src/site.ts: expected a whole number from 20 to 500'],
    [{ feedSize: 25.5 }, 'Cannot use feedSize 25.5'],
    [{ feedBytes: 0 }, 'Cannot use feedBytes 0'],
    [{ deltas: 'no' }, 'Cannot use deltas "no" in src/site.ts: expected true or false'],
    [
      { id: 'https://example.org/' },
      'Cannot use id "https://example.org/" in src/site.ts: expected a urn:uuid: or tag: URI',
    ],
    [{ titel: 'T' }, 'Cannot use the setting "titel" in src/site.ts: expected one of title, description,'],
  ])('with %j is refused with what is wanted', (options, message) => {
    expect(() => defineSite({ ...GOOD, ...options } as SiteOptions)).toThrow(message);
  });
});

describe('a podcast in site.ts', () => {
  const RADIO = { image: 'radio/cover.jpg', category: 'Technology', explicit: false };

  test('needs three settings and has the others of the site', () => {
    const site = defineSite({ ...GOOD, copyright: '© T', podcasts: { radio: RADIO } });
    expect(site.podcasts).toEqual([
      {
        collection: 'radio',
        title: 'T',
        description: 'D',
        language: 'en',
        author: 'T',
        copyright: '© T',
        image: 'radio/cover.jpg',
        categories: [{ name: 'Technology', subcategory: undefined }],
        explicit: false,
        type: 'episodic',
        medium: 'podcast',
        complete: false,
        people: [],
      },
    ]);
  });

  test.each([
    [{ image: undefined }, 'Cannot use podcasts.radio.image undefined in src/site.ts: expected a text'],
    [
      { category: 'Tech' },
      'Cannot use podcasts.radio.category "Tech" in src/site.ts: expected one of Apple\'s categories, such as "Society & Culture > Documentary"; they are Arts, Business,',
    ],
    [{ category: 'Arts > Documentary' }, 'Cannot use podcasts.radio.category "Arts > Documentary"'],
    [{ category: 'Technology > ' }, 'Cannot use podcasts.radio.category "Technology > "'],
    [{ category: [] }, 'Cannot use podcasts.radio.category []'],
    [{ explicit: 'no' }, 'Cannot use podcasts.radio.explicit "no" in src/site.ts: expected true or false'],
    [
      { type: 'daily' },
      'Cannot use podcasts.radio.type "daily" in src/site.ts: expected one of episodic, serial',
    ],
    [{ medium: 'musicL' }, 'Cannot use podcasts.radio.medium "musicL"'],
    [{ guid: 'radio' }, 'Cannot use podcasts.radio.guid "radio" in src/site.ts: expected a UUID'],
    [{ owner: { name: 'Jane' } }, 'Cannot use podcasts.radio.owner.email undefined'],
    [{ owner: 'Jane' }, 'Cannot use podcasts.radio.owner "Jane" in src/site.ts: expected settings such as'],
    [{ people: [{ name: 'Jane', url: 'x' }] }, 'Cannot use the setting of podcasts.radio.people "url"'],
    [{ funding: { uri: 'give', text: 'Give' } }, 'Cannot use podcasts.radio.funding.uri "give"'],
    [
      { recordings: 'https://a.example/x' },
      'Cannot use podcasts.radio.recordings "https://a.example/x" in src/site.ts: expected a URL that ends',
    ],
    [{ link: 'radio' }, 'Cannot use podcasts.radio.link "radio" in src/site.ts: expected an absolute http'],
    [{ language: 'english!' }, 'Cannot use podcasts.radio.language "english!"'],
    [{ description: 'é'.repeat(2001) }, 'expected a text of at most 4000 bytes'],
    [
      { categories: [] },
      'Cannot use the setting of podcasts.radio "categories" in src/site.ts: expected one of title,',
    ],
  ])('with %j is refused with what is wanted', (options, message) => {
    const podcasts = { radio: { ...RADIO, ...options } };
    expect(() => defineSite({ ...GOOD, podcasts } as SiteOptions)).toThrow(message);
  });
});
