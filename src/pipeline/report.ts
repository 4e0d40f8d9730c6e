import type { Outcome, Page } from '../corpus/collect.ts';

/** What a build has to tell. */
export interface BuildReport {
  readonly outcomes: readonly Outcome[];
  /** Articles that are no news. */
  readonly pages: readonly Page[];
  /** What was met and left out, in the grammar of errors. */
  readonly warnings: readonly string[];
  /** What was done that nobody asked for. */
  readonly notes: readonly string[];
  /** Paths of files that are neither read nor published. */
  readonly ignored: readonly string[];
  /** Paths of those among them that would be documents elsewhere. */
  readonly passedOver: readonly string[];
}

const STATUSES = ['published', 'scheduled', 'expired', 'draft', 'excluded', 'refused'] as const;
/** Counted only when there are any. */
const RARE: ReadonlySet<string> = new Set(['expired', 'draft', 'excluded']);

/** The most lines of a report, and of the accepted documents in it that are listed one by one. */
const MAX_LINES = 36;
const MAX_LISTED = 20;
const MIN_LISTED = 3;
const MAX_PLACES = 3;
const LIST = new Intl.ListFormat('en-GB');

/** A line, and where it is printed. */
interface Line {
  readonly to: 'log' | 'warn' | 'error';
  readonly text: string;
}

/**
 * Prints what became of the documents, the refused last; tells whether there were none of these. What happened many
 * times is told once, with a count and the first places.
 */
export function printReport(report: BuildReport, isVerbose: boolean): boolean {
  const refused = report.outcomes.flatMap((outcome) =>
    outcome.status === 'refused' ? [outcome.reason] : [],
  );
  const group = isVerbose ? (messages: readonly string[]) => messages : grouped;
  const warnings = group(report.warnings).map((text): Line => ({ to: 'warn', text: `warning: ${text}` }));
  const refusals = group(refused).map((text): Line => ({ to: 'error', text }));
  const notes = [...unreadNotes(report, isVerbose), ...pageNotes(report, isVerbose), ...report.notes].map(
    (text): Line => ({ to: 'log', text }),
  );
  const room = isVerbose ? Number.POSITIVE_INFINITY : MAX_LINES - MIN_LISTED - notes.length;
  const shownRefusals = shorten(refusals, Math.max(5, Math.floor(room / 2)));
  const shownWarnings = shorten(warnings, Math.max(5, room - shownRefusals.length));
  const rest = [...notes, ...shownWarnings, ...shownRefusals];
  const listed = isVerbose
    ? Number.POSITIVE_INFINITY
    : Math.min(MAX_LISTED, Math.max(MIN_LISTED, MAX_LINES - rest.length));
  const lines = [...acceptedLines(report.outcomes, listed), ...rest];
  for (const { to, text } of lines) console[to](text);
  const counts = STATUSES.map((status) => ({
    status,
    count: report.outcomes.filter((outcome) => outcome.status === status).length,
  }))
    .filter(({ status, count }) => count > 0 || !RARE.has(status))
    .map(({ status, count }) => `${count} ${status}`);
  const isCut = shownWarnings.length < warnings.length || shownRefusals.length < refusals.length;
  const more =
    isCut || report.warnings.length > warnings.length ? '; --verbose and report.json tell all' : '';
  console.log(`${report.outcomes.length} documents: ${counts.join(', ')}${more}`);
  return refused.length === 0;
}

/** The report for machines. */
export function writeReport({ outcomes, pages, warnings, notes, ignored }: BuildReport): string {
  return `${JSON.stringify({ version: 1, documents: outcomes, pages, notes, warnings, ignored }, undefined, 2)}\n`;
}

function acceptedLines(outcomes: readonly Outcome[], most: number): Line[] {
  const accepted = outcomes.flatMap((outcome) => ('slug' in outcome ? [outcome] : []));
  const shown = accepted.length > most ? accepted.slice(0, most - 1) : accepted;
  const texts = shown.map(
    ({ path, status, slug, published }) =>
      `${status}  ${new Date(published).toISOString()}  /articles/${slug}  seeds/${path}`,
  );
  if (shown.length < accepted.length) texts.push(`… and ${accepted.length - shown.length} more`);
  return texts.map((text) => ({ to: 'log', text }));
}

function shorten(lines: readonly Line[], most: number): readonly Line[] {
  if (lines.length <= most) return lines;
  const shown = lines.slice(0, most - 1);
  const text = `… and ${lines.length - shown.length} more of other kinds`;
  return [...shown, { to: lines[0]?.to ?? 'log', text }];
}

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const PLACE = /seeds\/.+?\.\w{1,10}(?::\d+)?(?=[\s:;,)]|$)/g;
/** What a message is about: the words of the document, if it quotes any, and where. */
const SUBJECT = /(?:"(?:[^"\\]|\\.)*" (?:of|in|for) )?seeds\/.+?\.\w{1,10}(?::\d+)?(?=[\s:;,)]|$)/;
const TEMPLATE = /^Cannot run "((?:[^"\\]|\\.)*)" in (seeds\/.+?\.\w{1,10}(?::\d+)?):/;

