import type { ReadDocument } from '../documents/parsed-document.ts';
import type { Readers } from './collect.ts';

/** Readers of documents that can be refused after they were read. */
export interface RefusingReaders extends Readers {
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
