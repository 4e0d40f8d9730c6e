import { uploadSize } from '../workers/bundle.ts';
import { expectStatus } from '../workers/client.ts';
import { liveHeap } from '../workers/process.ts';
import { measureRounds } from '../workers/rounds.ts';
import type { BenchEnvironment } from '../workers/serve.ts';
import type { Slice, Subject } from '../workers/slice.ts';
import { type Assets, countAssets } from './archives.ts';
import { measureStarts, type Start, type Starter, sendAll } from './starts.ts';
import type { GrowthSubject } from './subject.ts';

/** The measurements of an archive of one size. */
export interface GrowthResult {
  readonly subject: GrowthSubject;
  /** Bytes, compressed. */
  readonly upload: number;
  readonly assets: Assets;
  readonly starts: readonly Start[];
  /** The starts of its hello, in the same rounds. */
  readonly helloStarts: readonly Start[];
  readonly heap: Heap;
  /** For each request, one slice per round. */
  readonly slices: readonly (readonly Slice[])[];
}

/** Starts take longer than slices, so there are fewer of them. */
export const MAX_STARTS = 7;

/**
 * Measures archives side by side.
 *
 * @returns also the slices of a bare hello
 */
export async function measureSubjects(
  environment: BenchEnvironment,
  subjects: readonly GrowthSubject[],
  hello: Starter,
  rounds: number,
): Promise<{ readonly all: readonly GrowthResult[]; readonly helloSlices: readonly Slice[] }> {
  const starts = await measureStarts(
    environment,
    subjects.flatMap((subject) => [subject, subject.hello]),
    Math.min(rounds, MAX_STARTS),
  );
  const heaps: Heap[] = [];
  for (const subject of subjects) heaps.push(await measureHeap(environment, subject));
  const [[helloSlices = []] = [], ...slices] = await measureQuestions(
    environment,
    [hello, ...subjects],
    rounds,
  );
  const all: GrowthResult[] = [];
  for (const [index, subject] of subjects.entries()) {
    const { made } = subject;
    all.push({
      subject,
      upload: await uploadSize(made),
      assets: await countAssets(made.assets),
      starts: starts[2 * index] ?? [],
      helloStarts: starts[2 * index + 1] ?? [],
      heap: heaps[index] as Heap, // one for each subject
      slices: slices[index] ?? [],
    });
  }
  return { all, helloSlices };
}

/** Returns the slices of each request of each starter. */
async function measureQuestions(
  environment: BenchEnvironment,
  starters: readonly Starter[],
  rounds: number,
): Promise<Slice[][][]> {
  const subjects: Subject[] = [];
  // Each has its own workerd, so that none pays for another's garbage collection.
  for (const { made, benchRequests } of starters)
    for (const benchRequest of benchRequests)
      subjects.push({ benchRequest, server: await environment.serve(made) });
  const slices = await measureRounds(subjects, rounds);
  return starters.map(({ benchRequests }) => {
    const first = subjects.findIndex(({ benchRequest }) => benchRequest === benchRequests[0]);
    return slices.slice(first, first + benchRequests.length);
  });
}

/** Bytes of an isolate, without garbage. */
export interface Heap {
  /** After the first response. */
  readonly started: number;
  /** After a round of requests. */
  readonly used: number;
}

/** Measured by the inspector of a separate workerd. */
async function measureHeap(environment: BenchEnvironment, starter: Starter): Promise<Heap> {
  const server = await environment.serve(starter.made, { isInspected: true });
  await expectStatus(server, starter.first);
  const started = await liveHeap(server, starter.first);
  await sendAll(starter, server);
  const used = await liveHeap(server, starter.first);
  server.stop();
  return { started, used };
}
