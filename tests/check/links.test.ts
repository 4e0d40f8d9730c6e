import { expect, test } from 'vitest';
import { checkLinks } from '../../src/check/site.ts';

const ORIGIN = 'https://news.example';
const STATUSES: Readonly<Record<string, readonly [number, string?]>> = {
  '/there': [200],
  '/moved': [308, '/there'],
  '/round': [301, '/round'],
  '/away': [302, 'https://other.example/'],
  '/a.png': [200],
};

test('links of articles to their own site lead somewhere, and pictures are there', async () => {
  const links = ['/there', '/moved', '/away', '/round', '/dead?x=1', '/dead?x=1'].map(
    (path) => `<a href="${ORIGIN}${path}#part">x</a>`,
  );
  const pictures = ['/a.png', '/gone.png'].map((path) => `<img src="${ORIGIN}${path}" alt="">`);
  const elsewhere = '<a href="https://other.example/none">x</a><a href="mailto:a@b.example">x</a>';
  const entry = { id: '1', title: 'A', content: [...links, ...pictures, elsewhere].join('') };
  const issues = await checkLinks([entry], ORIGIN, async (target) => {
    const [status, location] = STATUSES[target] ?? [404];
    return {
      status,
      headers: new Headers(location === undefined ? {} : { location }),
      body: new Uint8Array(),
    };
  });
  expect(issues.map(({ severity, rule, message }) => [severity, rule, /"(.*?)"/.exec(message)?.[1]])).toEqual(
    [
      ['error', 'links/dead-link', `${ORIGIN}/round#part`],
      ['error', 'links/dead-link', `${ORIGIN}/dead?x=1#part`],
      ['error', 'links/missing-file', `${ORIGIN}/gone.png`],
    ],
  );
});
