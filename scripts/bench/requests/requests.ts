import { join } from 'node:path';
import { writeArticles } from '../corpus/articles.ts';
import type { Figures } from '../figures/figures.ts';
import { buildStore } from '../growth/archives.ts';
import type { BenchOptions } from '../options.ts';
import { type Bundle, bundle, HELLO, OURS, PEER, WHOLE_FEEDS } from '../workers/bundle.ts';
import { CANNOT_TELL, hasCpuTime } from '../workers/process.ts';
import { type BenchRequest, helloRequest } from '../workers/request.ts';
import { measureRounds, SLICE_SECONDS } from '../workers/rounds.ts';
import { type BenchEnvironment, withBenchEnvironment } from '../workers/serve.ts';
import { CONNECTIONS, type Subject } from '../workers/slice.ts';
import { archiveRequests, ourRequests, peerRequests } from './cases.ts';
import { requestsTable } from './table.ts';
import { verifyOurs, verifyPeer } from './verify.ts';

const TITLE = '### Requests';
const ROUNDS = 20;
/** The number of articles of a full feed, about 80 KB compressed. */
const LARGE = 50;
/** The number of articles of about 20 KB, gzipped. */
const SMALL = 8;
/** More articles than fit into the worker. */
const ARCHIVE = 1000;

/** Measures the cost of a request, compared with a bare Hono worker and one that renders its feed on each request. */
export async function requests({ rounds = ROUNDS }: BenchOptions): Promise<Figures> {
  if (!hasCpuTime) return { markdown: `${TITLE}\n\n${CANNOT_TELL}` };
  return withBenchEnvironment(async (environment) => {
    const bundles = await makeBundles(environment.folder);
    return { markdown: await measure(bundles, environment, rounds) };
  });
}

async function measure(
  { hello, peer, large, small, archive }: Bundles,
  { pin, serve: start }: BenchEnvironment,
  rounds: number,
): Promise<string> {
  const cores = pin() ? 'workerd and the load on a core each' : 'workerd and the load on any core';
  const many = await verifyOurs(await start(large));
  const few = await verifyOurs(await start(small));
  const all = await verifyOurs(await start(archive));
  const rival =
    peer instanceof Error ? undefined : { ...peer, bindings: { ARTICLES: JSON.stringify(many.articles) } };
  if (rival !== undefined) await verifyPeer(await start(rival), many.articles);

  const asked = helloRequest();
  const rivals = rival && peerRequests(many.articles);
  const plan: [Bundle | undefined, BenchRequest[]][] = [
    [hello, [asked]],
    [rival, Object.values(rivals ?? {})],
    [large, ourRequests(many.articles, many.etag, rivals)],
    [small, ourRequests(few.articles, few.etag)],
    [archive, archiveRequests(ARCHIVE, all.etag)],
  ];
  const subjects: Subject[] = [];
  for (const [made, benchRequests] of plan) {
    // Each has its own workerd, so that none pays for another's garbage collection.
    for (const benchRequest of benchRequests)
      if (made) subjects.push({ benchRequest, server: await start(made) });
  }
  const slices = await measureRounds(subjects, rounds);

  const rows = subjects.map(({ benchRequest }, index) => ({ benchRequest, slices: slices[index] ?? [] }));
  return [
    TITLE,
    `CPU time that a bare workerd spends on one request, kernel included: median and extremes of ${rounds} rounds in which each row has a turn of about ${SLICE_SECONDS} s, over ${CONNECTIONS} kept-alive connections on loopback, ${cores}. Ratios are medians of those of single rounds: “÷ hello” by the CPU time of the first row, “peer ÷” the CPU time of Hono + \`feed\` with the same articles and coding by that of the row.`,
    requestsTable(rows, asked),
    ...(peer instanceof Error ? [`Skipped: Hono + \`feed\`. ${peer.message}.`] : []),
  ].join('\n\n');
}

interface Bundles {
  readonly hello: Bundle;
  /** An error if the peer cannot run here. */
  readonly peer: Bundle | Error;
  /** Ours, with many articles. */
  readonly large: Bundle;
  /** Ours, with few articles. */
  readonly small: Bundle;
  /** Ours, with an archive. */
  readonly archive: Bundle;
}

async function makeBundles(folder: string): Promise<Bundles> {
  const storeOf = async (name: string, articles: number): Promise<string> => {
    const home = join(folder, name);
    await writeArticles(join(home, 'seeds'), articles);
    return buildStore(join(home, 'seeds'), home);
  };
  const [many, few, all] = await Promise.all([
    storeOf('large', LARGE),
    storeOf('small', SMALL),
    storeOf('archive', ARCHIVE),
  ]);
  const [hello, peer, large, small, archive] = await Promise.all([
    bundle(HELLO, few, join(folder, 'hello')),
    bundle(PEER, few, join(folder, 'peer')).catch((error: Error) => error),
    bundle(WHOLE_FEEDS, many, join(folder, 'large')),
    bundle(WHOLE_FEEDS, few, join(folder, 'small')),
    bundle(OURS, all, join(folder, 'archive')),
  ]);
  return { hello, peer, large, small, archive };
}
