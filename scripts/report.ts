import type { Outcome } from '../src/compile.ts';

const STATUSES = ['published', 'scheduled', 'refused'] as const;

/** The most accepted documents that are listed one by one. */
const MAX_LISTED = 20;

/** Prints what became of every document, the refused last; tells whether there were none of these. */
export function printReport(outcomes: readonly Outcome[], ignored: readonly string[]): boolean {
  const accepted = outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [] : [outcome]));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [outcome] : []));
  for (const { path, status, article } of accepted.slice(0, MAX_LISTED)) {
    console.log(
      `${status}  ${new Date(article.published).toISOString()}  /articles/${article.slug}  seeds/${path}`,
    );
  }
  if (accepted.length > MAX_LISTED) console.log(`… and ${accepted.length - MAX_LISTED} more`);
  for (const path of ignored) console.log(`ignored    seeds/${path}: not a document`);
  for (const { error } of refused) console.error(error.message);
  const counts = STATUSES.map(
    (status) => `${outcomes.filter((outcome) => outcome.status === status).length} ${status}`,
  );
  console.log(`${outcomes.length} documents: ${counts.join(', ')}`);
  return refused.length === 0;
}
