import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EVERYTHING, sliceOfValue } from '../../../src/facets.ts';
import { feedPath, paths, slicePath } from '../../../src/routes/paths.ts';
import {
  type BenchRequest,
  expectStatus,
  GZIP,
  helloRequest,
  measureRounds,
  measureSlice,
  newOriginEachTime,
  type Subject,
  sameEachTime,
  type TimeSlice,
} from '../workers/load.ts';
import {
  type BenchEnvironment,
  type Bundle,
  bundleBuild,
  cpuTime,
  liveHeap,
  residentMemory,
  type Server,
  uploadSize,
} from '../workers/serve.ts';
import {
  type Archive,
  type ArchiveUrls,
  type Assets,
  countAssets,
  readDocuments,
  verifyArchive,
} from './archives.ts';

/** The verified worker of an archive. */
interface GrowthSubject extends Starter {
  readonly archive: Archive;
  readonly benchRequests: readonly GrowthRequest[];
  /** A bare hello with the same data. */
  readonly hello: Starter;
  /** The size of the data in bytes. */
  readonly load: number;
}

/** @throws Error if a response of an archive is wrong */
export async function prepareSubjects(
  { folder, serve }: BenchEnvironment,
  archives: readonly Archive[],
  empty: Bundle,
): Promise<GrowthSubject[]> {
  const subjects: GrowthSubject[] = [];
  for (const archive of archives) {
    const { size, out, documents } = archive;
    const worker = await bundleBuild(out, join(folder, `worker-${size}`));
    const server = await serve(worker);
    const benchRequests = growthRequests(await verifyArchive(server, readDocuments(documents)));
    server.stop();
    const { worker: loaded, load } = await addData(worker, empty, join(folder, `hello-${size}`));
    const hello = { worker: loaded, first: '/', benchRequests: [helloRequest()] };
    subjects.push({ archive, worker, first: feedPath('rss'), benchRequests, hello, load });
  }
  return subjects;
}

/** A worker with data that it does not read. */
interface LoadedWorker {
  readonly worker: Bundle;
  /** The size of its data in bytes, which its isolate loads nevertheless. */
  readonly load: number;
}

/** A worker of one module with the data of another worker, so that the two differ only in their code. */
async function addData(
  { modules, folder: from }: Bundle,
  empty: Bundle,
  folder: string,
): Promise<LoadedWorker> {
  await mkdir(folder);
  for (const name of empty.modules) await copyFile(join(empty.folder, name), join(folder, name));
  const [, ...data] = modules;
  let load = 0;
  for (const name of data) {
    await copyFile(join(from, name), join(folder, name));
    load += (await stat(join(from, name))).size;
  }
  return { worker: { ...empty, folder, modules: [...empty.modules, ...data] }, load };
}

/** A request to an archive of each size. */
interface GrowthRequest extends BenchRequest {
  /** Whether each request has a new origin, so that no cache helps. */
  readonly isFirst: boolean;
}

export const MAIN_FEED = 'the main feed';

/** The same requests in the same order for every archive. */
function growthRequests({ etag, newest, oldest, pages, tag }: ArchiveUrls): GrowthRequest[] {
  const rss = feedPath('rss');
  const addresses: [string, string][] = [
    [MAIN_FEED, rss],
    ['the newest article’s page', newest],
    ['the oldest article’s page', oldest],
    ['the newest page of history', slicePath(EVERYTHING, 'rss', pages)],
    ['the oldest page of history', slicePath(EVERYTHING, 'rss', 1)],
    ['the feed of a tag', slicePath(sliceOfValue('tag', tag), 'rss')],
    ['a search for two words', slicePath({ clauses: [], words: 'over time' }, 'page')],
    ['the home page', paths.home],
  ];
  const common = { worker: 'Tidings', status: 200 };
  return [
    {
      ...common,
      label: `${MAIN_FEED}, not modified`,
      status: 304,
      isFirst: false,
      request: sameEachTime(rss, { ...GZIP, 'If-None-Match': etag }),
    },
    ...[false, true].flatMap((isFirst) =>
      addresses.map(
        ([label, path]): GrowthRequest => ({
          ...common,
          label,
          isFirst,
          request: isFirst ? newOriginEachTime(path, GZIP) : sameEachTime(path, GZIP),
        }),
      ),
    ),
  ];
}

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
  readonly slices: readonly (readonly TimeSlice[])[];
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
): Promise<{ readonly all: readonly GrowthResult[]; readonly helloSlices: readonly TimeSlice[] }> {
  const starts = await measureStarts(
    environment,
    subjects.flatMap((subject) => [subject, subject.hello]),
    Math.min(rounds, MAX_STARTS),
  );
  const heaps: Heap[] = [];
  for (const subject of subjects) heaps.push(await measureHeap(environment, subject));
  const [[helloSlices = []] = [], ...slices] = await measureRequests(
    environment,
    [hello, ...subjects],
    rounds,
  );
  const all: GrowthResult[] = [];
  for (const [index, subject] of subjects.entries()) {
    const { worker } = subject;
    all.push({
      subject,
      upload: await uploadSize(worker),
      assets: await countAssets(worker.assets),
      starts: starts[2 * index] ?? [],
      helloStarts: starts[2 * index + 1] ?? [],
      heap: heaps[index] as Heap, // one for each subject
      slices: slices[index] ?? [],
    });
  }
  return { all, helloSlices };
}

