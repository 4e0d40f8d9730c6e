import type { Instant, Person } from '../article.ts';
import type { Redirect } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import { refusalOf } from '../documents/stated.ts';
import type { History } from '../identity/history.ts';
import type { Ledger } from '../identity/ledger.ts';
import { LedgerError, readLedger } from '../identity/ledger-file.ts';
import type { Removal } from '../identity/reconcile.ts';
import { once } from '../memo.ts';
import { articlePath } from '../routes/paths.ts';
import { type Describe, describeWith, type PublishedFile, publishMedia } from './describe-files.ts';
import { fileIndex } from './file-index.ts';
import { type Claim, documentPlace, type FormerFile, fileClaims } from './former-addresses.ts';
import { identifyDocuments, linkedFolders } from './identify-documents.ts';
import { claimRedirects, indexFor, linkTargets, redirectsOf, takenAddresses } from './link-targets.ts';
import { listAddresses } from './list-values.ts';
import { embeddedFile, type MakeVariants } from './media-files.ts';
import { isForNav } from './pages.ts';
import { describedPeople, type Profiles, peopleFinder, readProfiles } from './profiles.ts';
import { type Outcome, type ResolvedDocument, resolveDocuments } from './resolve-documents.ts';
import type { LinkTargets } from './resolve-links.ts';
import {
  type Amend,
  type Identified,
  settleDocuments,
  type UnpublishedDocument,
} from './settle-documents.ts';
import {
  describePodcasts,
  frameFiles,
  type PodcastMetadata,
  type SiteFrame,
  seedPath,
  siteFrame,
} from './site-references.ts';
import { deriveTranslations } from './translations.ts';

/** The inputs besides the documents of a folder. */
export interface FolderContext {
  /** Paths of the other files. */
  readonly others: readonly string[];
  /** Paths of folders that could not be listed. */
  readonly unlisted?: Iterable<string>;
  /** Paths of the links among the other files; they are not followed. */
  readonly links?: Iterable<string>;
  /** The content of any other file below the folder; undefined if there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Examines one of the other files; default: reads it. */
  readonly describe?: Describe;
  /** Makes smaller versions of pictures; absent: there are none. */
  readonly makeVariants?: MakeVariants | undefined;
  /** The redirects that the site had, as its host and its generator state them. */
  readonly redirects?: readonly Redirect[];
  /** The content of `ledger.json`; undefined if it does not exist. */
  readonly ledger: string | undefined;
  /** Whether the ledger is not changed. */
  readonly isPreview?: boolean;
  /** The history in git; undefined if there is none. It is read only for documents that the ledger lacks. */
  readonly history?: () => History | undefined;
}

/** A document that is a page, not an article of feeds. */
export interface Page {
  readonly path: string;
  readonly slug: string;
  readonly title: string;
  readonly reason: string;
  /** Whether it is one of the pages at the top of the site, and visible from now on. */
  readonly isInNav: boolean;
}

/** Reads documents independently of each other. */
export interface Readers {
  /** Reads every document; in any order. */
  readAll(): Promise<readonly ReadDocument[]>;
  /** Reads some documents again, with data from the others. */
  readonly amend: Amend;
}

export interface Collection {
  /** One for each article, in the order of their documents' paths. */
  readonly documents: readonly ResolvedDocument[];
  /** The keys of former addresses that documents claim, by their paths. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  readonly formerFiles: readonly FormerFile[];
  /** Removed articles, newest removal first. */
  readonly removals: readonly Removal[];
  /** Files that are published, by their paths; pictures that documents hold themselves by their URLs. */
  readonly media: ReadonlyMap<string, PublishedFile>;
  /** The addresses of smaller versions of pictures. */
  readonly variants: readonly string[];
  readonly podcasts: readonly PodcastMetadata[];
  /** The people that files describe; pictures are URLs or paths on the site. */
  readonly people: readonly Person[];
  readonly frame: SiteFrame;
  /** For the next build. */
  readonly ledger: Ledger;
  /** One for each document, in the order of their paths. */
  readonly outcomes: readonly Outcome[];
  /** The pages, in the order of their paths. */
  readonly pages: readonly Page[];
  /** Warnings about what was found and left out. */
  readonly warnings: readonly string[];
  /** Notes on automatic decisions. */
  readonly notes: readonly string[];
}

/**
 * Resolves every document of a folder. The same documents, in any order, give the same result.
 *
 * @param now is recorded in the ledger for changes, and decides which documents are scheduled or expired
 * @throws LedgerError when the ledger cannot be read
 */
