import type { Instant } from '../article.ts';

/** Lifetimes of a response in caches, fresh and stale while revalidating (RFC 5861 §3); seconds. */
interface Freshness {
  readonly maxAge: number;
  readonly staleWhileRevalidate: number;
  /** `Cache-Control` without a limit. */
  readonly whole: string;
}

export const PUBLISHED = freshness(300, 600);
export const MISSING = freshness(60, 0);

/** `Cache-Control` of a response that is valid until an instant: it is never served later, fresh or stale. */
export function cacheControl(
  { maxAge, staleWhileRevalidate, whole }: Freshness,
  until: Instant,
  now: Instant,
): string {
  const left = Math.max(0, Math.floor((until - now) / 1000));
  if (left >= maxAge + staleWhileRevalidate) return whole;
  const fresh = Math.min(maxAge, left);
  return freshness(fresh, Math.min(staleWhileRevalidate, left - fresh)).whole;
}

function freshness(maxAge: number, staleWhileRevalidate: number): Freshness {
  const whole = `public, max-age=${maxAge}, stale-while-revalidate=${staleWhileRevalidate}`;
  return { maxAge, staleWhileRevalidate, whole };
}
