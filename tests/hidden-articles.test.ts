import { describe, expect, test } from 'vitest';
import { file, makeApp, markdownOf } from './support/app.ts';

const VISIBLE = [
  ['a.md', { title: 'A', date: '2021-02-01', tags: ['harbour', 'sea', 'storm'], author: 'Jane Roe' }],
  ['b.md', { title: 'B', date: '2021-02-02', tags: ['harvest', 'ship'], author: 'Jan Ek' }],
  ['c.md', { title: 'C', date: '2021-02-03', tags: ['song'], author: 'Ali Öz' }],
] as const;
/** Each has values that nobody else has, before, between and after those that can be seen. */
const HIDDEN = [
  [
    'x.md',
    { title: 'X', date: '2027-01-01', tags: ['harbor', 'harpoon', 'hat', 'sea-bed'], author: 'Jan Ehr' },
  ],
  [
    'y.md',
    { title: 'Y', date: '2027-02-01', tags: ['seal', 'secret', 'shark', 'stone'], author: 'Jane Rob' },
  ],
  ['z.md', { title: 'Z', date: '2027-03-01', tags: ['har', 'sa', 'szz'], author: 'Ali Oz' }],
] as const;
const EXPIRED = [
  'e.md',
  { title: 'E', date: '2021-01-01', expires: '2022-01-01', tags: ['harmony'] },
] as const;

const documents = (...all: readonly (readonly [string, Parameters<typeof markdownOf>[0]])[]) =>
  all.map(([path, options]) => file(path, markdownOf(options)));

const GUESSES = [
  ...['h', 'ha', 'har', 'harb', 'harbor', 'harbou', 'hard', 'harpoon', 'hat', 'hz', 'harmony'],
  ...['s', 'sa', 'se', 'sea-bed', 'seal', 'secret', 'sed', 'sh', 'shark', 'so', 'st', 'stone', 'sz', 'zz'],
].flatMap((tag) => [`/tags/${tag}`, `/tags/${tag}/rss.xml`, `/feed.json?tag=${tag}`, `/?not=${tag}`]);
const AUTHORS = ['jan', 'jan-ehr', 'jan-el', 'jane-rob', 'jane-ro', 'ali-oz', 'ali'].map(
  (key) => `/authors/${key}`,
);
const YEARS = ['2020', '2022', '2027'].map((year) => `/years/${year}`);

async function statusHeadersAndBody(response: Response): Promise<unknown> {
  return [response.status, Object.fromEntries(response.headers), await response.text()];
}

describe('a hidden article', () => {
  test('changes no suggestion for a value that is guessed', async () => {
    const [without, withHidden] = await Promise.all([
      makeApp(documents(...VISIBLE, EXPIRED)),
      makeApp(documents(...VISIBLE, EXPIRED, ...HIDDEN)),
    ]);
    for (const path of [...GUESSES, ...AUTHORS, ...YEARS]) {
      for (const accept of ['text/html', 'application/json']) {
        const [one, other] = await Promise.all(
          [without, withHidden].map(async ({ ask }) =>
            statusHeadersAndBody(await ask(path, { Accept: accept })),
          ),
        );
        expect(other, `${accept} of ${path}`).toEqual(one);
      }
    }
  });

  test('leaves a value that only it has unknown, scheduled or expired', async () => {
    const { ask } = await makeApp(documents(...VISIBLE, EXPIRED, ...HIDDEN));
    for (const tag of ['harpoon', 'secret', 'harmony']) {
      expect((await ask(`/tags/${tag}`)).status, tag).toBe(404);
      expect((await ask(`/tags/${tag}/atom.xml`)).status, tag).toBe(404);
    }
    expect((await ask('/tags/harbour')).status).toBe(200);
  });

  test('does not take the place of a suggestion that can be seen', async () => {
    const { ask } = await makeApp(documents(...VISIBLE, ...HIDDEN));
    const body = await (await ask('/tags/harbou', { Accept: 'application/json' })).text();
    expect(body).toContain('/tags/harbour');
    expect(body).toContain('/tags/harvest');
    expect(body).not.toMatch(/harbor|harpoon|\bhat\b/);
  });
});
