import { ARTICLE_FORMATS, formatEndings, paths } from '../../src/routes/paths.ts';
import { markdownOf } from './app.ts';

/** Later than the expiry of any response. */
export const LATER = '2026-09-01';

const PROSE: Readonly<Record<string, string>> = {
  en: 'The harbour is closed until Friday, because the water is higher than anybody has ever seen it before.',
  fr: 'Le port est fermé jusqu’à vendredi, parce que l’eau est plus haute que personne ne l’a jamais vue ici.',
};

/** Visible documents. */
export const VISIBLE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Array.from({ length: 50 }, (_, day): [string, string] => [
      `archive/day-${day}.md`,
      markdownOf({
        title: `Day ${day} of the tides`,
        date: new Date(Date.parse('2025-01-01') + day * 86_400_000).toISOString(),
        tags: [['Weather', 'Sea', 'Ferries'][day % 3] ?? ''],
        author: ['Jane Roe', 'Ali Öz'][day % 2] ?? '',
        body: `${PROSE.en}\n\nNumber ${day}. ${wordsFrom('s', 40 * day, 40)}`,
      }),
    ]),
  ),
  'notes/storm.md': markdownOf({ title: 'Storm', date: '2025-06-01', tags: ['Storms'], body: 'A storm.' }),
  'notes/for-readers.md': markdownOf({
    title: 'For readers',
    date: '2025-06-02',
    author: 'mary-major',
    aliases: ['/2020/readers.html'],
    body: 'See [[Storm]], ![[chart.png]] and [the storm](storm.md).',
  }),
  'notes/first.md': '---\ntitle: First of three\ndate: 2025-06-03\nlang: en\nseries: Tides\n---\n\nOne.\n',
  'notes/third.md': '---\ntitle: Third of three\ndate: 2025-06-04\nlang: en\nseries: Tides\n---\n\nTwo.\n',
  'notes/spring-tide.md': '---\ntitle: Spring tide\nlang: en\n---\n\nA paragraph without a date.\n',
  'notes/numbered.md': '---\nid: "42"\ntitle: Numbered\ndate: 2025-06-03\nlang: en\n---\n\nOne paragraph.\n',
  'quay.md': markdownOf({
    title: 'Le quai',
    slug: 'quay',
    lang: 'fr',
    date: '2025-06-04',
    body: PROSE.fr ?? '',
  }),
  'closed.en.md': markdownOf({ title: 'Closed', date: '2025-06-05', body: PROSE.en ?? '' }),
  'closed.fr.md': markdownOf({ title: 'Fermé', lang: 'fr', date: '2025-06-05', body: PROSE.fr ?? '' }),
  'fr/short.txt': 'OK\n\n- 2025-06-06\n\nOK.\n',
  'fr/long.txt': `Le port\n\n- 2025-06-07\n\n${PROSE.fr}\n`,
  'over.md': markdownOf({ title: 'Over', date: '2025-06-08', expires: '2025-07-01', tags: ['Bygone'] }),
  'notes/links.md': markdownOf({
    title: 'Links',
    date: '2025-06-09',
    body: '[A](/tags/zqtag) [B](/tag/zqtag/) [C](/collections/zqfolder/rss.xml) [D](/moved/zqlist) [E](/moved/list)',
  }),
  _redirects: [
    '/moved/zqlist /tags/zqtag',
    '/moved/zqfeed /collections/zqfolder/rss.xml',
    '/moved/zqquery /?author=zqauthor&not=sea',
    '/moved/zqpicture /img/zq.png',
    '/moved/list /tags/weather',
    '/moved/picture /img/chart.png',
  ].join('\n'),
  'notes/copied.md': markdownOf({
    title: 'Copied',
    date: '2025-06-09',
    body: '[A](https://copied.example/web/a.html) [B](https://copied.example/2026/zq.html)',
  }),
  'unlisted.md': markdownOf({ title: 'Unlisted', date: '2025-06-09', unlisted: true, tags: ['Quiet'] }),
  ...Object.fromEntries(
    ['one', 'two'].map((name) => [`old/${name}.html`, pageOf('https://old.example', `news/${name}.html`)]),
  ),
  ...Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((name) => [
      `web/${name}.html`,
      templatePage(`Page ${name}`, '2025-06-10', `<p>${PROSE.en}</p>`),
    ]),
  ),
};

