import { posix } from 'node:path';
import type { Instant, Person } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import { liesAhead, type StatedInstant } from '../documents/dates/instant.ts';
import type { ReadDocument } from '../documents/parsed-document.ts';
import { parseHttpUrl } from '../html/url.ts';
import type { History } from '../identity/history.ts';
import type { Ledger } from '../identity/ledger.ts';
import { readLedger } from '../identity/ledger-file.ts';
import { foldersOf } from '../identity/match.ts';
import { type Identity, type Removal, reconcile } from '../identity/reconcile.ts';
import { decodeLeniently } from '../routes/former-addresses.ts';
import { articlePath } from '../routes/paths.ts';
import { candidateOf, nameAsSlug, wantedNames } from './candidates.ts';
import {
  type Describe,
  type DescribedFiles,
  describeFiles,
  describeWith,
  type PublishedFile,
} from './describe-files.ts';
import { type Claim, type FormerFile, fileClaims } from './former-addresses.ts';
import { commitsOf, NO_COMMITS, rememberFromGit } from './git-memory.ts';
import { fileIndex } from './link-index.ts';
import { claimsOfAll, type Identified, indexFor, isScheduled, linkTargets } from './link-targets.ts';
import { linkWarnings } from './link-warnings.ts';
import { listAddresses, valueFinder } from './list-values.ts';
import { embeddedFile, type MediaFile } from './media-files.ts';
import { isForNav } from './pages.ts';
import { peopleFinder, personDocuments, withPicture } from './person-documents.ts';
import { type MakeVariants, planVariants } from './picture-variants.ts';
import { describePodcasts, type PodcastMetadata } from './podcasts.ts';
import { type Profiles, readProfiles } from './profiles.ts';
import { findRelated } from './related.ts';
import { type Amend, settleTogether, type UnpublishedDocument } from './resolve-documents.ts';
import { type LaterLinks, type LinkTargets, type ResolvedLinks, resolveOverTime } from './resolve-links.ts';
import { deriveFromAll, isToCome } from './scheduled.ts';
import { findSeries } from './series.ts';
import { frameFiles, type SiteFrame, siteFrame } from './site-frame.ts';
import { deriveTranslations, translationOf } from './translations.ts';

/** The outcome of a document. */
export type Outcome =
  | {
      readonly path: string;
      readonly status: 'published' | 'scheduled' | 'expired';
      readonly slug: string;
      readonly published: Instant;
    }
  | { readonly path: string; readonly status: 'draft' | 'excluded' }
  | { readonly path: string; readonly status: 'refused'; readonly reason: string };

