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

/** The most characters of a place or a value that are told. */
const MAX_TOLD = 120;

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
  return text.length > MAX_TOLD ? `${text.slice(0, MAX_TOLD)}…` : text;
}
