import { askerOf } from '../src/check/ask.ts';
import type { Examination } from '../src/check/examination.ts';
import { printExamination } from '../src/check/print.ts';
import { servePreview } from '../src/check/serve.ts';
import { examineSite } from '../src/check/site.ts';
import { UsageError } from '../src/pipeline/options.ts';

try {
  const address = parseAddress(process.argv.slice(2));
  const counts = { error: 0, warning: 0 };
  for await (const examination of address === undefined ? examineSeeds() : examine(address.origin)) {
    printExamination(examination);
    for (const { severity } of examination.findings) counts[severity] += 1;
  }
  console.log(`${counts.error} errors, ${counts.warning} warnings`);
  process.exitCode = counts.error + counts.warning > 0 ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

/** Builds, serves and examines. */
async function* examineSeeds(): AsyncIterable<Examination> {
  const { origin, findings, complaints, close } = await servePreview();
  try {
    yield { subject: 'build', findings };
    yield* examine(origin);
    yield { subject: 'worker log', findings: complaints() };
  } finally {
    await close();
  }
}

function examine(origin: string): AsyncIterable<Examination> {
  return examineSite(origin, askerOf(new URL(origin)), Date.now);
}

/** The site to examine; undefined when it is the one to be built. */
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
  throw new UsageError(
    `Cannot examine "${given}": expected one site, such as https://example.org, or nothing`,
  );
}