export async function collectDocuments(
  { readAll, amend }: Readers,
  {
    others,
    unlisted = [],
    links = [],
    read,
    describe,
    makeVariants,
    redirects: stated = [],
    ledger: before,
    history,
  }: FolderContext,
  site: Site,
  now: Instant,
): Promise<Collection> {
  const [{ settled, unpublished }, previous, profiles] = await Promise.all([
    readAll().then((documents) => settleDocuments(documents, amend, site, now)),
    // While documents are read.
    (async () => readLedger(before, 'seeds/ledger.json'))(),
    readProfiles(others, read),
  ]);
  const outcomes = new Map(unpublished.map((document) => [document.path, outcomeOf(document)]));
  const refuse = (path: string, reason: string) => outcomes.set(path, { path, status: 'refused', reason });
  for (const path of linkedFolders(links, previous))
    refuse(
      path,
      `Cannot read seeds/${path}: expected a folder, not a link; the articles that were in it are not removed: put the folder back, or delete the link to remove them`,
    );
  const refusals = [...outcomes.values()].filter(({ status }) => status === 'refused');
  const unread = [...unlisted, ...refusals.map(({ path }) => path)];
  const { identified, removals, ledger, warnings, refused } = await identifyDocuments(
    settled,
    {
      unread,
      heldBack: [...outcomes.values()].flatMap(({ path, status }) => (status === 'refused' ? [] : path)),
    },
    { ledger: previous, history },
    site,
    now,
  );
  for (const [path, { message }] of refused) refuse(path, message);

  const redirects = redirectsOf(stated, unpublished, site);
  const { claims: ownClaims, ...targets } = linkTargets(
    identified,
    {
      unpublished: [...unpublished.map(({ path }) => path), ...refused.keys()],
      files: fileIndex(others),
      redirects,
      profiles,
    },
    site,
    now,
  );
  const translations = deriveTranslations(identified, now);

  const siteFiles = siteFilesOf(site, targets, profiles, others);
  const named = filesNamedBy(identified, translations, targets, now);
  const makers = { describe: describe ?? describeWith(read, site), makeVariants };
  const media = await publishMedia(siteFiles, named, identified, makers, now);
  const { claims, lists } = claimRedirects(redirects, targets, ownClaims);
  const { podcasts, warnings: podcastWarnings } = describePodcasts(site, identified, media.described);
  const pages = pagesOf(identified, site, now);
  const usual = pages
    .filter(({ isInNav }) => isInNav)
    .map(({ title, slug }) => ({ label: title, url: articlePath(slug) }));
  const { frame, warnings: frameWarnings } = siteFrame(site, usual, targets, media.described);
  const resolved = resolveDocuments(identified, translations, targets, media, outcomes, now);
  return {
    documents: resolved.documents,
    pages,
    claims,
    formerFiles: [
      ...[...media.published].map(([path, { address }]) => ({
        address,
        claims: [...fileClaims(path, site), ...(claims.get(path) ?? [])],
        namedBy: siteFiles.includes(path) ? [] : (resolved.namedBy.get(path) ?? []),
      })),
      ...lists,
      ...listAddresses(identified, peopleFinder(targets.people, profiles), site.generator, now),
    ],
    removals,
    media: new Map([...media.published, ...identified.flatMap(embeddedFiles)]),
    podcasts,
    people: describedPeople(profiles, targets, media.described, now),
    frame,
    ledger,
    outcomes: resolved.outcomes.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    warnings: [
      ...unpublished.flatMap((document) => warningsOf(document, targets.all, site)),
      ...settled.flatMap(({ parsed }) => parsed.warnings),
      ...warnings,
      ...media.warnings,
      ...podcastWarnings,
      ...frameWarnings,
      ...profiles.warnings,
      ...takenAddresses(identified, claims),
      ...resolved.warnings,
    ],
    variants: media.variants,
    notes: media.notes,
  };
}

/** The warnings about a document that is not published, unless it only redirects to one that is. */
function warningsOf(document: UnpublishedDocument, index: LinkTargets['all'], site: Site): readonly string[] {
  if (document.status === 'refused') return [];
  const origin = { path: document.path, translations: [] };
  const address = `/${documentPlace(document.path, site).place}`;
  const isRedirect = document.leadsTo !== undefined && index.lead(address, origin) !== undefined;
  return isRedirect ? [] : document.warnings;
}

function filesNamedBy(
  documents: readonly Identified[],
  translations: ReadonlyMap<string, readonly Identified[]>,
  targets: Pick<LinkTargets, 'published' | 'all'>,
  now: Instant,
): { readonly document: Identified; readonly path: string }[] {
  return documents.flatMap((document) => {
    const { path, parsed } = document;
    const index = indexFor(document, targets, now);
    const origin = { path, translations: (translations.get(path) ?? []).map((other) => other.path) };
    return [...parsed.references, ...parsed.attached].flatMap((url) => {
      const lead = index.lead(url, origin);
      return lead?.kind === 'file' ? [{ document, path: lead.path }] : [];
    });
  });
}

/** The files that the settings and the files about people name, if they exist. */
function siteFilesOf(
  site: Site,
  targets: Pick<LinkTargets, 'published' | 'all'>,
  { pictures }: Profiles,
  others: readonly string[],
): string[] {
  const stated = [...site.podcasts.map(({ image }) => image), ...frameFiles(site, targets), ...pictures];
  return stated.map(seedPath).filter((path) => others.includes(path));
}

function pagesOf(documents: readonly Identified[], site: Site, now: Instant): Page[] {
  return documents.flatMap(({ path, parsed, identity, pageReason }) => {
    if (pageReason === undefined) return [];
    const isLasting = identity.published <= now && parsed.expires === Number.POSITIVE_INFINITY;
    const isInNav = isLasting && parsed.listed && parsed.language === site.language && isForNav(path, site);
    return [{ path, slug: identity.slug, title: parsed.title, reason: pageReason, isInNav }];
  });
}

function embeddedFiles({ path, parsed }: Identified): (readonly [string, PublishedFile])[] {
  return parsed.embedded.map((picture) => {
    const { address, type, length } = embeddedFile(picture);
    return [picture.url, { address, type, length, isStripped: false, embeddedIn: path }];
  });
}

function outcomeOf(document: UnpublishedDocument): Outcome {
  const { path, status } = document;
  return status === 'refused' ? { path, status, reason: document.reason } : { path, status };
}

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

/** The documents that cannot be collected even alone, and the reasons, by path. */
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
  const documents = once(readAll);
  const withRefusals = (some: readonly ReadDocument[]): ReadDocument[] =>
    some.map((document) => refused.get(document.path) ?? document);
  return {
    readAll: async () => withRefusals(await documents()),
    amend: async (boilerplates) => withRefusals(await amend(boilerplates)),
    refuse(refusals) {
      for (const [path, reason] of refusals) refused.set(path, { path, status: 'refused', reason });
    },
  };
}