/** One message for each kind, in the order in which they come first. */
function grouped(messages: readonly string[]): string[] {
  const template = messages.filter((message) => TEMPLATE.test(message));
  const isMany = template.length > MAX_PLACES;
  const kinds = Map.groupBy(messages, (message) =>
    isMany && TEMPLATE.test(message) ? 'template' : message.replace(PLACE, '').replace(QUOTED, ''),
  );
  return [...kinds].map(([kind, group]) => (kind === 'template' ? templateLine(group) : groupLine(group)));
}

function groupLine(group: readonly string[]): string {
  const [first = '', ...others] = group;
  if (others.length === 0) return first;
  const subjects = others.slice(0, MAX_PLACES - 1).map((message) => SUBJECT.exec(message)?.[0] ?? message);
  const left = others.length - subjects.length;
  return `${first} (${group.length} times, also ${LIST.format([...subjects, ...(left > 0 ? [`${left} more`] : [])])})`;
}

/** Code that only running it would make something of, by the names of what it calls. */
function templateLine(group: readonly string[]): string {
  const found = group.map((message) => TEMPLATE.exec(message) ?? []);
  const names = Map.groupBy(found, ([, code = '']) => callName(code));
  const counts = [...names]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([name, calls]) => `${name} ${calls.length}`);
  const places = [...new Set(found.map(([, , place = '']) => place))].slice(0, MAX_PLACES);
  const shown = counts.length > 12 ? [...counts.slice(0, 11), `${counts.length - 11} other kinds`] : counts;
  return `Cannot run ${group.length} pieces of template code, first in ${LIST.format(places)}: ${shown.join(', ')}; left them out, the text around them and between them stays`;
}

function callName(code: string): string {
  if (/^(?:import|export)\b/.test(code)) return /^\w+/.exec(code)?.[0] ?? code;
  const [, mark = '', name = ''] = /^(\{\{[<%]?|\{%-?|<|\{)\s*\/?\s*([\w.:-]+)/.exec(code) ?? [];
  return name === '' ? '{…}' : `${mark}${name}`;
}

/** Kinds of documents that other programs convert. */
const CONVERTIBLE: ReadonlyMap<string, readonly [name: string, how: string]> = new Map([
  ['adoc', ['AsciiDoc', 'asciidoctor, then pandoc -f html -t gfm']],
  ['asciidoc', ['AsciiDoc', 'asciidoctor, then pandoc -f html -t gfm']],
  ['rst', ['reStructuredText', 'pandoc -f rst -t gfm']],
  ['org', ['Org', 'pandoc -f org -t gfm']],
  ['docx', ['Word', 'pandoc -f docx -t gfm']],
  ['doc', ['Word', 'save them as .docx, then pandoc -f docx -t gfm']],
  ['odt', ['OpenDocument', 'pandoc -f odt -t gfm']],
  ['rtf', ['Rich Text', 'pandoc -f rtf -t gfm']],
  ['tex', ['LaTeX', 'pandoc -f latex -t gfm']],
  ['textile', ['Textile', 'pandoc -f textile -t gfm']],
  ['wiki', ['MediaWiki', 'pandoc -f mediawiki -t gfm']],
  ['mediawiki', ['MediaWiki', 'pandoc -f mediawiki -t gfm']],
  ['ipynb', ['Jupyter', 'jupyter nbconvert --to markdown']],
  ['epub', ['EPUB', 'pandoc -f epub -t gfm']],
]);

/** What is said of files that are not used, those first that look like documents. */
function unreadNotes({ ignored, passedOver }: BuildReport, isVerbose: boolean): string[] {
  const own = new Set(passedOver);
  const endings = Map.groupBy(
    ignored.filter((path) => !own.has(path)),
    (path) => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '',
  );
  const notes: string[] = [];
  for (const [ending, paths] of endings) {
    const [name, how] = CONVERTIBLE.get(ending) ?? [];
    if (name === undefined) continue;
    const files = paths.length === 1 ? 'file is' : 'files are';
    notes.push(
      `${paths.length} .${ending} (${name}) ${files} not read: ${firstPlaces(paths, isVerbose)}; convert them: ${how}`,
    );
    endings.delete(ending);
  }
  const others = [...endings.values()].flat();
  if (others.length > 0)
    notes.push(`ignored    ${firstPlaces(others, isVerbose)}: not documents, and nothing names them`);
  if (passedOver.length > 0)
    notes.push(
      `ignored    ${firstPlaces(passedOver, isVerbose)}: files for machines, or of the site's generator`,
    );
  return notes;
}

/** What was taken for what. */
function pageNotes({ pages }: BuildReport, isVerbose: boolean): string[] {
  if (pages.length === 0) return [];
  const reasons = [...Map.groupBy(pages, ({ reason }) => reason)].map(([reason, some]) => {
    const places = firstPlaces(
      some.map(({ path }) => path),
      isVerbose,
    );
    return `${places} (${reason})`;
  });
  const [count, are] = pages.length === 1 ? ['1 document', 'a page'] : [`${pages.length} documents`, 'pages'];
  return [`Took ${count} for ${are}, in no feed: ${reasons.join('; ')}; "type: post" makes one news`];
}

function firstPlaces(paths: readonly string[], isVerbose: boolean): string {
  const shown = isVerbose ? paths : paths.slice(0, MAX_PLACES);
  const left = paths.length - shown.length;
  return LIST.format([...shown.map((path) => `seeds/${path}`), ...(left > 0 ? [`${left} more`] : [])]);
}
