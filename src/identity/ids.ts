import { createHash } from 'node:crypto';
import type { Instant } from '../article.ts';
import { byPrecedence, type Candidate, type LedgerEntry } from './ledger.ts';

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

/** RFC 9562, RFC 8141, RFC 4151, and addresses. */
const URI =
  /^(?:urn:uuid:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|urn:(?!uuid:)[a-z\d][a-z\d-]{1,31}:.|tag:(?:[\w.-]+@)?[a-z\d.-]+,\d{4}(?:-\d\d){0,2}:|https?:\/\/[^/?#])/i;
/** Characters that IRIs must not contain (RFC 3987 §2.2). */
const UNFIT = /[\s"<>\\^`{|}\p{Cc}]|%(?![\da-f]{2})/iu;

/** Ids that feeds can write as they are. */
const WRITABLE = /^[^\p{Cc}\p{Cs}\s](?:[^\p{Cc}\p{Cs}]{0,998}[^\p{Cc}\p{Cs}\s])?$/u;

/** The id of an article whose document states one: the same, byte for byte, or one made from it. */
export function adoptedId(foreign: string): string {
  return WRITABLE.test(foreign) ? foreign : mintId(`foreign:${foreign}`);
}

/** The IRI of an id, for Atom: the id itself if it is a permanent URI, else one made from it. */
export function iriOf(id: string): string {
  return URI.test(id) && !UNFIT.test(id) ? id : mintId(`foreign:${id}`);
}

/** Whether two ids mean one article; earlier versions wrote what `iriOf` makes of an id. */
export function isSameId(a: string | undefined, b: string | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && iriOf(a) === iriOf(b));
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
