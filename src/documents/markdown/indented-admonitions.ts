/*
 * Python-Markdown and MkDocs write admonitions as `!!! note "Title"`, folded ones as `??? note` and `???+ note`, and
 * indent what they hold by four spaces.
 */

const OPENING = /^([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)((?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*$/;
const MAYBE = /^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z]/m;
const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;
const INDENT = 4;
/** Deeper ones are text. */
const MAX_NESTED = 6;

/** Writes indented admonitions as those between colons, which read-admonition.ts reads; lines keep their numbers. */
export function fenceAdmonitions(markdown: string): string {
  if (!MAYBE.test(markdown)) return markdown;
  return fenceIn(markdown.split('\n'), MAX_NESTED).join('\n');
}

function fenceIn(lines: readonly string[], nested: number): string[] {
  const written: string[] = [];
  let closing: RegExp | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (closing !== undefined) {
      if (closing.test(line)) closing = undefined;
      written.push(line);
      continue;
    }
    const fence = FENCE.exec(line)?.[1];
    if (fence !== undefined) closing = new RegExp(`^[ \\t]*${fence[0]}{${fence.length},}[ \\t]*$`);
    const [opening, indent = '', kind = '', , title] = OPENING.exec(line) ?? [];
    const end = opening === undefined ? at : endOfBody(lines, at + 1, columnsOf(indent) + INDENT);
    if (opening === undefined || nested === 0 || (end === at + 1 && title === undefined)) {
      written.push(line);
      continue;
    }
    const colons = ':'.repeat(3 + nested);
    written.push(`${indent}${colons}${kind}${title === undefined ? '' : ` ${title || NO_TITLE}`}`);
    const body = lines
      .slice(at + 1, end)
      .map((each) => indent + withoutIndent(each, columnsOf(indent) + INDENT));
    const isFollowedByBlank = lines[end]?.trim() === '';
    for (const each of fenceIn(body, nested - 1)) written.push(each);
    written.push(`${indent}${colons}`);
    at = isFollowedByBlank ? end : end - 1;
  }
  return written;
}

/** The title of those that state an empty one. */
export const NO_TITLE = '""';

/** The line behind the last one that is indented so far. */
function endOfBody(lines: readonly string[], start: number, columns: number): number {
  let end = start;
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (columnsOf(/^[ \t]*/.exec(line)?.[0] ?? '') < columns) break;
    end = at + 1;
  }
  return end;
}

function columnsOf(indent: string): number {
  return indent.replaceAll('\t', ' '.repeat(INDENT)).length;
}

function withoutIndent(line: string, columns: number): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  return ' '.repeat(Math.max(0, columnsOf(indent) - columns)) + line.slice(indent.length);
}
