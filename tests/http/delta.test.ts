import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parseFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import { file, makeApp, makeAppFrom, makeSite, markdownOf, seedFiles, type TestApp } from '../support/app.ts';

const DAY = 86_400_000;
const START = Date.parse('2024-01-01T00:00:00Z');
const FEEDS = ['/rss.xml', '/atom.xml', '/feed.json', '/tags/even/atom.xml'] as const;

const article = (number: number, text = 'As it was.'): ReturnType<typeof file> =>
  file(
    `${number}.md`,
    markdownOf({
      title: `Number ${number}`,
      date: new Date(START + number * DAY).toISOString(),
      tags: [number % 2 === 0 ? 'Even' : 'Odd'],
      body: `${text} ${'And a sentence to give it a body. '.repeat(30)}`,
    }),
  );

const articles = (count: number): ReturnType<typeof file>[] =>
  Array.from({ length: count }, (_, i) => article(i));

/** Contents by ids. */
function entriesOf(text: string): Map<string, string> {
  const { format, feed } = parseFeed(text);
  const list = format === 'atom' ? feed.entries : (feed as { items?: unknown[] }).items;
  return new Map(
    (list ?? []).map((entry) => {
      const { id, guid } = entry as { id?: string; guid?: { value?: string } };
      return [id ?? guid?.value ?? '', JSON.stringify(entry)];
    }),
  );
}

const removalsOf = (text: string): string[] =>
  [...text.matchAll(/<at:deleted-entry [^>]*ref="([^"]+)"/g)].map((match) => match[1] ?? '');

const before = await makeApp(articles(40));
const after = await makeApp([...articles(40), article(40), article(41)]);
const etagOf = async (app: TestApp, path: string): Promise<string> =>
  (await app.ask(path)).headers.get('etag') ?? '';

const known = await etagOf(before, '/rss.xml');
const current = await etagOf(after, '/rss.xml');

describe('a poll that asks for what is new', () => {
  test.each(FEEDS)('of %s gets only that', async (path) => {
    const etag = await etagOf(before, path);
    const response = await after.ask(path, { 'a-im': 'feed', 'if-none-match': etag });
    expect(response.status).toBe(226);
    expect(response.headers.get('im')).toBe('feed');
    expect(response.headers.get('delta-base')).toBe(etag);
    expect(response.headers.get('etag')).toBe(await etagOf(after, path));
    expect(response.headers.get('vary')).toContain('A-IM');
    expect(response.headers.get('cache-control')).toMatch(/^no-store, im, max-age=\d+/);
    const [was, is, sent] = await Promise.all(
      [before.ask(path), after.ask(path), response].map(async (each) => entriesOf(await (await each).text())),
    );
    const added = [...(is ?? [])].filter(([id]) => !was?.has(id));
    expect([...(sent ?? [])]).toEqual(added);
    expect(added.length).toBeGreaterThan(0);
  });

  test('may have it as gzip, and need not have the body', async () => {
    const headers = { 'a-im': 'feed', 'if-none-match': await etagOf(before, '/rss.xml') };
    const plain = Buffer.from(await (await after.ask('/rss.xml', headers)).arrayBuffer());
    const packed = await after.ask('/rss.xml', { ...headers, 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).equals(plain)).toBe(true);
    const head = await after.ask('/rss.xml', headers, 'HEAD');
    expect([head.status, await head.text()]).toEqual([226, '']);
  });

  test('costs a twentieth of the whole, or less', async () => {
    const long = (number: number): ReturnType<typeof file> =>
      article(
        number,
        Array.from({ length: 300 }, (_, word) => `w${(word * 7919 * (number + 3)) % 10007}`).join(' '),
      );
    const site = makeSite({ feedBytes: 1_000_000 });
    const all = Array.from({ length: 51 }, (_, number) => long(number));
    const [old, now] = await Promise.all([
      makeApp(all.slice(0, 49), { site }),
      makeApp(all.slice(0, 50), { site }),
    ]);
    for (const path of ['/rss.xml', '/atom.xml', '/feed.json']) {
      const gzip = { 'accept-encoding': 'gzip' };
      const etag = await etagOf(old, path);
      const whole = (await (await now.ask(path, gzip)).arrayBuffer()).byteLength;
      const delta = await now.ask(path, { ...gzip, 'a-im': 'feed', 'if-none-match': etag });
      expect(delta.status).toBe(226);
      expect((await delta.arrayBuffer()).byteLength * 20).toBeLessThanOrEqual(whole);
    }
  });

  test('does not say that a part is complete', async () => {
    const [few, more] = await Promise.all([makeApp(articles(3)), makeApp(articles(4))]);
    for (const path of ['/rss.xml', '/atom.xml']) {
      const response = await more.ask(path, { 'a-im': 'feed', 'if-none-match': await etagOf(few, path) });
      expect(response.status).toBe(226);
      expect(await response.text()).not.toContain('fh:complete');
      expect(await more.read(path)).toContain('<fh:complete/>');
    }
  });

  test.each([
    ['feed', { 'a-im': 'feed', 'if-none-match': known }, 226],
    ['FEED', { 'a-im': 'FEED', 'if-none-match': known }, 226],
    ['among others', { 'a-im': 'vcdiff, feed;q=0.5 , gzip', 'if-none-match': known }, 226],
    ['with an older tag beside it', { 'a-im': 'feed', 'if-none-match': `"x", ${known}` }, 226],
    ['with the tag made strong', { 'a-im': 'feed', 'if-none-match': known.slice(2) }, 226],
    ['what is not known', { 'a-im': 'vcdiff', 'if-none-match': known }, 200],
    ['feed but not gladly', { 'a-im': 'feed;q=0', 'if-none-match': known }, 200],
    ['feeds', { 'a-im': 'feeds', 'if-none-match': known }, 200],
    ['without a tag', { 'a-im': 'feed' }, 200],
    ['with a foreign tag', { 'a-im': 'feed', 'if-none-match': '"abc"' }, 200],
    ['with a tag that looks like ours', { 'a-im': 'feed', 'if-none-match': 'W/"a.bbbbbccccc"' }, 200],
    ['with a date only', { 'a-im': 'feed', 'if-modified-since': new Date(START).toUTCString() }, 200],
    ['with the current tag', { 'a-im': 'feed', 'if-none-match': current }, 304],
    [
      'with an older tag and the current one',
      { 'a-im': 'feed', 'if-none-match': `${known}, ${current}` },
      304,
    ],
    [
      'as feedparser',
      { 'a-im': 'feed', 'if-none-match': known, 'user-agent': 'feedparser/6.0.11 +https://x/' },
      200,
    ],
    [
      'as rss2email',
      { 'a-im': 'feed', 'if-none-match': known, 'user-agent': 'rss2email/3.14 (https://x)' },
      200,
    ],
    ['as newsboat', { 'a-im': 'feed', 'if-none-match': known, 'user-agent': 'newsboat/2.21' }, 226],
  ])('that says %s', async (_, headers, status) => {
    expect((await after.ask('/rss.xml', headers)).status).toBe(status);
  });

  test('takes the tag of one format for nothing in another', async () => {
    const headers = { 'a-im': 'feed', 'if-none-match': await etagOf(before, '/atom.xml') };
    expect((await after.ask('/rss.xml', headers)).status).toBe(200);
  });

  test('gets the whole where the site wants it so, and from pages and history', async () => {
    const site = makeSite({ deltas: false });
    const whole = await makeApp([...articles(40), article(40)], { site });
    const headers = { 'a-im': 'feed', 'if-none-match': known };
    expect((await whole.ask('/rss.xml', headers)).status).toBe(200);
    for (const path of ['/', '/archive/1/rss.xml'])
      expect(
        (await after.ask(path, { ...headers, 'if-none-match': await etagOf(before, path) })).status,
      ).not.toBe(226);
  });
});

