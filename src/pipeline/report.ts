import type { Outcome } from '../corpus/collect.ts';

const STATUSES = ['published', 'scheduled', 'expired', 'draft', 'excluded', 'refused'] as const;
/** Mentioned only if there are any. */
const RARE: ReadonlySet<string> = new Set(['expired', 'draft', 'excluded']);

/** So many accepted documents are listed one by one. */
const MAX_LISTED = 20;

/**
 * Prints the outcome of every document, the refused last.
 *
 * @returns whether none was refused
 */
export function printReport(
  outcomes: readonly Outcome[],
  warnings: readonly string[],
  notes: readonly string[],
  ignored: readonly string[],
): boolean {
  const accepted = outcomes.flatMap((outcome) => ('slug' in outcome ? [outcome] : []));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [outcome] : []));
  for (const { path, status, slug, published } of accepted.slice(0, MAX_LISTED)) {
    console.log(`${status}  ${new Date(published).toISOString()}  /articles/${slug}  seeds/${path}`);
  }
  if (accepted.length > MAX_LISTED) console.log(`… and ${accepted.length - MAX_LISTED} more`);
  for (const path of ignored.slice(0, MAX_LISTED)) console.log(`ignored    seeds/${path}: not a document`);
  for (const note of notes) console.log(note);
  for (const warning of warnings) console.warn(`warning: ${warning}`);
  for (const { reason } of refused) console.error(reason);
  const counts = STATUSES.map((status) => ({
    status,
    count: outcomes.filter((outcome) => outcome.status === status).length,
  }))
    .filter(({ status, count }) => count > 0 || !RARE.has(status))
    .map(({ status, count }) => `${count} ${status}`);
  console.log(`${outcomes.length} documents: ${counts.join(', ')}`);
  return refused.length === 0;
}
