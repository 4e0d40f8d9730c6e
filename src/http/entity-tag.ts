import type { Composition } from '../templates/compose.ts';
import { FINGERPRINT_LENGTH } from '../templates/fragment.ts';

/**
 * The entity tag of a composition (RFC 9110 §8.8.3). It is weak: it names the content, not its coding. It names
 * everything around the entries, then each entry, so it also tells which entries a client has.
 */
export function entityTag({ envelopeTag, entries }: Composition): string {
  return `W/"${envelopeTag}.${entries.join('')}"`;
}

/** The fingerprints of the entries that a tag of `entityTag` names; empty for any other tag. */
export function entriesOfTag(etag: string): ReadonlySet<string> {
  const listed = /^(?:W\/)?"[\w-]+\.([\w-]*)"$/.exec(etag)?.[1] ?? '';
  const entries = new Set<string>();
  for (let at = 0; at + FINGERPRINT_LENGTH <= listed.length; at += FINGERPRINT_LENGTH)
    entries.add(listed.slice(at, at + FINGERPRINT_LENGTH));
  return entries;
}

/** The tags in a list, each as it was sent. */
export function parseEntityTags(field: string): string[] {
  return [...field.matchAll(/(?:W\/)?"[^"]*"/g)].map(([tag]) => tag);
}
