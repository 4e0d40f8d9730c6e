import { describe, expect, test } from 'vitest';
import { cacheControl, cadenceOf, freshFor, freshness } from '../../src/http/headers.ts';
import { documentOf, file, makeApp, makeSite } from '../support/app.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-06-15T12:00:00Z');

/** Instants that lie so far apart, the last one at `NOW`. */
const every = (gap: number, count = 30): number[] => Array.from({ length: count }, (_, i) => NOW - i * gap);

describe('a feed is fresh', () => {
  test.each([
    ['by the hour', every(HOUR), 5],
    ['every six hours', every(6 * HOUR), 15],
    ['every twelve hours', every(12 * HOUR), 30],
    ['daily', every(DAY), 60],
    ['weekly', every(7 * DAY), 60],
    ['once', [NOW], 60],
    ['never', [], 60],
    ['five times at once each day', every(DAY).flatMap((day) => [0, 1, 2, 3, 4].map((i) => day + i)), 60],
    ['all at once when it moved here, weekly before', [...every(7 * DAY), ...every(0)], 60],
    ['by the hour lately, weekly before', [...every(HOUR, 12), ...every(7 * DAY)], 5],
  ])('if it changes %s: %#', (_, changes, minutes) => {
    expect(freshFor(cadenceOf(changes))).toBe(minutes);
    expect(freshFor(cadenceOf(changes.toReversed()))).toBe(minutes);
  });

  test('longer the longer nothing comes', () => {
    const minutes = [0, 1, 5, 12, 24, 1000].map((hours) =>
      freshFor(cadenceOf(every(HOUR)), NOW + hours * HOUR),
    );
    expect(minutes).toEqual([5, 5, 13, 30, 60, 60]);
  });
});

test('no response is sent after the instant until which it is valid, not even stale', () => {
  for (const maxAge of [60, 300, 3600])
    for (const stale of [0, 600])
      for (let left = 0; left < 5000; left += 7) {
        const field = cacheControl(freshness(maxAge, stale), NOW + left * 1000 + 999, NOW);
        const [age = 0, ...stales] = [...field.matchAll(/=(\d+)/g)].map(([, seconds]) => Number(seconds));
        expect(age + Math.max(0, ...stales)).toBeLessThanOrEqual(left);
        expect(field.includes('must-revalidate')).toBe(stales.length === 0);
      }
});

describe('the freshness of a site', () => {
  const documents = every(6 * HOUR, 12).map((at, i) =>
    file(`${i}.txt`, documentOf(`Number ${i}`, new Date(at).toISOString())),
  );
  const fields = async (freshness?: number): Promise<unknown[]> => {
    const site = makeSite({ ...(freshness !== undefined && { freshness }) });
    const { ask, read } = await makeApp(documents, { site, now: () => NOW });
    const rss = await read('/rss.xml');
    const paths = ['/rss.xml', '/feed.json', '/', '/articles/number-3'];
    const ages = paths.map(async (path) => (await ask(path)).headers.get('cache-control')?.split(',')[1]);
    return [/<ttl>(\d+)</.exec(rss)?.[1], ...(await Promise.all(ages))];
  };

  test('is that of its feeds: pages are asked for by people', async () => {
    expect(await fields()).toEqual(['15', ' max-age=900', ' max-age=900', ' max-age=300', ' max-age=300']);
  });

  test('is what site.toml says', async () => {
    expect(await fields(90)).toEqual([
      '90',
      ' max-age=5400',
      ' max-age=5400',
      ' max-age=300',
      ' max-age=300',
    ]);
    expect(() => makeSite({ freshness: 0 })).toThrow('freshness');
  });
});
