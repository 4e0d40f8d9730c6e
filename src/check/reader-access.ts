import { FEED_FORMATS, feedPath } from '../routes/paths.ts';
import { bodyText, type HttpClient, type RawResponse } from './http-client.ts';
import { defineRules, type Issue, type Report } from './report.ts';

/** The user agents of feed readers: hosted services, and one that runs on the user's machine. */
const READERS: Readonly<Record<string, string>> = {
  Feedly: 'Feedly/1.0 (+https://feedly.com/fetcher.html; like FeedFetcher-Google)',
  Miniflux: 'Mozilla/5.0 (compatible; Miniflux/2.2.14; +https://miniflux.app)',
  NetNewsWire: 'NetNewsWire (RSS Reader; https://netnewswire.com/)',
};

const EXPRESSION = FEED_FORMATS.map(
  (format) => `ends_with(http.request.uri.path, "${feedPath(format)}")`,
).join(' or ');

const readerRules = defineRules('access', {
  challenge: [
    'error',
    `the feed: no feed reader can pass a challenge page. In Cloudflare's dashboard, under Security, switch "Bot Fight Mode" off (no rule can skip it), and add a custom rule with the action "Skip" for all remaining custom rules, rate limits, managed rules and Super Bot Fight Mode, and with the expression: ${EXPRESSION}`,
    'https://developers.cloudflare.com/bots/get-started/bot-fight-mode/',
  ],
  refused: [
    'error',
    'the feed, as every other client gets it: something before the worker refuses this reader; look at Security, Events in the dashboard',
    'https://developers.cloudflare.com/waf/analytics/security-events/',
  ],
});

/** Whether Cloudflare responded instead of the site, with a challenge that only a browser can pass. */
function isChallenge(response: RawResponse): boolean {
  const { status, headers } = response;
  if (headers.get('cf-mitigated') === 'challenge') return true;
  if (![403, 429, 503].includes(status) || !/html/.test(headers.get('content-type') ?? '')) return false;
  return /<title>(?:Just a moment|Attention Required!|One more step)|\/cdn-cgi\/challenge-platform\//.test(
    bodyText(response),
  );
}

/** Requests the main feeds as feed readers do. */
export async function checkReaderAccess(fetchRaw: HttpClient): Promise<Report> {
  const issues: Issue[] = [];
  for (const [reader, userAgent] of Object.entries(READERS)) {
    for (const format of FEED_FORMATS) {
      const path = feedPath(format);
      const response = await fetchRaw(path, { 'User-Agent': userAgent });
      const where = `${path} for ${reader}`;
      if (isChallenge(response)) issues.push(readerRules.challenge(where, `status ${response.status}`));
      else if (response.status === 403 || response.status === 503)
        issues.push(readerRules.refused(where, `status ${response.status}`));
    }
  }
  return { subject: 'access of feed readers', issues };
}
