import { describe, expect, test } from 'vitest';
import { file, makeApp, markdownOf, NOW } from '../support/app.ts';

const TEXTS: Readonly<Record<string, string>> = {
  en: 'The harbour is closed until Friday, because the water is higher than anybody has ever seen it before.',
  fr: 'Le port est fermé jusqu’à vendredi, parce que l’eau est plus haute que personne ne l’a jamais vue ici.',
  de: 'Der Hafen ist bis Freitag geschlossen, weil das Wasser höher steht, als irgendjemand es je gesehen hat.',
  ar: 'الميناء مغلق حتى يوم الجمعة لأن الماء أعلى مما رآه أي شخص هنا من قبل في هذه المدينة القديمة.',
};
const HOUR = 3_600_000;

/** A document whose title, and so its address, is its language. */
function documentIn(lang: string, more: Readonly<Record<string, unknown>> = {}): string {
  return markdownOf({ title: lang, slug: lang, date: '2026-01-02', lang, body: TEXTS[lang] ?? '', ...more });
}

interface Named {
  readonly alternates: string[];
  readonly visible: string | undefined;
}

/** The translations that the page of an article names, for machines and for people. */
function namedOn(page: string): Named {
  return {
    alternates: [...page.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g)].map(
      ([, language, address]) => `${language} ${address}`,
    ),
    visible: />(?:Also in:|Aussi en :|Auch auf:|بلغات أخرى:) (.*?)<\/p>/.exec(page)?.[1],
  };
}

async function named(
  files: Readonly<Record<string, string>>,
  slug: string,
  surroundings: Parameters<typeof makeApp>[1] = {},
): Promise<Named> {
  const { ask } = await makeApp(
    Object.entries(files).map(([path, text]) => file(path, text)),
    surroundings,
  );
  const answer = await ask(`/articles/${slug}`);
  expect(answer.status).toBe(200);
  return namedOn(await answer.text());
}

const BOTH = ['en https://news.example/articles/en', 'fr https://news.example/articles/fr'];

