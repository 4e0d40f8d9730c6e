import { isBox } from './containers.ts';
import { closingMargin, escapeHtml } from './source-text.ts';
import { writeTable } from './write-blocks.ts';

/*
 * Blocks that other generators write between marks on lines of their own: MyST, Nuxt Content, Pandoc.
 *
 * MyST writes its directives as fences, with options above what they hold:
 *
 *     ```{figure} bell.png
 *     :alt: A bell
 *
 *     The bell of the lock.
 *     ```
 *
 * They are written as what other readers of Markdown know: code as fences, admonitions between colons, pictures.
 */

const MAYBE =
  /^(?:[ \t]*(?:`{3,}|~{3,}|:{3,})[ \t]*\{[A-Za-z=]|[ \t]*::[ \t]*$|\([\w:./-]{1,80}\)=[ \t]*$|\+\+\+[ \t]*\{)/m;
/** Components of Nuxt Content contain the lines between `::name{…}` and `::`. */
const COMPONENT = /^([ \t]*)::([a-z][\w-]{0,40})(?:\{([^{}\n]{0,300})\})?[ \t]*$/;
const RAW = /^[ \t]*(`{3,}|~{3,})[ \t]*\{=(\w{1,20})\}[ \t]*$/;
/** Syntax that only MyST has. */
const MYST =
  /^(?:\([\w:./-]{1,80}\)=[ \t]*$|\+\+\+[ \t]*\{|[ \t]*(?:`{3,}|:{3,})[ \t]*\{(?:admonition|code-block|code-cell|figure|image|math|note|tip|toctree|warning)\})/m;
/** A comment, and a break between the cells of a notebook. */
const UNSEEN = /^(?:%[ \t].*|\+\+\+[ \t]*(?:\{.*)?)$/;
const OPENING = /^([ \t]*)(`{3,}|~{3,}|:{3,})[ \t]*\{([A-Za-z][\w:-]*)\}(.*)$/;
const FENCE = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;
const OPTION = /^[ \t]*:([\w-]+):(.*)$/;
/** Deeper ones are text. */
const MAX_NESTED = 6;

const CODE = /^(?:code|code-block|code-cell|sourcecode|parsed-literal|prompt|program-output)$/;
const PICTURE = /^(?:figure|image)$/;
/** Directives for layout. */
const PLACE =
  /^(?:tab-set|grid|margin|div|container|table|topic|sidebar|card|grid-item(?:-card)?|tab-item|aside|solution|exercise|proof|prf:[a-z]+|theorem|definition|lemma|example)$/;
const QUOTATION = /^(?:epigraph|pull-quote|blockquote|highlights)$/;
const ADMONITION =
  /^(?:admonition|attention|caution|danger|dropdown|error|hint|important|note|seealso|tip|warning|todo|versionadded|versionchanged|deprecated)$/;
const LABELS: Readonly<Record<string, string>> = {
  deprecated: 'Deprecated since',
  seealso: 'See also',
  versionadded: 'Added in',
  versionchanged: 'Changed in',
};
/** Directives that need the whole book. */
const BOOK = /^(?:toctree|contents|tableofcontents|bibliography|index|only|meta|glossary-list|list-of-\w+)$/;
const EMBED = /^(?:iframe|youtube|vimeo|video|audio)$/;

interface Directive {
  readonly name: string;
  readonly argument: string;
  readonly options: ReadonlyMap<string, string>;
  readonly body: readonly string[];
}

/** Converts the directives of MyST to Markdown; other fences with a name in braces, such as `{r}`, are code. */
export function writeDirectives(markdown: string): string {
  if (!MAYBE.test(markdown)) return markdown;
  return written(markdown.split('\n'), MAX_NESTED, MYST.test(markdown)).join('\n');
}

function written(lines: readonly string[], nested: number, isMyst = false): string[] {
  const out: string[] = [];
  const closingLine = closingLines(lines);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, indent = '', mark = '', name = '', argument = ''] = OPENING.exec(line) ?? [];
    const [component, margin = '', kind = '', attributes = ''] = COMPONENT.exec(line) ?? [];
    const margins = component === undefined || nested === 0 ? [] : [margin, undefined];
    const componentEnd = margins.map((each) => closingLine(at + 1, '::', 2, each)).find((each) => each > 0);
    if (componentEnd !== undefined) {
      const body = lines.slice(at + 1, componentEnd);
      for (const each of writeComponent(kind, attributes, body, nested)) out.push(each && margin + each);
      at = componentEnd;
      continue;
    }
    const [raw, , format = ''] = RAW.exec(line) ?? [];
    const fence = mark || FENCE.exec(line)?.[1];
    const before = line.slice(0, line.length - line.trimStart().length);
    const end = fence === undefined ? -1 : closingLine(at + 1, fence, undefined, closingMargin(before));
    if (end < 0) {
      out.push(isMyst && UNSEEN.test(line) ? '' : line);
      continue;
    }
    const inside = lines.slice(at + 1, end);
    const body = inside.map((each) => withoutIndent(each, indent.length));
    const directive =
      name === '' || nested === 0 ? undefined : writeDirective(readOptions(name, argument, body), nested);
    // Other blocks between colons contain Markdown, and may contain directives.
    const isOpen = directive === undefined && mark.startsWith(':');
    const code =
      raw === undefined ? lines.slice(at, end + 1) : ['', ...(/^html/.test(format) ? inside : []), ''];
    const shown = directive ?? (isOpen ? [line] : code);
    const last = isOpen ? at : end;
    for (const each of shown) out.push(directive === undefined || each === '' ? each : indent + each);
    // Lines keep their numbers where they can.
    for (let missing = last - at + 1 - shown.length; missing > 0; missing--) out.push('');
    at = last;
  }
  return out;
}

const PLAYER = /(?:^|-)(video|audio)$/;
const SOURCE = /^[ \t]*::?source\{([^{}\n]{1,500})\}[ \t]*$/;
/** The parts of a component begin with their names. */
const SLOT = /^[ \t]*#[a-z][\w-]{0,40}[ \t]*$/;

/** Converts a component of Nuxt: a player to HTML, one with a target to a link, others to blocks with colons. */
function writeComponent(kind: string, stated: string, lines: readonly string[], nested: number): string[] {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const { options, body } = readOptions(
    kind,
    '',
    lines.map((line) => withoutIndent(line, Math.min(...indents))),
  );
  const given = (name: string): string | undefined =>
    options.get(name) ?? new RegExp(`(?:^|\\s):?${name}="([^"]*)"`).exec(stated)?.[1];
  const player = PLAYER.exec(kind)?.[1];
  const sources = body.flatMap((line) => SOURCE.exec(line)?.[1] ?? []);
  if (player !== undefined && (sources.length > 0 || given('src') !== undefined)) {
    const src = options.get('src');
    const attributes = src === undefined ? stated : `src="${escapeHtml(src)}"`;
    const inside = sources.map((source) => `<source ${source}>`).join('');
    return ['', `<${player} ${attributes}>${inside}</${player}>`, ''];
  }
  const inner = written(
    body.filter((line) => !SLOT.test(line)),
    nested - 1,
  );
  const title = given('title') ?? given('label');
  const target = given('to') ?? given('href');
  const linked = target === undefined ? inner : linkedTo(target, title, inner);
  const name = given('type') ?? kind;
  if (!isBox(name) && (target !== undefined || title === undefined))
    return ['', ...(inner.length > 0 ? titled(title ?? '') : []), ...linked, ''];
  const colons = ':'.repeat(3 + nested);
  return [`${colons}${name}${title ? ` ${title}` : ''}`, ...linked, colons];
}

/** Makes a link of lines without links; of a title, if there are no lines. */
function linkedTo(target: string, title: string | undefined, lines: readonly string[]): string[] {
  const words = lines.join(' ').trim();
  if (words === '') return [`[${title ?? target}](<${target}>)`];
  if (/\]\(|<a\b|\b(?:to|href)=/.test(words)) return [...lines, '', `[${title ?? target}](<${target}>)`];
  if (!/[[\]<>{}]/.test(words)) return [`[${words}](<${target}>)`];
  return [`<a href="${escapeHtml(target)}">`, '', ...lines, '', '</a>'];
}

/** Returns a function that finds the line that closes a block; its starts must ascend. */
function closingLines(lines: readonly string[]) {
  const found = new Map<string, number>();
  return (start: number, mark: string, most?: number, margin = '[ \\t]*'): number => {
    const key = `${mark[0]}${mark.length}${margin}`;
    const known = found.get(key);
    if (known !== undefined && (known < 0 || known >= start)) return known;
    const closing = new RegExp(`^${margin}${mark[0]}{${mark.length},${most ?? ''}}[ \\t]*$`);
    const at = lines.findIndex((line, index) => index >= start && closing.test(line));
    found.set(key, at);
    return at;
  };
}

function withoutIndent(line: string, columns: number): string {
  return line.slice(Math.min(columns, line.length - line.trimStart().length));
}

/** Reads the options on the first lines, between colons or as YAML between `---`. */
function readOptions(name: string, argument: string, lines: readonly string[]): Directive {
  const options = new Map<string, string>();
  const isYaml = lines[0]?.trim() === '---';
  const yamlEnd = isYaml ? lines.findIndex((line, index) => index > 0 && line.trim() === '---') : -1;
  let at = Math.max(0, yamlEnd + 1);
  for (const line of lines.slice(1, at)) {
    const [, key = '', value = ''] = /^([^:]+):(.*)$/.exec(line) ?? [];
    options.set(key.trim(), value.trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
  for (; yamlEnd < 0; at++) {
    const [, key, value = ''] = OPTION.exec(lines[at] ?? '') ?? [];
    if (key === undefined) break;
    options.set(key, value.trim());
  }
  if (at > 0 && lines[at]?.trim() === '') at++;
  return { name: name.toLowerCase(), argument: argument.trim(), options, body: lines.slice(at) };
}

/** Undefined if it is no directive of MyST. */
function writeDirective(directive: Directive, nested: number): string[] | undefined {
  const { name, argument, body } = directive;
  if (CODE.test(name)) return writeCode(directive);
  if (name === 'math' || name === 'mermaid')
    return writeFence(name, [...(argument === '' ? [] : [argument]), ...body]);
  if (PICTURE.test(name)) return writePicture(directive, nested);
  if (EMBED.test(name)) return [`@[${name}](${argument})`];
  if (BOOK.test(name)) return [''];
  if (name === 'list-table') return [...titled(argument), ...writeListTable(directive)];
  if (ADMONITION.test(name)) {
    const colons = ':'.repeat(3 + nested);
    const title = name === 'dropdown' ? argument || 'Details' : `${LABELS[name] ?? ''} ${argument}`.trim();
    return [`${colons}${name}${title === '' ? '' : ` ${title}`}`, ...written(body, nested - 1), colons];
  }
  if (QUOTATION.test(name)) return written(body, nested - 1).map((line) => `> ${line}`.trimEnd());
  return PLACE.test(name) ? writePlace(directive, nested) : undefined;
}

/** Lines around the body of a card. */
const CARD_LINE = /^(?:\^{3,}|\+{3,})[ \t]*$/;

/** What a directive for layout contains, below its title; a card may lead elsewhere. */
function writePlace({ argument, options, body }: Directive, nested: number): string[] {
  const link = options.get('link-type') === 'ref' ? undefined : options.get('link');
  const inner = written(
    body.map((line) => (CARD_LINE.test(line) ? '' : line)),
    nested - 1,
  );
  if (link === undefined) return [...titled(argument), ...inner, ''];
  return argument === ''
    ? [...linkedTo(link, undefined, inner), '']
    : [...titled(`[${argument}](<${link}>)`), ...inner, ''];
}

function titled(title: string): string[] {
  return title === '' || /^\d[\d\s]*$/.test(title) ? [] : [`**${title}**`, ''];
}

function writeCode({ argument, options, body }: Directive): string[] {
  const title = options.get('caption') ?? options.get('filename');
  const lines = options.get('emphasize-lines');
  const marked = lines === undefined ? '' : ` {${lines}}`;
  const titled = title === undefined ? '' : ` title="${title.replaceAll('"', "'").replaceAll('`', '')}"`;
  return writeFence((argument + marked + titled).trim(), body);
}

/** A code block with a fence that none of its lines can end. */
function writeFence(info: string, lines: readonly string[]): string[] {
  const longest = Math.max(2, ...lines.map((line) => /^\s*(`+)/.exec(line)?.[1]?.length ?? 0));
  const fence = '`'.repeat(longest + 1);
  return [fence + info, ...lines, fence];
}

function writePicture({ name, argument, options, body }: Directive, nested: number): string[] {
  const id = options.get('name');
  const width = /^(\d+)(?:px)?$/.exec(options.get('width') ?? '')?.[1];
  const size = width === undefined ? '' : ` width="${width}"`;
  const image = `<img src="${escapeHtml(encodeURI(argument))}" alt="${escapeHtml(options.get('alt') ?? '')}"${size}>`;
  const target = options.get('target');
  const linked = target === undefined ? image : `<a href="${escapeHtml(target)}">${image}</a>`;
  const caption = written(body, nested - 1);
  if (name === 'image' || caption.every((line) => line.trim() === '')) return ['', linked, ''];
  return [
    id === undefined ? '<figure>' : `<figure id="${escapeHtml(id)}">`,
    linked,
    '<figcaption>',
    '',
    ...caption,
    '',
    '</figcaption>',
    '</figure>',
    '',
  ];
}

function writeListTable({ options, body }: Directive): string[] {
  const listed: string[][][] = [];
  let indent = '';
  for (const line of body) {
    const [, row] = /^([*-][ \t]+)[*-](?:[ \t]|$)/.exec(line) ?? [];
    if (row !== undefined) {
      indent = ' '.repeat(row.length);
      listed.push([]);
    }
    const stated = line.slice(indent.length);
    const isCell = row !== undefined || (line.startsWith(indent) && /^[*-](?:[ \t]|$)/.test(stated));
    if (isCell) listed.at(-1)?.push([stated.slice(1).trim()]);
    else listed.at(-1)?.at(-1)?.push(stated.slice(2));
  }
  const headers = Number(options.get('header-rows') ?? 0) > 0 ? 1 : 0;
  const rows = listed.map((cells) => cells.map((lines) => lines.join('\n').trim()));
  if (rows.some((cells) => cells.some((cell) => cell.includes('\n')))) return writeBlockTable(rows, headers);
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const rules = Array.from({ length: columns }, () => '---');
  return columns === 0 ? [''] : writeTable(headers === 1 ? rows[0] : undefined, rows.slice(headers), rules);
}

/** A table whose cells hold blocks. */
function writeBlockTable(rows: readonly (readonly string[])[], headers: number): string[] {
  const written = rows.map((cells, index) => {
    const tag = index < headers ? 'th' : 'td';
    return `<tr>\n${cells.map((cell) => `<${tag}>\n\n${cell}\n\n</${tag}>\n`).join('')}</tr>`;
  });
  return ['<table>', ...written, '</table>', ''].join('\n').split('\n');
}
