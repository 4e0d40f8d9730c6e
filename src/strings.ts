import { attempt } from './memo.ts';

/*
 * A pattern such as `/\s+$/` takes quadratic time: it is tried at every character of a run and reads the run to its end
 * each time. These functions take linear time.
 */

/**
 * A text without the characters at its end that a pattern matches.
 *
 * @param edge matches one UTF-16 code unit
 */
export function trimEndOf(text: string, edge: RegExp): string {
  let end = text.length;
  while (end > 0 && edge.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The same at both ends. */
export function trimOf(text: string, edge: RegExp): string {
  const trimmed = trimEndOf(text, edge);
  let start = 0;
  while (start < trimmed.length && edge.test(trimmed.charAt(start))) start++;
  return trimmed.slice(start);
}

/** The parts of a text between separators, without the white space around them. */
export function splitTrimmed(text: string, separator: string | RegExp): string[] {
  return text.split(separator).map((part) => part.trim());
}

/** The same without those that are empty. */
export function partsBetween(text: string, separator: string | RegExp): string[] {
  return splitTrimmed(text, separator).filter((part) => part !== '');
}

/** Decodes valid percent-encoding, and leaves every other `%` as it is. */
export function decodeLeniently(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(
    /(?:%[\da-f]{2})+/gi,
    (encoded) => attempt(() => decodeURIComponent(encoded)) ?? encoded,
  );
}

/** The maximum length of a slug. */
const MAX_SLUG = 80;

/** Ends a long slug at a word. */
export function shortenSlug(slug: string): string {
  if (slug.length <= MAX_SLUG) return slug;
  const cut = slug.slice(0, MAX_SLUG + 1);
  const lastHyphen = cut.lastIndexOf('-');
  return lastHyphen > MAX_SLUG / 2
    ? cut.slice(0, lastHyphen)
    : cut.slice(0, MAX_SLUG).replace(/\p{Cs}$/u, '');
}

/** The Damerau-Levenshtein distance: a swap of two neighbours is one edit. */
export function editDistance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const edits = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost];
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits.push((before[j - 2] ?? 0) + 1);
      next.push(Math.min(...edits));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

/** The order of UTF-16 code units. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The words of a list separated by white space. */
export function wordList(list: string): readonly string[] {
  return list.trim().split(/\s+/);
}

export function wordSet(list: string): ReadonlySet<string> {
  return new Set(wordList(list));
}

/** Parses `a=1 b=2`. */
export function wordMap(list: string): ReadonlyMap<string, string> {
  return new Map(
    wordList(list).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** The values without those whose key an earlier one has. */
export function distinctBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const key = keyOf(value);
    return !seen.has(key) && seen.add(key);
  });
}

/** A list; undefined if it is empty. */
export function unlessEmpty<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** How often each value occurs. */
export function tally(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The text after the last `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function countLineBreaks(text: string): number {
  return text.split('\n').length - 1;
}

/** `1 document`, `2 documents`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
