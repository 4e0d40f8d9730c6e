import type { Site } from '../config/site.ts';
import type { ReadFile } from '../corpus/includes.ts';
import { once } from '../memo.ts';
import { BlobFileError, type BlobFolders, type BlobStore, fileBlobs } from './blobs.ts';
import type { DocumentTasks } from './document-tasks.ts';
import type { AssetStore } from './files.ts';
import type { StoreTasks } from './store-tasks.ts';

/*
 * The tasks of a build. Equal requests give equal results, in any thread. Requests and results are messages between
 * threads; what is large in them is a blob. A result is undefined if a blob of the request is missing.
 */

interface Tasks extends DocumentTasks, StoreTasks {}

export type TaskName = keyof Tasks;
export type Request<Name extends TaskName> = Parameters<Tasks[Name]>[0];
export type Result<Name extends TaskName> = ReturnType<Tasks[Name]>;

export interface TaskBatch {
  readonly task: TaskName;
  readonly requests: readonly unknown[];
}

/** The environment of tasks: names of folders for other threads, and objects for this thread. */
export interface TaskOptions {
  readonly site: Site;
  readonly sources: string | ReadFile;
  readonly assets: string | AssetStore;
  readonly blobs: BlobFolders | BlobStore;
}

export interface TaskRunner {
  /** Runs a task for each request; other threads can read the blobs of the results. */
  run(batch: TaskBatch): Promise<unknown[]>;
  close(): void;
}

export function openRunner({ site, sources, assets, blobs: folders }: TaskOptions): TaskRunner {
  const blobs = 'folder' in folders ? fileBlobs(folders) : folders;
  // The parsers are loaded only if a document is read: a build with nothing to do takes 18 % less time.
  const documents = once(async () =>
    (await import('./document-tasks.ts')).documentTasks(site, sources, blobs),
  );
  const store = once(async () => (await import('./store-tasks.ts')).storeTasks(assets, blobs));
  return {
    async run({ task, requests }) {
      const tasks: Partial<Tasks> = await (task === 'read' || task === 'render' ? documents() : store());
      const runAll = (): unknown[] => {
        const results = requests.map((request) => tasks[task]?.(request as never)); // of that task
        blobs.flush();
        return results;
      };
      try {
        return runAll();
      } catch (error) {
        // The disk is full. Blobs that were flushed stay readable, and the same requests give the same results again.
        if (!(error instanceof BlobFileError) || !blobs.fallBack()) throw error;
        return runAll();
      }
    },
    close: blobs.close,
  };
}