/** Documents that are hidden before their instant; words of theirs only begin with `zq`. */
export const SCHEDULED: Readonly<Record<string, string>> = {
  'storm.md': markdownOf({
    title: 'Storm',
    date: LATER,
    tags: ['zqtag', 'Wezq', 'WEATHER', 'Storzq', '2099'],
    author: 'zqauthor',
    aliases: ['/articles/spring-tide', '/2020/zqalias.html', '/2020/readers.html'],
    body: `zqword seaside ${wordsFrom('s', 7, 30, 'zq')} storm harbour`,
  }),
  'zqfolder/spring-tide.md': markdownOf({
    title: 'Spring tide',
    date: '2027-01-01',
    lang: 'tr',
    tags: ['WEATHER', 'Ferrzq'],
    body: 'Liman cuma gününe kadar kapalı, çünkü su hiç olmadığı kadar yüksek. zqkelime',
  }),
  'zqnotes/numbered.md': `---\nid: "42"\ntitle: Numbered\ndate: ${LATER}\nlang: en\ntags: [WEATHER, SEA, SEA]\nsource: zqsource\n---\n\nThird zqword.\n`,
  'notes/zqsecond.md': `---\ntitle: zqsecond of three\ndate: ${LATER}\nlang: en\nseries: TIDES\npart: 1\n---\n\nzqword.\n`,
  'zqquay.md': markdownOf({ title: 'zqquay', slug: 'quay', date: LATER }),
  'authors/mary-major.md': markdownOf({ title: 'Mary zqMajor', date: LATER }),
  'fr/closed.md': markdownOf({ title: 'zqclosed', lang: 'fr', date: LATER, body: PROSE.fr ?? '' }),
  'closed.de.md': markdownOf({
    title: 'zqgeschlossen',
    lang: 'de',
    date: LATER,
    body: 'Der Hafen ist bis Freitag geschlossen, weil das Wasser höher steht, als irgendjemand es je sah.',
  }),
  'fr/zqlong.txt': `Le zqport\n\n- 1.9.2026\n\n${PROSE.fr}\n`,
  '2026/zq.html': pageOf('https://copied.example', '2026/zq.html', LATER),
  '2026/zqdraft.html': `---\ndraft: true\n---\n${pageOf('https://copied.example', '2026/zqdraft.html')}`,
  'old/zq.html': pageOf('https://old.example', 'news/zq.html', LATER),
  'web/zq.html': templatePage('zqpage', LATER, `<p>${PROSE.en}</p>`),
  'zqunlisted.md': markdownOf({
    title: 'zqunlisted',
    date: LATER,
    unlisted: true,
    body: '![zq](img/zq.png)',
  }),
  'zqdraft.md': '---\ntitle: zqdraft\ndraft: true\ntags: [zqdrafttag]\n---\n\nzqword.\n',
  'short.md': markdownOf({ title: 'zqshort', date: LATER, expires: '2026-09-02', tags: ['zqshort'] }),
};

/** Different words that begin alike. */
function wordsFrom(start: string, first: number, count: number, end = ''): string {
  return Array.from({ length: count }, (_, i) => start + (first + i).toString(26) + end).join(' ');
}

/** A page that says where it was published before. */
function pageOf(origin: string, path: string, date = '2025-06-11'): string {
  return `<!DOCTYPE html><html lang="en"><head><title>Page at ${path}</title><link rel="canonical" href="${origin}/${path}"><meta property="article:published_time" content="${date}T10:00:00Z"></head><body><article><h1>Page at ${path}</h1><p>${PROSE.en}</p></article></body></html>`;
}

function templatePage(title: string, date: string, body: string): string {
  return `<!DOCTYPE html><html lang="en"><head><title>The Harbour Times, daily</title><meta property="article:published_time" content="${date}T10:00:00Z"></head><body><main><article><h1>${title}</h1>${body}</article></main></body></html>`;
}

/** Documents that a later build adds, with the ledger of the first one. */
export const ADDED: Readonly<Record<string, string>> = {
  'notes/zqquay.md': markdownOf({ title: 'zqquay', date: '2026-06-14', tags: ['Weather'] }),
  'notes/second.md': markdownOf({ title: 'Storm', date: '2026-06-14', tags: ['WEATHER'], body: 'Another.' }),
  'notes/numbered.md': '---\nid: "42"\ntitle: Numbered\ndate: 2025-06-03\nlang: en\n---\n\nEdited.\n',
};

const FORMS = ['', '/rss.xml', '/atom.xml', '/feed.json'];

/** Values that visible articles have. */
export const VALUES = [
  ...['/tags/weather', '/tags/sea', '/tags/storms', '/authors/jane-roe', '/authors/mary-major'],
  ...['/sources/old.example', '/languages/en', '/languages/fr', '/years/2025', '/collections/archive'],
  ...['/collections/fr', '/collections/notes', '/series/tides'],
];

