import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../article.ts';
import { DocumentError } from '../documents/stated.ts';
import { memoized } from '../memo.ts';
import { compareSince, type LedgerEntry, mintId, wasPublished } from './ledger.ts';

/** An article that needs a slug. */
export interface SlugRequest {
  readonly path: string;
  readonly id: string;
  readonly published: Instant;
  /** The instant of its first commit, for an article from git's history: it has had its address since then. */
  readonly since?: Instant | undefined;
  /** Whether that is only the instant of this build; such requests come last. */
  readonly isUndated: boolean;
  readonly isScheduled: boolean;
  /** Whether an earlier build published it. */
  readonly wasPublished: boolean;
  /** The slug that it has had. */
  readonly slug: string | undefined;
  /** The addresses that redirect to it. */
  readonly former: readonly string[];
  /** The slug that its document pins. */
  readonly pinned: string | undefined;
  /** The former addresses that its document states. */
  readonly aliases: readonly string[];
  /** The slug that its headline would have; may be empty. */
  readonly headline: string;
  /** The slug that it prefers to that of its headline. */
  readonly name?: string | undefined;
}

interface AssignedAddresses {
  readonly slug: string;
  /** Sorted. */
  readonly former: readonly string[];
}

interface SlugAssignment {
  readonly addresses: ReadonlyMap<SlugRequest, AssignedAddresses>;
  readonly refused: ReadonlyMap<SlugRequest, DocumentError>;
  /** The addresses of removed articles, except those that lead elsewhere now. Sorted. */
  readonly left: ReadonlyMap<LedgerEntry, readonly string[]>;
  readonly warnings: readonly string[];
}

/**
 * Assigns a slug to each article. An address stays with its article forever, as its slug or as a redirect. Addresses
 * are assigned in this order:
 *
 *  1. recorded slugs and redirects, including those of removed articles
 *  2. pinned slugs; the document is refused if its slug belongs to another article
 *  3. aliases; an alias may take over an address of a removed article, or one that only redirects; it is ignored if the
 *     address belongs to another article otherwise
 *  4. slugs made from headlines; if the slug belongs to another article, with the date of publication as a suffix, then
 *     with a number
 *
 * In each step, the article published first comes first; ties are broken by path.
 *
 * Scheduled articles come last, so that no address of a visible article reveals them. Their own addresses are not
 * recorded before they are published.
 *
 * @param held entries whose documents cannot be published now: they keep their addresses
 * @param timeZone IANA name of the zone of the dates in slugs
 */
export function assignSlugs(
  requests: readonly SlugRequest[],
  held: readonly LedgerEntry[],
  removed: readonly LedgerEntry[],
  { timeZone, now }: { readonly timeZone: string; readonly now: Instant },
): SlugAssignment {
  const ordered = requests.toSorted(byPrecedence);
  const table: AddressTable = { owners: new Map(), slugs: new Map(), refused: new Map(), warnings: [] };
  for (const isLater of [false, true]) {
    const isInRound = (entry: LedgerEntry): boolean => wasPublished(entry, now) !== isLater;
    const recorded = ordered.filter((request) => (request.isScheduled && !request.wasPublished) === isLater);
    keepRecorded(table, recorded, held.filter(isInRound), removed.filter(isInRound));
    const round = ordered.filter(({ isScheduled }) => isScheduled === isLater);
    assignPinnedSlugs(table, round);
    assignAliases(table, round);
    assignHeadlineSlugs(table, round, timeZone);
  }

  const { owners, slugs, refused, warnings } = table;
  const former = Map.groupBy(
    [...owners].filter(([, { role }]) => role !== 'slug'),
    ([, { article }]) => article,
  );
  const formerOf = (article: SlugRequest | LedgerEntry): string[] =>
    (former.get(article) ?? []).map(([address]) => address).sort();
  return {
    addresses: new Map([...slugs].map(([request, slug]) => [request, { slug, former: formerOf(request) }])),
    left: new Map(removed.map((entry) => [entry, formerOf(entry)])),
    refused,
    warnings,
  };
}

interface Owner {
  readonly article: SlugRequest | LedgerEntry;
  readonly role: 'slug' | 'former' | 'gone';
}

interface AddressTable {
  readonly owners: Map<string, Owner>;
  readonly slugs: Map<SlugRequest, string>;
  readonly refused: Map<SlugRequest, DocumentError>;
  readonly warnings: string[];
}

function byPrecedence(a: SlugRequest, b: SlugRequest): number {
  return (
    compareSince(a, b) ||
    Number(a.isUndated) - Number(b.isUndated) ||
    a.published - b.published ||
    (a.path < b.path ? -1 : 1)
  );
}

