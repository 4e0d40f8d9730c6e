import { describe, expect, test } from 'vitest';
import type { Article } from '../../src/article.ts';
import { file, makeApp, makeSite, NOW, seedFiles } from '../support/app.ts';
import { collectArticles } from '../support/collect.ts';

const DAY = 86_400_000;

interface Example {
  readonly title: string;
  /** Days from now. */
  readonly day: number;
  readonly tags?: string;
  readonly series?: string;
  readonly more?: string;
  readonly lang?: string;
}

function documentOf({
  title,
  day,
  tags = '',
  series,
  more = '',
  lang = 'en',
}: Example): ReturnType<typeof file> {
  const date = new Date(NOW + day * DAY).toISOString();
  const lines = [`title: ${title}`, `date: ${date}`, `lang: ${lang}`, `tags: [${tags}]`, more];
  if (series !== undefined) lines.push(`series: ${series}`);
  return file(`${title.replaceAll(' ', '-')}.md`, `---\n${lines.join('\n')}\n---\n\nText of ${title}.\n`);
}

/** Articles that share nothing with the others, so that what others share tells something. */
const OTHERS = Array.from({ length: 20 }, (_, index) =>
  documentOf({ title: `z${index}`, day: -100 - index, tags: `t${index}` }),
);

async function articlesOf(examples: readonly Example[]): Promise<ReadonlyMap<string, Article>> {
  const files = seedFiles([...examples.map(documentOf), ...OTHERS]);
  const { articles } = await collectArticles(files, makeSite(), NOW);
  return new Map(articles.map((article) => [article.title, article]));
}

const titlesOf = (article: Article | undefined): string[] | undefined =>
  article?.related.map(({ title }) => title);

describe('related articles', () => {
  test('share rare tags rather than common ones, and words of the title', async () => {
    const articles = await articlesOf([
      { title: 'Kelp', day: -1, tags: 'Sea, Weed' },
      { title: 'Wrack', day: -40, tags: 'sea, WEED' },
      { title: 'Waves', day: -2, tags: 'Sea' },
      { title: 'Foam', day: -3, tags: 'Sea' },
      { title: 'Lighthouse keepers strike', day: -4 },
      { title: 'The keepers of the lighthouse', day: -5 },
    ]);
    expect(titlesOf(articles.get('Kelp'))).toEqual(['Wrack', 'Waves', 'Foam']);
    expect(titlesOf(articles.get('Lighthouse keepers strike'))).toEqual(['The keepers of the lighthouse']);
    expect(titlesOf(articles.get('z1'))).toEqual([]);
  });

  test('are never hidden ones, pages, parts of the same series or in another language', async () => {
    const articles = await articlesOf([
      { title: 'Kelp', day: -1, tags: 'Weed', series: 'Algae' },
      { title: 'Wrack', day: -2, tags: 'Weed', more: 'unlisted: true' },
      { title: 'Dulse', day: -3, tags: 'Weed', more: 'draft: true' },
      { title: 'Laver', day: -4, tags: 'Weed', more: 'type: page' },
      { title: 'Nori', day: -5, tags: 'Weed', more: `expires: ${new Date(NOW - DAY).toISOString()}` },
      { title: 'Oarweed', day: -6, tags: 'Weed', series: 'Algae' },
      { title: 'Tangle', day: -7, tags: 'Weed', lang: 'fr' },
    ]);
    expect(titlesOf(articles.get('Kelp'))).toEqual([]);
    expect(titlesOf(articles.get('Wrack'))).toEqual([]);
  });

  test('appear and go on the page in the second in which they do, and change no feed', async () => {
    let now = NOW;
    const examples = [
      { title: 'Kelp', day: -1, tags: 'Weed' },
      { title: 'Wrack', day: 30, tags: 'Weed', more: `expires: ${new Date(NOW + 60 * DAY).toISOString()}` },
    ];
    const documents = [...examples.map(documentOf), ...OTHERS];
    const { ask, read } = await makeApp(documents, { now: () => now });
    const alone = await makeApp(documents.toSpliced(1, 1), { now: () => now });
    const page = async (): Promise<string> => read('/articles/kelp');
    expect(await page()).toBe(await alone.read('/articles/kelp'));
    const tag = (await ask('/tags/t1/rss.xml')).headers;
    now += 30 * DAY - 1000;
    expect(await page()).not.toContain('Wrack');
    expect((await ask('/articles/z1')).headers.get('cache-control')).toContain('max-age=1,');
    expect((await ask('/tags/t1/rss.xml')).headers.get('cache-control')).toBe(tag.get('cache-control'));
    now += 1000;
    expect(await page()).toMatch(/class="related".*href="\/articles\/wrack"/s);
    expect((await ask('/articles/kelp')).headers.get('last-modified')).toBe(new Date(now).toUTCString());
    now += 30 * DAY;
    expect(await page()).not.toContain('Wrack');
  });

  test('a new article changes those of few others', async () => {
    const many = Array.from({ length: 200 }, (_, index) => {
      return { title: `a${index}`, day: index - 300, tags: index % 2 ? 'Odd' : 'Even' };
    });
    const before = await articlesOf(many);
    const after = await articlesOf([...many, { title: 'New', day: -1, tags: 'Odd' }]);
    const changed = many.filter(
      ({ title }) => String(titlesOf(before.get(title))) !== String(titlesOf(after.get(title))),
    );
    expect(changed.length).toBeLessThan(5);
  });
});

describe('a series', () => {
  const examples = [
    { title: 'One', day: -9, series: 'The deepening' },
    { title: 'Three', day: -8, series: 'the deepening' },
    { title: 'Two', day: -7, series: 'The Deepening', more: 'series_order: 2' },
    { title: 'Four', day: 5, series: 'The deepening' },
    { title: 'Eins', day: -5, series: 'The deepening', lang: 'de' },
  ];

  test('is in the order of its numbers, then of publication, in each language', async () => {
    const articles = await articlesOf(examples.map((each) => ({ more: 'part: 3', ...each })));
    const places = ['One', 'Two', 'Three', 'Eins'].map((title) => {
      const { part, parts, previous, next } = articles.get(title)?.series ?? {};
      return [part, parts, previous?.title, next?.title];
    });
    expect(places).toEqual([
      [2, 3, 'Two', 'Three'],
      [1, 3, undefined, 'One'],
      [3, 3, 'One', undefined],
      [1, 1, undefined, undefined],
    ]);
  });

  test('is a list with feeds, and counts what is out', async () => {
    let now = NOW;
    const { ask, read } = await makeApp(examples.map(documentOf), { now: () => now });
    const page = async (path: string): Promise<string> => read(path);
    expect(await page('/articles/one')).toContain('Part 2 of 3');
    expect(await page('/articles/three')).not.toContain('Four');
    for (const path of ['/series/the-deepening', '/series/the-deepening/feed.json'])
      expect((await ask(path)).status, path).toBe(200);
    expect(await page('/feeds.opml')).toContain('/series/the-deepening/');
    now += 5 * DAY;
    expect(await page('/articles/one')).toContain('Part 2 of 4');
    expect(await page('/articles/three')).toMatch(/Next part.*Four/s);
  });
});
