import { copyFile, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { feedPath } from '../../../src/routes/paths.ts';
import { type Bundle, bundle, OURS } from '../workers/bundle.ts';
import { helloRequest } from '../workers/request.ts';
import type { BenchEnvironment } from '../workers/serve.ts';
import { type Archive, readDocuments } from './archives.ts';
import { type GrowthRequest, growthRequests } from './cases.ts';
import type { Starter } from './starts.ts';
import { verifyArchive } from './verify.ts';

/** The verified worker of an archive. */
export interface GrowthSubject extends Starter {
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

/** A worker with data that it does not read. */
export interface LoadedWorker {
  readonly made: Bundle;
  /** The size of its data in bytes, which its isolate loads nevertheless. */
  readonly load: number;
}

/** A worker of one module with the data of another worker, so that the two differ only in their code. */
async function loadWorker(
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
  return { made: { ...empty, folder, modules: [...empty.modules, ...data] }, load };
}
