import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import { askEach, tooLarge } from './ask-each.ts';
import { type BuildContext, loadCached, lost, mapBatches } from './build-context.ts';
import type { CachedDocument } from './cache-index.ts';
import { type FileStat, isRacy } from './file-stat.ts';

/** A document that may not be what it was. */
interface Doubt {
  readonly path: string;
  /** What it came to when it was read; absent when that is lost. */
  readonly digest?: string;
  readonly marks?: string;
}

/** Reads every document, but those that are known to be what they were. */
export async function readAll(
  context: BuildContext,
  stamps: ReadonlyMap<string, FileStat | undefined>,
  startedAt: number,
): Promise<ReadDocument[]> {
  const { cache, pool, known } = context;
  const remembered = cache.memory.documents;
  const documents: ReadDocument[] = [];
  const same: [string, CachedDocument][] = [];
  const doubts: Doubt[] = [];
  for (const [path, stamp] of stamps) {
    const before = remembered.get(path);
    const marks = stamp && !isRacy(stamp, startedAt) ? stamp.marks : undefined;
    // What could not be read may be readable now.
    const isSame = marks !== undefined && before?.marks === marks && before.digest !== '';
    if (before !== undefined && isSame) same.push([path, before]);
    else doubts.push({ path, ...digestOf(context, before), ...(marks !== undefined && { marks }) });
  }
  const readThose = (some: readonly Doubt[]): Promise<void> =>
    mapBatches(context, 'Reading', some, async (batch) => {
      const results = await askEach(pool, 'read', batch, () => undefined);
      for (const [index, { path, marks }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) {
          // It is not remembered: another machine may have more memory.
          documents.push(refusedAsTooLarge(path));
          continue;
        }
        const { digest, read } = result;
        const before = read === undefined ? remembered.get(path) : undefined;
        const document = read?.document ?? loadCached<ReadDocument>(context, before?.document);
        const kept = read?.kept ?? before?.document;
        if (document === undefined || kept === undefined) throw lost(path);
        documents.push(document);
        known.set(path, {
          ...before,
          document: kept,
          digest,
          ...(marks !== undefined && { marks }),
          ...(read?.content && { content: read.content }),
        });
      }
    });

  const reading = readThose(doubts);
  const missing = same.filter(([path, before]) => {
    const document = loadCached<ReadDocument>(context, before.document);
    if (document === undefined) return true;
    known.set(path, before);
    documents.push(document);
    return false;
  });
  await reading;
  if (missing.length > 0) await readThose(missing.map(([path, { marks = '' }]) => ({ path, marks })));
  return documents;
}

function digestOf(context: BuildContext, before: CachedDocument | undefined): Pick<Doubt, 'digest'> {
  const isThere = before !== undefined && loadCached<ReadDocument>(context, before.document) !== undefined;
  return isThere ? { digest: before.digest } : {};
}

function refusedAsTooLarge(path: string): ReadDocument {
  return { path, status: 'refused', reason: tooLarge(path) };
}

/** Reads documents again, by what is known of them from others. */
export async function amend(
  context: BuildContext,
  boilerplates: ReadonlyMap<string, Boilerplate>,
): Promise<ReadDocument[]> {
  const { pool, known } = context;
  // The content of what was amended before and is not any more is somebody else's.
  for (const [path, { amended, content: _, ...rest }] of known)
    if (amended !== undefined && !boilerplates.has(path)) known.set(path, rest);
  const documents: ReadDocument[] = [];
  const missing: { path: string; boilerplate: Boilerplate }[] = [];
  for (const [path, boilerplate] of boilerplates) {
    const amended = known.get(path)?.amended;
    const isSame = amended?.boilerplate === JSON.stringify(boilerplate);
    const document = isSame ? loadCached<ReadDocument>(context, amended.document) : undefined;
    if (document === undefined) missing.push({ path, boilerplate });
    else documents.push(document);
  }
  await mapBatches(context, 'Reading again', missing, async (jobs) => {
    const results = await askEach(pool, 'read', jobs, () => undefined);
    for (const [index, { path, boilerplate }] of jobs.entries()) {
      const result = results[index];
      if (result === undefined) {
        documents.push(refusedAsTooLarge(path));
        continue;
      }
      const { digest, read } = result;
      const before = known.get(path);
      if (read === undefined || before === undefined) throw lost(path);
      if (digest !== before.digest)
        throw new Error(`Cannot publish seeds/${path}: it changed during the build; build again`);
      documents.push(read.document);
      const amended = { boilerplate: JSON.stringify(boilerplate), document: read.kept };
      known.set(path, { ...before, amended, ...(read.content && { content: read.content }) });
    }
  });
  return documents;
}
