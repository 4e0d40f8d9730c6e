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

interface Entry extends Mentions {
  readonly places: number[];
}

/** Reads the terms of an article: units, and in scripts without spaces pairs of neighbours too. */
export function tokenizeDocument(document: SearchableText): DocumentTerms {
  const entries = new Map<string, Entry>();
  let place = 0;

  function add(term: string, at: number, field: keyof Mentions): void {
    let entry = entries.get(term);
    if (entry === undefined) {
      entry = { title: 0, keywords: 0, text: 0, places: [] };
      entries.set(term, entry);
    }
    entry[field]++;
    if (at < MAX_PLACE) entry.places.push(at);
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

  let terms = '';
  const postings = new GrowingBytes();
  const places = new GrowingBytes(64);
  for (const [term, entry] of entries) {
    terms += `${term} `;
    places.clear();
    let last = 0;
    for (const at of entry.places) {
      places.varint(at - last);
      last = at;
    }
    postings.byte(levelOf(entry, place));
    postings.varint(places.length);
    postings.copy(places.view());
  }
  return { terms, postings: postings.toBytes() };
}
