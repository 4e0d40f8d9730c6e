import { fingerprint } from '../../src/documents/fingerprint.ts';
import { type Candidate, EMPTY_LEDGER, type Ledger, mintId } from '../../src/identity/ledger.ts';
import { readLedger, writeLedger } from '../../src/identity/ledger-file.ts';
import { type Reconciliation, reconcile } from '../../src/identity/reconcile.ts';

export const DAY = 86_400_000;

export const PUBLISHED = Date.UTC(2021, 1, 3);

export const NOW = Date.UTC(2026, 10, 22, 12);

/** A hundred words that only this subject has. */
export function prose(subject: string): string {
  return Array.from({ length: 100 }, (_, i) => `${subject}${(i * 7919) % 101}`).join(' ');
}

export function edited(text: string): string {
  return `${text.split(' ').toSpliced(40, 3, 'three', 'other', 'words').join(' ')} And a sentence more.`;
}

export type Options = Partial<Omit<Candidate, 'path' | 'fingerprint' | 'published' | 'updated'>> & {
  readonly text?: string;
  readonly published?: number | undefined;
  readonly updated?: number;
  readonly isStated?: boolean;
};

/** A document; by default, its path determines its text and headline. */
export function document(path: string, options: Options = {}): Candidate {
  const subject = path.replace(/.*\/|\..*/g, '');
  const { text = prose(subject), published, updated, isStated: stated = true, ...rest } = options;
  const instant = 'published' in options ? published : PUBLISHED;
  return {
    path,
    headline: subject,
    title: subject,
    fingerprint: fingerprint(text),
    ...(instant === undefined ? {} : { published: { instant, stated } }),
    ...(updated === undefined ? {} : { updated: { instant: updated, stated } }),
    ...rest,
  };
}

/** Builds as another machine would: with the ledger from its file, and the documents in another order. */
export function build(
  previous: Ledger,
  documents: readonly Candidate[],
  now = NOW,
  unread: readonly string[] = [],
): Reconciliation {
  const ledger = readLedger(writeLedger(previous), 'seeds/ledger.json');
  return reconcile(ledger, documents.toReversed(), { now, timeZone: 'Europe/Istanbul', unread });
}

export function first(documents: readonly Candidate[]): Ledger {
  return build(EMPTY_LEDGER, documents).ledger;
}

export function identity({ identities }: Reconciliation, path: string) {
  const found = identities.get(path);
  if (found === undefined) throw new Error(`${path} has no identity`);
  return found;
}

export const pathId = (path: string): string => mintId(`path:${path}`);
