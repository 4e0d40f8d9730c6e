/** What was checked, and what was found. */
export interface Report {
  readonly subject: string;
  readonly issues: readonly Issue[];
}

export type Severity = 'error' | 'warning';

/** Something that a rule does not allow. */
export interface Issue {
  readonly severity: Severity;
  /** Such as `rss/guid-unique`. */
  readonly rule: string;
  /** Where it is, what is said there, what is wanted, and who wants it. */
  readonly message: string;
}

/** Makes the finding that a rule is broken: where, and by which value, if it is one. */
export type Rule = (where: string, value?: string) => Issue;

/** The longest place or value in a message. */
const MAX_CHARACTERS = 120;

/** A table of rules: for each its severity, what it expects, and the source that asks for it. */
export function defineRules<Name extends string>(
  room: string,
  table: Readonly<Record<Name, readonly [Severity, expected: string, source: string]>>,
): Readonly<Record<Name, Rule>> {
  const rules: Partial<Record<Name, Rule>> = {};
  for (const name of Object.keys(table) as Name[]) {
    const [severity, expected, source] = table[name];
    rules[name] = (where, value) => ({
      severity,
      rule: `${room}/${name}`,
      message: `${clip(where)}${value === undefined ? '' : ` ${JSON.stringify(clip(value))}`}: expected ${expected} (${source})`,
    });
  }
  return rules as Record<Name, Rule>;
}

function clip(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}

/** How many issues of one rule are printed for a subject. */
const MAX_ISSUES = 5;

/** Prints a line for the subject, and its issues below it. */
export function printReport({ subject, issues }: Report): void {
  console.log(`${issues.length === 0 ? '✓' : '✗'} ${subject}`);
  for (const [rule, broken] of Map.groupBy(issues, (issue: Issue) => issue.rule)) {
    for (const { severity, message } of broken.slice(0, MAX_ISSUES))
      console.log(`    ${severity} ${rule}: ${message}`);
    if (broken.length > MAX_ISSUES) console.log(`    … and ${broken.length - MAX_ISSUES} more of ${rule}`);
  }
}

/** The values that a list has more than once, each named once. */
export function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = values.filter((value) => seen.size === seen.add(value).size);
  return [...new Set(twice)];
}
