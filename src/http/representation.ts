import type { Instant } from '../article.ts';
import type { Composition } from '../store/composition.ts';
import type { Literal } from '../store/fragment.ts';
import { concatenate, gzip } from './gzip.ts';
import { keep } from './keep.ts';
import type { Coding } from './negotiation.ts';
import { type Validators, validatorsOf } from './validators.ts';

/** One way to say a resource, ready to be sent: everything but the request. */
export interface Representation extends Validators {
  /** The instant at which another one takes its place; Infinity if none is known. */
  readonly until: Instant;
  /** The header fields of a response with this content, in this coding. Not to be changed. */
  fullHeaders(coding: Coding, cacheControl: string): Headers;
  /** The header fields of a 304 (RFC 9110 §15.4.5). Not to be changed. */
  notModifiedHeaders(cacheControl: string): Headers;
  /** Composed when first asked for, then kept. */
  body(coding: Coding): Uint8Array<ArrayBuffer>;
  /** Whether it is sent as gzip to those who take it. */
  readonly isCompressed: boolean;
  /** Whether clients may ask for a part. */
  readonly hasDeltas: boolean;
  /** Fingerprints of the entries, in order. */
  readonly entries: readonly string[];
  /** The same with some of the entries only. */
  part(coding: Coding, isWanted: (fingerprint: string) => boolean): Uint8Array<ArrayBuffer>;
}

/** What is the same for all representations of a kind. */
export interface Kind {
  readonly mediaType: string;
  /** Header fields beside those that every representation has. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request header fields that chose it (RFC 9110 §12.5.5). */
  readonly vary: string;
}

/** The header fields of a kind; not to be changed. To copy them costs less than to make them. */
export function headersOf({ mediaType, headers, vary }: Kind): Headers {
  return new Headers({
    ...headers,
    ...CORS_HEADERS,
    'Content-Type': mediaType,
    Vary: vary,
    'X-Content-Type-Options': 'nosniff',
  });
}

export interface Presentation {
  /** As `headersOf` makes them. */
  readonly kind: Headers;
  readonly until: Instant;
  /** False for what is written when it is asked for: Cloudflare compresses it on the way. Default true. */
  readonly isCompressed?: boolean;
  /** Whether clients may ask for the entries that they do not have. */
  readonly hasDeltas?: boolean;
}

/** Public data, for every script (Fetch §3.3). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Location, Delta-Base, ETag, IM, Last-Modified, Link',
} as const;

/** Header fields differ only by the coding and, shortly before a scheduled article appears, by the time that is left. */
const MAX_KEPT_HEADERS = 4;

const encode: Record<Coding, (literals: readonly Literal[]) => Uint8Array<ArrayBuffer>> = {
  gzip,
  identity: concatenate,
};

export function representation(composition: Composition, presentation: Presentation): Representation {
  const { kind, until, hasDeltas = false, isCompressed = true } = presentation;
  const validators = validatorsOf(composition);
  const { etag, lastModified } = validators;
  const keptHeaders = keep<Headers>(MAX_KEPT_HEADERS);
  const bodies: Partial<Record<Coding, Uint8Array<ArrayBuffer>>> = {};
  return {
    ...validators,
    until,
    isCompressed,
    hasDeltas: hasDeltas && composition.part !== undefined,
    entries: composition.entries,
    fullHeaders(coding, cacheControl) {
      const key = coding + cacheControl;
      const known = keptHeaders.find(key);
      if (known !== undefined) return known;
      const full = new Headers(kind);
      full.set('Cache-Control', cacheControl);
      full.set('ETag', etag);
      if (coding === 'gzip') full.set('Content-Encoding', 'gzip');
      if (lastModified !== undefined) full.set('Last-Modified', new Date(lastModified).toUTCString());
      return keptHeaders.add(key, full);
    },
    notModifiedHeaders(cacheControl) {
      const known = keptHeaders.find(cacheControl);
      if (known !== undefined) return known;
      const cors = { 'Access-Control-Allow-Origin': CORS_HEADERS['Access-Control-Allow-Origin'] };
      return keptHeaders.add(
        cacheControl,
        new Headers({ ...cors, 'Cache-Control': cacheControl, ETag: etag, Vary: kind.get('Vary') ?? '' }),
      );
    },
    body(coding) {
      bodies[coding] ??= encode[coding](composition.literals);
      return bodies[coding];
    },
    part: (coding, isWanted) => encode[coding](composition.part?.(isWanted) ?? composition.literals),
  };
}
