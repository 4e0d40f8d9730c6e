import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseJsonFeed } from 'feedsmith';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureFiles } from '../support/app.ts';
import { textOfHtml } from '../support/content.ts';
import { hasProgram } from '../support/programs.ts';
import { type RecordingProxy, recordingProxy } from '../support/proxy.ts';
import { type Served, serveFiles } from '../support/served.ts';

/*
 * Feed readers as people have them, from Debian: newsboat, sfeed and python3-feedparser. CI installs them; elsewhere a
 * reader that is not installed is skipped by name.
 */
const run = promisify(execFile);
const TITLE = 'ISIS HAS BEEN MILITARILY DEFEATED IN IRAQ AND SYRIA';
const ID = 'urn:uuid:392e214d-9931-5e67-a218-9c22303067a0';
const PUBLISHED = Date.UTC(2017, 10, 22) / 1000;
const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');
const [DOCUMENT] = fixtureFiles();
const TEXT = new TextDecoder().decode(DOCUMENT?.bytes);
const BODY = words(TEXT.split('21 Nov 2017')[1]?.split('Kaynak/Source:')[0] ?? '');

let site: Served;
let proxy: RecordingProxy;

beforeAll(async () => {
  site = await serveFiles({ [`${DOCUMENT?.path}`]: TEXT }, { environment: { PREVIEW: '1' } });
  proxy = await recordingProxy(site.url);
});

afterAll(async () => {
  proxy.close();
  await site.close();
});

function statusesOf(path: string, since: number): number[] {
  return proxy.exchanges
    .slice(since)
    .flatMap((exchange) => (exchange.path === path ? [exchange.status] : []));
}

describe.each(['/rss.xml', '/atom.xml'])('%s', (path) => {
  test.skipIf(!hasProgram('newsboat', ['--version']))('is read by newsboat', async () => {
    const name = path.slice(1);
    const [urls, cache] = [join(site.folder, `${name}.urls`), join(site.folder, `${name}.db`)];
    writeFileSync(urls, `${proxy.origin}${path}\n`);
    const since = proxy.exchanges.length;
    // Debian's newsboat keeps validators from the second poll on: in the first it has no row to keep them in.
    for (let poll = 0; poll < 3; poll++)
      await run('newsboat', ['-u', urls, '-c', cache, '-C', '/dev/null', '-x', 'reload'], {
        env: { ...process.env, HOME: site.folder },
      });
    expect(statusesOf(path, since)).toEqual([200, 200, 304]);

    const query =
      'import sqlite3,json,sys; print(json.dumps(sqlite3.connect(sys.argv[1]).execute("select title,pubDate,guid,content from rss_item").fetchall()))';
    const { stdout } = await run('/usr/bin/python3', ['-c', query, cache]);
    const [[title, published, guid, content]] = JSON.parse(stdout);
    expect([title, published, guid]).toEqual([TITLE, PUBLISHED, ID]);
    expect(words(textOfHtml(content))).toEqual(BODY);
  });

  test.skipIf(!hasProgram('sfeed', []))('is read by sfeed', async () => {
    const since = proxy.exchanges.length;
    const etag = join(site.folder, `etag-${path.slice(1)}`);
    const fetch = `curl -sf --compressed --etag-save ${etag} --etag-compare ${etag} ${proxy.origin}${path}`;
    const { stdout } = await run('sh', ['-c', `${fetch} | sfeed`]);
    await run('sh', ['-c', fetch]);
    expect(statusesOf(path, since)).toEqual([200, 304]);
    const [published, title, link, content, type, id] = stdout.split('\t');
    expect([published, title, type, id]).toEqual([String(PUBLISHED), TITLE, 'html', ID]);
    expect(link).toContain(`${proxy.origin}/articles/`);
    expect(words(textOfHtml(content ?? ''))).toEqual(BODY);
  });

  test.skipIf(!hasProgram('/usr/bin/python3', ['-c', 'import feedparser']))(
    'is read by feedparser',
    async () => {
      const since = proxy.exchanges.length;
      const program = [
        'import feedparser, json, sys, calendar',
        'feed = feedparser.parse(sys.argv[1])',
        'entry = feed.entries[0]',
        'again = feedparser.parse(sys.argv[1], etag=feed.etag)',
        'later = feedparser.parse(sys.argv[1], modified=feed.modified)',
        'print(json.dumps([bool(feed.bozo), entry.title, calendar.timegm(entry.published_parsed), entry.id, entry.content[0].value, again.status, later.status]))',
      ].join('\n');
      const { stdout } = await run('/usr/bin/python3', ['-c', program, `${proxy.origin}${path}`]);
      const [bozo, title, published, id, content, again, later] = JSON.parse(stdout);
      expect([bozo, title, published, id, again, later]).toEqual([false, TITLE, PUBLISHED, ID, 304, 304]);
      expect(words(textOfHtml(content))).toEqual(BODY);
      expect(statusesOf(path, since)).toEqual([200, 304, 304]);
    },
  );
});

test('/feed.json is read by a JSON Feed client', async () => {
  const response = await fetch(`${proxy.origin}/feed.json`);
  const [item] = parseJsonFeed(await response.json()).items ?? [];
  expect(item).toMatchObject({ id: ID, title: TITLE, date_published: '2017-11-22T00:00:00.000Z' });
  expect(words(textOfHtml(item?.content_html ?? ''))).toEqual(BODY);
  const again = await fetch(`${proxy.origin}/feed.json`, {
    headers: { 'if-none-match': response.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});
