import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { type Boilerplate, findBoilerplate } from '../documents/boilerplate-metadata.ts';
import type { ParsedDocument, ReadDocument } from '../documents/parsed-document.ts';
import { languagesOfFolders } from './language-folders.ts';
import { findPages } from './pages.ts';
import { settleAddresses } from './resolve-documents.ts';
import { deriveFromAll, isToCome } from './scheduled.ts';

/** Reads documents again, with data from the others. */
export type Amend = (boilerplates: ReadonlyMap<string, Boilerplate>) => Promise<readonly ReadDocument[]>;

/** A document that can be published, after all documents were compared. */
export interface SettledDocument {
  readonly path: string;
  readonly parsed: ParsedDocument;
  readonly boilerplate: Boilerplate | undefined;
  /** The meaning of the address that it states. */
  readonly address: 'former' | 'source' | undefined;
  /** Why it is a page; undefined for articles. */
  readonly pageReason: string | undefined;
}

/** A document that cannot or must not be published. */
export type UnpublishedDocument = Exclude<ReadDocument, { status: 'read' }>;

/** Determines the properties that depend on all documents, in the order of their paths. */
export async function settleTogether(
  documents: readonly ReadDocument[],
  amend: Amend,
  site: Site,
  now: Instant,
): Promise<{ settled: readonly SettledDocument[]; unpublished: readonly UnpublishedDocument[] }> {
  const ordered = documents.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const isScheduled = ({ parsed }: { readonly parsed: ParsedDocument }): boolean => isToCome(parsed, now);
  const boilerplates = deriveFromAll(ordered.flatMap(readOf), isScheduled, (some) =>
    findBoilerplate(
      some.flatMap(({ path, parsed: { templateMetadata: metadata } }) =>
        metadata === undefined ? [] : [{ path, metadata }],
      ),
    ),
  );
  const amended = new Map((await amend(boilerplates)).map((document) => [document.path, document]));
  const own = ordered.map((document) => amended.get(document.path) ?? document);
  const readable = own.flatMap(readOf);
  const languages = deriveFromAll(readable, isScheduled, languagesOfFolders);
  const addresses = deriveFromAll(readable, isScheduled, (some) =>
    settleAddresses(
      some.map(({ path, parsed }) => ({ path, address: parsed.address })),
      site,
    ),
  );
  const pages = deriveFromAll(readable, isScheduled, (some) => findPages(some, site));
  return {
    unpublished: own.flatMap((document) => (document.status === 'read' ? [] : [document])),
    settled: readable.map(({ path, parsed }) => ({
      path,
      parsed: inLanguage(parsed, languages.get(path)),
      boilerplate: boilerplates.get(path),
      address: addresses.get(path),
      pageReason: pages.get(path),
    })),
  };
}

type Readable = Extract<ReadDocument, { status: 'read' }>;

function readOf(document: ReadDocument): Readable[] {
  return document.status === 'read' ? [document] : [];
}

function inLanguage(parsed: ParsedDocument, language: string | undefined): ParsedDocument {
  return language === undefined ? parsed : { ...parsed, language };
}
