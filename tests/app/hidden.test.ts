import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { ARTICLE_FORMATS, formatEndings, partPath, paths } from '../../src/routes/paths.ts';
import { decodeStore } from '../../src/store/format.ts';
import { documentOf, file, makeApp, markdownOf, type TestApp } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { temporaryFolder } from '../support/folder.ts';

/*
 * Two builds of the same seeds, of which one has more documents that nobody may see yet, answer alike: status, header
 * fields and every byte. Only within 15 minutes before one of them appears may Cache-Control say so.
 */

const NOW = Date.parse('2026-06-15T12:00:00Z');
/** Far away, so that no response lives until then. */
const LATER = '2026-09-01';

const PROSE: Readonly<Record<string, string>> = {
  en: 'The harbour is closed until Friday, because the water is higher than anybody has ever seen it before.',
  fr: 'Le port est fermé jusqu’à vendredi, parce que l’eau est plus haute que personne ne l’a jamais vue ici.',
};

/** What everybody may see. The first is one of each of the archive's many articles. */
const VISIBLE: Readonly<Record<string, string>> = {
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
  'notes/reader.md': markdownOf({
    title: 'For readers',
    date: '2025-06-02',
    author: 'mary-major',
    aliases: ['/2020/readers.html'],
    body: 'See [[Storm]], ![[chart.png]] and [the storm](storm.md).',
  }),
  'notes/undated.md': '---\ntitle: Spring tide\nlang: en\n---\n\nA paragraph without a date.\n',
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
  'unlisted.md': markdownOf({ title: 'Unlisted', date: '2025-06-09', unlisted: true, tags: ['Quiet'] }),
  ...Object.fromEntries(
    ['one', 'two'].map((name) => [`old/${name}.html`, pageOf('https://old.example', `old/${name}.html`)]),
  ),
  ...Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((name) => [
      `web/${name}.html`,
      templatePage(`Page ${name}`, '2025-06-10', `<p>${PROSE.en}</p>`),
    ]),
  ),
};

/** What nobody may see before its instant: every word that is nowhere else begins with `zq`. */
const SCHEDULED: Readonly<Record<string, string>> = {
  'storm.md': markdownOf({
    title: 'Storm',
    date: LATER,
    tags: ['zqtag', 'Wezq', 'WEATHER', 'Storzq', '2099'],
    author: 'zqauthor',
    aliases: ['/articles/spring-tide', '/2020/zqalias.html', '/2020/readers.html'],
    body: `zqword seaside ${wordsFrom('s', 7, 30, 'zq')} storm harbour`,
  }),
  'zqfolder/spring.md': markdownOf({
    title: 'Spring tide',
    date: '2027-01-01',
    lang: 'tr',
    tags: ['WEATHER', 'Ferrzq'],
    body: 'Liman cuma gününe kadar kapalı, çünkü su hiç olmadığı kadar yüksek. zqkelime',
  }),
  'notes/zq.md': `---\nid: "42"\ntitle: Numbered\ndate: ${LATER}\nlang: en\ntags: [WEATHER, SEA, SEA]\nsource: zqsource\n---\n\nThird zqword.\n`,
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
  'old/zq.html': pageOf('https://old.example', 'old/zq.html', LATER),
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

/** What a later build finds besides, when it has the ledger of the first one. */
const ADDED: Readonly<Record<string, string>> = {
  'notes/zqquay.md': markdownOf({ title: 'zqquay', date: '2026-06-14', tags: ['Weather'] }),
  'notes/second.md': markdownOf({ title: 'Storm', date: '2026-06-14', tags: ['WEATHER'], body: 'Another.' }),
  'notes/numbered.md': '---\nid: "42"\ntitle: Numbered\ndate: 2025-06-03\nlang: en\n---\n\nEdited.\n',
};

interface Built {
  readonly ask: TestApp['ask'];
  /** Paths below the folder of what lies beside the worker. */
  readonly assets: readonly string[];
  readonly folder: string;
}

let now = NOW;

async function build(seeds: string, out: string): Promise<Built> {
  const { code, stdout, stderr } = await runBuild([
    ...['--seeds', seeds, '--out', out, '--cache', join(out, 'cache')],
    ...['--now', new Date(NOW).toISOString()],
  ]);
  expect(code, stdout + stderr).toBe(0);
  const folder = join(out, 'assets');
  const bytes = new Uint8Array(readFileSync(join(out, 'store.bin')));
  const parts = new Map(
    readdirSync(join(folder, partPath(''))).map((digest) => [
      digest,
      new Uint8Array(readFileSync(join(folder, partPath(digest)))).buffer,
    ]),
  );
  const app = createApp(decodeStore(bytes.buffer), {
    clock: () => now,
    readAsset: async (digest) => parts.get(digest),
  });
  return {
    ask: async (path, headers = {}, method = 'GET') =>
      app.fetch(new Request(new URL(path, 'https://news.example'), { method, headers })),
    assets: readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length)),
    folder,
  };
}

