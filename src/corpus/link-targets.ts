import { posix } from 'node:path';
import type { Instant } from '../article.ts';
import type { Redirect } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { isSection } from '../documents/file-name.ts';
import { addressKey, CLAIM_RANKS, type FindValue, formerList } from '../routes/former-addresses.ts';
import { articlePath, isIndexPath, isSitePath } from '../routes/paths.ts';
import { type FileIndex, fileIndex } from './file-index.ts';
import {
  type AddressedDocument,
  type Claim,
  claimsOf,
  type FormerFile,
  isLanguageOf,
} from './former-addresses.ts';
import { type LinkedDocument, type LinkIndex, linkIndex, type Redirects } from './link-index.ts';
import { valueFinder } from './list-values.ts';
import { type Profiles, peopleFinder, personDocuments } from './profiles.ts';
import type { LinkTargets } from './resolve-links.ts';
import { type Identified, isScheduled, type UnpublishedDocument } from './settle-documents.ts';

/**
 * The keys that each document claims, by path.
 *
 * @param findValue of the visible articles
 */
function claimsOfAll(
  documents: readonly Identified[],
  findValue: FindValue,
  site: Site,
): Map<string, readonly Claim[]> {
  const news = documents.filter(({ pageReason }) => pageReason === undefined);
  const folders = news.map(({ path }) => posix.dirname(path));
  // An article may be a folder itself.
  const listed = new Set([...folders, ...folders.map((folder) => posix.dirname(folder))]);
  const isOriginal = (language: string | undefined): boolean =>
    language === undefined || isLanguageOf(language, site);
  const originals = new Set(
    documents.flatMap(({ place: { place, language } }) => (isOriginal(language) ? [place] : [])),
  );
  /** Whether its former address was that of a list: of a section, a tag or a person. */
  const hasList = ({ path, parsed, pageReason }: Identified, place: string): boolean =>
    (isSection(path) && listed.has(posix.dirname(path))) ||
    ((isSection(path) || parsed.person !== undefined || pageReason === 'a list') &&
      formerList(`/${place}`, findValue, { names: site.generator?.lists }) !== undefined);
  return new Map(
    documents.map((each) => {
      const { path, parsed, identity } = each;
      const { slug, published, redirects } = identity;
      const { place, language } = each.place;
      const document: AddressedDocument = {
        ...parsed,
        path,
        slug,
        published,
        statedSlug: parsed.slug,
        isTranslation: language === undefined && !isLanguageOf(parsed.language.toLowerCase(), site),
        // The home page does not redirect, but `/` may be that of a part of the site.
        redirects: parsed.aliases.includes('/') ? [...redirects, '/'] : redirects,
        hasList: hasList(each, place),
        hasOriginal: !isOriginal(language) && originals.has(place),
      };
      return [path, claimsOf(document, site, each.place)];
    }),
  );
}

/** The targets of links besides articles. */
interface OtherTargets {
  /** Paths of the documents that are no articles. */
  readonly unpublished: readonly string[];
  readonly files: FileIndex;
  readonly redirects: Redirects;
  readonly profiles: Profiles;
}

/** The targets of links between documents. Files are examined later, when all references are known. */
export function linkTargets(
  documents: readonly Identified[],
  { unpublished, files, redirects, profiles }: OtherTargets,
  site: Site,
  now: Instant,
): Omit<LinkTargets, 'files' | 'faulty'> & { readonly claims: ReadonlyMap<string, readonly Claim[]> } {
  const visible = documents.filter((document) => !isScheduled(document, now));
  const people = personDocuments(visible, site.language);
  const findValue = valueFinder(visible, peopleFinder(people, profiles), now);
  const claims = claimsOfAll(documents, findValue, site);
  const indexOf = (some: readonly Identified[], find: FindValue): LinkIndex =>
    linkIndex(
      some.map(({ path, parsed, identity: { slug, published } }): LinkedDocument => {
        return { path, slug, published, claims: claims.get(path) ?? [], names: parsed.names };
      }),
      files,
      site,
      find,
      redirects,
    );
  const published = indexOf(visible, findValue);
  const hasScheduled = visible.length < documents.length;
  const allPeople = hasScheduled ? personDocuments(documents, site.language) : people;
  return {
    claims,
    published,
    all: hasScheduled
      ? indexOf(documents, valueFinder(documents, peopleFinder(allPeople, profiles), now))
      : published,
    unpublished: linkIndex(
      unpublished.map((path) => {
        return { path, slug: path, published: undefined, claims: claimsOf({ path }, site), names: [] };
      }),
      fileIndex([]),
      site,
      () => undefined,
    ),
    targets: new Map(
      documents.map(({ path, identity, parsed }) => [
        identity.slug,
        { path, title: parsed.shownTitle, from: identity.published, until: parsed.expires },
      ]),
    ),
    profiles,
    copiedFrom: site.copiedFrom,
    people,
    allPeople,
  };
}

