import { describe, expect, test } from 'vitest';
import { documentOf, file, makeApp, makeSite } from '../support/app.ts';
import { BROWSER, FEEDS } from '../support/article-app.ts';

const appears = Date.parse('2026-12-24T18:30:00Z');

let clock = 0;

const files = [
  file('old.txt', documentOf('Known Since Long', '1.2.2021')),
  file('later.txt', documentOf('Secret Plan', '24.12.2026', 'Nobody may know.')),
];

const { ask: askAt } = await makeApp(files, {
  site: makeSite({ timeZone: 'Europe/Istanbul', timeOfDay: '21:30' }),
  now: () => clock,
});

describe('an article with a future date', () => {
  const routes = ['/', ...FEEDS, '/articles/secret-plan', '/articles/secret-plan/'];

  test('is on no route before its second, and on all from then on, without a new build', async () => {
    for (const [instant, visible] of [
      [appears - 1, false],
      [appears, true],
      [appears - 1, false],
      [appears + 1e9, true],
    ] as const) {
      clock = instant;
      for (const path of routes.slice(0, 4)) {
        const body = await (await askAt(path)).text();
        expect(body.includes('Secret Plan'), `${path} at ${instant}`).toBe(visible);
        expect(body).toContain('Known Since Long');
      }
      expect((await askAt('/articles/secret-plan')).status).toBe(visible ? 200 : 404);
      expect(
        (await askAt('/rss.xml', BROWSER).then((response) => response.text())).includes('Secret Plan'),
      ).toBe(visible);
    }
  });

  test('changes both validators in that second', async () => {
    clock = appears - 1;
    const before = await askAt('/atom.xml');
    expect(before.headers.get('last-modified')).toBe('Mon, 01 Feb 2021 18:30:00 GMT');
    const headers = { 'if-none-match': before.headers.get('etag') ?? '' };
    const date = { 'if-modified-since': before.headers.get('last-modified') ?? '' };
    expect((await askAt('/atom.xml', headers)).status).toBe(304);
    clock = appears;
    expect((await askAt('/atom.xml', headers)).status).toBe(200);
    expect((await askAt('/atom.xml', date)).status).toBe(200);
    expect((await askAt('/atom.xml')).headers.get('last-modified')).toBe('Thu, 24 Dec 2026 18:30:00 GMT');
  });

  test.each([
    [1_000_000, 'public, max-age=3600, stale-while-revalidate=600, stale-if-error=600'],
    [4200, 'public, max-age=3600, stale-while-revalidate=600, stale-if-error=600'],
    [4199, 'public, max-age=3600, must-revalidate'],
    [500, 'public, max-age=500, must-revalidate'],
    [10, 'public, max-age=10, must-revalidate'],
  ])('is %i seconds away: caches get %s', async (seconds, expected) => {
    clock = appears - seconds * 1000;
    expect((await askAt('/rss.xml')).headers.get('cache-control')).toBe(expected);
  });

  test('less than a second away is not cached beyond it', async () => {
    clock = appears - 400;
    expect((await askAt('/rss.xml')).headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
    const missing = await askAt('/articles/secret-plan');
    expect(missing.headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  });
});

test('an expired article is gone, and says until when it was there; before, nothing differs', async () => {
  const [from, until] = ['2026-12-24T18:30:00Z', '2026-12-31T18:30:00Z'];
  const passing = file(
    'offer.md',
    `---\ntitle: The offer\ndate: ${from}\nexpires: ${until}\n---\n\nOnly this week.\n`,
  );
  let now = 0;
  const { ask } = await makeApp([passing], { now: () => now });
  const answerAt = async (instant: number, path = '/articles/offer'): Promise<readonly [number, string]> => {
    now = instant;
    const response = await ask(path);
    return [response.status, await response.text()];
  };
  const unknown = await answerAt(Date.parse(from) - 1, '/articles/none');
  expect(await answerAt(Date.parse(from) - 1)).toEqual(unknown);
  expect((await answerAt(Date.parse(from)))[0]).toBe(200);
  expect((await answerAt(Date.parse(until) - 1))[0]).toBe(200);
  expect(await answerAt(Date.parse(until))).toEqual([
    410,
    'Gone. The article “The offer” was removed on 2026-12-31.\n',
  ]);
  expect((await answerAt(Date.parse(until), '/articles/offer.md'))[0]).toBe(410);
});

test('an article that expires before it is published is never known', async () => {
  const never = file(
    'never.md',
    '---\ntitle: Never\ndate: 2026-12-31\nexpires: 2026-12-24\n---\n\nA slip of the pen.\n',
  );
  let now = 0;
  const { ask } = await makeApp([never], { now: () => now });
  for (const instant of ['2026-12-20', '2026-12-25', '2027-01-01']) {
    now = Date.parse(instant);
    expect((await ask('/articles/never')).status).toBe(404);
  }
});
