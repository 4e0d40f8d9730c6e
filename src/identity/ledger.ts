import { createHash } from 'node:crypto';
import type { Instant } from '../article.ts';
import type { Fingerprint } from '../documents/fingerprint.ts';
import { compareStrings } from '../strings.ts';

/** The ledger's name in the seeds folder. */
export const LEDGER_NAME = 'ledger.json';

/** The record of an article, which keeps its identity whatever happens to its document. */
export interface LedgerEntry {
  readonly id: string;
  /** The last segment of its permalink. */
  readonly slug: string;
  /** The last path of its document, relative to the seeds folder, in NFC. */
  readonly path: string;
  /** The first path of its document. */
  readonly firstPath: string;
  /** Its headline as a slug. */
  readonly headline: string;
  /** Its headline, which the page of a removed article shows; undefined if it was not recorded. */
  readonly title: string | undefined;
  readonly published: Instant;
  readonly updated: Instant;
  readonly fingerprint: Fingerprint;
  /** Addresses that redirect to it: slugs, and paths, which begin with `/`. Sorted. */
  readonly former: readonly string[];
  /** An id that the document states since the article got another one. */
  readonly statedId: string | undefined;
  /** The instant of the first build that had it; undefined for the first articles of the ledger. */
  readonly added: Instant | undefined;
  /** The instant of the first build without its document. */
  readonly removed: Instant | undefined;
}

/** Entries in any order. After a merge of two branches, two entries may have the same id until the next build. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
}

export const EMPTY_LEDGER: Ledger = { entries: [] };

/** When its document was removed, or `now`: no removal is in the future, even if a clock was wrong once. */
export function removedAt({ removed }: LedgerEntry, now: Instant): Instant {
  return Math.min(removed ?? now, now);
}

/** Whether anybody may have seen the article: it was published before its document was removed. */
export function wasPublished(entry: LedgerEntry, now: Instant): boolean {
  return entry.published <= removedAt(entry, now);
}

/** Orders entries: present ones before removed ones, then by publication. */
export function byPresence(a: LedgerEntry, b: LedgerEntry): number {
  return (
    Number(a.removed !== undefined) - Number(b.removed !== undefined) ||
    a.published - b.published ||
    compareStrings(a.path, b.path) ||
    compareStrings(a.slug, b.slug) ||
    compareStrings(a.fingerprint.text, b.fingerprint.text)
  );
}

/**
 * Merges the entries of one article, of which a merge of two branches leaves one from each side. The path and content
 * of the first entry apply, the earliest publication and the latest update; no address is lost. If one slug was changed
 * to the other, the newer one is the slug.
 */
export function mergeEntries(first: LedgerEntry, others: readonly LedgerEntry[]): LedgerEntry {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const newer = others.find(
    ({ slug, former }) => former.includes(first.slug) && !first.former.includes(slug),
  );
  const slug = newer?.slug ?? first.slug;
  const former = new Set(all.flatMap((entry) => [entry.slug, ...entry.former]));
  former.delete(slug);
  const additions = all.flatMap(({ added }) => added ?? []);
  const removals = all.flatMap(({ removed }) => removed ?? []);
  return {
    ...first,
    slug,
    former: [...former].sort(),
    title: all.find(({ title }) => title !== undefined)?.title,
    published: Math.min(...all.map(({ published }) => published)),
    updated: Math.max(...all.map(({ updated }) => updated)),
    statedId: all.find(({ statedId }) => statedId !== undefined)?.statedId,
    added: additions.length < all.length ? undefined : Math.min(...additions),
    removed: removals.length === 0 ? undefined : Math.min(...removals),
  };
}

/** An instant, and whether the document states it or it comes from the file's name or from git. */
interface Dating {
  readonly instant: Instant;
  readonly stated: boolean;
}

/** A document before it is matched with an article of the ledger. */
export interface Candidate {
  /** From the seeds folder, with `/`. */
  readonly path: string;
  /** The id that it had elsewhere, as the document states it. */
  readonly id?: string;
  /** The slug that the document pins. */
  readonly slug?: string;
  /** Former addresses that the document states: a slug of this site, or a path, which begins with `/`. */
  readonly aliases?: readonly string[];
  /** The slug that its headline would have; may be empty. */
  readonly headline: string;
  /** The slug of its file's name, if that takes precedence over the headline. */
  readonly name?: string;
  /** Its headline; not empty. */
  readonly title: string;
  readonly fingerprint: Fingerprint;
  /** Whether it is a page, which needs no date. */
  readonly isPage?: boolean;
  readonly published?: Dating;
  readonly updated?: Dating;
  /** The instant of its first commit, for documents from git's history. */
  readonly since?: Instant;
  /** The instant of its last commit; undefined if the file differs from that, or is in no commit. */
  readonly committed?: () => Instant | undefined;
}

