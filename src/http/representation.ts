import type { Instant } from '../article.ts';
import type { Composition } from '../store/composition.ts';
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
}

export interface Presentation {
  readonly mediaType: string;
  /** Header fields beside those that every representation has. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request header fields that chose it (RFC 9110 §12.5.5). */
  readonly vary: string;
  readonly until: Instant;
}

/** Public data, for every script (Fetch §3.3). */
export const CORS_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
} as const;

/** Header fields differ only by the coding and, shortly before a scheduled article appears, by the time that is left. */
const MAX_KEPT_HEADERS = 4;

export function representation(composition: Composition, presentation: Presentation): Representation {
  const { mediaType, headers, vary, until } = presentation;
  const validators = validatorsOf(composition);
  const { etag, lastModified } = validators;
  const keptHeaders = keep<Headers>(MAX_KEPT_HEADERS);
  const bodies: Partial<Record<Coding, Uint8Array<ArrayBuffer>>> = {};
  const compose: Record<Coding, () => Uint8Array<ArrayBuffer>> = {
    gzip: () => gzip(composition.literals),
    identity: () => concatenate(composition.literals),
  };
  return {
    ...validators,
    until,
    fullHeaders: (coding, cacheControl) =>
      keptHeaders(coding + cacheControl, () => {
        const full = new Headers({
          ...headers,
          ...CORS_HEADERS,
          'Cache-Control': cacheControl,
          'Content-Type': mediaType,
          ETag: etag,
          Vary: vary,
          'X-Content-Type-Options': 'nosniff',
        });
        if (coding === 'gzip') full.set('Content-Encoding', 'gzip');
        if (lastModified !== undefined) full.set('Last-Modified', new Date(lastModified).toUTCString());
        return full;
      }),
    notModifiedHeaders: (cacheControl) =>
      keptHeaders(cacheControl, () => {
        const cors = { 'Access-Control-Allow-Origin': CORS_HEADERS['Access-Control-Allow-Origin'] };
        return new Headers({ ...cors, 'Cache-Control': cacheControl, ETag: etag, Vary: vary });
      }),
    body(coding) {
      bodies[coding] ??= compose[coding]();
      return bodies[coding];
    },
  };
}
