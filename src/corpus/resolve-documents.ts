import type { Instant } from '../article.ts';
import { type Amendment, findTemplateClaims } from '../articles/boilerplate-metadata.ts';
import type { Facts, ReadDocument } from '../articles/parsed-document.ts';
import type { Site } from '../config/site.ts';
import { settleAddresses } from './canonical-urls.ts';
import { languagesOfFolders } from './language-folders.ts';
import { findPages } from './pages.ts';
import { deriveFromAll, isToCome } from './scheduled.ts';

/** Reads documents again, by what is known of them from others. */
export type Amend = (amendments: ReadonlyMap<string, Amendment>) => Promise<readonly ReadDocument[]>;

/** A document that can be published, as all of them together tell it. */
export interface SettledDocument {
  readonly path: string;
  readonly facts: Facts;
  readonly amendment: Amendment | undefined;
  /** What the address that it states means. */
  readonly address: 'former' | 'source' | undefined;
  /** Why it is a page, which is no news; undefined for articles. */
  readonly pageReason: string | undefined;
}

/** A document that cannot be published, or is not to be. */
export type UnpublishedDocument = Exclude<ReadDocument, { status: 'read' }>;

/** What documents mean that only all of them together tell; in the order of their paths. */
export async function settleTogether(
  documents: readonly ReadDocument[],
  amend: Amend,
  site: Site,
  now: Instant,
): Promise<{ settled: readonly SettledDocument[]; unpublished: readonly UnpublishedDocument[] }> {
  const ordered = documents.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const isScheduled = ({ facts }: { readonly facts: Facts }): boolean => isToCome(facts, now);
  const amendments = deriveFromAll(ordered.flatMap(readOf), isScheduled, (some) =>
    findTemplateClaims(
      some.flatMap(({ path, facts: { claims } }) => (claims === undefined ? [] : [{ path, claims }])),
    ),
  );
  const amended = new Map((await amend(amendments)).map((document) => [document.path, document]));
  const own = ordered.map((document) => amended.get(document.path) ?? document);
  const readable = own.flatMap(readOf);
  const languages = deriveFromAll(readable, isScheduled, languagesOfFolders);
  const addresses = deriveFromAll(readable, isScheduled, (some) =>
    settleAddresses(
      some.map(({ path, facts }) => ({ path, address: facts.address })),
      site,
    ),
  );
  const pages = deriveFromAll(readable, isScheduled, (some) => findPages(some, site));
  return {
    unpublished: own.flatMap((document) => (document.status === 'read' ? [] : [document])),
    settled: readable.map(({ path, facts }) => ({
      path,
      facts: inLanguage(facts, languages.get(path)),
      amendment: amendments.get(path),
      address: addresses.get(path),
      pageReason: pages.get(path),
    })),
  };
}

type Readable = Extract<ReadDocument, { status: 'read' }>;

function readOf(document: ReadDocument): Readable[] {
  return document.status === 'read' ? [document] : [];
}

function inLanguage(facts: Facts, language: string | undefined): Facts {
  return language === undefined ? facts : { ...facts, language };
}
