import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PAGE_SIZE } from '../../src/app/select-articles.ts';
import { UsageError } from '../../src/config/errors.ts';
import { EVERYTHING } from '../../src/facets.ts';
import { feedPath, paths, slicePath, valuePath } from '../../src/routes/paths.ts';
import {
  type Archive,
  type ArchiveUrls,
  type Assets,
  buildArchives,
  countAssets,
  readDocuments,
  verifyArchive,
} from './archives.ts';
import { canMeasure, NO_GNU_TIME } from './generators.ts';
import { type BenchOptions, extremes, grouped, markdownTable, median, medianRatio } from './measure.ts';
import {
  type BenchRequest,
  expectStatus,
  GZIP,
  helloRequest,
  measureRequests,
  measureSlice,
  newOriginEachTime,
  SLICE_SECONDS,
  type Slices,
  sameEachTime,
} from './workers/load.ts';
import {
  type BenchEnvironment,
  type Bundle,
  bundleBuild,
  bundlePeer,
  cpuTime,
  HELLO,
  hasCpuTime,
  NO_CPU_TIME,
  residentMemory,
  type Server,
  uploadSize,
  withBenchEnvironment,
} from './workers/serve.ts';

const TITLE = '### Growth';
const SIZES = [100, 1000, 10_000];
const ROUNDS = 12;
/** Builds and starts take longer than slices, so there are fewer of them. */
const MAX_BUILDS = 3;
const MAX_STARTS = 7;
/** The number of requests to each worker per start. */
const ROUND_OF_REQUESTS = 800;

/** Measures the cost of an archive as it grows: its build, its worker, and each kind of request. */
export async function growth({ rounds = ROUNDS, sizes = SIZES }: BenchOptions): Promise<string> {
  if (!canMeasure) return `${TITLE}\n\n${NO_GNU_TIME}`;
  if (!hasCpuTime) return `${TITLE}\n\n${NO_CPU_TIME}`;
  const tooSmall = sizes.find((size) => size < PAGE_SIZE);
  if (tooSmall !== undefined)
    throw new UsageError(
      `Cannot use --sizes "${tooSmall}": expected ${PAGE_SIZE} at least, so that there is a history`,
    );
  const ascending = [...new Set(sizes)].sort((a, b) => a - b);
  return withBenchEnvironment(async (environment) => {
    const { folder, pin } = environment;
    const archives = await buildArchives(folder, ascending, Math.min(rounds, MAX_BUILDS));
    const bare = await bundlePeer(HELLO, join(folder, 'hello'));
    const subjects: GrowthSubject[] = [];
    for (const archive of archives) subjects.push(await prepareSubject(environment, archive, bare));
    const cores = pin() ? 'workerd and the load on a core each' : 'workerd and the load on any core';
    await measureStarts(environment, subjects, Math.min(rounds, MAX_STARTS));
    const hello = helloRequest();
    const plan = subjects.map(({ worker, benchRequests }) => [worker, benchRequests] as const);
    const slices = await measureRequests(environment, [[bare, [hello]], ...plan], rounds);
    return report(subjects, growthOfRequests(subjects, hello, slices), rounds, cores);
  });
}

/** A worker to start, and the requests to send it. */
interface Starter {
  readonly worker: Bundle;
  /** Path of the first request. */
  readonly first: string;
  readonly benchRequests: readonly BenchRequest[];
}

/** The verified worker of an archive. */
interface GrowthSubject extends Starter {
  readonly archive: Archive;
  /** Bytes, compressed. */
  readonly upload: number;
  readonly assets: Assets;
  /** A bare hello with the same data, which it does not read. */
  readonly hello: Starter;
  /** The size of the data in bytes. */
  readonly load: number;
  /** What each start took beyond that of the hello in the same round. */
  readonly starts: Usage[];
}

