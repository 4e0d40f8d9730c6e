import type { Page } from '../corpus/collect.ts';
import type { Outcome } from '../corpus/resolve-documents.ts';
import { clockTime, listInMessage } from '../locale.ts';
import { counted, trimEndOf } from '../strings.ts';

export interface BuildReport {
  readonly outcomes: readonly Outcome[];
  /** Articles that are pages. */
  readonly pages: readonly Page[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** Files that are no documents and that nothing refers to. */
  readonly ignored: readonly string[];
  /** Ignored files with the ending of a document: files of the generator, or for machines. */
  readonly ignoredDocuments: readonly string[];
  /** The folder of documents, as it was given. */
  readonly folder: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Whether everything is listed individually. */
  readonly isVerbose: boolean;
}

/** Prints a report; returns whether no document was refused. */
export type PrintReport = (report: BuildReport) => boolean;

type Listed = Extract<Outcome, { readonly slug: string }>;

const STATUSES = ['published', 'scheduled', 'expired', 'draft', 'excluded', 'refused'] as const;
/** Mentioned only if there are any. */
const RARE: ReadonlySet<string> = new Set(['expired', 'draft', 'excluded']);

/** The maximum number of lines of a report, and of accepted documents that are listed one by one. */
const MAX_LINES = 32;
const MAX_LISTED = 20;
const MIN_LISTED = 3;
/** More messages of one kind are one line, with at most `MAX_PLACES` places. */
const MAX_ALIKE = 3;
const MAX_PLACES = 8;

/**
 * Prints the outcome of each document: articles before pages, the newest first, and refusals last. Messages of one kind
 * are printed once, with a count and the first places.
 */
export function printReport(report: BuildReport): boolean {
  const { outcomes, folder, isVerbose } = report;
  const print = printerFor(folder);
  const group = isVerbose ? (messages: readonly string[]) => messages : groupSimilar;
  const warnings = group(report.warnings);
  const reasons = group(reasonsOf(outcomes));
  const notes = [...unreadNotes(report), ...pageNotes(report), ...report.notes];
  const room = isVerbose ? Number.POSITIVE_INFINITY : MAX_LINES - MIN_LISTED - notes.length;
  const shownReasons = limitLines(reasons, Math.max(5, Math.floor(room / 2)));
  const shownWarnings = limitLines(warnings, Math.max(5, room - shownReasons.length));
  const left = MAX_LINES - notes.length - shownWarnings.length - shownReasons.length;
  const most = isVerbose ? Number.POSITIVE_INFINITY : Math.min(MAX_LISTED, Math.max(MIN_LISTED, left));
  for (const line of listedLines(report, most)) print.out(line);
  for (const note of notes) print.out(note);
  for (const warning of shownWarnings) print.warn(warning);
  for (const reason of shownReasons) print.error(reason);
  const isCut = warnings.length < report.warnings.length || shownWarnings.length < warnings.length;
  print.out(summaryOf(outcomes) + (isCut ? '; see all with --verbose or in report.json' : ''));
  return !outcomes.some(({ status }) => status === 'refused');
}

/** The report for machines. */
export function writeReport({ outcomes, pages, warnings, notes, ignored }: BuildReport): string {
  return `${JSON.stringify({ version: 1, documents: outcomes, pages, notes, warnings, ignored }, undefined, 2)}\n`;
}

function listedLines({ outcomes, pages, timeZone }: BuildReport, most: number): string[] {
  const paged = new Set(pages.map(({ path }) => path));
  // Pages without a date would hide the news.
  const listed = outcomes
    .filter(isListed)
    .sort((a, b) => Number(paged.has(a.path)) - Number(paged.has(b.path)) || b.published - a.published);
  const shown = listed.length > most ? listed.slice(0, most) : listed;
  const lines = shown.map(
    ({ path, status, slug, published }) =>
      `${status}  ${clockTime(published, timeZone).slice(0, -3)}  /articles/${slug}  seeds/${path}`,
  );
  return shown.length < listed.length ? [...lines, `… and ${listed.length - shown.length} more`] : lines;
}

function limitLines(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  const others = lines.slice(most - 1);
  const places = others.flatMap((line) => PLACE.exec(line)?.[0] ?? []);
  const named = places.length === 0 ? '' : `: ${listInMessage(places, MAX_PLACES)}`;
  return [...lines.slice(0, most - 1), `… and ${others.length} more of other kinds${named}`];
}

const QUOTED = /"(?:[^"\\]|\\.)*"/g;
const PLACE = /seeds\/.+?\.\w{1,10}(?::\d+)?(?=[\s:;,)]|$)/;
const PLACES = new RegExp(PLACE, 'g');
/** The subject of a message: the words of the document that it quotes, and their place. */
const SUBJECT = /(?:"(?:[^"\\]|\\.)*" (?:of|in|for) )?seeds\/.+?\.\w{1,10}(?::\d+)?(?=[\s:;,)]|$)/;
const TEMPLATE = /^Cannot run "(.*)" in (seeds\/.+?\.\w{1,10}(?::\d+)?): expected/;

