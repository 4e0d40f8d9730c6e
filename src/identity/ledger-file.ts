import type { Instant } from '../article.ts';
import { isObject, parseJson } from '../json.ts';
import { compareStrings } from '../strings.ts';
import { EMPTY_LEDGER, type Ledger, type LedgerEntry } from './ledger.ts';

/*
 * The file is JSON with one article per line, sorted by id. New lines are spread over the file, so two branches seldom
 * change the same place. Lines do not depend on each other: a merge that keeps the lines of both sides is valid, even
 * if an article then has two lines or a comma is missing.
 *
 *   { "version": 1, "articles": [
 *   { "id": "urn:uuid:…", "slug": "…", "path": "2021/a.md", …, "removed": "2021-02-03T04:05:06Z" },
 *   …
 *   ] }
 *
 * Fields with their usual values are omitted: `first` if it equals `path`, `headline` if it equals `slug`, `updated` if
 * it equals `published`. `title` is optional; without it, the page of a removed article has no title.
 */

const VERSION = 1;
const HEADER = `{ "version": ${VERSION}, "articles": [`;
const FOOTER = '] }';

/** A ledger that cannot be read; the message says what to do, and at which line. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/** The text of the file; the same ledger gives the same text. */
export function writeLedger({ entries }: Ledger): string {
  const sorted = entries.toSorted((a, b) => compareStrings(a.id, b.id) || compareStrings(a.path, b.path));
  const last = sorted.length - 1;
  // `join` makes flat strings; concatenated strings take several times the memory.
  const lines = sorted.map((entry, at) => ['{ ', writeFields(entry), at < last ? ' },' : ' }'].join(''));
  return [HEADER, ...lines, FOOTER, ''].join('\n');
}

function writeFields(entry: LedgerEntry): string {
  const { id, slug, path, firstPath, headline, title, published, updated, added, removed } = entry;
  const { former, statedId, fingerprint } = entry;
  let fields = `"id": ${JSON.stringify(id)}, "slug": ${JSON.stringify(slug)}, "path": ${JSON.stringify(path)}`;
  const put = (name: string, value: string): void => {
    fields += `, "${name}": ${value}`;
  };
  if (firstPath !== path) put('first', JSON.stringify(firstPath));
  if (headline !== slug) put('headline', JSON.stringify(headline));
  if (title !== undefined) put('title', JSON.stringify(title));
  put('published', JSON.stringify(writeInstant(published)));
  if (updated !== published) put('updated', JSON.stringify(writeInstant(updated)));
  if (added !== undefined) put('added', JSON.stringify(writeInstant(added)));
  if (removed !== undefined) put('removed', JSON.stringify(writeInstant(removed)));
  if (former.length > 0) put('former', JSON.stringify(former));
  if (statedId !== undefined) put('stated', JSON.stringify(statedId));
  put('text', JSON.stringify(fingerprint.text));
  put('sample', JSON.stringify(fingerprint.sample));
  return fields;
}

/**
 * @param text of the file; absent when there is none
 * @param where the path of the file in messages, such as `seeds/ledger.json`
 * @throws LedgerError when it was damaged, half merged, or written by a newer Tidings
 */
export function readLedger(text: string | undefined, where: string): Ledger {
  if (text === undefined) return EMPTY_LEDGER;
  if (text.trim() === '') {
    throw new LedgerError(
      `Cannot read ${where}: it is empty; ${restore(where)}; delete it only where nothing was ever published: without it, every renamed article gets a new id`,
    );
  }
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  refuseConflict(lines, where);
  const version = /"version"\s*:\s*(\d+)/.exec(text)?.[1];
  if (version !== String(VERSION)) throw wrongVersion(version, where);
  const whole = parseJson(lines.join('\n'));
  const articles = whole === undefined ? parseLines(lines, where) : articlesOf(whole, lines, where);
  return { entries: articles.map(({ value, at }) => readEntry(value, at)) };
}

interface LedgerValue {
  readonly value: unknown;
  /** Such as `seeds/ledger.json:3`. */
  readonly at: string;
}

function refuseConflict(lines: readonly string[], where: string): void {
  const index = lines.findIndex((line) => /^(?:<{7}|\|{7}|>{7})(?: |$)|^={7}$/.test(line));
  if (index === -1) return;
  throw new LedgerError(
    `Cannot read ${where}:${index + 1}: "${lines[index]}" is left from a merge; delete every line that begins with <<<<<<<, |||||||, ======= or >>>>>>>, keep all others, also where both sides have a line for one article, and build again`,
  );
}