/** Returns the slices of each request of each starter. */
async function measureRequests(
  environment: BenchEnvironment,
  starters: readonly Starter[],
  rounds: number,
): Promise<TimeSlice[][][]> {
  const subjects: Subject[] = [];
  // Each has its own workerd, so that none pays for another's garbage collection.
  for (const { worker, benchRequests } of starters)
    for (const benchRequest of benchRequests)
      subjects.push({ benchRequest, server: await environment.serve(worker) });
  const slices = await measureRounds(subjects, rounds);
  return starters.map(({ benchRequests }) => {
    const first = subjects.findIndex(({ benchRequest }) => benchRequest === benchRequests[0]);
    return slices.slice(first, first + benchRequests.length);
  });
}

/** Bytes of an isolate, without garbage. */
interface Heap {
  /** After the first response. */
  readonly started: number;
  /** After a round of requests. */
  readonly used: number;
}

/** Measured by the inspector of a separate workerd. */
async function measureHeap(environment: BenchEnvironment, starter: Starter): Promise<Heap> {
  const server = await environment.serve(starter.worker, { isInspected: true });
  const request = () => expectStatus(server, starter.first);
  await request();
  const started = await liveHeap(server, request);
  await sendAll(starter, server);
  const used = await liveHeap(server, request);
  server.stop();
  return { started, used };
}

/** A worker to start, and the requests to send it. */
interface Starter {
  readonly worker: Bundle;
  /** Path of the first request. */
  readonly first: string;
  readonly benchRequests: readonly BenchRequest[];
}

/** The resource usage of a workerd. */
export interface Start {
  /** Milliseconds of CPU time until it listens, when the worker has been evaluated. */
  readonly listening: number;
  /** Milliseconds of CPU time until its first response. */
  readonly responded: number;
  /** Bytes after its first response. */
  readonly memory: number;
  /** Bytes after a round of requests. */
  readonly used: number;
}

/** The number of requests to each worker per round. */
export const ROUND_OF_REQUESTS = 800;

/** Starts workers repeatedly, one at a time; returns the starts of each. */
async function measureStarts(
  environment: BenchEnvironment,
  starters: readonly Starter[],
  rounds: number,
): Promise<Start[][]> {
  const starts: Start[][] = starters.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, starter] of starters.entries())
      starts[index]?.push(await measureStart(environment, starter));
  return starts;
}

async function measureStart(environment: BenchEnvironment, starter: Starter): Promise<Start> {
  const server = await environment.serve(starter.worker);
  const listening = cpuTime(server.pid) / 1e6;
  await expectStatus(server, starter.first);
  const responded = cpuTime(server.pid) / 1e6;
  const memory = residentMemory(server.pid);
  await sendAll(starter, server);
  const used = residentMemory(server.pid);
  server.stop();
  return { listening, responded, memory, used };
}

/** Sends the requests of a starter, `ROUND_OF_REQUESTS` in total. */
async function sendAll({ benchRequests }: Starter, server: Server): Promise<void> {
  for (const benchRequest of benchRequests)
    await measureSlice({ benchRequest, server }, Math.ceil(ROUND_OF_REQUESTS / benchRequests.length));
}