/** What happens to a site between two polls. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('publish' as const) }),
  fc.record({ kind: fc.constant('schedule' as const), days: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constant('edit' as const),
    which: fc.nat(),
    text: fc.constantFrom('One.', 'Two.', 'As it was.'),
  }),
  fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }),
  fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 3 }) }),
);

describe('any history', () => {
  test('leaves a client that takes deltas with what one has that takes whole feeds', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FEEDS),
        fc.array(fc.array(event, { maxLength: 3 }), { maxLength: 8 }),
        async (path, polls) => {
          let now = START + 30 * DAY;
          let next = 30;
          let ledger: string | undefined;
          const texts = new Map(Array.from({ length: 14 }, (_, number) => [number, 'As it was.']));
          const days = new Map([...texts.keys()].map((number) => [number, number]));
          const whole = new Map<string, string>();
          const patched = new Map<string, string>();
          let etag: string | undefined;
          for (const events of [[], ...polls]) {
            for (const each of events) {
              const numbers = [...texts.keys()];
              const chosen = 'which' in each ? numbers[each.which % numbers.length] : undefined;
              if (each.kind === 'wait') now += each.days * DAY;
              if (each.kind === 'publish' || each.kind === 'schedule') {
                texts.set(next, 'As it was.');
                days.set(next, (now - START) / DAY + (each.kind === 'schedule' ? each.days : 0));
                next++;
              }
              if (each.kind === 'edit' && chosen !== undefined) texts.set(chosen, each.text);
              if (each.kind === 'remove' && chosen !== undefined && numbers.length > 1) texts.delete(chosen);
            }
            now += 1000;
            const files = [...texts].map(([number, text]) => ({
              ...article(days.get(number) ?? 0, text),
              path: `${number}.md`,
            }));
            const built = await makeAppFrom(seedFiles(files, {}, ledger), { now: () => now });
            ledger = built.ledger;

            const full = await built.read(path);
            for (const [id, content] of entriesOf(full)) whole.set(id, content);
            for (const id of removalsOf(full)) whole.delete(id);
            const answer = await built.ask(path, {
              'a-im': 'feed',
              ...(etag === undefined ? {} : { 'if-none-match': etag }),
            });
            expect([200, 226, 304]).toContain(answer.status);
            etag = answer.headers.get('etag') ?? undefined;
            const text = answer.status === 304 ? undefined : await answer.text();
            for (const [id, content] of text === undefined ? [] : entriesOf(text)) patched.set(id, content);
            for (const id of text === undefined ? [] : removalsOf(text)) patched.delete(id);
            expect(patched).toEqual(whole);
          }
        },
      ),
      { numRuns: 25 },
    ));
});
