import { parseOpml } from 'feedsmith';
import type { Instant } from '../article.ts';
import { FEED_FORMATS, type FeedFormat, feedPath, paths } from '../routes/paths.ts';
import { entryReaders } from './entries.ts';
import { checkHttp, expectedTypes } from './http.ts';
import { type HttpClient, textIn } from './http-client.ts';
import { defineRules, type Issue, type Report } from './report.ts';

/** The maximum number of slices to check, sampled evenly. */
const MAX_SLICES = 24;
/** The maximum number of history pages to walk. */
const MAX_PAGES = 1000;

const rules = defineRules('slices', {
  opml: ['error', 'a list of feeds that can be read', 'OPML 2.0'],
  'history-once': ['error', 'an entry in one page of history only', 'RFC 5005 §4'],
  'history-page': ['error', 'a page of history that is there', 'RFC 5005 §4'],
});

interface Outline {
  readonly xmlUrl?: string;
  readonly outlines?: readonly Outline[];
}

/** Checks the OPML list of feeds, the feeds of some of its slices, and the feed history. */
export async function* checkSlices(
  origin: string,
  fetchRaw: HttpClient,
  clock: () => Instant,
  checkFeed: (format: FeedFormat, path: string) => Promise<Issue[]>,
): AsyncIterable<Report> {
  const listed = await feedsIn(fetchRaw);
  yield {
    subject: origin + paths.opml,
    issues: listed === undefined ? [rules.opml(`GET ${paths.opml}`)] : [],
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
  try {
    const { body } = parseOpml(textIn(response));
    const flat = (outlines: readonly Outline[] = []): string[] =>
      outlines.flatMap(({ xmlUrl, outlines: inner }) => [
        ...(xmlUrl === undefined ? [] : [new URL(xmlUrl).pathname]),
        ...flat(inner),
      ]);
    return flat(body?.outlines as readonly Outline[] | undefined); // the types of the parser are looser
  } catch {
    return undefined;
  }
}

/** Walks from the newest entries to the oldest, like a client that fetches the complete history. */
async function checkHistory(fetchRaw: HttpClient, format: FeedFormat): Promise<Issue[]> {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  let path: string | undefined = feedPath(format);
  for (let pages = 0; path !== undefined && pages < MAX_PAGES; pages++) {
    const response = await fetchRaw(path);
    if (response.status !== 200)
      return [...issues, rules['history-page'](`GET ${path}`, String(response.status))];
    const text = textIn(response);
    for (const { id = '' } of entryReaders[format](text)) {
      if (seen.has(id)) issues.push(rules['history-once'](path, id));
      seen.add(id);
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
