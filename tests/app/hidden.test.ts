import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { partPath, paths } from '../../src/routes/paths.ts';
import { decodeStore } from '../../src/store/format.ts';
import { documentOf, file, makeApp, type TestApp } from '../support/app.ts';
import { runBuild } from '../support/build.ts';
import { temporaryFolder } from '../support/folder.ts';
import { ADDED, ADDRESSES, LATER, SCHEDULED, SLUGS, VALUES, VISIBLE } from '../support/hidden-articles.ts';

/*
 * Two builds of the same seeds, of which one has more documents that nobody may see yet, answer alike: status, header
 * fields and every byte. Only within 70 minutes before one of them appears may Cache-Control say so.
 */

const NOW = Date.parse('2026-06-15T12:00:00Z');

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
  });

  test('answers alike, whatever is asked and guessed', async () => {
    expect(ADDRESSES.length).toBeGreaterThan(500);
    for (const path of [...VALUES, ...SLUGS.map((slug) => `/articles/${slug}`)])
      expect((await builds[0]?.ask(path))?.status, path).toBe(
        /over$/.test(path) ? 410 : /le-quai$/.test(path) ? 308 : 200,
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
    now = first - 4_201_000;
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
  const { ask, read } = await makeApp(files, { now: () => NOW });
  expect((await read('/sitemap.xml')).match(/<loc>/g)).toHaveLength(999 + 2);
  expect((await ask('/sitemap/2.xml')).status).toBe(404);
});
