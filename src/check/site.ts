import { parseOpml } from 'feedsmith';
import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { attempt } from '../memo.ts';
import { byFormat, FEED_FORMATS, type FeedFormat, feedPath, indexPath, paths } from '../routes/paths.ts';
import { checkAgreement, checkAutodiscovery, checkPermalink, type Entry, readEntries } from './agreement.ts';
import { checkAtom } from './atom.ts';
import { tagsIn } from './html.ts';
import {
  checkAlias,
  checkFile,
  checkFileFeed,
  checkHostile,
  checkHttp,
  checkNavigation,
  checkUnknown,
  expectedTypes,
  HOSTILE,
} from './http.ts';
import { bodyText, type HttpClient } from './http-client.ts';
import { checkJson } from './json.ts';
import { defineRules, type Issue, type Report } from './report.ts';
import { checkRss } from './rss.ts';

const PAGES_AT_ONCE = 4;

type CheckFeed = (text: string, url: string, now: Instant) => Issue[];

/** The check of a feed in each format. */
export const feedChecks: Readonly<Record<FeedFormat, CheckFeed>> = {
  rss: checkRss,
  atom: checkAtom,
  json: checkJson,
};

/** Checks a site as validators, feed readers, browsers and attackers would, one URL at a time. */
export async function* checkSite(
  origin: string,
  fetchRaw: HttpClient,
  clock: () => Instant,
  mainFeeds: Site['mainFeeds'] = 'worker',
): AsyncIterable<Report> {
  const addresses = byFormat((format) => origin + feedPath(format));
  const page = async (path: string, entry?: Entry): Promise<Report> => {
    const issues = await checkHttp(fetchRaw, path, expectedTypes.html, clock());
    const html = bodyText(await fetchRaw(path));
    issues.push(...checkAutodiscovery(html, path, addresses));
    if (entry !== undefined) issues.push(...checkPermalink(entry, html, path));
    return { subject: origin + path, issues };
  };

  const checkFeed = async (format: FeedFormat, path: string): Promise<Issue[]> => [
    ...(await checkHttp(fetchRaw, path, expectedTypes[format], clock())),
    ...feedChecks[format](bodyText(await fetchRaw(path)), origin + path, clock()),
  ];

  const feeds: Partial<Record<FeedFormat, string>> = {};
  for (const format of FEED_FORMATS) {
    const [own, ...aliases] = paths[format];
    const issues =
      mainFeeds === 'static'
        ? await checkFileFeed(fetchRaw, own, expectedTypes[format], aliases)
        : [
            ...(await checkHttp(fetchRaw, own, expectedTypes[format], clock())),
            ...(await checkNavigation(fetchRaw, own)),
          ];
    const response = await fetchRaw(own);
    if (response.status === 200) {
      const text = bodyText(response);
      feeds[format] = text;
      issues.push(...feedChecks[format](text, addresses[format], clock()));
    }
    yield { subject: addresses[format], issues };
    for (const alias of mainFeeds === 'static' ? [] : aliases)
      yield { subject: origin + alias, issues: await checkAlias(fetchRaw, alias, own) };
  }
  yield { subject: 'the feeds together', issues: checkAgreement(feeds) };
  yield await page(paths.home);
  const entries = feedEntries(feeds).filter(({ address = '' }) => URL.canParse(address));
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
    yield {
      subject: origin + file,
      issues: await checkFile(fetchRaw, file, (type) => type.startsWith('image/')),
    };
  yield { subject: 'unknown addresses', issues: await checkUnknown(fetchRaw) };
  for (const target of HOSTILE)
    yield { subject: `hostile ${target.slice(0, 60)}`, issues: await checkHostile(fetchRaw, target) };
}

/** The entries of the first feed that can be read. */
function feedEntries(feeds: Readonly<Partial<Record<FeedFormat, string>>>): Entry[] {
  for (const text of Object.values(feeds)) {
    const entries = attempt(() => readEntries(text)); // a failure is an issue of checkAgreement
    if (entries !== undefined) return entries;
  }
  return [];
}

/** The maximum number of slices to check, sampled evenly. */
const MAX_SLICES = 24;
/** The maximum number of history pages to walk. */
const MAX_PAGES = 1000;

const sliceRules = defineRules('slices', {
  opml: ['error', 'a list of feeds that can be read', 'OPML 2.0'],
  'history-once': ['error', 'an entry in one page of history only', 'RFC 5005 §4'],
  'history-page': ['error', 'a page of history that is there', 'RFC 5005 §4'],
});

interface Outline {
  readonly xmlUrl?: string;
  readonly outlines?: readonly Outline[];
}

/** Checks the OPML list of feeds, the feeds of some of its slices, and the feed history. */
async function* checkSlices(
  origin: string,
  fetchRaw: HttpClient,
  clock: () => Instant,
  checkFeed: (format: FeedFormat, path: string) => Promise<Issue[]>,
): AsyncIterable<Report> {
  const listed = await feedsIn(fetchRaw);
  yield {
    subject: origin + paths.opml,
    issues: listed === undefined ? [sliceRules.opml(`GET ${paths.opml}`)] : [],
  };
  const slices = (listed ?? []).filter((path) => path !== feedPath('rss'));
  const step = Math.max(1, slices.length / MAX_SLICES);
  for (let at = 0; at < slices.length; at += step) {
    const base = slices[Math.floor(at)]?.slice(0, -feedPath('rss').length) ?? '';
    for (const format of FEED_FORMATS) {
      const path = base + feedPath(format);
      yield { subject: origin + path, issues: await checkFeed(format, path) };
    }
  }
  for (const format of FEED_FORMATS)
    yield { subject: `the history of ${feedPath(format)}`, issues: await checkHistory(fetchRaw, format) };
  const issues = await checkHttp(fetchRaw, paths.feeds, expectedTypes.html, clock());
  yield { subject: origin + paths.feeds, issues };
}

