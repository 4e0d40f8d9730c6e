import type { Finding } from './finding.ts';

/** What was examined, and what was found. */
export interface Examination {
  readonly subject: string;
  readonly findings: readonly Finding[];
}