/** One message for each kind, in order of first occurrence. */
function groupSimilar(messages: readonly string[]): string[] {
  const template = messages.filter((message) => TEMPLATE.test(message));
  const isMany = template.length > MAX_ALIKE;
  const kinds = Map.groupBy(messages, (message) =>
    isMany && TEMPLATE.test(message)
      ? 'template'
      : message.replace(PLACES, '').replace(QUOTED, '').replace(/\d+/g, ''),
  );
  return [...kinds].flatMap(([kind, group]) => {
    if (kind === 'template') return templateLine(group);
    return group.length > MAX_ALIKE ? groupLine(group) : group;
  });
}

function groupLine(group: readonly string[]): string {
  const [first = '', ...others] = group;
  const subjects = others.map((message) => SUBJECT.exec(message)?.[0] ?? message);
  return `${first} (${group.length} times, also ${listInMessage(subjects, MAX_PLACES - 1)})`;
}

/** A line about template code that only its generator can run, by the names of the functions that it calls. */
function templateLine(group: readonly string[]): string {
  const found = group.map((message) => TEMPLATE.exec(message) ?? []);
  const names = Map.groupBy(found, ([, code = '']) => callName(code));
  const counts = [...names]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([name, calls]) => `${name} ${calls.length}`);
  const places = [...new Set(found.map(([, , place = '']) => place))].slice(0, MAX_PLACES);
  const shown = counts.length > 12 ? [...counts.slice(0, 11), `${counts.length - 11} other kinds`] : counts;
  return `Cannot run ${group.length} pieces of template code, first in ${listInMessage(places)}: ${shown.join(', ')}; expected Markdown; left them out and kept the text around and between them`;
}

