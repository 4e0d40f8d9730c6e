import { describe, expect, test } from 'vitest';
import { defineSite, type SiteOptions } from '../src/settings.ts';

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