const folders: Awaited<ReturnType<typeof temporaryFolder>>[] = [];

async function newFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder({ ...files, 'site.toml': 'title = "Example News"' });
  folders.push(folder);
  return folder.path;
}

afterAll(() => Promise.all(folders.map(({ remove }) => remove())));

async function told(response: Response): Promise<string> {
  const fields = [...response.headers].map((field) => field.join(': ')).sort();
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1');
  return [response.status, ...fields, '', body].join('\n');
}

type Question = readonly [path: string, headers?: Readonly<Record<string, string>>, method?: string];

/** How the two builds answer. */
async function answers(builds: readonly Built[], [path, headers, method]: Question): Promise<string[]> {
  return Promise.all(builds.map(async ({ ask }) => told(await ask(path, headers, method))));
}

async function compare(builds: readonly Built[], requests: readonly Question[]): Promise<void> {
  for (const request of requests) {
    const [without, hiding] = await answers(builds, request);
    expect(hiding, JSON.stringify(request)).toBe(without);
  }
}

const FORMS = ['', '/rss.xml', '/atom.xml', '/feed.json'];
/** Values that visible articles have. */
const VALUES = [
  '/tags/weather',
  '/tags/sea',
  '/tags/storms',
  '/authors/jane-roe',
  '/authors/mary-major',
  '/sources/old.example',
  '/languages/en',
  '/languages/fr',
  '/years/2025',
  '/collections/archive',
  '/collections/fr',
  '/collections/notes',
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
  ...['tr', 'de', 'd', 't'].map((key) => `/languages/${key}`),
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

const SLUGS = [
  'storm',
  'for-readers',
  'spring-tide',
  'numbered',
  'quay',
  'le-quai',
  'closed',
  'ferme',
  'ok',
  'le-port',
  'over',
  'unlisted',
  'page-a',
  'page-b',
  'page-at-old-one-html',
  'day-1-of-the-tides',
  'day-49-of-the-tides',
];
const HIDDEN_SLUGS = [
  'storm-2026-09-01',
  'storm-2',
  'spring-tide-2',
  'spring-tide-2027-01-01',
  'numbered-2026-09-01',
  'zqquay',
  'quay-2026-09-01',
  'quay-fr',
  'mary-zqmajor',
  'zqclosed',
  'zqgeschlossen',
  'le-zqport',
  'zqpage',
  'zqunlisted',
  'zqdraft',
  'zqshort',
  'z',
];

const ADDRESSES = [
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
    '/sitemap/1.xml',
    '/sitemap/2.xml',
    '/nothing',
    '/articles',
    '/articles/',
    '/%',
    '/store/x',
    '/media/x/y.png',
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
    '/notes/zq.md',
    '/old/one.html',
    '/old/zq.html',
    '/img/chart.png',
  ],
];

/** What clients send: few send more than one of these. */
const CLIENTS: readonly Readonly<Record<string, string>>[] = [
  {},
  {
    accept: 'text/html',
    'accept-encoding': 'gzip',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  },
  { accept: 'application/json', 'accept-encoding': 'gzip' },
  { accept: 'application/problem+json;q=0.9, text/markdown' },
  { accept: 'text/plain', 'if-modified-since': new Date(NOW).toUTCString() },
];