/**
 * The precedence of documents with the same id or slug: first committed, first published, first by path. Documents
 * without a date are published now.
 */
export function byPrecedence(now: Instant): (a: Candidate, b: Candidate) => number {
  const instantOf = ({ published }: Candidate): Instant => published?.instant ?? now;
  return (a, b) => compareSince(a, b) || instantOf(a) - instantOf(b) || (a.path < b.path ? -1 : 1);
}

/** Documents unknown to git come last. */
export function compareSince(
  { since: a = Number.MAX_VALUE }: { readonly since?: Instant | undefined },
  { since: b = Number.MAX_VALUE }: { readonly since?: Instant | undefined },
): number {
  return a - b;
}

/** RFC 9562 §6.6: the namespace of the names from which Tidings makes ids. */
const NAMESPACE = Buffer.from('6f0f2a3c5d1e4b7a9c8d0e1f2a3b4c5d', 'hex');

/**
 * A `urn:uuid:` of version 5 (RFC 9562 §5.5): the same name gives the same id on every machine.
 *
 * @param name begins with its kind, such as `hash:e57ca9b3374e5dac` or `path:2021/news.txt`
 */
export function mintId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex', 0, 16);
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** The name of a document without an id: the hash in its file name, else its path. */
export function documentName(path: string): string {
  const hash = /(?:^|[/_.-])([0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\.[^./]+$/.exec(path)?.[1];
  return hash === undefined ? `path:${path}` : `hash:${hash}`;
}

/** UUIDs (RFC 9562), other URNs (RFC 8141), tag URIs (RFC 4151), and http URLs. */
const URI =
  /^(?:urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|urn:(?!uuid:)[a-z\d][a-z\d-]{1,31}:.|tag:(?:[\w.-]+@)?[a-z\d.-]+,\d{4}(?:-\d\d){0,2}:|https?:\/\/[^/?#])/i;
/** Characters that IRIs must not contain (RFC 3987 §2.2). */
const NOT_IN_IRI = /[\s"<>\\^`{|}\p{Cc}]|%(?![\da-f]{2})/iu;

/** Ids that feeds can write as they are. */
const WRITABLE = /^[^\p{Cc}\p{Cs}\s](?:[^\p{Cc}\p{Cs}]{0,998}[^\p{Cc}\p{Cs}\s])?$/u;

/** The id of an article whose document states one: the same, byte for byte, or one made from it. */
export function adoptedId(foreign: string): string {
  return WRITABLE.test(foreign) ? foreign : mintId(`foreign:${foreign}`);
}

/** The IRI of an id, for Atom: the id itself if it is a permanent URI, else one made from it. */
export function iriOf(id: string): string {
  return URI.test(id) && !NOT_IN_IRI.test(id) ? id : mintId(`foreign:${id}`);
}

/** Whether two ids are those of one article: earlier versions of Tidings recorded the IRI of an id. */
export function isSameId(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && iriOf(a) === iriOf(b));
}

/** The id that a document states (see `adoptedId`), as the ledger records it beside another one. */
export function otherId(stated: string | undefined, id: string): string | undefined {
  return stated === undefined || isSameId(stated, id) ? undefined : iriOf(stated);
}

/**
 * Assigns ids to new articles: the id that the document states, or else one made from the hash in its file's name, or
 * else one made from its path. If another article has that id, the path and a number make the id. Without such a
 * conflict, an id depends only on the document.
 *
 * @param known articles whose ids no new one may get
 */
export function assignIds(
  candidates: readonly Candidate[],
  known: readonly Pick<LedgerEntry, 'id' | 'statedId'>[],
  now: Instant,
): ReadonlyMap<Candidate, string> {
  const ids = new Map<Candidate, string>();
  if (candidates.length === 0) return ids;
  const used = new Set(known.flatMap(({ id, statedId }) => [id, statedId ?? id].map(iriOf)));
  const assign = (candidate: Candidate, id: string): boolean => {
    const iri = iriOf(id);
    if (ids.has(candidate) || used.has(iri)) return false;
    used.add(iri);
    ids.set(candidate, id);
    return true;
  };
  const ordered = candidates.toSorted(byPrecedence(now));
  for (const candidate of ordered) {
    if (candidate.id !== undefined) assign(candidate, adoptedId(candidate.id));
  }
  for (const candidate of ordered) assign(candidate, mintId(documentName(candidate.path)));
  for (const candidate of ordered) {
    const name = `path:${candidate.path}`;
    assign(candidate, mintId(name));
    for (let count = 2; !ids.has(candidate); count++) assign(candidate, mintId(`again:${count}:${name}`));
  }
  return ids;
}
