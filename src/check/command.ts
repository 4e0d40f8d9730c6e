import { UsageError } from '../pipeline/options.ts';
import { createHttpClient } from './http-client.ts';
import { printReport, type Report } from './report.ts';
import { servePreview } from './serve.ts';
import { checkSite } from './site.ts';

/**
 * The command `tidings check`.
 *
 * @returns the exit code
 */
export async function check(args: readonly string[]): Promise<number> {
  const [first] = args;
  const isLive = first !== undefined && !first.startsWith('-');
  const counts = { error: 0, warning: 0 };
  for await (const report of isLive ? checkLive(parseAddress(args)) : checkSeeds(args)) {
    printReport(report);
    for (const { severity } of report.issues) counts[severity] += 1;
  }
  console.log(`${counts.error} errors, ${counts.warning} warnings`);
  return counts.error + counts.warning > 0 ? 1 : 0;
}

/** Builds, serves and checks. */
async function* checkSeeds(args: readonly string[]): AsyncIterable<Report> {
  const { origin, issues, diagnostics, close } = await servePreview(args);
  try {
    yield { subject: 'build', issues };
    yield* checkLive(origin);
    yield { subject: 'worker log', issues: diagnostics() };
  } finally {
    await close();
  }
}

function checkLive(origin: string): AsyncIterable<Report> {
  return checkSite(origin, createHttpClient(new URL(origin)), Date.now);
}

/** The origin of the site to check. */
function parseAddress([address = '', ...others]: readonly string[]): string {
  const url = /^https?:/.test(address) ? URL.parse(address) : null;
  if (others.length === 0 && url !== null && url.href === `${url.origin}/`) return url.origin;
  const given = [address, ...others].join(' ');
  throw new UsageError(`Cannot check "${given}": expected one site, such as https://example.org, or nothing`);
}
