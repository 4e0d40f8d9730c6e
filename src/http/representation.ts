import type { Instant } from '../article.ts';
import type { ReadBody } from '../store/blobs-format.ts';
import { lruCache } from '../store/lru-cache.ts';
import type { Composition } from '../templates/compose.ts';
import { type Freshness, PUBLISHED, type ResponseHeaders } from './headers.ts';
import type { Coding, ComposedCoding } from './negotiation.ts';
import { type Validators, validatorsOf } from './validators.ts';

export type Body = Uint8Array<ArrayBuffer>;

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

/** Header fields differ only in coding and, shortly before a scheduled article appears, in `max-age`. */
const MAX_HEADERS = 4;

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
  readonly #asked = new Set<Coding>();
  #isAskedAgain = false;
  readonly #headers = lruCache<string, Headers>(MAX_HEADERS);
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

  /**
   * Header fields, which must not be modified. They are cached from the second request on: making them takes a tenth of
   * the time of a cached response.
   */
  headersFor(key: string, make: () => Record<string, string>): Headers | Record<string, string> {
    const known = this.#headers.find(key);
    if (known !== undefined) return known;
    if (this.#isAskedAgain) return this.#headers.add(key, new Headers(make()));
    this.#isAskedAgain = true;
    return make();
  }

  /** The body, if it is in memory. */
  knownBody(coding: Coding): Body | undefined {
    const known = this.#bodies.get(coding);
    if (known !== undefined || coding === 'identity' || this.#stored === undefined) return known;
    const stored = this.#stored(coding);
    this.#bodies.set(coding, stored);
    return stored;
  }

  /** Keeps a copy of a composed body from the second request on. */
  keepBody(coding: ComposedCoding, body: Body): void {
    if (this.#asked.has(coding)) this.#bodies.set(coding, body.slice());
    else this.#asked.add(coding);
  }

  async composition(): Promise<Composition> {
    return this.#composition.deref() ?? this.#recompose();
  }
}
