import type { Instant } from '../article.ts';
import type { Literal } from './fragment.ts';
import type { Sink } from './sink.ts';
import { storedLiteral } from './stored-literal.ts';

/** What a response will say, and what its validators are made of. */
export interface Composition {
  /**
   * Says it, any number of times.
   *
   * @param isWanted whether an entry is to be said, by its fingerprint; absent: all are. Where a part would make no sense
   *   nothing is left out.
   */
  readonly write: (sink: Sink, isWanted?: (fingerprint: string) => boolean) => void;
  /** What is said around the entries. */
  readonly envelopeTag: string;
  /** One fingerprint an entry, in order. */
  readonly entries: readonly string[];
  /** Undefined when it says nothing that could change. */
  readonly lastModified: Instant | undefined;
}

/** Says ready pieces in a row. */
export function writeLiterals(literals: readonly Literal[]): Composition['write'] {
  return (sink) => {
    for (const literal of literals) literal.writeTo(sink);
  };
}

/** What is written when it is asked for. */
export function textComposition(text: string, lastModified: Instant | undefined): Composition {
  const literal = storedLiteral(text);
  return {
    write: writeLiterals([literal]),
    envelopeTag: literal.crc.toString(36),
    entries: [],
    lastModified,
  };
}
