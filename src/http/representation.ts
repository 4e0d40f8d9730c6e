import type { Instant } from '../article.ts';
import type { ReadBody } from '../store/precompressed-format.ts';
import type { Composition } from '../templates/compose.ts';
import { concatenate, gzip } from '../templates/gzip.ts';
import { type Freshness, PUBLISHED } from './caching.ts';
import type { Coding, ComposedCoding } from './negotiation.ts';
import { type Validators, validatorsOf } from './validators.ts';

export type Body = Uint8Array<ArrayBuffer>;

/** The properties that all representations of a kind share. */
export interface RepresentationKind {
  readonly mediaType: string;
  /** Header fields that not every representation has. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request fields that choose it (RFC 9110 §12.5.5). */
  readonly vary: string;
}

/** Header fields by name. */
export interface ResponseHeaders extends Readonly<Record<string, string>> {
  readonly Vary: string;
}

/** The header fields of a kind. */
export function headersOf({ mediaType, headers, vary }: RepresentationKind): ResponseHeaders {
  return {
    ...headers,
    ...CORS_HEADERS,
    'Content-Type': mediaType,
    Vary: vary,
    'X-Content-Type-Options': 'nosniff',
  };
}

export interface Presentation {
  /** From `headersOf`. */
  readonly kind: ResponseHeaders;
  readonly until: Instant;
  /** False for a text that is generated at request time: Cloudflare compresses it. Default: true. */
  readonly isCompressed?: boolean;
  /** Whether clients may ask for a delta. */
  readonly hasDeltas?: boolean;
  /** Default: `PUBLISHED`. */
  readonly freshness?: Freshness;
  /** Finds the stored body of a response by its entity tag; without one, the body is composed. */
  readonly precompressed?: (etag: string) => ReadBody | undefined;
}

/** Composes the same content again. */
type Recompose = () => Composition | Promise<Composition>;

/** Public data, for every script (Fetch §3.3). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Location, Delta-Base, ETag, IM, Last-Modified, Link',
} as const;

/** Header fields differ only in coding and, shortly before a scheduled article appears, in `max-age`. */
const MAX_KEPT_HEADERS = 4;

interface KnownHeaders {
  readonly status: 200 | 304;
  readonly coding: Coding;
  readonly cacheControl: string;
  readonly isShared: boolean;
  readonly headers: Headers;
}

const encode = { gzip, identity: concatenate } as const satisfies Record<ComposedCoding, unknown>;

/** A representation of a resource, ready to be sent. */
export class Representation implements Validators {
  readonly etag: string;
  readonly lastModified: Instant | undefined;
  /** The instant from which it is outdated; Infinity if unknown. */
  readonly until: Instant;
  /** Whether it is sent as gzip to clients that accept it. */
  readonly isCompressed: boolean;
  /** Whether clients may ask for a delta. */
  readonly hasDeltas: boolean;
  readonly freshness: Freshness;
  readonly #kind: ResponseHeaders;
  readonly #again: Recompose | undefined;
  readonly #stored: ReadBody | undefined;
  #composition: Composition | undefined;
  readonly #bodies: Partial<Record<Coding, Body>> = {};
  readonly #asked: Coding[] = [];
  /** Whether header fields were requested before. */
  #isAskedAgain = false;
  #headers: KnownHeaders[] = [];

  constructor(composition: Composition, presentation: Presentation, recompose: Recompose | undefined) {
    const { kind, until, hasDeltas = false, isCompressed = true, precompressed } = presentation;
    const { freshness = PUBLISHED } = presentation;
    const { etag, lastModified } = validatorsOf(composition);
    this.etag = etag;
    this.lastModified = lastModified;
    this.until = until;
    this.isCompressed = isCompressed;
    this.hasDeltas = hasDeltas;
    this.freshness = freshness;
    this.#kind = kind;
    this.#again = recompose;
    this.#stored = precompressed?.(etag);
    this.#composition = composition;
  }

  /** Whether it can be sent in brotli. */
  get hasBrotli(): boolean {
    return this.#stored !== undefined;
  }