function callName(code: string): string {
  if (/^(?:import|export)\b/.test(code)) return /^\w+/.exec(code)?.[0] ?? code;
  const [, opening = '', name = ''] = /^(\{\{[<%]?|\{%-?|<|\{|::?)[\s/]*([\w.:-]+)/.exec(code) ?? [];
  return name === '' ? '{…}' : `${opening}${name}`;
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
  ['lr', ['Lektor', 'write their fields as front matter, and the body below it']],
  ['epub', ['EPUB', 'pandoc -f epub -t gfm']],
]);

/** Exports of other systems, by the names that these give them. */
const EXPORTS: readonly (readonly [form: RegExp, name: string, how: string])[] = [
  [/(?:^|[/.])wordpress\.[^/]*\.xml$/i, 'WordPress', 'npx wordpress-export-to-markdown'],
  [/(?:^|\.)ghost\.\d{4}[^/]*\.json$/i, 'Ghost', 'jekyll_ghost_importer FILE'],
  [/(?:^|\/)blog-\d\d-\d\d-\d{4}\.xml$/i, 'Blogger', 'jekyll-import blogger --source FILE'],
];

/** Lines about unused files; those that look like documents come first. */
function unreadNotes({ ignored, ignoredDocuments, isVerbose }: BuildReport): string[] {
  const own = new Set(ignoredDocuments);
  const exported = EXPORTS.flatMap(([form, name, how]) =>
    ignored
      .filter((path) => form.test(path))
      .map((path) => ({
        path,
        note: `seeds/${path} is an export of ${name}, which is not read; convert it to Markdown: ${how}`,
      })),
  );
  for (const { path } of exported) own.add(path);
  const endings = Map.groupBy(
    ignored.filter((path) => !own.has(path)),
    (path) => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '',
  );
  const notes = exported.map(({ note }) => note);
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
  if (others.length <= MAX_ALIKE || isVerbose)
    notes.push(...others.map((path) => `ignored    seeds/${path}: not a document`));
  else notes.push(`ignored    ${firstPlaces(others, isVerbose)}: not documents`);
  if (ignoredDocuments.length > 0)
    notes.push(
      `ignored    ${firstPlaces(ignoredDocuments, isVerbose)}: files for machines or of the site's generator`,
    );
  return notes;
}

/** Lines about the documents that were taken for pages. */
function pageNotes({ pages, isVerbose }: BuildReport): string[] {
  if (pages.length === 0) return [];
  const reasons = [...Map.groupBy(pages, ({ reason }) => reason)].map(([reason, some]) => {
    const places = firstPlaces(
      some.map(({ path }) => path),
      isVerbose,
    );
    return `${places} (${reason})`;
  });
  return [
    pages.length === 1
      ? `Took 1 document for a page, which is in no feed: ${reasons.join('; ')}; with "type: post" it is an article`
      : `Took ${pages.length} documents for pages, which are in no feed: ${reasons.join('; ')}; with "type: post" they are articles`,
  ];
}

function firstPlaces(paths: readonly string[], isVerbose: boolean): string {
  const places = paths.map((path) => `seeds/${path}`);
  return listInMessage(places, isVerbose ? places.length : MAX_PLACES);
}

/**
 * Prints reports of a preview: the first one whole, then what changed.
 *
 * @param address of the preview
 */
export function changeReporter(
  address: string,
): (report: BuildReport, states: ReadonlyMap<string, unknown>, seconds: number) => boolean {
  let last: { outcomes: ReadonlyMap<string, string>; messages: ReadonlySet<string> } | undefined;
  return (report, states, seconds) => {
    const { outcomes, warnings, notes, folder } = report;
    // A changed file counts as a change, even if the outcome is the same. An instant does not: that of an undated
    // document is the instant of the build.
    const next = new Map(
      outcomes.map((each) => [
        each.path,
        JSON.stringify([{ ...each, published: undefined }, states.get(each.path)]),
      ]),
    );
    const messages = new Set([...warnings, ...notes, ...reasonsOf(outcomes)].map(withoutInstants));
    const before = last;
    last = { outcomes: next, messages };
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
    const isNew = (text: string): boolean => !before.messages.has(withoutInstants(text));
    for (const note of notes.filter(isNew)) print.out(note);
    for (const warning of warnings.filter(isNew)) print.warn(warning);
    for (const reason of reasonsOf(changed)) print.error(reason);
    print.out(`${summaryOf(outcomes)}; built in ${seconds.toFixed(2)} s`);
    return !outcomes.some(({ status }) => status === 'refused');
  };
}

function withoutInstants(message: string): string {
  return message.replace(/\d{4}-\d\d-\d\dT[\d:]+Z/g, '');
}

/** Replaces `seeds` in a message with the folder that the user stated. */
export function nameFolder(text: string, folder: string): string {
  const name = trimEndOf(folder, /[/\\]/);
  return name === 'seeds' ? text : text.replace(/(?<![\w/\\.-])seeds\//g, () => `${name}/`);
}

function printerFor(folder: string): Readonly<Record<'out' | 'warn' | 'error', (text: string) => void>> {
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
  return `${counted(outcomes.length, 'document')}: ${counts.join(', ')}`;
}