describe.each(['the first build', 'a build with the ledger of another'])('%s', (which) => {
  let builds: readonly Built[] = [];

  beforeAll(async () => {
    const picture = readFileSync(join(import.meta.dirname, '../fixtures/media/a.png'));
    const secret = Buffer.concat([picture, Buffer.from('secret')]);
    builds = await Promise.all(
      [VISIBLE, { ...VISIBLE, ...SCHEDULED, 'img/zq.png': secret }].map(async (files) => {
        const seeds = await newFolder({ ...files, 'img/chart.png': picture });
        const out = await newFolder({});
        const first = await build(seeds, out);
        if (which === 'the first build') return first;
        for (const [path, text] of Object.entries(ADDED)) writeFileSync(join(seeds, path), text);
        return build(seeds, out);
      }),
    );
    now = NOW;
  }, 120_000);

  test('answers alike, whatever is asked and guessed', async () => {
    expect(ADDRESSES.length).toBeGreaterThan(500);
    for (const path of [...VALUES, ...SLUGS.map((slug) => `/articles/${slug}`)])
      expect((await builds[0]?.ask(path))?.status, path).toBe(
        /over$/.test(path) ? 404 : /le-quai$/.test(path) ? 308 : 200,
      );
    for (const client of CLIENTS)
      await compare(
        builds,
        ADDRESSES.map((path) => [path, client]),
      );
  });

  test('answers alike, whatever the method', async () => {
    for (const method of ['HEAD', 'OPTIONS', 'POST'])
      await compare(
        builds,
        ADDRESSES.map((path) => [path, { accept: 'text/html' }, method]),
      );
  });

  test('answers alike to clients that have something', async () => {
    const requests: Question[] = [];
    for (const path of ADDRESSES) {
      const etag = (await builds[0]?.ask(path))?.headers.get('etag');
      const modified = (await builds[0]?.ask(path))?.headers.get('last-modified');
      if (etag) {
        // Without the newest entry.
        const older = etag.replace(/(?<=\.)[\w-]{5}/, '');
        for (const tag of [etag, older, '"other"', '*'])
          requests.push([path, { 'if-none-match': tag, 'a-im': 'feed' }], [path, { 'if-match': tag }]);
      }
      if (modified) {
        const earlier = new Date(Date.parse(modified) - 1000).toUTCString();
        requests.push([path, { 'if-modified-since': modified }], [path, { 'if-modified-since': earlier }]);
      }
    }
    const statuses = new Set<number>();
    for (const [path, headers] of requests) statuses.add((await builds[1]?.ask(path, headers))?.status ?? 0);
    expect([...statuses].sort()).toEqual([200, 226, 304, 412]);
    await compare(builds, requests);
  });

  test('gives away nothing that lies beside the worker', async () => {
    const [without, hiding] = builds.map(({ assets }) =>
      assets.filter((path) => !path.startsWith(partPath(''))),
    );
    const pictures = hiding?.filter((path) => !without?.includes(path)) ?? [];
    expect(pictures).toEqual([expect.stringMatching(/^\/media\/[0-9a-f]{16}\/zq\.png$/)]);
    for (const path of without ?? []) {
      const [one, other] = builds.map(({ folder }) => readFileSync(join(folder, path)));
      expect(one?.equals(other ?? Buffer.of()), path).toBe(true);
    }
    const parts = builds.flatMap(({ assets }) => assets.filter((path) => path.startsWith(partPath(''))));
    expect(parts.length).toBeGreaterThan(3);
    await compare(
      builds,
      parts.map((path) => [path]),
    );
  });

  test('says in Cache-Control alone, and shortly before, that something will appear', async () => {
    const first = Date.parse(LATER);
    now = first - 901_000;
    const some = ADDRESSES.filter((_, index) => index % 5 === 0);
    await compare(
      builds,
      some.map((path) => [path]),
    );
    now = first - 1000;
    for (const path of some) {
      const [without, hiding] = (await answers(builds, [path])).map((answer) =>
        answer.replace(/^cache-control: .*\n/m, ''),
      );
      expect(hiding, path).toBe(without);
    }
    now = first;
    expect((await builds[1]?.ask('/tags/zqtag'))?.status).toBe(200);
    expect((await builds[1]?.ask('/articles/zqunlisted'))?.status).toBe(200);
    now = NOW;
  });
});

test('what is compared has every address that the documentation lists', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/addresses.md'), 'utf8');
  const table = /# Addresses\n\n((?:\|.*\n)+)/.exec(guide)?.[1] ?? '';
  const listed = [...table.matchAll(/`(\/[^`\s]*)`/g)].map(([, address = '']) => address);
  expect(listed.length).toBeGreaterThan(40);
  const pictures = [
    paths.icon,
    paths.iconDrawing,
    paths.iconSmall,
    paths.iconMaskable,
    paths.touchIcon,
    paths.favicon,
    paths.manifest,
    paths.card,
  ];
  const compared = [...ADDRESSES, ...VALUES, '/sources/zq', ...pictures];
  for (const address of listed) {
    const pattern = new RegExp(
      `^${address
        .replace(/\?.*$/, '\\?.*')
        .replace('…', '.*')
        .replaceAll('.', '\\.')
        .replaceAll('\\.*', '.*')
        .replace(/:\w+/g, '[^/?]+')}`,
    );
    expect(
      compared.some((each) => pattern.test(each)),
      address,
    ).toBe(true);
  }
});

test('hidden articles do not make a sitemap too large for one file', async () => {
  const files = Array.from({ length: 1001 }, (_, number) =>
    file(`n${number}.txt`, documentOf(`Number ${number}`, number < 999 ? '2026-01-01' : LATER)),
  );
  const { ask } = await makeApp(files, { now: () => NOW });
  expect((await (await ask('/sitemap.xml')).text()).match(/<loc>/g)).toHaveLength(999 + 2);
  expect((await ask('/sitemap/2.xml')).status).toBe(404);
});
