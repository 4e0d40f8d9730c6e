import type { Issue } from './issue.ts';

/** What was examined, and what was found. */
export interface Report {
  readonly subject: string;
  readonly issues: readonly Issue[];
}
