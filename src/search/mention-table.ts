import { writeVarint } from '../store/varint.ts';
import { KEYWORD_WEIGHT } from './level.ts';
import { TermTable } from './term-table.ts';

/** Phrases, and words in scripts without spaces, are not found beyond so many units of one article. */
const MAX_PLACE = 1_000_000;
const MAX_PLACE_BYTES = 3;
/** Of a level and of the length of places. */
const MAX_HEAD_BYTES = 6;

/** The mentions of terms in one document: first those in its title, then those in its keywords, then those in its text. */
export class MentionTable {
  readonly #terms = new TermTable();
  /** Of each mention: the number of its term, and its place. */
  #numbers = new Uint32Array(1 << 12);
  #places = new Uint32Array(1 << 12);
  #length = 0;
  #titleTerms = 0;
  #titleEnd = 0;
  #keywordsEnd = 0;
  #byTerm = new Uint32Array(1 << 12);
  #bytes = new Uint8Array(1 << 14);

  clear(): void {
    this.#terms.clear();
    this.#length = 0;
  }

  /** Adds a term of so many bytes of UTF-8, of which capital letters of ASCII are taken as small ones. */
  addBytes(utf8: Uint8Array, at: number, length: number, place: number): void {
    this.#add(this.#terms.numberOfBytes(utf8, at, length), place);
  }

  add(term: string, place: number): void {
    this.#add(this.#terms.numberOf(term), place);
  }

  endTitle(): void {
    this.#titleTerms = this.#terms.count;
    this.#titleEnd = this.#length;
  }

  endKeywords(): void {
    this.#keywordsEnd = this.#length;
  }

  /** The different terms, UTF-8, each followed by a space, in the order of their first mention. */
  terms(): Uint8Array<ArrayBuffer> {
    return this.#terms.toBytes();
  }

  /**
   * The postings of the terms, in the same order (see document-terms.ts).
   *
   * @param levelOf a term with so many mentions, those in keywords weighed
   */
  postings(levelOf: (mentions: number, isInTitle: boolean) => number): Uint8Array<ArrayBuffer> {
    const terms = this.#terms.count;
    const ends = this.#sortPlaces(terms);
    const weights = this.#keywordWeights(terms);
    const capacity = this.#length * MAX_PLACE_BYTES + terms * MAX_HEAD_BYTES;
    if (this.#bytes.length < capacity) this.#bytes = new Uint8Array(2 * capacity);
    const bytes = this.#bytes;
    let [at, mention] = [0, 0];
    for (let term = 0; term < terms; term++) {
      const end = ends[term] ?? 0;
      bytes[at++] = levelOf(end - mention + (weights[term] ?? 0), term < this.#titleTerms);
      const sizeAt = at++;
      let last = 0;
      for (; mention < end; mention++) {
        const place = this.#byTerm[mention] ?? 0;
        if (place >= MAX_PLACE) continue;
        at = writeVarint(bytes, at, place - last);
        last = place;
      }
      const size = at - sizeAt - 1;
      // Places of more bytes than usual make room for a longer number.
      const sizeEnd = writeVarint(SIZE, 0, size);
      if (sizeEnd > 1) bytes.copyWithin(sizeAt + sizeEnd, sizeAt + 1, at);
      at = sizeAt + sizeEnd + size;
      for (let i = 0; i < sizeEnd; i++) bytes[sizeAt + i] = SIZE[i] ?? 0;
    }
    return bytes.slice(0, at);
  }

  #add(number: number, place: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length] = number;
    this.#places[this.#length++] = place;
  }

  /** Puts the places of each term together; tells where those of each end. */
  #sortPlaces(terms: number): Uint32Array {
    const [numbers, places, byTerm, length] = [this.#numbers, this.#places, this.#byTerm, this.#length];
    const ends = new Uint32Array(terms + 1);
    for (let i = 0; i < length; i++) {
      const after = (numbers[i] ?? 0) + 1;
      ends[after] = (ends[after] ?? 0) + 1;
    }
    for (let term = 1; term < terms; term++) ends[term] = (ends[term] ?? 0) + (ends[term - 1] ?? 0);
    for (let i = 0; i < length; i++) {
      const number = numbers[i] ?? 0;
      const slot = ends[number] ?? 0;
      byTerm[slot] = places[i] ?? 0;
      ends[number] = slot + 1;
    }
    return ends;
  }

  /** By term: how many more mentions those in keywords count as. */
  #keywordWeights(terms: number): Uint32Array {
    const weights = new Uint32Array(terms);
    for (let i = this.#titleEnd; i < this.#keywordsEnd; i++) {
      const number = this.#numbers[i] ?? 0;
      weights[number] = (weights[number] ?? 0) + KEYWORD_WEIGHT - 1;
    }
    return weights;
  }

  #grow(): void {
    this.#numbers = twice(this.#numbers);
    this.#places = twice(this.#places);
    this.#byTerm = new Uint32Array(this.#numbers.length);
  }
}

const SIZE = new Uint8Array(5);

function twice(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}