function wrongVersion(version: string | undefined, where: string): LedgerError {
  return version === undefined
    ? new LedgerError(`Cannot read ${where}:1: it has no "version"; ${restore(where)}`)
    : new LedgerError(
        `Cannot read ${where}:1: version ${version} was written by another Tidings; expected version ${VERSION}: update Tidings`,
      );
}

function articlesOf(whole: unknown, lines: readonly string[], where: string): LedgerValue[] {
  const articles = isObject(whole) ? whole.articles : undefined;
  if (!Array.isArray(articles))
    throw new LedgerError(`Cannot read ${where}:1: expected a list of "articles"`);
  // Only a reformatted file does not have each entry on a line of its own.
  const oneEach = lines.filter((line) => line !== '').length === articles.length + 2;
  return articles.map((value, i) => ({
    value,
    at: oneEach ? `${where}:${i + 2}` : `${where}, article ${i + 1}`,
  }));
}

function restore(where: string): string {
  return `take the file from git again: "git checkout -- ${where}"`;
}

/** Parses a file with missing or extra commas, or with two headers, as merges leave it. */
function parseLines(lines: readonly string[], where: string): LedgerValue[] {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  if (lines[0]?.trim() === HEADER && lines[last]?.trim() !== FOOTER) {
    throw new LedgerError(
      `Cannot read ${where}:${last + 1}: ${quoteLine(lines[last])} is the last line, so the file was cut off; expected "${FOOTER}" at its end: ${restore(where)}`,
    );
  }
  return lines.flatMap((line, index): LedgerValue[] => {
    const text = line.trim().replace(/,$/, '');
    if (text === '' || text === HEADER || text === FOOTER) return [];
    const at = `${where}:${index + 1}`;
    const value = parseJson(text);
    if (value === undefined) {
      throw new LedgerError(
        `Cannot read ${at}: ${quoteLine(text)} is not an article; expected one JSON object a line: correct the line, or ${restore(where)}`,
      );
    }
    return [{ value, at }];
  });
}

function quoteLine(line = ''): string {
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}

function readEntry(value: unknown, at: string): LedgerEntry {
  if (!isObject(value)) throw new LedgerError(`Cannot read ${at}: expected an article, { "id": … }`);
  const stringOr = (name: string, fallback: string | undefined): string => {
    const found = value[name] ?? fallback;
    if (typeof found === 'string') return found;
    throw wrongField(name, found, 'a string', at);
  };
  const instantOr = (name: string, fallback: Instant | undefined): Instant | undefined => {
    if (value[name] === undefined) return fallback;
    const instant = readInstant(stringOr(name, undefined));
    if (instant === undefined)
      throw wrongField(name, value[name], 'an instant such as 2021-02-03T04:05:06Z', at);
    return instant;
  };
  const published = instantOr('published', undefined);
  if (published === undefined) throw wrongField('published', undefined, 'an instant', at);
  const slug = stringOr('slug', undefined);
  if (slug === '' || slug.includes('/'))
    throw wrongField('slug', slug, 'one segment of a path, without "/"', at);
  const id = stringOr('id', undefined);
  if (id === '') throw wrongField('id', id, 'a URI', at);
  const path = stringOr('path', undefined);
  return {
    id,
    slug,
    path,
    firstPath: stringOr('first', path),
    headline: stringOr('headline', slug),
    title: value.title === undefined ? undefined : stringOr('title', undefined),
    published,
    updated: Math.max(published, instantOr('updated', published) ?? published),
    fingerprint: { text: stringOr('text', ''), sample: stringOr('sample', '') },
    former: readAddresses(value.former, at),
    statedId: value.stated === undefined ? undefined : stringOr('stated', undefined),
    added: instantOr('added', undefined),
    removed: instantOr('removed', undefined),
  };
}

function readAddresses(value: unknown, at: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')) {
    return [...new Set<string>(value)].sort();
  }
  throw wrongField('former', value, 'a list of addresses', at);
}

function wrongField(name: string, value: unknown, wanted: string, at: string): LedgerError {
  const shown = value === undefined ? 'nothing' : JSON.stringify(value);
  return new LedgerError(`Cannot read "${name}" in ${at}: it is ${shown}; expected ${wanted}`);
}

export function writeInstant(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

function readInstant(text: string): Instant | undefined {
  const instant = Date.parse(text);
  return !Number.isNaN(instant) && writeInstant(instant) === text ? instant : undefined;
}
