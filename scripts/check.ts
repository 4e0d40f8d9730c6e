import { createHttpClient } from '../src/check/http-client.ts';
import { printReport } from '../src/check/print.ts';
import type { Report } from '../src/check/report.ts';
import { servePreview } from '../src/check/serve.ts';
import { checkSite } from '../src/check/site.ts';
import { UsageError } from '../src/pipeline/options.ts';

try {
  const address = parseAddress(process.argv.slice(2));
  const counts = { error: 0, warning: 0 };
  for await (const report of address === undefined ? checkSeeds() : check(address.origin)) {
    printReport(report);
    for (const { severity } of report.issues) counts[severity] += 1;
  }
  console.log(`${counts.error} errors, ${counts.warning} warnings`);
  process.exitCode = counts.error + counts.warning > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Builds, serves and checks. */
async function* checkSeeds(): AsyncIterable<Report> {
  const { origin, issues, diagnostics, close } = await servePreview();
  try {
    yield { subject: 'build', issues };
    yield* check(origin);
    yield { subject: 'worker log', issues: diagnostics() };
  } finally {
    await close();
  }
}

function check(origin: string): AsyncIterable<Report> {
  return checkSite(origin, createHttpClient(new URL(origin)), Date.now);
}

/** The site to check; undefined when it is the one to be built. */
function parseAddress([address, ...others]: readonly string[]): URL | undefined {
  if (address === undefined) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (
    others.length === 0 &&
    url !== undefined &&
    /^https?:/.test(url.protocol) &&
    url.href === `${url.origin}/`
  )
    return url;
  const given = [address, ...others].join(' ');
  throw new UsageError(`Cannot check "${given}": expected one site, such as https://example.org, or nothing`);
}