/** Values that only hidden ones have, and what is spelled like them. */
const GUESSED = [
  ...beginningsOf('zqtag').map((key) => `/tags/${key}`),
  ...beginningsOf('zqauthor').map((key) => `/authors/${key}`),
  ...beginningsOf('zqsource').map((key) => `/sources/${key}`),
  ...beginningsOf('zqfolder').map((key) => `/collections/${key}`),
  ...[
    'we',
    'wez',
    'wezq',
    'wezr',
    'web',
    'storz',
    'storzq',
    'ferrz',
    'zqdrafttag',
    'zqshort',
    'bygone',
    'bygond',
    'quiet',
  ].map((key) => `/tags/${key}`),
  ...[...['tr', 'de', 'd', 't']].map((key) => `/languages/${key}`),
  ...['2026', '2027', '2099', '202'].map((key) => `/years/${key}`),
  ...['zqmajor', 'mary-zqmajor', 'mary'].map((key) => `/authors/${key}`),
  ...['authors', 'web', 'we'].map((key) => `/collections/${key}`),
];

function beginningsOf(word: string): string[] {
  return Array.from({ length: word.length }, (_, length) => word.slice(0, length + 1));
}

const QUERIES = [
  'tag=weather,sea',
  'tag=weather&not=ferries',
  'author=jane-roe&not-language=fr',
  'not-year=2025',
  'not=weather',
  'tag=weather,zqtag',
  'not=zqtag',
  'not-collection=zqfolder',
  'not-source=zqsource',
  'author=zqauthor&q=storm',
  'language=fr&tag=weather',
  'tag=WEATHER',
  ...[
    'harbour',
    'zqword',
    'zqkelime',
    'zqwo*',
    'seaside',
    'storm',
    'storm harbour',
    '"storm harbour"',
    'harbour -storm',
    'sto*',
    's1*',
    's2*',
    'sea*',
    'gauge',
    'liman',
  ].map((words) => `q=${encodeURIComponent(words)}`),
];

export const SLUGS = [
  ...['storm', 'for-readers', 'spring-tide', 'numbered', 'quay', 'le-quai', 'closed', 'closed-fr', 'ok'],
  ...['le-port', 'over', 'unlisted', 'a', 'b', 'one', 'day-1', 'day-49'],
];

const HIDDEN_SLUGS = [
  ...['storm-2026-09-01', 'storm-2', 'spring-tide-2', 'spring-tide-2027-01-01', 'numbered-2026-09-01'],
  ...['zqquay', 'quay-2026-09-01', 'quay-fr', 'mary-zqmajor', 'zqclosed', 'zqgeschlossen', 'le-zqport'],
  ...['zqpage', 'zqunlisted', 'zqdraft', 'zqshort', 'z'],
];

export const ADDRESSES = [
  ...['/', ...paths.rss, ...paths.atom, ...paths.json, '/rss.xml/', '/atom/'],
  ...[
    '/search',
    '/feeds',
    '/feeds.opml',
    '/feeds/',
    '/llms.txt',
    '/robots.txt',
    '/sitemap.xml',
    '/sitemap-news.xml',
  ],
  ...[
    ...['/sitemap/1.xml', '/sitemap/2.xml', '/nothing', '/articles', '/articles/', '/%', '/store/x'],
    ...['/media/x/y.png'],
  ],
  ...Array.from({ length: 8 }, (_, page) => FORMS.map((form) => `/archive/${page}${form}`)).flat(),
  ...VALUES.flatMap((value) => FORMS.flatMap((form) => [value + form, `${value}/archive/1${form}`])),
  ...GUESSED.flatMap((value) => [value, `${value}/feed.json`, `${value}/archive/1`]),
  ...QUERIES.flatMap((query) =>
    ['/', '/rss.xml', '/atom.xml', '/feed.json', '/search'].map((path) => `${path}?${query}`),
  ),
  ...[...SLUGS, ...HIDDEN_SLUGS].flatMap((slug) =>
    ['', '/', ...ARTICLE_FORMATS.map((form) => formatEndings[form])].map(
      (ending) => `/articles/${slug}${ending}`,
    ),
  ),
  ...[
    '/2020/readers.html',
    '/2020/zqalias.html',
    '/2020/zqalias.html/',
    '/zqnotes/numbered.md',
    '/old/one.html',
    '/old/zq.html',
    '/img/chart.png',
    '/img/zq.png',
    ...['zqlist', 'zqfeed', 'zqquery', 'zqpicture', 'list', 'picture'].map((name) => `/moved/${name}`),
    ...['/tags/zqtag.rss', '/feed/zqfolder.xml', '/?tag=zqtag&feed=rss2', '/Tags/zqtag', '/tags/zqtag/'],
  ],
];
