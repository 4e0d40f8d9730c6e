import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestHarness } from 'wrangler';
import { UsageError } from '../config/errors.ts';
import type { Site } from '../config/site.ts';
import { MODULES } from '../package.ts';
import { loadSite } from '../pipeline/load-site.ts';
import { buildOptions } from '../pipeline/options.ts';
import { PROGRESS_LINE } from '../pipeline/progress.ts';
import { serveBuild } from '../preview/serve.ts';
import { FEED_FORMATS, feedPath } from '../routes/paths.ts';
import { counted } from '../strings.ts';
import { bodyText, createHttpClient, type HttpClient, type RawResponse } from './http-client.ts';
import { defineRules, type Issue, printIssues, type Report } from './report.ts';
import { checkRecordings, checkSite } from './site.ts';

/**
 * The command `tidings check`.
 *
 * @returns the exit code
 */
export async function check(args: readonly string[]): Promise<number> {
  const counts = { error: 0, warning: 0 };
  const reports = reportsFor(args);
  if (reports === undefined) {
    console.log('Skipped the check: site.toml has no url');
    return 0;
  }
  for await (const report of reports) {
    printIssues(report);
    for (const { severity } of report.issues) counts[severity] += 1;
  }
  console.log(`${counted(counts.error, 'error')}, ${counted(counts.warning, 'warning')}`);
  return counts.error + counts.warning > 0 ? 1 : 0;
}

/** Undefined if the live site is to be checked and its address is not configured. */
function reportsFor(args: readonly string[]): AsyncIterable<Report> | undefined {
  const [first, ...rest] = args;
  if (first === '--live') {
    const { url, mainFeeds } = loadSite(buildOptions(rest, process.env).seeds).site;
    return url === undefined ? undefined : checkLive(url, mainFeeds);
  }
  return first === undefined || first.startsWith('-') ? checkSeeds(args) : checkLive(parseAddress(args));
}

/** If a challenge page replaces the site, all other checks are meaningless. */
async function* checkLive(origin: string, mainFeeds?: Site['mainFeeds']): AsyncIterable<Report> {
  const client = createHttpClient(new URL(origin));
  const access = await checkReaderAccess(client);
  yield access;
  if (access.issues.some(({ rule }) => rule === 'access/challenge')) return;
  yield* checkSite(origin, client, Date.now, mainFeeds);
  // The preview sends no parts of files.
  yield await checkRecordings(origin, client);
}

/**
 * Builds the seeds into a temporary folder, serves them in workerd, as deployed, and checks them.
 *
 * @param args the arguments of the build
 * @throws Error if the build produced nothing that can be served
 */
async function* checkSeeds(args: readonly string[]): AsyncIterable<Report> {
  const out = await mkdtemp(join(tmpdir(), 'tidings-check-'));
  let harness: TestHarness | undefined;
  try {
    yield { subject: 'build', issues: await buildSeeds(args, out) };
    harness = await serveBuild(out);
    const { url } = await harness.listen();
    yield* checkSite(url.origin, createHttpClient(url), Date.now);
    yield { subject: 'worker log', issues: logged(harness) };
  } finally {
    await harness?.close();
    await rm(out, { recursive: true, force: true });
  }
}

/** The errors that the worker logged since it started. */
function logged(harness: TestHarness): Issue[] {
  const errors = harness.getLogs().filter(({ level }) => level === 'error');
  const messages = new Set(errors.map(({ message }) => message));
  return [...messages].map((message) => ({ severity: 'error', rule: 'worker/log', message }));
}

/** The origin of the site to check. */
function parseAddress([address = '', ...others]: readonly string[]): string {
  const url = /^https?:/.test(address) ? URL.parse(address) : null;
  if (others.length === 0 && url !== null && url.href === `${url.origin}/`) return url.origin;
  const given = [address, ...others].join(' ');
  const meant = others.length === 0 ? URL.parse(url?.origin ?? `https://${address}`) : null;
  const example = meant?.hostname.includes('.') ? meant.origin : 'https://example.org';
  throw new UsageError(`Cannot check "${given}": expected one site, such as ${example}, or nothing`);
}

/** @throws Error if the build did not complete */
async function buildSeeds(args: readonly string[], out: string): Promise<Issue[]> {
  const command = join(MODULES, 'bin.js');
  const child = spawn(process.execPath, [...process.execArgv, command, 'build', ...args, '--out', out], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PREVIEW: '1' },
  });
  const [report, diagnostics] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  if (report === '') throw new Error(diagnostics.trim());
  return diagnostics
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('warning: ') && !PROGRESS_LINE.test(line))
    .map((message) => ({ severity: 'error', rule: 'build/refused', message }));
}

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
