import { followFences } from './source-text.ts';

/*
 * Blocks that other tools write in lines of their own, in the Markdown that all read: Pandoc's line blocks, grid and
 * simple tables, definitions behind `~` and page breaks, Org's tables and blocks, Grav's end of the summary, and the
 * properties and tasks of Logseq.
 */

const PANDOC =
  /^(?:\+(?:[-=:]{3,}\+)+[ \t]*$|\| [^|\n]*$|[ ]{0,3}~[ \t]+\S|\\(?:newpage|pagebreak|clearpage)[ \t]*$|={3,}[ \t]*$|\|[-:]+(?:\+[-:]+)+\|[ \t]*$|\(@[\w-]*\)[ \t]| {0,3}-{2,}(?: +-{2,})+[ \t]*$)/m;
/** The mark of an example item, which Pandoc numbers throughout the document. */
const EXAMPLE = /^\(@[\w-]*\)(?=[ \t])/;
/** A no-break space, as typed on Macs, after the mark of a heading or an item. */
const HARD_SPACE = /^([ \t>]*(?:#{1,6}|[-*+]|\d{1,9}[.)]))\u00a0(?=\S)/;
const HARD_SPACES = new RegExp(HARD_SPACE.source, 'm');
const LOGSEQ = /^[ \t]*(?:- )?(?:(?:id|collapsed|logseq\.[\w.-]+):: ?\S|#\+BEGIN_\w)/im;

/** Converts these blocks to Markdown of the parser; except for Logseq's, lines keep their numbers. */
export function writeBlocks(markdown: string): string {
  const isLogseq = LOGSEQ.test(markdown);
  if (!isLogseq && !PANDOC.test(markdown) && !HARD_SPACES.test(markdown)) return markdown;
  const lines = markdown.split('\n');
  const out: string[] = [];
  const fenceAt = followFences();
  let examples = 0;
  const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (fenceAt(line) !== undefined) {
      out.push(line);
      continue;
    }
    const isFirst = isBlank(out.at(-1));
    const isAlone = isFirst && isBlank(lines[at + 1]);
    const run = isFirst && /^[|+]/.test(line) ? lines.slice(at, endOfRun(lines, at)) : [];
    const simple = isFirst ? simpleTable(lines, at) : undefined;
    const block = simple ?? lineBlock(run) ?? gridTable(run);
    if (block !== undefined) {
      const length = simple?.length ?? run.length;
      out.push(...block, ...Array.from({ length: length - block.length }, () => ''));
      at += length - 1;
    } else if (isAlone && /^\\(?:newpage|pagebreak|clearpage)[ \t]*$/.test(line)) out.push('');
    else if (isAlone && at > 0 && /^={3,}[ \t]*$/.test(line)) out.push('<!-- more -->');
    else if (/^\|[-:]+(?:\+[-:]+)+\|[ \t]*$/.test(line)) {
      const isBetween = [out.at(-1), lines[at + 1]].every((row) => row?.startsWith('|'));
      out.push(isBetween ? line.replaceAll('+', '|') : '');
    } else if (EXAMPLE.test(line)) out.push(line.replace(EXAMPLE, () => `${++examples}.`));
    else out.push(isDefinition(lines, at) ? line.replace('~', ':') : line.replace(HARD_SPACE, '$1 '));
  }
  return (isLogseq ? writeLogseq(out) : out).join('\n');
}

function endOfRun(lines: readonly string[], start: number): number {
  const end = lines.findIndex((line, at) => at > start && !/^[|+]/.test(line));
  return end < 0 ? lines.length : end;
}

/** Lines that keep their breaks, each after a bar. */
function lineBlock(lines: readonly string[]): string[] | undefined {
  if (
    lines.length < 2 ||
    /^\| ?[ :-]*$/.test(lines[1] ?? '') ||
    !lines.every((line) => /^\|(?: [^|]*)?$/.test(line))
  )
    return undefined;
  return lines.map((line, at) => {
    const [, margin = '', words = ''] = /^\| ?([ \t]*)(\S.*)?$/.exec(line) ?? [];
    return (
      '&nbsp;'.repeat(margin.length) + (words.trimEnd() || '&nbsp;') + (at < lines.length - 1 ? '\\' : '')
    );
  });
}

/** A table between lines of hyphens; undefined if cells span columns or rows. */
function gridTable(lines: readonly string[]): string[] | undefined {
  const [top = '', ...rest] = lines;
  if (!/^\+(?:[-:]{3,}\+)+[ \t]*$/.test(top) || rest.length < 2) return undefined;
  const bounds = [...top.matchAll(/\+/g)].map(({ index }) => index);
  const rows: string[][] = [];
  let headEnd = 0;
  let cells = bounds.slice(1).map((): string[] => []);
  for (const line of rest) {
    if (/^\+(?:[-=:]+\+)+[ \t]*$/.test(line)) {
      rows.push(
        cells.map((parts) =>
          parts
            .filter((part) => part !== '')
            .join('<br>')
            .replaceAll('\\<br>', '<br>'),
        ),
      );
      cells = cells.map(() => []);
      if (line.includes('=')) headEnd = rows.length;
    } else if (!bounds.every((index) => line[index] === '|')) return undefined;
    else
      for (const [column, parts] of cells.entries())
        parts.push(line.slice((bounds[column] ?? 0) + 1, bounds[column + 1]).trim());
  }
  if (headEnd > 1 || cells.some((parts) => parts.length > 0)) return undefined;
  return writeTable(headEnd === 1 ? rows[0] : undefined, rows.slice(headEnd));
}

/** A table as all readers know it. */
export function writeTable(
  head: readonly string[] | undefined,
  rows: readonly (readonly string[])[],
  rules = (rows[0] ?? head ?? []).map(() => '---'),
): string[] {
  return [head ?? rules.map(() => ''), rules, ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
}

const DASHES = /^ {0,3}-{2,}(?: +-{2,})+[ \t]*$/;

/** A table whose columns are below hyphens, with a head above them or with hyphens at its end. */
function simpleTable(lines: readonly string[], start: number): string[] | undefined {
  const hasHead = DASHES.test(lines[start + 1] ?? '');
  const [head = '', dashes = ''] = hasHead ? lines.slice(start, start + 2) : ['', lines[start]];
  const first = start + (hasHead ? 2 : 1);
  const end = lines.findIndex((line, at) => at >= first && (line.trim() === '' || DASHES.test(line)));
  const rows = lines.slice(first, end < 0 ? undefined : end);
  const isClosed = DASHES.test(lines[end] ?? '');
  if (!DASHES.test(dashes) || rows.length === 0 || (!hasHead && !isClosed)) return undefined;
  const columns = [...dashes.matchAll(/-+/g)].map(({ 0: run, index }, column, all) => {
    const isLeft = /\S/.test(head[index] ?? '');
    const isRight = /\S/.test(head[index + run.length - 1] ?? '');
    const rule = isLeft === isRight ? (isLeft || !hasHead ? '---' : ':-:') : isLeft ? ':--' : '--:';
    return { from: column === 0 ? 0 : index, to: all[column + 1]?.index, rule };
  });
  const cellsOf = (line: string): string[] => columns.map(({ from, to }) => line.slice(from, to).trim());
  const rules = columns.map(({ rule }) => rule);
  const table = writeTable(cellsOf(head), rows.map(cellsOf), rules);
  return hasHead && isClosed ? [...table, ''] : table;
}

/** Whether a line begins with Pandoc's other mark of a definition, below a term. */
function isDefinition(lines: readonly string[], at: number): boolean {
  if (!/^ {0,3}~[ \t]+\S/.test(lines[at] ?? '')) return false;
  let above = at - 1;
  if (lines[above]?.trim() === '') above--;
  while (/^ {0,3}[~:][ \t]+\S/.test(lines[above] ?? '')) above--;
  const term = lines[above] ?? '';
  return (
    /^\S/.test(term) && !/^(?:[-*+#>|]|\d+[.)])[ \t]?/.test(term) && (lines[above - 1] ?? '').trim() === ''
  );
}

const PROPERTY =
  /^[ \t]*(?:- )?(?:id|collapsed|heading|background-color|created-at|updated-at|logseq\.[\w.-]+|ls-type|hl-[\w-]+):: ?\S.*$/;
const PLAN = /^[ \t]*(?:(?:SCHEDULED|DEADLINE|CLOCK):[ \t]*[<[]|:LOGBOOK:[ \t]*$|:END:[ \t]*$)/;
const TASK = /^([ \t]*- )(?:(TODO|LATER|NOW|DOING|WAITING)|DONE|CANCELL?ED) /;

/** Converts tasks, removes Logseq's own syntax, and replaces references to blocks of the page with their text. */
function writeLogseq(lines: readonly string[]): string[] {
  const blocks = new Map<string, string>();
  let block = '';
  for (const line of lines) {
    block = /^[ \t]*- (.*)$/.exec(line)?.[1] ?? block;
    const id = /^[ \t]*id:: ([\da-f-]{36})$/.exec(line)?.[1];
    if (id !== undefined) blocks.set(id, block);
  }
  return writeOrgBlocks(lines).flatMap((line) => {
    if (PROPERTY.test(line)) return /^[ \t]*- /.exec(line)?.[0] ?? [];
    if (PLAN.test(line)) return [];
    return line
      .replace(TASK, (_, mark: string, open?: string) => `${mark}${open === undefined ? '[x]' : '[ ]'} `)
      .replace(
        /\(\(([\da-f-]{36})\)\)|\{\{embed \(\(([\da-f-]{36})\)\)\}\}/g,
        (_, id?: string, embedded = '') => blocks.get(id ?? String(embedded)) ?? '',
      );
  });
}

const ORG_BLOCK = /^([ \t]*)(- )?#\+BEGIN_([A-Z]{1,20})(?:[ \t]+([\w+#-]{1,30}))?[ \t]*$/i;
const QUOTED_BLOCK = /^(?:caution|important|note|pinned|quote|tip|warning)$/;

/** Converts blocks as in Org: quotations, admonitions and code; of others, the marks are removed. */
function writeOrgBlocks(lines: readonly string[]): readonly string[] {
  let open: { name: string; indent: string } | undefined;
  const fenceAt = followFences();
  return lines.flatMap((line) => {
    if (open === undefined && fenceAt(line) !== undefined) return line;
    const [, indent = '', mark = '', stated, language = ''] = ORG_BLOCK.exec(line) ?? [];
    if (open !== undefined) {
      const { name, indent: inner } = open;
      const isEnd = new RegExp(`^[ \\t]*#\\+END_${name}[ \\t]*$`, 'i').test(line);
      if (isEnd) open = undefined;
      if (QUOTED_BLOCK.test(name)) return isEnd ? [] : `${inner}> ${line.trimStart()}`;
      if (isEnd) return /^(?:src|example)$/.test(name) ? `${inner}\`\`\`` : [];
      return name === 'comment' ? [] : line;
    }
    if (stated === undefined) return line;
    const name = stated.toLowerCase();
    open = { name, indent: indent + (mark && '  ') };
    if (/^(?:src|example)$/.test(name)) return `${indent}${mark}\`\`\`${language}`;
    if (name === 'quote' || !QUOTED_BLOCK.test(name)) return indent + mark;
    return `${indent}${mark}> [!${name === 'pinned' ? 'NOTE' : name.toUpperCase()}]`;
  });
}
