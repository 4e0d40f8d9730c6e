import type { Outcome } from '../corpus/collect.ts';

/** What a build has to tell. */
export interface BuildReport {
  readonly outcomes: readonly Outcome[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** Files that are no documents and that nothing refers to. */
  readonly ignored: readonly string[];
  /** The folder of documents, as it was given. */
  readonly folder: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** Prints a report; tells whether no document was refused. */
export type PrintReport = (report: BuildReport) => boolean;

type Listed = Extract<Outcome, { readonly slug: string }>;

const STATUSES = ['published', 'scheduled', 'expired', 'draft', 'excluded', 'refused'] as const;
/** Mentioned only if there are any. */
const RARE: ReadonlySet<string> = new Set(['expired', 'draft', 'excluded']);

/** So many accepted documents are listed one by one. */
const MAX_LISTED = 20;

/** Prints what became of every document, the newest first and the refused last. */
export function printReport({ outcomes, warnings, notes, ignored, folder, timeZone }: BuildReport): boolean {
  const print = printerFor(folder);
  const listed = outcomes.filter(isListed).sort((a, b) => b.published - a.published);
  const timeOf = timesIn(timeZone);
  for (const { path, status, slug, published } of listed.slice(0, MAX_LISTED))
    print.out(`${status}  ${timeOf(published)}  /articles/${slug}  seeds/${path}`);
  if (listed.length > MAX_LISTED) print.out(`… and ${listed.length - MAX_LISTED} more`);
  for (const path of ignored.slice(0, MAX_LISTED)) print.out(`ignored    seeds/${path}: not a document`);
  for (const note of notes) print.out(note);
  for (const warning of warnings) print.warn(warning);
  for (const reason of reasonsOf(outcomes)) print.error(reason);
  print.out(summaryOf(outcomes));
  return !outcomes.some(({ status }) => status === 'refused');
}

/** What a preview knows of its last build. */
interface Printed {
  readonly outcomes: ReadonlyMap<string, string>;
  readonly told: ReadonlySet<string>;
}

/**
 * Prints reports of a preview: the first one whole, then what changed.
 *
 * @param address of the preview
 */
export function changeReporter(
  address: string,
): (report: BuildReport, states: ReadonlyMap<string, unknown>, seconds: number) => boolean {
  let last: Printed | undefined;
  return (report, states, seconds) => {
    const { outcomes, warnings, notes, folder } = report;
    // A document whose file changed did change, even if the same became of it.
    const next = new Map(outcomes.map((each) => [each.path, JSON.stringify([each, states.get(each.path)])]));
    const told = new Set([...warnings, ...notes, ...reasonsOf(outcomes)]);
    const before = last;
    last = { outcomes: next, told };
    if (before === undefined) return printReport(report);
    const print = printerFor(folder);
    const changed = outcomes.filter(({ path }) => before.outcomes.get(path) !== next.get(path));
    for (const outcome of changed.slice(0, MAX_LISTED)) {
      const { path, status } = outcome;
      if (isListed(outcome)) print.out(`${status}  seeds/${path}  ${address}/articles/${outcome.slug}`);
      else if (status !== 'refused') print.out(`${status}  seeds/${path}`);
    }
    if (changed.length > MAX_LISTED) print.out(`… and ${changed.length - MAX_LISTED} more`);
    for (const path of before.outcomes.keys()) if (!next.has(path)) print.out(`removed  seeds/${path}`);
    const isNew = (text: string): boolean => !before.told.has(text);
    for (const note of notes.filter(isNew)) print.out(note);
    for (const warning of warnings.filter(isNew)) print.warn(warning);
    for (const reason of reasonsOf(changed)) print.error(reason);
    print.out(`${summaryOf(outcomes)}; built in ${seconds.toFixed(2)} s`);
    return !outcomes.some(({ status }) => status === 'refused');
  };
}

/** Names the files of a folder of documents as its user does; the build itself calls every such folder `seeds`. */
export function nameFolder(text: string, folder: string): string {
  const name = folder.replace(/[/\\]+$/, '');
  return name === 'seeds' ? text : text.replace(/(?<![\w/\\.-])seeds\//g, () => `${name}/`);
}

interface Printer {
  readonly out: (text: string) => void;
  readonly warn: (text: string) => void;
  readonly error: (text: string) => void;
}

function printerFor(folder: string): Printer {
  return {
    out: (text) => console.log(nameFolder(text, folder)),
    warn: (text) => console.warn(nameFolder(`warning: ${text}`, folder)),
    error: (text) => console.error(nameFolder(text, folder)),
  };
}

function isListed(outcome: Outcome): outcome is Listed {
  return 'slug' in outcome;
}

function reasonsOf(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'refused' ? [outcome.reason] : []));
}

function summaryOf(outcomes: readonly Outcome[]): string {
  const counts = STATUSES.map((status) => ({
    status,
    count: outcomes.filter((outcome) => outcome.status === status).length,
  }))
    .filter(({ status, count }) => count > 0 || !RARE.has(status))
    .map(({ status, count }) => `${count} ${status}`);
  return `${outcomes.length} ${outcomes.length === 1 ? 'document' : 'documents'}: ${counts.join(', ')}`;
}

/** `2026-11-29 14:03`, as clocks of a zone show it. */
function timesIn(timeZone: string): (instant: number) => string {
  // The Swedish locale writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone });
  return (instant) => format.format(instant);
}
