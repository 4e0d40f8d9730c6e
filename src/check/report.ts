/** The result of a check. */
export interface Report {
  readonly subject: string;
  readonly issues: readonly Issue[];
}

type Severity = 'error' | 'warning';

/** A violation of a rule. */
export interface Issue {
  readonly severity: Severity;
  /** For example `rss/guid-unique`. */
  readonly rule: string;
  /** The place, the value, the expectation and its source. */
  readonly message: string;
}

/** Creates an issue for a broken rule: the place, and the value if there is one. */
export type Rule = (where: string, value?: string) => Issue;

/** The maximum length of a place or value in a message. */
const MAX_CHARACTERS = 120;

/** A table of rules: the severity, the expectation and the source of each. */
export function defineRules<Name extends string>(
  group: string,
  table: Readonly<Record<Name, readonly [Severity, expected: string, source: string]>>,
): Readonly<Record<Name, Rule>> {
  const rules: Partial<Record<Name, Rule>> = {};
  for (const name of Object.keys(table) as Name[]) {
    const [severity, expected, source] = table[name];
    rules[name] = (where, value) => ({
      severity,
      rule: `${group}/${name}`,
      message: `${clip(where)}${value === undefined ? '' : ` ${JSON.stringify(clip(value))}`}: expected ${expected} (${source})`,
    });
  }
  return rules as Record<Name, Rule>;
}

function clip(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

/** The maximum number of issues of one rule to print for a subject. */
const MAX_ISSUES = 5;

/** Prints a line for the subject, then its issues. */
export function printIssues({ subject, issues }: Report): void {
  console.log(`${issues.length === 0 ? '✓' : '✗'} ${subject}`);
  for (const [rule, broken] of Map.groupBy(issues, (issue: Issue) => issue.rule)) {
    for (const { severity, message } of broken.slice(0, MAX_ISSUES))
      console.log(`    ${severity} ${rule}: ${message}`);
    if (broken.length > MAX_ISSUES) console.log(`    … and ${broken.length - MAX_ISSUES} more of ${rule}`);
  }
}

/** The distinct values that occur more than once in a list. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = values.filter((value) => seen.size === seen.add(value).size);
  return [...new Set(twice)];
}