describe('translations', () => {
  test.each<[string, string, string, Readonly<Record<string, unknown>>]>([
    ['of one key of Hugo’s', 'a.md', 'b.md', { translationKey: 'closed' }],
    ['of one key for polyglot', 'a.md', 'b.md', { page_id: 'closed' }],
    [
      'of one key of Jekyll’s without plugins',
      '_posts/2026-01-02-a.md',
      '_posts/2026-01-02-b.md',
      { lang_ref: 7 },
    ],
    ['with endings', 'news/closed.en.md', 'news/closed.fr.md', {}],
    ['one with an ending', 'closed/index.md', 'closed/index.fr.md', {}],
    ['in folders', 'content/en/news/closed.md', 'content/fr/news/closed.md', {}],
    ['one in a folder', 'blog/2026-01-02-closed.md', 'fr/blog/2026-01-02-closed.md', {}],
    [
      'as Docusaurus lays them',
      'blog/2026-01-02-closed.md',
      'i18n/fr/docusaurus-plugin-content-blog/2026-01-02-closed.md',
      {},
    ],
  ])('%s name each other', async (_, english, french, more) => {
    const files = { [english]: documentIn('en', more), [french]: documentIn('fr', more) };
    expect(await named(files, 'en')).toEqual({
      alternates: BOTH,
      visible: '<a href="/articles/fr" rel="alternate" hreflang="fr" lang="fr" dir="ltr">Français</a>',
    });
    expect(await named(files, 'fr')).toEqual({
      alternates: BOTH.toReversed(),
      visible: '<a href="/articles/en" rel="alternate" hreflang="en" lang="en" dir="ltr">English</a>',
    });
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'two of one language',
      { 'a.en.md': documentIn('en'), 'fr/a.md': documentIn('fr'), 'a.md': documentIn('en', { slug: 'x' }) },
    ],
    [
      'a folder that is named as a language and is none',
      { 'a/b.md': documentIn('en'), 'is/a/b.md': documentIn('fr') },
    ],
    ['names that say no language', { 'a.md': documentIn('en'), 'a.markdown': documentIn('fr') }],
    ['names that are numbers', { 'news/en/001.md': documentIn('en'), 'news/fr/001.md': documentIn('fr') }],
    [
      'one that is in no list',
      { 'aa.en.md': documentIn('en'), 'aa.fr.md': documentIn('fr', { unlisted: true }) },
    ],
    [
      'one that is not published',
      { 'aa.en.md': documentIn('en'), 'aa.fr.md': documentIn('fr', { draft: true }) },
    ],
  ])('are not made of %s', async (_, files) => {
    expect(await named(files, 'en')).toEqual({ alternates: [], visible: undefined });
  });

  test('are named under the pinned origin, each in its own words', async () => {
    const files = Object.fromEntries(
      Object.keys(TEXTS).map((lang) => [`closed.${lang}.md`, documentIn(lang)]),
    );
    const environment = { SITE_URL: 'https://pinned.example' };
    const { alternates, visible } = await named(files, 'de', { environment });
    expect(alternates.map((each) => each.slice(0, 3 + environment.SITE_URL.length))).toEqual(
      ['de', 'ar', 'en', 'fr'].map((lang) => `${lang} ${environment.SITE_URL}`),
    );
    expect(visible).toBe(
      [
        '<a href="/articles/ar" rel="alternate" hreflang="ar" lang="ar" dir="rtl">العربية</a>',
        '<a href="/articles/en" rel="alternate" hreflang="en" lang="en" dir="ltr">English</a>',
        '<a href="/articles/fr" rel="alternate" hreflang="fr" lang="fr" dir="ltr">Français</a>',
      ].join(' · '),
    );
  });

  test('are named from their second on until they go, and by no other page before', async () => {
    let now = NOW;
    const [from, until] = [NOW + HOUR, NOW + 2 * HOUR];
    const [date, expires] = [from, until].map((instant) => new Date(instant).toISOString());
    const { ask } = await makeApp(
      [
        file('closed.en.md', documentIn('en')),
        file('closed.fr.md', documentIn('fr', { date, expires })),
        file('closed.de.md', documentIn('de')),
      ],
      { now: () => now },
    );
    const seen = async (): Promise<{ named: string[]; tag: string; modified: string; page: string }> => {
      const answer = await ask('/articles/en');
      const page = await answer.text();
      return {
        page,
        named: namedOn(page).alternates.map((each) => each.slice(0, 2)),
        tag: `${answer.headers.get('etag')}`,
        modified: `${answer.headers.get('last-modified')}`,
      };
    };

    const before = await seen();
    expect(before.named).toEqual(['en', 'de']);
    expect(before.page).not.toMatch(/articles\/fr|Français|hreflang="fr"/);
    now = from - 1;
    expect(await seen()).toEqual(before);

    now = from;
    const during = await seen();
    expect(during.named).toEqual(['en', 'de', 'fr']);
    expect(during.page).toContain('Français');
    expect(during.tag).not.toBe(before.tag);
    expect(during.modified).toBe(new Date(from).toUTCString());
    expect((await ask('/articles/en', { 'if-none-match': before.tag })).status).toBe(200);

    now = until;
    const after = await seen();
    expect(after.page).toBe(before.page);
    expect(after.tag).toBe(before.tag);
    expect(after.modified).toBe(new Date(until).toUTCString());
  });

  test('of which none is visible leave nothing on the page', async () => {
    const files = {
      'closed.en.md': documentIn('en'),
      'closed.fr.md': documentIn('fr', { date: '2027-01-01' }),
    };
    expect(await named(files, 'en')).toEqual({ alternates: [], visible: undefined });
  });
});

test('an address that translations state is below their languages, except in the language of the site', async () => {
  const documents = ['fr', 'en', 'de'].map((lang) =>
    file(`${lang}/a.md`, documentIn(lang, { permalink: '/harbour/closed/', aliases: [`/only-${lang}`] })),
  );
  const { ask } = await makeApp(documents);
  for (const [address, slug] of [
    ['/harbour/closed/', 'en'],
    ['/fr/harbour/closed/', 'fr'],
    ['/de/harbour/closed', 'de'],
    ['/only-fr', 'fr'],
  ])
    expect((await ask(address ?? '')).headers.get('Location')).toBe(`https://news.example/articles/${slug}`);
});

test('an address of a scheduled document changes none of its translation', async () => {
  const french = file('fr/a.md', documentIn('fr', { permalink: '/harbour/closed/' }));
  const later = file('a.md', documentIn('en', { permalink: '/harbour/closed/', date: '2099-01-02' }));
  const { ask } = await makeApp([french, later]);
  expect((await ask('/harbour/closed/')).headers.get('Location')).toBe('https://news.example/articles/fr');
  expect((await ask('/fr/harbour/closed/')).status).toBe(
    (await (await makeApp([french])).ask('/fr/harbour/closed/')).status,
  );
});
