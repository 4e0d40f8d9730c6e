import type { LedgerEntry } from './ledger.ts';

/**
 * One entry of the entries of one article, of which a merge of two branches leaves one from each side. The first says
 * where its document is and what stands in it; the earliest publication and the latest update hold; no address is lost.
 * Of two slugs the one to which the other was changed is the slug.
 */
export function mergeEntries(first: LedgerEntry, others: readonly LedgerEntry[]): LedgerEntry {
  if (others.length === 0) return first;
  const all = [first, ...others];
  const newer = others.find(
    ({ slug, former }) => former.includes(first.slug) && !first.former.includes(slug),
  );
  const slug = newer?.slug ?? first.slug;
  const former = new Set(all.flatMap((entry) => [entry.slug, ...entry.former]));
  former.delete(slug);
  const additions = all.flatMap(({ added }) => added ?? []);
  const removals = all.flatMap(({ removed }) => removed ?? []);
  return {
    ...first,
    slug,
    former: [...former].sort(),
    title: all.find(({ title }) => title !== undefined)?.title,
    published: Math.min(...all.map(({ published }) => published)),
    updated: Math.max(...all.map(({ updated }) => updated)),
    statedId: all.find(({ statedId }) => statedId !== undefined)?.statedId,
    added: additions.length < all.length ? undefined : Math.min(...additions),
    removed: removals.length === 0 ? undefined : Math.min(...removals),
  };
}
