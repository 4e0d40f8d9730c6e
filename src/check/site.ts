import type { Instant } from '../article.ts';
import { FEED_FORMATS, type FeedFormat, feedPath, paths } from '../routes/paths.ts';
import { checkAgreement, checkAutodiscovery, checkPermalink } from './agreement.ts';
import { checkAtom } from './atom.ts';
import { type Entry, entryReaders } from './entries.ts';
import { checkAlias, checkFile, checkHttp, checkNavigation, expectedTypes } from './http.ts';
import { type HttpClient, textIn } from './http-client.ts';
import { checkJson } from './json.ts';
import { checkLinks } from './links.ts';
import { checkHostile, checkUnknown, HOSTILE } from './refusals.ts';
import type { Issue, Report } from './report.ts';
import { checkRss } from './rss.ts';
import { checkSlices } from './slices.ts';

const PAGES_AT_ONCE = 4;

type CheckFeed = (text: string, url: string, now: Instant) => Issue[];

const feedChecks: Readonly<Record<FeedFormat, CheckFeed>> = {
  rss: checkRss,
  atom: checkAtom,
  json: checkJson,
};

/** Checks a site as validators, feed readers, browsers and attackers would, one URL at a time. */
export async function* checkSite(
  origin: string,
  fetchRaw: HttpClient,
  clock: () => Instant,
): AsyncIterable<Report> {
  const addresses = {
    rss: origin + feedPath('rss'),
    atom: origin + feedPath('atom'),
    json: origin + feedPath('json'),
  };
  const page = async (path: string, entry?: Entry): Promise<Report> => {
    const issues = await checkHttp(fetchRaw, path, expectedTypes.html, clock());
    const html = textIn(await fetchRaw(path));
    issues.push(...checkAutodiscovery(html, path, addresses));
    if (entry !== undefined) issues.push(...checkPermalink(entry, html, path));
    return { subject: origin + path, issues };
  };

  const checkFeed = async (format: FeedFormat, path: string): Promise<Issue[]> => [
    ...(await checkHttp(fetchRaw, path, expectedTypes[format], clock())),
    ...feedChecks[format](textIn(await fetchRaw(path)), origin + path, clock()),
  ];

  const feeds: Partial<Record<FeedFormat, string>> = {};
  for (const format of FEED_FORMATS) {
    const [own, ...aliases] = paths[format];
    const issues = await checkHttp(fetchRaw, own, expectedTypes[format], clock());
    issues.push(...(await checkNavigation(fetchRaw, own)));
    const response = await fetchRaw(own);
    if (response.status === 200) {
      const text = textIn(response);
      feeds[format] = text;
      issues.push(...feedChecks[format](text, addresses[format], clock()));
    }
    yield { subject: addresses[format], issues };
    for (const alias of aliases)
      yield { subject: origin + alias, issues: await checkAlias(fetchRaw, alias, own) };
  }
  yield { subject: 'the feeds together', issues: checkAgreement(feeds) };
  yield await page(paths.home);
  const entries = entriesOf(feeds).filter(({ address = '' }) => URL.canParse(address));
  for (let at = 0; at < entries.length; at += PAGES_AT_ONCE) {
    const some = entries.slice(at, at + PAGES_AT_ONCE);
    yield* await Promise.all(some.map((entry) => page(new URL(entry.address ?? '').pathname, entry)));
  }
  yield {
    subject: 'links and pictures of the articles',
    issues: await checkLinks(entries, origin, fetchRaw),
  };
  yield* checkSlices(origin, fetchRaw, clock, checkFeed);
  for (const file of [paths.icon, paths.favicon])
    yield { subject: origin + file, issues: await checkFile(fetchRaw, file, /^image\//) };
  yield { subject: 'unknown addresses', issues: await checkUnknown(fetchRaw) };
  for (const target of HOSTILE)
    yield { subject: `hostile ${target.slice(0, 60)}`, issues: await checkHostile(fetchRaw, target) };
}

/** The entries of the first available feed. */
function entriesOf(feeds: Readonly<Partial<Record<FeedFormat, string>>>): Entry[] {
  for (const format of FEED_FORMATS) {
    const text = feeds[format];
    if (text !== undefined) return entryReaders[format](text);
  }
  return [];
}