/** The paths of the RSS feeds in the OPML document; undefined if it cannot be parsed. */
async function feedsIn(fetchRaw: HttpClient): Promise<string[] | undefined> {
  const response = await fetchRaw(paths.opml);
  if (response.status !== 200) return undefined;
  const flat = (outlines: readonly Outline[] = []): string[] =>
    outlines.flatMap(({ xmlUrl, outlines: inner }) => [
      ...(xmlUrl === undefined ? [] : [new URL(xmlUrl).pathname]),
      ...flat(inner),
    ]);
  return attempt(() => {
    const { body } = parseOpml(bodyText(response));
    return flat(body?.outlines as readonly Outline[] | undefined); // the types of the parser are looser
  });
}

const recordingRules = defineRules('recordings', {
  ranges: [
    'warning',
    '206, without which Apple Podcasts accepts no recording; deploy again, or keep recordings on a server that sends parts of files, such as R2, with "recordings" in site.toml',
    'RFC 9110 §14.2; A Podcaster’s Guide to RSS',
  ],
});

/** Requests the beginning of the newest recording of each podcast, as Apple Podcasts does. */
export async function checkRecordings(origin: string, fetchRaw: HttpClient): Promise<Report> {
  const issues: Issue[] = [];
  for (const path of (await feedsIn(fetchRaw)) ?? []) {
    if (!path.startsWith(`${indexPath('collection')}/`)) continue;
    const tags = tagsIn(bodyText(await fetchRaw(path)));
    const address = tags.find(({ name }) => name === 'enclosure')?.attributes.get('url') ?? '';
    const isPodcast = tags.some(({ name }) => name === 'itunes:category');
    if (!isPodcast || !address.startsWith(`${origin}/`)) continue;
    const target = address.slice(origin.length);
    const { status } = await fetchRaw(target, { Range: 'bytes=0-1' });
    if (status !== 206) issues.push(recordingRules.ranges(`GET ${target}, Range: bytes=0-1`, String(status)));
  }
  return { subject: 'recordings of podcasts', issues };
}

/** Walks from the newest entries to the oldest, like a client that fetches the complete history. */
async function checkHistory(fetchRaw: HttpClient, format: FeedFormat): Promise<Issue[]> {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  let path: string | undefined = feedPath(format);
  for (let pages = 0; path !== undefined && pages < MAX_PAGES; pages++) {
    const response = await fetchRaw(path);
    if (response.status !== 200)
      return [...issues, sliceRules['history-page'](`GET ${path}`, String(response.status))];
    const text = bodyText(response);
    try {
      for (const { id } of readEntries(text)) {
        if (seen.has(id)) issues.push(sliceRules['history-once'](path, id));
        seen.add(id);
      }
    } catch (error) {
      return [...issues, sliceRules['history-page'](`GET ${path}`, String(error))];
    }
    path = previousOf(format, text);
  }
  return issues;
}

function previousOf(format: FeedFormat, text: string): string | undefined {
  const address: unknown =
    format === 'json'
      ? JSON.parse(text).next_url
      : /rel="prev-archive" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&#x26;', '&');
  if (typeof address !== 'string') return undefined;
  const { pathname, search } = new URL(address);
  return pathname + search;
}

const linkRules = defineRules('links', {
  'dead-link': ['error', 'a page, or a redirect to one', 'RFC 9110 §15.5.5'],
  'missing-file': ['error', 'a picture or a recording', 'HTML §4.8.3'],
});

const MAX_REDIRECTS = 5;
/** The maximum number of URLs to request. */
const MAX_ADDRESSES = 1000;
const AT_ONCE = 8;

/** Checks that the internal links, pictures and recordings of articles exist. */
export async function checkLinks(
  entries: readonly Entry[],
  origin: string,
  fetchRaw: HttpClient,
): Promise<Issue[]> {
  const wanted = new Map<string, Issue>();
  for (const { title = '', content = '' } of entries) {
    for (const { attributes } of tagsIn(content)) {
      for (const [name, rule] of [
        ['href', linkRules['dead-link']],
        ['src', linkRules['missing-file']],
        ['poster', linkRules['missing-file']],
      ] as const) {
        const address = attributes.get(name) ?? '';
        if (!URL.canParse(address) || new URL(address).origin !== origin) continue;
        const { pathname, search } = new URL(address);
        if (!wanted.has(pathname + search)) wanted.set(pathname + search, rule(title, address));
      }
    }
  }
  const targets = [...wanted.keys()].slice(0, MAX_ADDRESSES);
  const issues: Issue[] = [];
  for (let at = 0; at < targets.length; at += AT_ONCE) {
    const some = targets.slice(at, at + AT_ONCE);
    const found = await Promise.all(some.map((target) => exists(target, origin, fetchRaw)));
    issues.push(...some.flatMap((target, index) => (found[index] ? [] : (wanted.get(target) ?? []))));
  }
  return issues;
}

async function exists(target: string, origin: string, fetchRaw: HttpClient): Promise<boolean> {
  let path = target;
  for (let step = 0; step <= MAX_REDIRECTS; step++) {
    const { status, headers } = await fetchRaw(path);
    const location = headers.get('location');
    if (status < 300 || status > 399 || location === null) return status < 400;
    const next = new URL(location, origin + path);
    if (next.origin !== origin) return true;
    path = next.pathname + next.search;
  }
  return false;
}
