import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { DocumentError, type SourceFile } from '../src/documents/document.ts';
import { isDocument } from '../src/documents/parse.ts';

/** A larger file is no article. */
const MAX_BYTES = 10 * 1024 * 1024;
/** The only names that begin with `_` and are not passed over. */
const JEKYLL_FOLDERS: ReadonlySet<string> = new Set(['_posts', '_drafts']);
/** Cloudflare takes no larger asset. */
const MAX_ASSET_BYTES = 25 * 1024 * 1024;

export interface Seeds {
  readonly documents: readonly SourceFile[];
  /** Documents that could not be read, by path. */
  readonly refused: ReadonlyMap<string, DocumentError>;
  /** Files that are no documents. */
  readonly others: readonly string[];
  /** Any file below the folder; undefined if there is none, or a link, or one that is too large to be published. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

/**
 * Reads every document below a folder, in the order of their paths. Links are not followed, so nothing outside the
 * folder is read; names that begin with `.` or `_` are passed
 * over, but for Jekyll's `_posts` and `_drafts`.
 *
 * @throws Error when the folder itself cannot be read
 */
export async function readSeeds(folder: string): Promise<Seeds> {
  const documents: SourceFile[] = [];
  const refused = new Map<string, DocumentError>();
  const others: string[] = [];
  for (const name of await listFiles(folder, refused)) {
    if (!isDocument(name)) {
      others.push(name);
      continue;
    }
    try {
      documents.push({ path: name, bytes: await readDocument(folder, name) });
    } catch (error) {
      refused.set(name, error instanceof DocumentError ? error : unreadable(name, error));
    }
  }
  const published = new Set(others);
  return {
    documents,
    refused,
    others,
    read: async (path) => {
      if (!published.has(path)) return undefined;
      const { size } = await lstat(join(folder, path));
      return size <= MAX_ASSET_BYTES ? readFile(join(folder, path)) : undefined;
    },
  };
}

async function listFiles(folder: string, refused: Map<string, DocumentError>): Promise<string[]> {
  const found: string[] = [];
  const folders = [folder];
  for (let current = folders.pop(); current !== undefined; current = folders.pop()) {
    const entries = await readdir(current, { withFileTypes: true }).catch((error: unknown) => {
      if (current === folder) throw missingFolder(folder, error);
      refused.set(pathFrom(folder, `${current}`), unreadable(pathFrom(folder, `${current}`), error));
      return [];
    });
    for (const entry of entries) {
      if (/^[._]/.test(entry.name) && !JEKYLL_FOLDERS.has(entry.name)) continue;
      if (entry.isDirectory()) folders.push(join(current, entry.name));
      else found.push(pathFrom(folder, join(current, entry.name)));
    }
  }
  return found.sort();
}

async function readDocument(folder: string, path: string): Promise<Uint8Array> {
  if (/\p{Cc}/u.test(path))
    throw new DocumentError(
      `Cannot read ${JSON.stringify(`seeds/${path}`)}: expected a name without control characters`,
    );
  const file = join(folder, path);
  const stat = await lstat(file);
  if (!stat.isFile())
    throw new DocumentError(`Cannot read seeds/${path}: expected a file, not a link or a device`);
  if (stat.size > MAX_BYTES) {
    throw new DocumentError(
      `Cannot read seeds/${path}: it has ${stat.size} bytes; expected at most ${MAX_BYTES}`,
    );
  }
  return readFile(file);
}

function missingFolder(folder: string, error: unknown): Error {
  return new Error(
    `Cannot read the folder of seeds "${folder}": ${reasonOf(error)}; expected a folder of documents`,
  );
}

function unreadable(path: string, error: unknown): DocumentError {
  return new DocumentError(
    `Cannot read seeds/${path}: ${reasonOf(error)}; expected a file that you may read`,
  );
}

/** The system's name for what went wrong, such as `EACCES`. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function pathFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