/** @throws Error if a response of the archive is wrong */
async function prepareSubject(
  { folder, serve }: BenchEnvironment,
  archive: Archive,
  bare: Bundle,
): Promise<GrowthSubject> {
  const { size, out, documents } = archive;
  const worker = await bundleBuild(out, join(folder, `worker-${size}`));
  const server = await serve(worker);
  const benchRequests = growthRequests(await verifyArchive(server, readDocuments(documents)));
  server.stop();
  const { worker: loaded, load } = await addData(worker, bare, join(folder, `hello-${size}`));
  return {
    archive,
    worker,
    first: feedPath('rss'),
    benchRequests,
    upload: await uploadSize(worker),
    assets: await countAssets(worker.assets),
    hello: { worker: loaded, first: '/', benchRequests: [helloRequest()] },
    load,
    starts: [],
  };
}

/** A worker of one module with the data of another worker, so that the two differ only in their code. */
async function addData(
  { modules, folder: from }: Bundle,
  bare: Bundle,
  folder: string,
): Promise<{ readonly worker: Bundle; readonly load: number }> {
  await mkdir(folder);
  for (const name of bare.modules) await copyFile(join(bare.folder, name), join(folder, name));
  const [, ...data] = modules;
  let load = 0;
  for (const name of data) {
    await copyFile(join(from, name), join(folder, name));
    load += (await stat(join(from, name))).size;
  }
  return { worker: { ...bare, folder, modules: [...bare.modules, ...data] }, load };
}

/** The same requests in the same order for every archive. */
function growthRequests({ etag, newest, oldest, pages, tag }: ArchiveUrls): BenchRequest[] {
  const rss = feedPath('rss');
  const addresses: [string, string][] = [
    ['the main feed', rss],
    ['the newest article’s page', newest],
    ['the oldest article’s page', oldest],
    ['the newest page of history', slicePath(EVERYTHING, 'rss', pages)],
    ['the oldest page of history', slicePath(EVERYTHING, 'rss', 1)],
    ['the feed of a tag', valuePath('tag', tag, 'rss')],
    ['a search for two words', slicePath({ clauses: [], words: 'over time' }, 'page')],
    ['the home page', paths.home],
  ];
  const common = { worker: 'Tidings', status: 200 };
  return [
    {
      ...common,
      label: 'the main feed, not modified',
      status: 304,
      request: sameEachTime(rss, { ...GZIP, 'If-None-Match': etag }),
    },
    ...addresses.map(([label, path]) => ({ ...common, label, request: sameEachTime(path, GZIP) })),
    ...addresses.map(([label, path]) => ({
      ...common,
      label: `${label}, new origin`,
      request: newOriginEachTime(path, GZIP),
    })),
  ];
}

/** The resource usage of a workerd. */
interface Usage {
  /** Milliseconds of CPU time until it listens, when the worker has been evaluated. */
  readonly listening: number;
  /** Milliseconds of CPU time until its first response. */
  readonly responded: number;
  /** Bytes after its first response. */
  readonly memory: number;
  /** Bytes after a round of requests. */
  readonly used: number;
}

/** Starts workers repeatedly, one at a time. */
async function measureStarts(
  environment: BenchEnvironment,
  subjects: readonly GrowthSubject[],
  rounds: number,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) {
      const own = await measureStart(environment, subject);
      const hello = await measureStart(environment, subject.hello);
      subject.starts.push({
        listening: own.listening - hello.listening,
        responded: own.responded - hello.responded,
        memory: own.memory - hello.memory,
        used: own.used - hello.used,
      });
    }
  }
}

