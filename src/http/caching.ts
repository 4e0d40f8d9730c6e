import type { Instant } from '../article.ts';

/** How long a response may be used without asking, and after that while asking (RFC 5861 §3); seconds. */
interface Freshness {
  readonly maxAge: number;
  readonly staleWhileRevalidate: number;
}

export const PUBLISHED: Freshness = { maxAge: 300, staleWhileRevalidate: 600 };
export const MISSING: Freshness = { maxAge: 60, staleWhileRevalidate: 0 };

/** `Cache-Control` of a response that holds until an instant; neither fresh nor stale use outlasts it. */
export function cacheControl(
  { maxAge, staleWhileRevalidate }: Freshness,
  until: Instant,
  now: Instant,
): string {
  const left = Math.max(0, Math.floor((until - now) / 1000));
  const fresh = Math.min(maxAge, left);
  return `public, max-age=${fresh}, stale-while-revalidate=${Math.min(staleWhileRevalidate, left - fresh)}`;
}
