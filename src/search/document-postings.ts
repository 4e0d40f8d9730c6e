import { writeVarint } from '../templates/bytes.ts';
import { KEYWORD_WEIGHT, quantizeImpact } from './postings.ts';
import { TermTable } from './term-table.ts';
import { isUnspaced, scanTokens } from './tokenize.ts';

/** The parts of an article that can be searched, as plain text. */
export interface SearchableText {
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly source: string | undefined;
}

/**
 * The terms of one article and their postings. Depends only on the article, so it can be cached and computed in
 * parallel.
 */
export interface DocumentPostings {
  /** The distinct terms, UTF-8, each followed by a space, in order of first position. */
  readonly terms: Uint8Array<ArrayBuffer>;
  /**
   * For each term: u8 impact · varint bytes of its positions · its positions, in tokens from the beginning of the
   * article, each a varint of the distance from the one before.
   */
  readonly postings: Uint8Array<ArrayBuffer>;
}

/** Phrases, and words in scripts without spaces, are not found after this position of an article. */
const MAX_POSITION = 1_000_000;
const MAX_POSITION_BYTES = 3;
/** The size of an impact and the length of positions. */
const MAX_HEAD_BYTES = 6;

/** Collects the occurrences of terms in one document: first in its title, then in its keywords, then in its text. */
class DocumentPostingsBuilder {
  readonly #terms = new TermTable();
  /** For each occurrence: the number of its term, and its position. */
  #numbers = new Uint32Array(1 << 12);
  #positions = new Uint32Array(1 << 12);
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

  /** Adds a term of ASCII; its capital letters are folded. */
  addBytes(utf8: Uint8Array, at: number, length: number, position: number): void {
    this.#add(this.#terms.numberOfBytes(utf8, at, length), position);
  }

  add(term: string, position: number): void {
    this.#add(this.#terms.numberOf(term), position);
  }

  endTitle(): void {
    this.#titleTerms = this.#terms.count;
    this.#titleEnd = this.#length;
  }

  endKeywords(): void {
    this.#keywordsEnd = this.#length;
  }

  /** In the format of `DocumentPostings`. */
  terms(): Uint8Array<ArrayBuffer> {
    return this.#terms.toBytes();
  }

  /**
   * In the format of `DocumentPostings`.
   *
   * @param impactOf returns the impact of a term for its number of occurrences, where keywords count more
   */
  postings(impactOf: (occurrences: number, isInTitle: boolean) => number): Uint8Array<ArrayBuffer> {
    const terms = this.#terms.count;
    const ends = this.#sortPositions(terms);
    const weights = this.#keywordWeights(terms);
    const capacity = this.#length * MAX_POSITION_BYTES + terms * MAX_HEAD_BYTES;
    if (this.#bytes.length < capacity) this.#bytes = new Uint8Array(2 * capacity);
    const bytes = this.#bytes;
    let [at, occurrence] = [0, 0];
    for (let term = 0; term < terms; term++) {
      const end = ends[term] ?? 0;
      bytes[at++] = impactOf(end - occurrence + (weights[term] ?? 0), term < this.#titleTerms);
      const sizeAt = at++;
      let last = 0;
      for (; occurrence < end; occurrence++) {
        const position = this.#byTerm[occurrence] ?? 0;
        if (position >= MAX_POSITION) continue;
        at = writeVarint(bytes, at, position - last);
        last = position;
      }
      const size = at - sizeAt - 1;
      // A size of more than one byte moves the positions.
      const sizeEnd = writeVarint(SIZE, 0, size);
      if (sizeEnd > 1) bytes.copyWithin(sizeAt + sizeEnd, sizeAt + 1, at);
      at = sizeAt + sizeEnd + size;
      for (let i = 0; i < sizeEnd; i++) bytes[sizeAt + i] = SIZE[i] ?? 0;
    }
    return bytes.slice(0, at);
  }

  #add(number: number, position: number): void {
    if (this.#length === this.#numbers.length) this.#grow();
    this.#numbers[this.#length] = number;
    this.#positions[this.#length++] = position;
  }

  /** Sorts the positions by term; returns the end of each term's positions. */
  #sortPositions(terms: number): Uint32Array {
    const [numbers, positions, byTerm, length] = [this.#numbers, this.#positions, this.#byTerm, this.#length];
    const ends = new Uint32Array(terms + 1);
    for (let i = 0; i < length; i++) {
      const after = (numbers[i] ?? 0) + 1;
      ends[after] = (ends[after] ?? 0) + 1;
    }
    for (let term = 1; term < terms; term++) ends[term] = (ends[term] ?? 0) + (ends[term - 1] ?? 0);
    for (let i = 0; i < length; i++) {
      const number = numbers[i] ?? 0;
      const slot = ends[number] ?? 0;
      byTerm[slot] = positions[i] ?? 0;
      ends[number] = slot + 1;
    }
    return ends;
  }

  /** By term: the extra weight of its occurrences in keywords. */
  #keywordWeights(terms: number): Uint32Array {
    const weights = new Uint32Array(terms);
    for (let i = this.#titleEnd; i < this.#keywordsEnd; i++) {
      const number = this.#numbers[i] ?? 0;
      weights[number] = (weights[number] ?? 0) + KEYWORD_WEIGHT - 1;
    }
    return weights;
  }

  #grow(): void {
    this.#numbers = doubled(this.#numbers);
    this.#positions = doubled(this.#positions);
    this.#byTerm = new Uint32Array(this.#numbers.length);
  }
}

const SIZE = new Uint8Array(5);

function doubled(numbers: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** Reused for each document, which is cheaper than allocation; a long document gets its own. */
const sharedBuilder = new DocumentPostingsBuilder();
const USUAL_LENGTH = 100_000;

/** Inverts an article. Its terms are its tokens and, in scripts without spaces, pairs of neighbours too. */
export function invertDocument({ title, text, tags, authors, source }: SearchableText): DocumentPostings {
  const builder = text.length > USUAL_LENGTH ? new DocumentPostingsBuilder() : sharedBuilder;
  builder.clear();
  let position = addPart(title, 0, builder);
  builder.endTitle();
  for (const keyword of [...tags, ...authors, source ?? '']) position = addPart(keyword, position, builder);
  builder.endKeywords();
  const tokens = addPart(text, position, builder);
  return {
    terms: builder.terms(),
    postings: builder.postings((count, isInTitle) => quantizeImpact(count, isInTitle, tokens)),
  };
}

/**
 * @param start the position of its first token
 * @returns the position of the first token of the next part
 */
function addPart(text: string, start: number, builder: DocumentPostingsBuilder): number {
  let position = start;
  let before: string | undefined;
  scanTokens(
    text,
    (utf8, at, length) => {
      builder.addBytes(utf8, at, length, position++);
      before = undefined;
    },
    (token) => {
      builder.add(token, position);
      const unspaced = isUnspaced(token) ? token : undefined;
      if (before !== undefined && unspaced !== undefined) builder.add(before + unspaced, position - 1);
      before = unspaced;
      position++;
    },
  );
  // A gap, so that no phrase matches across two parts.
  return position + 1;
}
