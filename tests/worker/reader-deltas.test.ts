import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasProgram } from '../support/programs.ts';
import { type RecordingProxy, recordingProxy } from '../support/proxy.ts';
import { type Served, serveFiles } from '../support/served.ts';

/*
 * A publication between two polls, as feed readers see it through one address: newsboat asks for deltas and takes them,
 * feedparser and rss2email ask for them and must not get any.
 */
const run = promisify(execFile);
const PATH = '/rss.xml';
const documentOf = (number: number): string =>
  `Number ${number} of the series\n\n- ${number + 1}.3.2021\n\nThe text of number ${number}, a sentence long.\n`;
const OLD = Object.fromEntries(
  Array.from({ length: 12 }, (_, number) => [`${number}.txt`, documentOf(number)]),
);
const NEW = 'Number 12 of the series';

let before: Served;
let after: Served;
let proxy: RecordingProxy;

beforeAll(async () => {
  const options = { environment: { PREVIEW: '1' } };
  before = await serveFiles(OLD, options);
  after = await serveFiles({ ...OLD, '12.txt': documentOf(12) }, options);
  proxy = await recordingProxy(before.url);
});

afterAll(async () => {
  proxy.close();
  await Promise.all([before.close(), after.close()]);
});

/** What the server answered while something was done on either side of the publication. */
async function aroundPublication(
  poll: () => Promise<unknown>,
  polls: number,
): Promise<{ statuses: number[]; asked: (string | undefined)[] }> {
  const since = proxy.exchanges.length;
  proxy.turnTo(before.url);
  for (let time = 0; time < polls; time++) await poll();
  proxy.turnTo(after.url);
  await poll();
  const exchanges = proxy.exchanges.slice(since).filter(({ path }) => path === PATH);
  return {
    statuses: exchanges.map(({ status }) => status),
    asked: exchanges.map(({ requestHeaders }) => String(requestHeaders['a-im'])),
  };
}

describe('a publication between two polls', () => {
  test.skipIf(!hasProgram('newsboat', ['--version']))('reaches newsboat as a delta, once', async () => {
    const [urls, cache] = [join(before.folder, 'urls'), join(before.folder, 'cache.db')];
    writeFileSync(urls, `${proxy.origin}${PATH}\n`);
    const args = ['-u', urls, '-c', cache, '-C', '/dev/null', '-x', 'reload'];
    const env = { ...process.env, HOME: before.folder };
    // Debian's newsboat keeps validators from the second poll on: in the first it has no row to keep them in.
    const { statuses, asked } = await aroundPublication(() => run('newsboat', args, { env }), 2);
    expect(statuses).toEqual([200, 200, 226]);
    expect(asked.at(-1)).toBe('feed');
    const query =
      'import sqlite3,json,sys; print(json.dumps(sqlite3.connect(sys.argv[1]).execute("select title from rss_item").fetchall()))';
    const { stdout } = await run('/usr/bin/python3', ['-c', query, cache]);
    const titles: string[] = JSON.parse(stdout).flat();
    expect(titles).toHaveLength(13);
    expect(titles.filter((title) => title === NEW)).toHaveLength(1);
  });

  test.skipIf(!hasProgram('/usr/bin/python3', ['-c', 'import feedparser']))(
    'reaches feedparser as a whole feed',
    async () => {
      const program = [
        'import feedparser, json, sys',
        'old = json.load(open(sys.argv[2])) if len(sys.argv) > 2 else {}',
        'feed = feedparser.parse(sys.argv[1], etag=old.get("etag"))',
        'print(json.dumps({"etag": feed.get("etag"), "titles": [entry.title for entry in feed.entries]}))',
      ].join('\n');
      const state = join(before.folder, 'feedparser.json');
      let args = ['-c', program, `${proxy.origin}${PATH}`];
      const poll = async (): Promise<void> => {
        const { stdout } = await run('/usr/bin/python3', args);
        writeFileSync(state, stdout);
        args = ['-c', program, `${proxy.origin}${PATH}`, state];
      };
      expect(await aroundPublication(poll, 1)).toEqual({ statuses: [200, 200], asked: ['feed', 'feed'] });
      expect(JSON.parse(readFileSync(state, 'utf8')).titles[0]).toBe(NEW);
    },
  );

  test.skipIf(!hasProgram('r2e', ['--version']))('reaches rss2email as a whole feed', async () => {
    const [config, data, mail] = ['r2e.cfg', 'r2e.json', 'mail'].map((name) => join(before.folder, name));
    const r2e = (...args: string[]): Promise<unknown> =>
      run('r2e', ['-c', config ?? '', '-d', data ?? '', ...args], {
        env: { ...process.env, HOME: before.folder },
      });
    await r2e('new', 'reader@example.org');
    writeFileSync(
      config ?? '',
      readFileSync(config ?? '', 'utf8')
        .replace(/^email-protocol = .*$/m, 'email-protocol = maildir')
        .replace(/^maildir-path = .*$/m, `maildir-path = ${mail}`)
        .replace(/^maildir-mailbox = .*$/m, 'maildir-mailbox = news'),
    );
    mkdirSync(mail ?? '');
    await r2e('add', 'series', `${proxy.origin}${PATH}`);
    const { statuses } = await aroundPublication(() => r2e('run'), 1);
    expect(statuses).toEqual([200, 200]);
    const box = join(mail ?? '', 'news/new');
    const letters = readdirSync(box).map((name) => readFileSync(join(box, name), 'utf8'));
    expect(letters).toHaveLength(13);
    expect(letters.filter((letter) => letter.includes(`Subject: ${NEW}`))).toHaveLength(1);
  });
});