  /**
   * The header fields of a full response in a coding. Must not be modified.
   *
   * @param isShared whether shared caches may store it
   */
  fullHeaders(coding: Coding, cacheControl: string, isShared: boolean): Headers | Record<string, string> {
    return this.#headersOf({ status: 200, coding, cacheControl, isShared }, () => {
      const fields: Record<string, string> = {
        ...this.#kind,
        'Cache-Control': cacheControl,
        ETag: this.etag,
      };
      // RFC 9213; other clients of the cache would get it too.
      if (!isShared) fields['CDN-Cache-Control'] = 'no-store';
      if (coding !== 'identity') fields['Content-Encoding'] = coding;
      if (this.lastModified !== undefined)
        fields['Last-Modified'] = new Date(this.lastModified).toUTCString();
      return fields;
    });
  }

  /** The header fields of a 304 (RFC 9110 §15.4.5). Must not be modified. */
  notModifiedHeaders(cacheControl: string): Headers | Record<string, string> {
    return this.#headersOf({ status: 304, coding: 'identity', cacheControl, isShared: true }, () => ({
      'Access-Control-Allow-Origin': CORS_HEADERS['Access-Control-Allow-Origin'],
      'Cache-Control': cacheControl,
      ETag: this.etag,
      Vary: this.#kind.Vary,
    }));
  }

  /**
   * Passes the body to `use`, which must not keep it. The second request for a coding that is composed caches the body.
   */
  useBody<Result>(coding: Coding, use: (body: Body) => Result): Result | Promise<Result> {
    const known = this.#bodies[coding];
    if (known !== undefined) return use(known);
    if (coding !== 'identity' && this.#stored !== undefined) {
      const body = this.#stored(coding);
      this.#bodies[coding] = body;
      return use(body);
    }
    if (coding === 'br') throw new Error('Cannot compose a body in brotli');
    const isAskedAgain = this.#asked.includes(coding);
    if (!isAskedAgain) this.#asked.push(coding);
    return this.#compose(({ write }) =>
      encode[coding](write, (bytes) => {
        if (isAskedAgain) this.#bodies[coding] = new Uint8Array(bytes);
        return use(bytes);
      }),
    );
  }

  /** The same with only some of the entries. */
  usePart<Result>(
    coding: ComposedCoding,
    isWanted: (fingerprint: string) => boolean,
    use: (body: Body) => Result,
  ): Result | Promise<Result> {
    return this.#compose(({ write }) => encode[coding]((sink) => write(sink, isWanted), use));
  }

  /** Drops the composition if it can be recomposed: long-lived objects cost GC time. */
  release(): void {
    if (this.#again !== undefined) this.#composition = undefined;
  }

  #compose<Result>(use: (composition: Composition) => Result): Result | Promise<Result> {
    const composition = this.#composition ?? this.#again?.();
    if (composition === undefined) throw new Error('Cannot compose a representation again');
    return composition instanceof Promise ? composition.then(use) : use(composition);
  }

  #headersOf(
    { status, coding, cacheControl, isShared }: Omit<KnownHeaders, 'headers'>,
    make: () => Record<string, string>,
  ): Headers | Record<string, string> {
    for (const known of this.#headers) {
      if (
        known.cacheControl === cacheControl &&
        known.coding === coding &&
        known.status === status &&
        known.isShared === isShared
      )
        return known.headers;
    }
    const fields = make();
    if (!this.#isAskedAgain) {
      this.#isAskedAgain = true;
      return fields;
    }
    // Reusing `Headers` is faster than creating them.
    const headers = new Headers(fields);
    const made = { status, coding, cacheControl, isShared, headers };
    this.#headers = [made, ...this.#headers.slice(0, MAX_KEPT_HEADERS - 1)];
    return headers;
  }
}

/** @param recompose composes the same content again; without it, the composition is kept */
export function representation(
  composition: Composition,
  presentation: Presentation,
  recompose?: Recompose,
): Representation {
  return new Representation(composition, presentation, recompose);
}
