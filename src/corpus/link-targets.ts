import { posix } from 'node:path';
import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { isSection } from '../documents/file-name.ts';
import type { Identity } from '../identity/reconcile.ts';
import {
  type AddressedDocument,
  type Claim,
  claimsOf,
  documentPlace,
  isLanguageOf,
} from './former-addresses.ts';
import { type FileIndex, type LinkedDocument, type LinkIndex, linkIndex } from './link-index.ts';
import { valueFinder } from './list-values.ts';
import type { Profiles } from './profiles.ts';
import type { SettledDocument } from './resolve-documents.ts';
import type { LinkTargets, PersonDocuments } from './resolve-links.ts';

/** A document with its article. */
export interface Identified extends SettledDocument {
  readonly identity: Identity;
}

export function isScheduled({ identity }: Pick<Identified, 'identity'>, now: Instant): boolean {
  return identity.published > now;
}

/** The keys under which each document is looked up; by paths. */
export function claimsOfAll(documents: readonly Identified[], site: Site): Map<string, readonly Claim[]> {
  const news = documents.filter(({ pageReason }) => pageReason === undefined);
  const folders = news.map(({ path }) => posix.dirname(path));
  // An article may be a folder itself.
  const listed = new Set([...folders, ...folders.map((folder) => posix.dirname(folder))]);
  const places = new Map(documents.map(({ path }) => [path, documentPlace(path, site)]));
  const isOriginal = (language: string | undefined): boolean =>
    language === undefined || isLanguageOf(language, site);
  const originals = new Set(
    [...places.values()].flatMap(({ place, language }) => (isOriginal(language) ? [place] : [])),
  );
  return new Map(
    documents.map(({ path, parsed, identity: { slug, published, redirects } }) => {
      const { place = '', language } = places.get(path) ?? {};
      const document: AddressedDocument = {
        path,
        slug,
        statedSlug: parsed.slug,
        headline: parsed.headline,
        published,
        redirects,
        hasList: isSection(path) && listed.has(posix.dirname(path)),
        hasOriginal: !isOriginal(language) && originals.has(place),
      };
      return [path, claimsOf(document, site)];
    }),
  );
}

/**
 * The targets of links between documents. Files are examined later, when all references are known.
 *
 * @param unpublished paths of the documents that are no articles
 */
export function linkTargets(
  documents: readonly Identified[],
  unpublished: readonly string[],
  files: FileIndex,
  claims: ReadonlyMap<string, readonly Claim[]>,
  profiles: Profiles,
  site: Site,
  now: Instant,
): Omit<LinkTargets, 'files' | 'faulty'> {
  const indexOf = (some: readonly Identified[]): LinkIndex =>
    linkIndex(
      some.map(({ path, parsed, identity: { slug, published } }): LinkedDocument => {
        return { path, slug, published, claims: claims.get(path) ?? [], names: parsed.names };
      }),
      files,
      site,
      valueFinder(some, profiles, now),
    );
  const out = documents.filter((document) => !isScheduled(document, now));
  const all = indexOf(documents);
  return {
    out: out.length === documents.length ? all : indexOf(out),
    all,
    unpublished: linkIndex(
      unpublished.map((path) => {
        return { path, slug: path, published: undefined, claims: claimsOf({ path }, site), names: [] };
      }),
      NO_FILES,
      site,
      () => undefined,
    ),
    targets: new Map(
      documents.map(({ path, identity, parsed }) => [
        identity.slug,
        { path, from: identity.published, until: parsed.expires },
      ]),
    ),
    profiles,
    people: peopleOf(out),
    allPeople: peopleOf(documents),
  };
}

const NO_FILES: FileIndex = {
  has: () => false,
  folded: () => undefined,
  paths: [],
  byName: () => new Map(),
};

/** The document of a person, by which others refer to the person: `authors/jane-roe.md`. */
const PERSON =
  /(?:^|\/)(?:authors?|contributors?|guests?|hosts?|people|persons?|speakers?|team)\/([^/]+?)(?:\/index)?\.[^./]+$/;

function peopleOf(documents: readonly Identified[]): PersonDocuments {
  return new Map(
    documents.flatMap(({ path, parsed: { title }, identity: { slug } }) => {
      const id = PERSON.exec(path)?.[1];
      return id === undefined ? [] : [[id, { name: title, slug }] as const];
    }),
  );
}

/** The targets that a document sees: only scheduled documents see scheduled ones. */
export function indexFor(
  document: Identified,
  { out, all }: Pick<LinkTargets, 'out' | 'all'>,
  now: Instant,
): LinkIndex {
  return isScheduled(document, now) ? all : out;
}
