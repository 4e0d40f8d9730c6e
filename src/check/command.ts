import { UsageError } from '../config/usage-error.ts';
import { loadSite } from '../pipeline/load-site.ts';
import { buildOptions } from '../pipeline/options.ts';
import { createHttpClient } from './http-client.ts';
import { checkReaderAccess } from './reader-access.ts';
import { printReport, type Report } from './report.ts';
import { servePreview } from './serve.ts';
import { checkSite } from './site.ts';

/**
 * The command `tidings check`.
 *
 * @returns the exit code
 */
export async function check(args: readonly string[]): Promise<number> {
  const counts = { error: 0, warning: 0 };
  const reports = reportsFor(args);
  if (reports === undefined) {
    console.log('Nothing to check: site.toml states no url');
    return 0;
  }
  for await (const report of reports) {
    printReport(report);
    for (const { severity } of report.issues) counts[severity] += 1;
  }
  console.log(`${counts.error} errors, ${counts.warning} warnings`);
  return counts.error + counts.warning > 0 ? 1 : 0;
}

/** Undefined if the live site is to be checked and its address is not configured. */
function reportsFor(args: readonly string[]): AsyncIterable<Report> | undefined {
  const [first, ...rest] = args;
  if (first === '--live') {
    const { url } = loadSite(buildOptions(rest, process.env).seeds).site;
    return url === undefined ? undefined : checkLive(url);
  }
  return first === undefined || first.startsWith('-') ? checkSeeds(args) : checkLive(parseAddress(args));
}

/** If a challenge page replaces the site, all other checks are meaningless. */
async function* checkLive(origin: string): AsyncIterable<Report> {
  const client = createHttpClient(new URL(origin));
  const access = await checkReaderAccess(client);
  yield access;
  if (!access.issues.some(({ rule }) => rule === 'access/challenge'))
    yield* checkSite(origin, client, Date.now);
}

/** Builds, serves and checks. */
async function* checkSeeds(args: readonly string[]): AsyncIterable<Report> {
  const { origin, issues, diagnostics, close } = await servePreview(args);
  try {
    yield { subject: 'build', issues };
    yield* checkSite(origin, createHttpClient(new URL(origin)), Date.now);
    yield { subject: 'worker log', issues: diagnostics() };
  } finally {
    await close();
  }
}

/** The origin of the site to check. */
function parseAddress([address = '', ...others]: readonly string[]): string {
  const url = /^https?:/.test(address) ? URL.parse(address) : null;
  if (others.length === 0 && url !== null && url.href === `${url.origin}/`) return url.origin;
  const given = [address, ...others].join(' ');
  throw new UsageError(`Cannot check "${given}": expected one site, such as https://example.org, or nothing`);
}
