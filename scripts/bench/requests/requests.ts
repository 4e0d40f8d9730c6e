import { join } from 'node:path';
import { writeArticles } from '../corpus/articles.ts';
import type { Figures } from '../figures/figures.ts';
import type { BenchOptions } from '../options.ts';
import { buildStore } from '../workers/build-store.ts';
import { type Bundle, bundle, HELLO, OURS, PEER, WHOLE_FEEDS } from '../workers/bundle.ts';
import { CANNOT_TELL, hasCpuTime } from '../workers/cpu.ts';
import { helloQuestion, type Question } from '../workers/question.ts';
import { measureRounds, SLICE_SECONDS } from '../workers/rounds.ts';
import { CONNECTIONS, type Subject } from '../workers/slice.ts';
import { type Stand, withStand } from '../workers/stand.ts';
import { examineOurs, examinePeer } from './examine.ts';
import { archiveQuestions, ourQuestions, peerQuestions } from './questions.ts';
import { requestsTable } from './table.ts';

const TITLE = '### Requests';
const ROUNDS = 20;
/** A full feed; compressed as a whole it has about 80 KB. */
const LARGE = 50;
/** As many as make about 20 KB gzip. */
const SMALL = 8;
/** More than the worker has place for. */
const ARCHIVE = 1000;

/** What a request costs, against a bare Hono worker and against one that renders its feed on each request. */
export async function requests({ rounds = ROUNDS }: BenchOptions): Promise<Figures> {
  if (!hasCpuTime) return { markdown: `${TITLE}\n\n${CANNOT_TELL}` };
  return withStand(async (stand) => {
    const bundles = await makeBundles(stand.folder);
    return { markdown: await measure(bundles, stand, rounds) };
  });
}

async function measure(
  { hello, peer, large, small, archive }: Bundles,
  { pin, serve: start }: Stand,
  rounds: number,
): Promise<string> {
  const cores = pin() ? 'workerd and the load on a core each' : 'workerd and the load on any core';
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
