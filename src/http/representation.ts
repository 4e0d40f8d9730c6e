import type { Instant } from '../article.ts';
import type { ReadBody } from '../store/precompressed-format.ts';
import type { Composition } from '../templates/compose.ts';
import { concatenate, gzip } from '../templates/gzip.ts';
import { type Freshness, PUBLISHED } from './caching.ts';
import type { Coding, ComposedCoding } from './negotiation.ts';
import { type Validators, validatorsOf } from './validators.ts';

export type Body = Uint8Array<ArrayBuffer>;

/** Public data, for every script (Fetch §3.3). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Location, Delta-Base, ETag, IM, Last-Modified, Link',
} as const;

/** Header fields by name. */
export interface ResponseHeaders extends Readonly<Record<string, string>> {
  /** The request fields that choose the representation (RFC 9110 §12.5.5). */
  readonly Vary: string;
}

/** The header fields of all responses with a media type. */
export function headersOf(
  mediaType: string,
  vary: string,
  headers: Readonly<Record<string, string>>,
): ResponseHeaders {
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
  readonly headers: ResponseHeaders;
  /** The instant from which it is outdated; Infinity if unknown. */
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

const encode = { gzip, identity: concatenate } as const satisfies Record<ComposedCoding, unknown>;

/** A representation of a resource, ready to be sent. */
export class Representation implements Validators {
  readonly etag: string;
  readonly lastModified: Instant | undefined;
  readonly until: Instant;
  /** Whether it is sent as gzip to clients that accept it. */
  readonly isCompressed: boolean;
  readonly hasDeltas: boolean;
  readonly freshness: Freshness;
  /** The header fields that do not depend on the request. */
  readonly headers: ResponseHeaders;
  readonly #stored: ReadBody | undefined;
  readonly #bodies = new Map<Coding, Body>();
  readonly #recompose: Recompose;
  /** It may hold whole segments of the store, so a cached representation must not keep it in memory. */
  readonly #composition: WeakRef<Composition>;

  /** @param recompose by default, the composition is kept */
  constructor(
    composition: Composition,
    presentation: Presentation,
    recompose: Recompose = () => composition,
  ) {
    const { etag, lastModified } = validatorsOf(composition);
    this.etag = etag;
    this.lastModified = lastModified;
    this.until = presentation.until;
    this.isCompressed = presentation.isCompressed ?? true;
    this.hasDeltas = presentation.hasDeltas ?? false;
    this.freshness = presentation.freshness ?? PUBLISHED;
    this.headers = presentation.headers;
    this.#stored = presentation.precompressed?.(etag);
    this.#recompose = recompose;
    this.#composition = new WeakRef(composition);
  }

  /** Whether it can be sent in brotli. */
  get hasBrotli(): boolean {
    return this.#stored !== undefined;
  }

  async body(coding: Coding): Promise<Body> {
    const known = this.#bodies.get(coding);
    if (known !== undefined) return known;
    const body =
      coding !== 'identity' && this.#stored !== undefined
        ? this.#stored(coding)
        : await this.part(coding as ComposedCoding); // brotli is always stored
    this.#bodies.set(coding, body);
    return body;
  }

  /** The body with only some of the entries; by default, with all. */
  async part(coding: ComposedCoding, isWanted?: (fingerprint: string) => boolean): Promise<Body> {
    const { write } = this.#composition.deref() ?? (await this.#recompose());
    return encode[coding]((sink) => write(sink, isWanted));
  }
}
