import { hash } from 'node:crypto';
import type { ResolvedDocument } from '../corpus/collect.ts';

/** Tells all that an article depends on: its document, and its place among the others. */
export function articleKey(
  documentDigest: string,
  { identity: { redirects: _, ...identity }, links, later, ...rest }: ResolvedDocument,
): string {
  const around = [{ links }, ...later].map(({ links: each, ...when }) => [
    when,
    each.translations,
    ...[each.links, each.files, each.pages, each.people].map((map: ReadonlyMap<string, unknown>) => [...map]),
  ]);
  return digestOf([documentDigest, JSON.stringify([identity, rest, around])]);
}

export function digestOf(texts: readonly string[]): string {
  return hash('sha256', texts.join('\0'), 'base64url');
}
