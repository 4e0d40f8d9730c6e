import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeArticles } from './articles.ts';
import { type Bundle, bundle } from './bundle.ts';
import { hasCpuTime } from './cpu.ts';
import { examineOurs, examinePeer } from './examine.ts';
import type { BenchOptions } from './options.ts';
import { pin } from './pin.ts';
import { archiveQuestions, helloQuestion, ourQuestions, peerQuestions, type Question } from './questions.ts';
import { requestsTable } from './requests-table.ts';
import { measureRounds, SLICE_SECONDS } from './rounds.ts';
import { CONNECTIONS, type Subject } from './slice.ts';
import { type Server, serve } from './workerd.ts';

const TITLE = '### Requests';
const ROUNDS = 20;
/** A full feed; compressed as a whole it has about 80 KB. */
const LARGE = 50;
/** As many as make about 20 KB gzip. */
const SMALL = 8;
/** More than the worker has place for. */
const ARCHIVE = 1000;

/** What a request costs, against a bare Hono worker and against one that renders its feed on each request. */
export async function requests({ rounds = ROUNDS }: BenchOptions): Promise<string> {
  if (!hasCpuTime) return `${TITLE}\n\nSkipped: there is no \`/proc/PID/schedstat\` to read CPU time from.`;
  const folder = await mkdtemp(join(tmpdir(), 'tidings-bench-'));
  const servers: Server[] = [];
  const cleanUp = (): void => {
    for (const server of servers) server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', cleanUp);
  try {
    const bundles = await makeBundles(folder);
    const launcher = pin();
    const start = async (made: Bundle): Promise<Server> => {
      const server = await serve(made, launcher);
      servers.push(server);
      return server;
    };
    return await measure(bundles, start, rounds, launcher.length > 0);
  } finally {
    cleanUp();
  }
}

async function measure(
  { hello, peer, large, small, archive }: Bundles,
  start: (made: Bundle) => Promise<Server>,
  rounds: number,
  pinned: boolean,
): Promise<string> {
  const many = await examineOurs(await start(large));
  const few = await examineOurs(await start(small));
  const all = await examineOurs(await start(archive));
  const rival =
    peer instanceof Error ? undefined : { ...peer, bindings: { ARTICLES: JSON.stringify(many.articles) } };
  if (rival !== undefined) await examinePeer(await start(rival), many.articles);

  const asked = helloQuestion();
  const rivals = rival && peerQuestions(many.articles);
  const plan: [Bundle | undefined, Question[]][] = [
    [hello, [asked]],
    [rival, Object.values(rivals ?? {})],
    [large, ourQuestions(many.articles, many.etag, rivals)],
    [small, ourQuestions(few.articles, few.etag)],
    [archive, archiveQuestions(ARCHIVE, all.etag)],
  ];
  const subjects: Subject[] = [];
  for (const [made, questions] of plan) {
    // A workerd each, so that nobody collects another one's garbage.
    for (const question of questions) if (made) subjects.push({ question, server: await start(made) });
  }
  const slices = await measureRounds(subjects, rounds);

  const rows = subjects.map(({ question }, index) => ({ question, slices: slices[index] ?? [] }));
  const cores = pinned ? 'workerd and the load on a core each' : 'workerd and the load on any core';
  return [
    TITLE,
    `CPU time that a bare workerd spends on one request, kernel included: median and extremes of ${rounds} rounds in which each row has a turn of about ${SLICE_SECONDS} s, over ${CONNECTIONS} kept-alive connections on loopback, ${cores}. Ratios are medians of those of single rounds: “÷ hello” by the CPU time of the first row, “peer ÷” the CPU time of Hono + \`feed\` with the same articles and coding by that of the row.`,
    requestsTable(rows, asked),
    ...(peer instanceof Error ? [`Skipped: Hono + \`feed\`. ${peer.message}.`] : []),
  ].join('\n\n');
}

interface Bundles {
  readonly hello: Bundle;
  /** An error when it cannot be made here. */
  readonly peer: Bundle | Error;
  /** Ours, with many articles. */
  readonly large: Bundle;
  /** Ours, with few articles. */
  readonly small: Bundle;
  /** Ours, with an archive. */
  readonly archive: Bundle;
}

async function makeBundles(folder: string): Promise<Bundles> {
  const seeds = {
    large: join(folder, 'large-seeds'),
    small: join(folder, 'small-seeds'),
    archive: join(folder, 'archive-seeds'),
  };
  await writeArticles(seeds.large, LARGE);
  await writeArticles(seeds.small, SMALL);
  await writeArticles(seeds.archive, ARCHIVE);
  const [hello, peer, large, small, archive] = await Promise.all([
    bundle('scripts/bench/hello.ts', seeds.small, join(folder, 'hello')),
    bundle('scripts/bench/peer.ts', seeds.small, join(folder, 'peer')).catch((error: Error) => error),
    bundle('scripts/bench/whole-feeds.ts', seeds.large, join(folder, 'large')),
    bundle('scripts/bench/whole-feeds.ts', seeds.small, join(folder, 'small')),
    bundle('src/worker.ts', seeds.archive, join(folder, 'archive')),
  ]);
  return { hello, peer, large, small, archive };
}
