import { GrowingBytes } from './bytes.ts';
import { levelOf, type Mentions } from './level.ts';
import { isUnspaced, readUnits } from './units.ts';

/** The parts of an article in which words are looked for, as plain text. */
export interface SearchableText {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly source: string | undefined;
}

/** What the index needs to know of one article. Depends on nothing else, so that it can be kept and made in threads. */
export interface DocumentTerms {
  /** The different terms, each followed by a space, in the order of their first place. */
  readonly terms: string;
  /**
   * For each term: u8 level · varint bytes of its places · its places, in units from the beginning, each a varint of
   * the distance from the one before.
   */
  readonly postings: Uint8Array<ArrayBuffer>;
}

/** Phrases, and words in scripts without spaces, are not found beyond so many units of one article. */
const MAX_PLACE = 1_000_000;

/** Reads the terms of an article: units, and in scripts without spaces pairs of neighbours too. */
export function tokenizeDocument(document: SearchableText): DocumentTerms {
  const ids = new Map<string, number>();
  const mentions: Mentions[] = [];
  // Each mention of a term, in the order of their places.
  const mentioned: number[] = [];
  const places: number[] = [];
  let place = 0;

  function add(term: string, at: number, field: keyof Mentions): void {
    let id = ids.get(term);
    if (id === undefined) {
      id = mentions.length;
      ids.set(term, id);
      mentions.push({ title: 0, keywords: 0, text: 0 });
    }
    const counts = mentions[id];
    if (counts !== undefined) counts[field]++;
    mentioned.push(id);
    places.push(at);
  }

  function read(text: string, field: keyof Mentions): void {
    let before: string | undefined;
    readUnits(text, (unit) => {
      add(unit, place, field);
      const unspaced = isUnspaced(unit) ? unit : undefined;
      if (before !== undefined && unspaced !== undefined) add(before + unspaced, place - 1, field);
      before = unspaced;
      place++;
    });
    // A place left free, so that no phrase reaches from one part into the next.
    place++;
  }

  read(document.title, 'title');
  for (const keyword of [...document.tags, ...document.authors, document.source ?? ''])
    read(keyword, 'keywords');
  read(document.text, 'text');

  return {
    terms: [...ids.keys(), ''].join(' '),
    postings: writeMentions(mentions, mentioned, places, place),
  };
}

function writeMentions(
  mentions: readonly Mentions[],
  mentioned: readonly number[],
  places: readonly number[],
  units: number,
): Uint8Array<ArrayBuffer> {
  // The places of each term together.
  const ends = new Uint32Array(mentions.length);
  let total = 0;
  for (const [id, { title, keywords, text }] of mentions.entries()) {
    ends[id] = total;
    total += title + keywords + text;
  }
  const byTerm = new Uint32Array(total);
  for (let i = 0; i < total; i++) {
    const id = mentioned[i] ?? 0;
    const slot = ends[id] ?? 0;
    byTerm[slot] = places[i] ?? 0;
    ends[id] = slot + 1;
  }
  const postings = new GrowingBytes(4 * total);
  const distances = new GrowingBytes(64);
  let slot = 0;
  for (const [id, counts] of mentions.entries()) {
    distances.clear();
    let last = 0;
    for (; slot < (ends[id] ?? 0); slot++) {
      const at = byTerm[slot] ?? 0;
      if (at >= MAX_PLACE) continue;
      distances.varint(at - last);
      last = at;
    }
    postings.byte(levelOf(counts, units));
    postings.varint(distances.length);
    postings.append(distances);
  }
  return postings.toBytes();
}