/** A document and its relations to the others: everything that its article depends on besides its own content. */
export interface ResolvedDocument {
  readonly path: string;
  /** How its draft was amended before. */
  readonly boilerplate: Boilerplate | undefined;
  readonly identity: Identity;
  /** BCP 47. */
  readonly language: string;
  /** Whether it was first published at the address that it states. */
  readonly isFromAddress: boolean;
  /** Whether it is a page, which is in no feed and no list. */
  readonly isPage: boolean;
  /** The fragments by which others and it itself link to its parts. */
  readonly anchors: readonly string[];
  /** False if the date of its source cannot be right. */
  readonly hasSourceDate: boolean;
  /** The links as they are now, or when the article is published. */
  readonly links: ResolvedLinks;
  /** The links from later instants on, ascending; few documents refer to others that will appear or expire. */
  readonly later: readonly LaterLinks[];
  /**
   * When something that the document refers to last appeared or expired after its publication; undefined if nothing
   * did.
   */
  readonly renewed: Instant | undefined;
}

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
  /** Why it is a page. */
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
  readonly places: readonly ResolvedDocument[];
  /** The keys of former addresses that documents claim, by their paths. */
  readonly claims: ReadonlyMap<string, readonly Claim[]>;
  /** The published files that have former addresses. */
  readonly formerFiles: readonly FormerFile[];
  /** Removed articles, newest removal first. */
  readonly removals: readonly Removal[];
  /** Files that are published, by their paths; pictures that documents hold themselves by their URLs. */
  readonly media: ReadonlyMap<string, PublishedFile>;
  /** The addresses of smaller versions of pictures. */
  readonly variants: readonly string[];
  /** The metadata of each podcast of the site, by collection. */
  readonly podcasts: ReadonlyMap<string, PodcastMetadata>;
  /** The people that files describe; pictures are URLs or paths on the site. */
  readonly people: readonly Person[];
  /** The header and the footer of every page. */
  readonly frame: SiteFrame;
  /** For the next build. */
  readonly ledger: Ledger;
  /** One for each document, in the order of their paths. */
  readonly outcomes: readonly Outcome[];
  /** The pages, in the order of their paths. */
  readonly pages: readonly Page[];
  /** Warnings about what was found and left out, in the grammar of errors. */
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
  { others, unlisted = [], links = [], read, describe, makeVariants, ledger: before, history }: FolderContext,
  site: Site,
  now: Instant,
): Promise<Collection> {
  const [{ settled, unpublished }, previous] = await Promise.all([
    readAll().then((documents) => settleTogether(documents, amend, site, now)),
    // Meanwhile.
    parseLedger(before),
  ]);
  const outcomes = new Map(unpublished.map((document) => [document.path, outcomeOf(document)]));

  const names = deriveFromAll(
    settled,
    ({ parsed }) => isToCome(parsed, now),
    (documents) => wantedNames(documents, site),
  );
  const commits = commitsOf(history, previous, now);
  const candidates = settled.map((document) =>
    candidateOf(document, names.get(document.path) ?? { headline: document.parsed.headline }, commits, now),
  );
  for (const path of linkedFolders(links, previous)) {
    const reason = `Cannot read seeds/${path}: expected a folder, not a link; the articles that were in it are not removed: put the folder back, or delete the link to remove them`;
    outcomes.set(path, { path, status: 'refused', reason });
  }
  const refusals = [...outcomes.values()].filter(({ status }) => status === 'refused');
  const unread = [...unlisted, ...refusals.map(({ path }) => path)];
  const { timeZone } = site;
  const remembered = await rememberFromGit(previous, candidates, settled, {
    history: history ?? (() => undefined),
    unread,
    site,
    now,
    candidateOf: (document, own) => candidateOf(document, own, NO_COMMITS, Number.POSITIVE_INFINITY),
    nameOf: (path) => nameAsSlug(path, site),
  });
  const { identities, removals, ledger, warnings, refused } = reconcile(remembered, candidates, {
    now,
    timeZone,
    unread,
    removedIn: commits.removed,
  });
  for (const [path, { message }] of refused) outcomes.set(path, { path, status: 'refused', reason: message });

  const identified = settled.flatMap((document) => {
    const identity = identities.get(document.path);
    return identity === undefined ? [] : [{ ...document, identity }];
  });
  const notPublished = [...unpublished.map(({ path }) => path), ...refused.keys()];
  const profiles = await readProfiles(others, read);
  const visible = identified.filter((document) => !isScheduled(document, now));
  const people = personDocuments(visible, site.language);
  const described = { profiles, people, allPeople: personDocuments(identified, site.language) };
  const finder = peopleFinder(people, profiles);
  const claims = claimsOfAll(identified, valueFinder(visible, finder, now), site);
  const targets = linkTargets(identified, notPublished, fileIndex(others), claims, described, site, now);
  const translations = deriveTranslations(identified, now);
  const related = findRelated(identified, (document) => document.identity.published > now);
  const series = findSeries(identified);
  const translationsOf = (path: string): readonly Identified[] => translations.get(path) ?? [];
  const siteFiles = [
    ...site.podcasts.map(({ image }) => image),
    ...frameFiles(site, targets),
    ...profiles.pictures,
  ].flatMap((path) => siteFile(path, others));
  const newest = new Map(siteFiles.map((path) => [path, Number.POSITIVE_INFINITY]));
  const named = identified.flatMap((document) => {
    const { path, parsed, identity } = document;
    const index = indexFor(document, targets, now);
    const origin = { path, translations: translationsOf(path).map((other) => other.path) };
    return [...parsed.references, ...parsed.attached].flatMap((url) => {
      const lead = index.lead(url, origin);
      if (lead?.kind !== 'file') return [];
      const known = newest.get(lead.path);
      if (known === undefined || isNewer(identity.published, known, now))
        newest.set(lead.path, identity.published);
      return [lead.path];
    });
  });
  const examined = await describeFiles(
    identified,
    [...siteFiles, ...named],
    describe ?? describeWith(read, site),
  );
  const media = await withVariants(examined, newest, makeVariants, now);
  const podcasts = describePodcasts(site, identified, media.described);
  const namedBy = new Map<string, string[]>();
  const parts = new Set<string>();
  const hiddenLinks: string[] = [];
  const places = identified.map((document): ResolvedDocument => {
    const { path, boilerplate, identity, parsed, address } = document;
    const { slug, published } = identity;
    const status = statusOf(published, parsed.expires, now);
    outcomes.set(path, { path, status, slug, published });
    const linking = {
      path,
      slug,
      isScheduled: isScheduled(document, now),
      parsed,
      translations: translationsOf(path).map((other) => other.path),
      others: translationsOf(path).map(translationOf),
      related: related.get(path) ?? NONE,
      series: series.get(path),
    };
    const resolved = resolveOverTime(
      linking,
      { ...targets, files: media.described, faulty: media.faulty },
      { published, expires: parsed.expires, now },
    );
    const { links, later, renewed } = resolved;
    for (const file of resolved.files) {
      const known = namedBy.get(file);
      if (known === undefined) namedBy.set(file, [path]);
      else known.push(path);
    }
    // A scheduled article must not change another one.
    for (const part of resolved.parts)
      if (!isScheduled(document, now) || part.startsWith(`${slug}#`)) parts.add(part);
    // The links of an expired article are not visible.
    if (status !== 'expired') hiddenLinks.push(...linkWarnings(document, resolved, outcomes, now));
    const isFromAddress = address === 'source';
    return {
      path,
      boilerplate,
      identity,
      language: parsed.language,
      isFromAddress,
      isPage: document.pageReason !== undefined,
      anchors: [],
      hasSourceDate:
        parsed.sourceDate === undefined || !liesAhead(parsed.sourceDate, latestOf(identity, now)),
      links,
      later,
      renewed,
    };
  });
  const pages = identified.flatMap((document): Page[] => {
    const { path, parsed, identity, pageReason } = document;
    if (pageReason === undefined) return [];
    const isLasting = identity.published <= now && parsed.expires === Number.POSITIVE_INFINITY;
    const isInNav = isLasting && parsed.listed && parsed.language === site.language && isForNav(path, site);
    return [{ path, slug: identity.slug, title: parsed.title, reason: pageReason, isInNav }];
  });
  const usual = pages
    .filter(({ isInNav }) => isInNav)
    .map(({ title, slug }) => ({ label: title, url: articlePath(slug) }));
  const { frame, warnings: frameWarnings } = siteFrame(site, usual, targets, media.described);
  const anchors = Map.groupBy(parts, (part) => part.slice(0, part.indexOf('#')));
  return {
    places: places.map((place) => {
      const found = anchors.get(place.identity.slug) ?? [];
      const own = found.map((part) => decodeLeniently(part.slice(part.indexOf('#') + 1))).sort();
      return own.length === 0 ? place : { ...place, anchors: own };
    }),
    pages,
    claims,
    formerFiles: [
      ...[...media.published].map(([path, { address }]) => {
        const isOfSite = siteFiles.includes(path);
        return {
          address,
          claims: fileClaims(path, site),
          namedBy: isOfSite ? [] : (namedBy.get(path) ?? []),
        };
      }),
      ...listAddresses(identified, finder, now),
    ],
    removals,
    media: new Map([...media.published, ...identified.flatMap(embeddedFiles)]),
    podcasts: podcasts.metadata,
    people: describedPeople(profiles, targets, media.described, now),
    frame,
    ledger,
    outcomes: [...outcomes.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    warnings: [
      ...unpublished.flatMap((document) => ('warnings' in document ? document.warnings : [])),
      ...settled.flatMap(({ parsed }) => parsed.warnings),
      ...identified.flatMap((document) => datesAhead(document, now)),
      ...warnings,
      ...media.warnings,
      ...podcasts.warnings,
      ...frameWarnings,
      ...profiles.warnings,
      ...hiddenLinks,
    ],
    variants: media.variants,
    notes: media.notes,
  };
}

const NONE: readonly never[] = [];

/** Whether a publication takes precedence over another: the latest that is not in the future, or else the earliest. */
function isNewer(published: Instant, than: Instant, now: Instant): boolean {
  if (published > now) return than > now && published < than && Number.isFinite(than);
  return Number.isFinite(than) && (than > now || published > than);
}

/** Adds the smaller versions of pictures to what is known of their files. */
async function withVariants(
  media: DescribedFiles,
  newest: ReadonlyMap<string, Instant>,
  makeVariants: MakeVariants | undefined,
  now: Instant,
): Promise<DescribedFiles & { readonly variants: readonly string[] }> {
  if (makeVariants === undefined) return { ...media, variants: [] };
  const pictures = Array.from(newest, ([path, published]) => ({ path, newest: published }));
  const { wanted, notes } = planVariants(pictures, media.described, now);
  const made = await makeVariants(wanted);
  const described = new Map(media.described);
  for (const [path, variants] of made.variants) {
    const file = described.get(path);
    if (file !== undefined && variants.length > 0) described.set(path, { ...file, variants });
  }
  return {
    ...media,
    described,
    variants: [...made.variants.values()].flat().map(({ address }) => address),
    notes: [...media.notes, ...notes, ...made.notes],
  };
}

/** The people whom files and visible documents describe, each once; pictures are URLs or paths on the site. */
function describedPeople(
  profiles: Profiles,
  { people, all, targets }: Pick<LinkTargets, 'people' | 'all' | 'targets'>,
  files: ReadonlyMap<string, MediaFile>,
  now: Instant,
): Person[] {
  const documents = people.all.filter(({ slug }) => (targets.get(slug)?.until ?? now) > now);
  const byName = new Map<string, Person>();
  for (const person of [...profiles.all, ...documents.map((document) => withPicture(document, all))])
    byName.set(person.name, { ...byName.get(person.name), ...person });
  return [...byName.values()].map(({ image, ...person }) => {
    const address = image === undefined ? undefined : (files.get(image)?.address ?? parseHttpUrl(image));
    return address === undefined ? person : { ...person, image: address };
  });
}

function embeddedFiles({ path, parsed }: Identified): (readonly [string, PublishedFile])[] {
  return parsed.embedded.map((picture) => {
    const { address, length } = embeddedFile(picture);
    return [picture.url, { address, length, isStripped: false, embeddedIn: path }];
  });
}

/** The path of a file that the settings name. */
function siteFile(stated: string, others: readonly string[]): string[] {
  const path = posix.normalize(stated.replace(/^\/+/, ''));
  return others.includes(path) ? [path] : [];
}

function outcomeOf(document: UnpublishedDocument): Outcome {
  const { path, status } = document;
  return status === 'refused' ? { path, status, reason: document.reason } : { path, status };
}

async function parseLedger(text: string | undefined): Promise<Ledger> {
  return readLedger(text, 'seeds/ledger.json');
}

/** The links in place of folders that have articles in the ledger. */
function linkedFolders(links: Iterable<string>, { entries }: Ledger): string[] {
  const paths = [...links];
  if (paths.length === 0) return [];
  const present = entries.filter(({ removed }) => removed === undefined);
  const folders = new Set(present.flatMap(({ path }) => foldersOf(path)));
  return paths.filter((path) => folders.has(path.normalize('NFC')));
}

/** Whatever has happened, happened before this; what is said of an article to come may be of the day it comes. */
function latestOf({ published }: Identity, now: Instant): Instant {
  return Math.max(published, now);
}

/** Warnings about future dates that must be past, often a mistyped year. */
function datesAhead({ parsed, identity }: Identified, now: Instant): string[] {
  const latest = latestOf(identity, now);
  const say = (date: StatedInstant | undefined, wanted: string, done: string): string[] =>
    date !== undefined && liesAhead(date, latest)
      ? [`Cannot use date "${date.text}" in ${date.where}: expected ${wanted}; ${done}`]
      : [];
  const used = new Date(identity.updated).toISOString().replace('.000Z', 'Z');
  return [
    ...say(parsed.updated, 'a change that was made before this build', `took ${used}`),
    ...say(parsed.sourceDate, 'a day on which the source published it', 'left it out'),
  ];
}

function statusOf(published: Instant, expires: Instant, now: Instant): 'published' | 'scheduled' | 'expired' {
  if (published > now) return 'scheduled';
  return expires <= now ? 'expired' : 'published';
}