/** The targets that a document sees: only scheduled documents see scheduled ones. */
export function indexFor(
  document: Identified,
  { published, all }: Pick<LinkTargets, 'published' | 'all'>,
  now: Instant,
): LinkIndex {
  return isScheduled(document, now) ? all : published;
}

/** The redirects of the former site: those of its host or generator, and documents that only redirect. */
export function redirectsOf(
  stated: readonly Redirect[],
  unpublished: readonly UnpublishedDocument[],
  site: Site,
): Redirects {
  const pages = unpublished.flatMap((document): (readonly [string, string])[] => {
    const to = document.status === 'refused' ? undefined : document.leadsTo;
    if (to === undefined) return [];
    const { path } = document;
    const isAbsolute = /^(?:[a-z][a-z\d+.-]*:|\/)/i.test(to);
    const target = isAbsolute ? to : posix.join('/', posix.dirname(path), to);
    return claimsOf({ path }, site)
      .filter(({ rank }) => rank < CLAIM_RANKS.name)
      .map(({ key }) => [key, target]);
  });
  return new Map([...pages, ...stated.map(({ from, to }) => [addressKey(from), to] as const)]);
}

/**
 * Claims redirected addresses for the documents, lists and files that they lead to.
 *
 * @param claims of documents, by path
 * @returns the claims of documents and files, by path, and those of lists
 */
export function claimRedirects(
  redirects: Redirects,
  targets: Pick<LinkTargets, 'published' | 'all'>,
  claims: ReadonlyMap<string, readonly Claim[]>,
): { claims: ReadonlyMap<string, readonly Claim[]>; lists: readonly FormerFile[] } {
  if (redirects.size === 0) return { claims, lists: [] };
  const all = new Map(claims);
  const lists: FormerFile[] = [];
  for (const key of redirects.keys()) {
    const [last, first] = [targets.all, targets.published].map((index) =>
      index.lead(`/${key}`, { path: '', translations: [] }),
    );
    // A scheduled document takes the address when it appears.
    for (const lead of last?.kind === 'site' ? [last] : [last, first]) {
      if (lead?.kind === 'site') {
        if (lead.path !== `/${key}`)
          lists.push({ address: lead.path, claims: [{ key, rank: CLAIM_RANKS.path }], namedBy: [] });
      } else if (lead !== undefined) {
        const path = lead.kind === 'file' ? lead.path : lead.document.path;
        const rank = lead.kind === 'document' && lead === last ? CLAIM_RANKS.stated : CLAIM_RANKS.path;
        const own = all.get(path) ?? [];
        const isKnown = own.some((claim) => claim.key === key && claim.rank < CLAIM_RANKS.name);
        if (!isKnown) all.set(path, [...own, { key, rank }]);
      }
    }
  }
  return { claims: all, lists };
}

/**
 * Warns about documents whose former addresses have pages or feeds of Tidings, which take precedence. Lists that a
 * generator filled are meant to be replaced.
 */
export function takenAddresses(
  documents: readonly Identified[],
  claims: ReadonlyMap<string, readonly Claim[]>,
): string[] {
  return documents.flatMap(({ path, pageReason, identity }) => {
    if (pageReason === 'a list') return [];
    const stated = (claims.get(path) ?? []).filter(({ rank }) => rank < CLAIM_RANKS.name);
    return stated
      .map(({ key }) => `/${key}`)
      .filter((address) => address !== '/' && (isSitePath(address) || isIndexPath(address)))
      .map(
        (address) =>
          `Cannot redirect "${address}" to seeds/${path}: Tidings has a page or a feed of its own there; the document is ${articlePath(identity.slug)}`,
      );
  });
}
