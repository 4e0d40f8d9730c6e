import type { Instant } from '../article.ts';
import type { Composition } from '../store/composition.ts';
import { concatenate, gzip } from './gzip.ts';
import type { Coding } from './negotiation.ts';
import { type Validators, validatorsOf } from './validators.ts';

/** One way to say a resource, ready to be sent: everything but the request. */
export interface Representation extends Validators {
  readonly mediaType: string;
  /** Header fields beside those that respond.ts makes. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request header fields that chose it (RFC 9110 §12.5.5). */
  readonly vary: string;
  /** The instant at which another one takes its place; Infinity if none is known. */
  readonly until: Instant;
  /** Composed when first asked for, then kept. */
  body(coding: Coding): Uint8Array<ArrayBuffer>;
}

export interface Presentation {
  readonly mediaType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly vary: string;
  readonly until: Instant;
}

export function representation(composition: Composition, presentation: Presentation): Representation {
  const bodies: Partial<Record<Coding, Uint8Array<ArrayBuffer>>> = {};
  const compose: Record<Coding, () => Uint8Array<ArrayBuffer>> = {
    gzip: () => gzip(composition.literals),
    identity: () => concatenate(composition.literals),
  };
  return {
    ...presentation,
    ...validatorsOf(composition),
    body(coding) {
      bodies[coding] ??= compose[coding]();
      return bodies[coding];
    },
  };
}