/** A merge of two branches may have left two articles with one address: a slug comes before a redirect. */
function keepRecorded(
  { owners, slugs }: AddressTable,
  ordered: readonly SlugRequest[],
  held: readonly LedgerEntry[],
  removed: readonly LedgerEntry[],
): void {
  const keep = (address: string, owner: Owner): boolean => {
    if (owners.has(address)) return false;
    owners.set(address, owner);
    return true;
  };
  for (const entry of held) keep(entry.slug, { article: entry, role: 'slug' });
  for (const request of ordered) {
    const { slug } = request;
    if (slug !== undefined && keep(slug, { article: request, role: 'slug' })) slugs.set(request, slug);
  }
  for (const article of [...held, ...ordered]) {
    for (const address of article.former) keep(address, { article, role: 'former' });
  }
  for (const article of removed) {
    for (const address of [article.slug, ...article.former]) keep(address, { article, role: 'gone' });
  }
}

function assignPinnedSlugs({ owners, slugs, refused }: AddressTable, ordered: readonly SlugRequest[]): void {
  for (const request of ordered) {
    const { path, pinned } = request;
    if (pinned === undefined || pinned === slugs.get(request)) continue;
    const owner = owners.get(pinned);
    const isSegment = !pinned.includes('/') && pinned !== '.' && pinned !== '..';
    if (!isSegment || (owner !== undefined && owner.article !== request)) {
      const reason = isSegment
        ? `belongs to ${describeOwner(owner, request.path)}; expected a slug of its own`
        : 'is not a name; expected one segment of a path, without "/"';
      refused.set(request, new DocumentError(`Cannot publish seeds/${path}: the slug "${pinned}" ${reason}`));
      continue;
    }
    const former = slugs.get(request);
    if (former !== undefined) owners.set(former, { article: request, role: 'former' });
    owners.set(pinned, { article: request, role: 'slug' });
    slugs.set(request, pinned);
  }
}

function assignAliases({ owners, refused, warnings }: AddressTable, ordered: readonly SlugRequest[]): void {
  const stating = ordered.filter((request) => !refused.has(request));
  const stated = new Set(
    stating.flatMap((request) =>
      request.aliases.filter((address) => owners.get(address)?.article === request),
    ),
  );
  for (const request of stating) {
    for (const address of request.aliases) {
      const owner = owners.get(address);
      if (owner?.article === request) continue;
      const isFixed = owner?.role === 'slug' || stated.has(address);
      if (isFixed || (owner !== undefined && request.isScheduled)) {
        const until = isFixed ? '' : ' until it is published';
        warnings.push(
          `Ignored the alias "${address}" of seeds/${request.path}${until}: it belongs to ${describeOwner(owner, request.path)}`,
        );
        continue;
      }
      owners.set(address, { article: request, role: 'former' });
      stated.add(address);
    }
  }
}

function assignHeadlineSlugs(table: AddressTable, ordered: readonly SlugRequest[], timeZone: string): void {
  const { owners, slugs, refused, warnings } = table;
  const numbers = new Map<string, number>();
  const dateOf = memoized((instant: Instant) =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString(),
  );
  for (const request of ordered) {
    if (slugs.has(request) || refused.has(request)) continue;
    const wanted = request.name ?? (request.headline || idEnding(request.id));
    const isFree = (slug: string): boolean => (owners.get(slug)?.article ?? request) === request;
    let slug = wanted;
    if (!isFree(slug) && !request.isUndated) slug = `${wanted}-${dateOf(request.published)}`;
    const base = slug;
    let number = numbers.get(base) ?? 2;
    while (!isFree(slug)) slug = `${base}-${number++}`;
    numbers.set(base, number);
    if (slug !== wanted) {
      warnings.push(
        `Named seeds/${request.path} "${slug}", because "${wanted}" belongs to ${describeOwner(owners.get(wanted), request.path)}; pin a slug to choose another`,
      );
    }
    owners.set(slug, { article: request, role: 'slug' });
    slugs.set(request, slug);
  }
}

/** The slug of a headline without letters and digits. */
function idEnding(id: string): string {
  return (id.startsWith('urn:uuid:') ? id : mintId(id)).slice(-12);
}

/** @param other the path of another article */
function describeOwner(owner: Owner | undefined, other: string): string {
  if (owner === undefined) return 'another article';
  const { path } = owner.article;
  if (owner.role === 'gone') return `seeds/${path}, which was removed`;
  // Names of files differ where the forms of Unicode do.
  const isAlike = path.normalize() === other.normalize();
  return `seeds/${path}${isAlike ? ', which looks the same but is spelled with other characters' : ''}`;
}
