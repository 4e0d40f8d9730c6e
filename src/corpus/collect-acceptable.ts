import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import { refusalOf } from '../documents/stated.ts';
import { LedgerError } from '../identity/ledger-file.ts';
import { type Collection, collectDocuments, type FolderContext, type Readers } from './collect.ts';

/**
 * The same as `collectDocuments`, except that a document that makes it fail is refused, and the others are collected
 * without it.
 *
 * @throws LedgerError when the ledger cannot be read, and any error that no single document causes
 */
export async function collectAcceptable(
  readers: RefusingReaders,
  folder: FolderContext,
  site: Site,
  now: Instant,
): Promise<Collection> {
  for (;;) {
    try {
      return await collectDocuments(readers, folder, site, now);
    } catch (error) {
      if (error instanceof LedgerError) throw error;
      const documents = (await readers.readAll()).filter(({ status }) => status === 'read');
      const culprits = await findCulprits(documents, folder, site, now);
      // If every document fails, the fault is not in the documents.
      const isNoDocuments = documents.length > 1 && culprits.size === documents.length;
      if (culprits.size === 0 || isNoDocuments) throw error;
      readers.refuse(culprits);
    }
  }
}

/** The documents that make it fail on their own, and the reasons, by path. */
async function findCulprits(
  documents: readonly ReadDocument[],
  folder: FolderContext,
  site: Site,
  now: Instant,
): Promise<Map<string, string>> {
  const alone: FolderContext = {
    ...folder,
    describe: async () => undefined,
    ledger: undefined,
    history: () => undefined,
  };
  const culprits = new Map<string, string>();
  for (const document of documents) {
    const readers = { readAll: async () => [document], amend: async () => [] };
    try {
      await collectDocuments(readers, alone, site, now);
    } catch (error) {
      culprits.set(document.path, refusalOf(document.path, error));
    }
  }
  return culprits;
}

/** Readers of documents that can be refused after they were read. */
interface RefusingReaders extends Readers {
  /**
   * Refuses documents from now on, as if they could not be read.
   *
   * @param refusals reasons by path
   */
  refuse(refusals: ReadonlyMap<string, string>): void;
}

/** Each document is read once, however often the documents are collected. */
export function refusingReaders({ readAll, amend }: Readers): RefusingReaders {
  const refused = new Map<string, ReadDocument>();
  let documents: Promise<readonly ReadDocument[]> | undefined;
  const withRefusals = (some: readonly ReadDocument[]): ReadDocument[] =>
    some.map((document) => refused.get(document.path) ?? document);
  return {
    async readAll() {
      documents ??= readAll();
      return withRefusals(await documents);
    },
    amend: async (boilerplates) => withRefusals(await amend(boilerplates)),
    refuse(refusals) {
      for (const [path, reason] of refusals) refused.set(path, { path, status: 'refused', reason });
    },
  };
}
