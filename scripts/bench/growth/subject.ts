import { join } from 'node:path';
import { feedPath } from '../../../src/routes/paths.ts';
import { type Bundle, bundle, OURS } from '../workers/bundle.ts';
import type { BenchEnvironment } from '../workers/environment.ts';
import { helloRequest } from '../workers/request.ts';
import type { Archive } from './archives.ts';
import { type Growing, growthRequests } from './cases.ts';
import { readDocuments } from './documents.ts';
import { loadWorker } from './loaded-worker.ts';
import type { Starter } from './starts.ts';
import { verifyArchive } from './verify.ts';

/** The worker of an archive, found right. */
export interface GrowthSubject extends Starter {
  readonly archive: Archive;
  readonly benchRequests: readonly Growing[];
  /** A bare hello with the same data beside it. */
  readonly hello: Starter;
  /** Bytes of these data. */
  readonly load: number;
}

/** @throws Error when an archive is served wrongly */
export async function prepareSubjects(
  { folder, serve }: BenchEnvironment,
  archives: readonly Archive[],
  empty: Bundle,
): Promise<GrowthSubject[]> {
  const subjects: GrowthSubject[] = [];
  for (const archive of archives) {
    const { size, out, documents } = archive;
    const made = await bundle(OURS, out, join(folder, `worker-${size}`));
    const server = await serve(made);
    const benchRequests = growthRequests(await verifyArchive(server, await readDocuments(documents)));
    server.stop();
    const { made: loaded, load } = await loadWorker(made, empty, join(folder, `hello-${size}`));
    const hello = { made: loaded, first: '/', benchRequests: [helloRequest()] };
    subjects.push({ archive, made, first: feedPath('rss'), benchRequests, hello, load });
  }
  return subjects;
}