async function measureStart({ serve }: BenchEnvironment, starter: Starter): Promise<Usage> {
  const server = await serve(starter.worker);
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

function report(all: readonly GrowthSubject[], requests: string, rounds: number, cores: string): string {
  return [
    TITLE,
    `The documents are the same as for the builds, about 5 KB of Markdown each; the newest are identical in archives of any size. Builds have no cache: median and extremes of ${Math.min(rounds, MAX_BUILDS)} rounds, each with one build per size; “a document more” is the additional time per document compared with the previous size. CPU covers all processes and cores, including the kernel; memory is that of the largest process. The worker is the compressed upload of \`wrangler deploy\`; it reads the external files on demand. Before any measurement, the responses are verified against the documents: the feed, both ends of the history and their articles’ pages, the feed of a tag, a search.`,
    growthOfBuild(all),
    `Starts are measured in bare workerd, ${cores}: CPU time until it listens, when the worker has been evaluated, and until it has responded to its first request, for the main feed. The cost of workerd itself, mostly for reading its configuration, is subtracted: it is the cost of a bare Hono \`hello\` with the same, unread data, started in the same round and with the same number of requests. Memory is the private memory of the process, without mapped files, beyond that of the same hello, plus the data once: after the first response, and after ${ROUND_OF_REQUESTS} of the requests below, including garbage. Medians of ${Math.min(rounds, MAX_STARTS)} starts.`,
    growthOfStart(all),
    `CPU time that a bare workerd spends on one request, including gzip, the kernel and file reads: medians of ${rounds} rounds, with a slice of about ${SLICE_SECONDS} s for each row and size. “New origin”: each request has a different origin, so that no cached composition is used. The last column is the median of the ratios of single rounds.`,
    requests,
  ].join('\n\n');
}

function growthOfBuild(all: readonly GrowthSubject[]): string {
  return markdownTable(
    ['documents'],
    [
      's',
      'min–max',
      'ms a document more',
      'CPU, s',
      'largest process, MB',
      'worker, KB gzip',
      'files beside it',
      'MB',
      'largest, KB',
    ],
    all.map((results, index) => {
      const { upload, assets } = results;
      const { size, builds } = results.archive;
      const wall = wallOf(results);
      return [
        grouped(size),
        grouped(median(wall), 2),
        extremes(wall, 2),
        further(all[index - 1], results),
        grouped(median(builds.map(({ cpu }) => cpu)), 2),
        grouped(median(builds.map(({ memory }) => memory)) / 1e6),
        grouped(upload / 1e3),
        grouped(assets.count),
        grouped(assets.total / 1e6, 1),
        grouped(assets.largest / 1e3),
      ];
    }),
  );
}

/** The additional milliseconds per additional document of the larger build. */
function further(smaller: GrowthSubject | undefined, larger: GrowthSubject): string {
  if (smaller === undefined) return '–';
  const seconds = median(wallOf(larger)) - median(wallOf(smaller));
  return grouped((seconds / (larger.archive.size - smaller.archive.size)) * 1e3, 2);
}

function wallOf({ archive }: GrowthSubject): number[] {
  return archive.builds.map(({ wall }) => wall);
}

function growthOfStart(all: readonly GrowthSubject[]): string {
  return markdownTable(
    ['documents'],
    ['start, CPU ms', 'with the first feed, CPU ms', 'memory, MB', 'after requests, MB'],
    all.map(({ archive, starts, load }) => {
      const of = (figure: keyof Usage): number => median(starts.map((start) => start[figure]));
      return [
        grouped(archive.size),
        grouped(of('listening'), 1),
        grouped(of('responded'), 1),
        grouped((of('memory') + load) / 1e6, 1),
        grouped((of('used') + load) / 1e6, 1),
      ];
    }),
  );
}

/** A row per request, a column per size, and the ratio of the largest to the smallest. */
function growthOfRequests(all: readonly GrowthSubject[], hello: BenchRequest, slices: Slices): string {
  const sizes = all.map(({ archive }) => grouped(archive.size));
  const row = (label: string, bySize: readonly BenchRequest[]): string[] => {
    const cpu = bySize.map((request) => (slices.get(request) ?? []).map((slice) => slice.cpu));
    const ratio = medianRatio(cpu.at(-1) ?? [], cpu[0] ?? []);
    return [label, ...cpu.map((each) => grouped(median(each))), grouped(ratio, 2)];
  };
  const requests = all[0]?.benchRequests ?? [];
  return markdownTable(
    ['request'],
    [...sizes.map((size) => `${size}: CPU, µs`), `${sizes.at(-1)} ÷ ${sizes[0]}`],
    [
      row('Hono’s `hello`', Array(all.length).fill(hello)),
      ...requests.map(({ label }, index) =>
        row(
          label,
          all.flatMap(({ benchRequests }) => benchRequests[index] ?? []),
        ),
      ),
    ],
  );
}
