import type { Issue } from './issue.ts';
import type { Report } from './report.ts';

/** The most findings of one rule that are told of one subject. */
const MAX_TOLD = 5;

/** A line for what was examined; the findings below it. */
export function printReport({ subject, issues }: Report): void {
  console.log(`${issues.length === 0 ? '✓' : '✗'} ${subject}`);
  for (const [rule, broken] of Map.groupBy(issues, (issue: Issue) => issue.rule)) {
    for (const { severity, message } of broken.slice(0, MAX_TOLD))
      console.log(`    ${severity} ${rule}: ${message}`);
    if (broken.length > MAX_TOLD) console.log(`    … and ${broken.length - MAX_TOLD} more of ${rule}`);
  }
}
