import type { Instant } from '../article.ts';
import type { Literal } from './fragment.ts';
import { storedLiteral } from './stored-literal.ts';

/** What a response will say: ready pieces in a row, and what its validators are made of. */
export interface Composition {
  readonly literals: readonly Literal[];
  /** What is said around the entries. */
  readonly frame: string;
  /** One fingerprint an entry, in order. */
  readonly entries: readonly string[];
  /** Undefined when it says nothing that could change. */
  readonly lastModified: Instant | undefined;
  /** The same of some entries only; absent where a part would make no sense. */
  readonly part?: (isWanted: (fingerprint: string) => boolean) => readonly Literal[];
}

/** What is written when it is asked for. */
export function textComposition(text: string, lastModified: Instant | undefined): Composition {
  const literal = storedLiteral(text);
  return { literals: [literal], frame: literal.crc.toString(36), entries: [], lastModified };
}
