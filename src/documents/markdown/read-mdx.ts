import { wordMap, wordSet } from '../../strings.ts';
import { beginBox, closeContainer, codeBlock, givenWords, type OpenContainer, strong } from './containers.ts';
import {
  endOfBraces,
  importedFiles,
  type JsxAttribute,
  type JsxTag,
  readJsxTag,
  stringInCode,
} from './jsx.ts';
import { texPiece } from './read-math.ts';
import { type Converted, escapeHtml, type Found, matchAt, type SourceText } from './source-text.ts';
import {
  argument,
  convertNamed,
  fieldInCode,
  markedUp,
  type TemplateCall,
  type TemplateData,
} from './template-code.ts';

/** Go's `import "fmt"` is none. */
const MODULE_CODE =
  /^(?:import\s+(?:(?:[\w$*][^'"\n;]*?\s|\{[^}]*\}\s*)from\s*['"][^'"\n]+['"]|['"](?=[^'"\n]*[./])[^'"\n]*['"])|export\s+(?:default|const|let|var|function|async|class|\{|\*))/;
const CONSTANT =
  /^export[ \t]{1,9}const[ \t]{1,9}(\w{1,60})[ \t]{0,9}=[ \t]{0,9}(?:"([^"\\\n]{0,500})"|'([^'\\\n]{0,500})'|`([^`\\$\n]{0,500})`|(\d{1,20}(?:\.\d{1,20})?))[ \t]{0,9};?$/gm;
export const HTML_NAMES = wordSet(
  'a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object ol optgroup option output p param pre progress q rp rt ruby s samp script section select slot small source span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr',
);
const BLOCKS = wordSet(
  'article aside blockquote center details div dd dl dt figcaption figure footer header hr iframe li main nav ol p section summary table ul',
);
const VOID = wordSet('area base br col embed hr img input link meta param source track wbr');
/** React's names of HTML attributes. */
const ATTRIBUTES = wordMap('className=class htmlFor=for');

/** Components for layout: their content is below their titles. */
const ARRANGES =
  /^(?:Tab(?:s|Item|List|Panels?|Group)?|Steps?|Cards?|Card(?:Group|Grid)|Columns?|Grid|CodeGroup|Accordion(?:s|Group|Item)?|FileTree|Frame)$/;
const DEFAULT_IMPORT = /^import\s+(\w+)\s+from\s*['"][^'"\n]+['"];?$/gm;

const MAX_MODULE_CODE = 20_000;

export interface MdxScope extends TemplateData {
  /** Braces are code once something was imported or exported. */
  isMdx: boolean;
  /** Whether Markdown in divisions of HTML is read as Markdown. */
  readonly isPandoc: boolean;
  /** Whether all brackets of modules were closed up to now. */
  isBalanced: boolean;
  /** The values of names: for imported images, their paths. */
  readonly values: Map<string, string>;
  /** The admonitions that are open. */
  readonly open: OpenContainer[];
  /** The open tags of inline elements that contain blocks. */
  readonly apart: string[];
  /** The end of the last line that is one element. */
  lineEnd: number;
  /** Names of tags that are closed somewhere. */
  readonly closed: ReadonlySet<string>;
}

export function openMdxScope(
  text: string,
  options: TemplateData & Pick<MdxScope, 'isMdx' | 'isPandoc'>,
): MdxScope {
  const closed = new Set([...text.matchAll(/<\/([A-Za-z][\w.-]*)\s*>/g)].map(([, name = '']) => name));
  return { ...options, isBalanced: true, values: new Map(), open: [], apart: [], lineEnd: 0, closed };
}

/** Reads `import` and `export`, which reach to a blank line outside their brackets; undefined if it is prose. */
export function readModuleCode(source: SourceText, start: number, scope: MdxScope): Found | undefined {
  const { text, next } = source;
  const blankLine = next(/\n[ \t]*(?=\n|$)/, start)?.start ?? text.length;
  if (!MODULE_CODE.test(text.slice(start, Math.min(blankLine, start + 1000)))) return undefined;
  scope.isMdx = true;
  const balanced = scope.isBalanced ? endOfModuleCode(text, start) : undefined;
  scope.isBalanced = balanced !== undefined;
  const end = balanced ?? blankLine;
  const code = text.slice(start, end);
  for (const [name, path] of importedFiles(code)) scope.values.set(name, path);
  for (const [, name = '', ...values] of code.matchAll(CONSTANT))
    scope.values.set(name, values.find((value) => value !== undefined) ?? '');
  const rest = code
    .replace(CONSTANT, '')
    .replace(DEFAULT_IMPORT, (whole, name: string) => (ARRANGES.test(name) ? '' : whole));
  return { end, piece: rest.trim() === '' ? { isSilent: true } : {} };
}

/** The first blank line outside brackets; undefined if they are not closed. */
function endOfModuleCode(text: string, start: number): number | undefined {
  const code = text.slice(start, start + MAX_MODULE_CODE);
  let depth = 0;
  for (const { 0: token, index } of code.matchAll(
    /"[^"\n]*"|'[^'\n]*'|`[^`]*`|[[({]|[\])}]|\n[ \t]*(?=\n)/g,
  )) {
    if (/^[[({]/.test(token)) depth++;
    else if (/^[\])}]/.test(token)) depth--;
    else if (token.startsWith('\n') && depth <= 0) return start + index;
  }
  return depth <= 0 && start + code.length === text.length ? text.length : undefined;
}

/** Reads `{code}`; outside MDX undefined, except for strings beside components. */
export function readExpression({ text }: SourceText, start: number, scope: MdxScope): Found | undefined {
  const isString = !scope.isMdx && /^\{["'`]/.test(text.slice(start, start + 2)) && hasComponents(scope);
  const end = scope.isMdx || isString ? endOfBraces(text, start) : undefined;
  if (end === undefined) return undefined;
  const code = text.slice(start + 1, end - 1).trim();
  const words = stringInCode(code) ?? scope.values.get(code) ?? fieldInCode(code, scope);
  if (isString && words === undefined) return undefined;
  return { end, piece: words === undefined ? {} : { html: escapeHtml(words), url: words } };
}

function hasComponents({ closed }: MdxScope): boolean {
  return [...closed].some((name) => /^[A-Z]/.test(name) && !HTML_NAMES.has(name.toLowerCase()));
}

/**
 * Reads a component, or a tag of HTML that browsers would read otherwise than its author: with code in its attributes,
 * with Markdown within it, or closed by itself; undefined if it is HTML or text.
 */
export function readTag(source: SourceText, start: number, scope: MdxScope): Found | undefined {
  const { text } = source;
  const tag = readJsxTag(text, start);
  if (tag === undefined) return undefined;
  if (tag.name.startsWith('svelte:')) {
    const isOpen = !tag.isClosing && !tag.isSelfClosing;
    const close = isOpen ? source.next(new RegExp(`</${tag.name}\\s*>`), tag.end) : undefined;
    return { end: close?.end ?? tag.end, piece: { isSilent: true } };
  }
  // Nobody closes the elements of HTML so.
  const isUnclosed = tag.isSelfClosing && !VOID.has(tag.name.toLowerCase());
  const isOwn = isUnclosed && /^[A-Z][a-z]/.test(tag.name);
  if (/^[A-Z]/.test(tag.name) && (scope.isMdx || isOwn || !HTML_NAMES.has(tag.name.toLowerCase())))
    return (
      readLink(text, tag, scope) ??
      readVerbatim(text, tag, scope) ??
      readBox(source, start, tag, scope) ??
      readComponent(tag, start, scope)
    );
  if (!scope.isMdx && isProse(tag, scope)) return { end: start + 1, piece: { html: '&lt;', url: '<' } };
  if (tag.attributes.every(({ name, code }) => code === undefined && !ATTRIBUTES.has(name))) {
    const written = text.slice(start, tag.end);
    if (isUnclosed)
      return { end: tag.end, markdown: `${written.slice(0, -'/>'.length).trimEnd()}></${tag.name}>` };
    // The parser would turn a bare address into a link, and a tag with an unquoted slash into text.
    if (BARE_ADDRESS.test(written)) return { end: tag.end, markdown: writeTag(tag, scope) };
    // Python-Markdown, kramdown
    if (tag.attributes.some(({ name, text: value }) => name === 'markdown' && value !== '0'))
      return { end: tag.end, markdown: `${written}\n\n` };
    // Notion exports its callouts so.
    const holdsMarkdown = written === '<aside>' || (scope.isPandoc && /^<div\b/.test(written));
    if (holdsMarkdown && /^\n[ \t]*[^\s<]/.test(text.slice(tag.end, tag.end + 50)))
      return { end: tag.end, markdown: `${written}\n` };
    const apart = scope.isMdx ? setApart(source, start, tag, written, scope) : undefined;
    if (apart !== undefined) return apart;
    // At the beginning of a line, its last bracket would open a quotation.
    if (/\n[ \t]*>$/.test(written)) return { end: tag.end, markdown: written.replace(/\n\s*/g, ' ') };
    // What looks like a tag in an attribute is none.
    const isHtml = tag.attributes.some(({ text: value = '' }) => value.includes('<') && !/[{}]/.test(value));
    return isHtml ? { end: tag.end } : undefined;
  }
  const leftOut = tag.attributes
    .filter((each) => each.code !== undefined && attributeValue(each, scope) === undefined)
    .flatMap(({ name, code }) => (LOOKS.test(name) ? [] : `${name}={${code}}`));
  const markdown = writeTag(tag, scope);
  // Docusaurus reads any Markdown as MDX.
  const isJsx =
    scope.isMdx || tag.attributes.some(({ name, code }) => name === 'style' && code?.startsWith('{'));
  const apart = isJsx && !isUnclosed ? setApart(source, start, tag, markdown, scope) : undefined;
  return { end: tag.end, markdown, ...apart, leftOut };
}

const BARE_ADDRESS = /\s[\w-]+=\s?(?:www\.|[^\s"'<>=`]*\/)/i;

/** Attributes that show nothing. */
const LOOKS = /^(?:style|class|className|key|ref|on[A-Z]\w*)$/;

/**
 * Reads the tags of a link of Next.js, Gatsby or Docusaurus, `<Link to="/x">words</Link>`, and any other component that
 * is words with an address, such as `<Button href="/x">words</Button>`.
 */
function readLink(text: string, tag: JsxTag, scope: MdxScope): Found | undefined {
  const { name, attributes, isClosing, isSelfClosing, end } = tag;
  const isLink = /^(?:Next|Nav)?Link$|^A$/.test(name);
  if (isSelfClosing || !scope.closed.has(name)) return undefined;
  if (isClosing) return isLink ? { end, markdown: '</a>' } : undefined;
  const target = attributes.find((each) => (isLink ? /^(?:href|to)$/i : /^href$/).test(each.name));
  const address = target && attributeValue(target, scope);
  if (address === undefined) return undefined;
  const opening = `<a href="${escapeHtml(address)}">`;
  if (isLink) return { end, markdown: opening };
  const [inside, words] = matchAt(/([^<>{}\n]{1,300})<\/[A-Z][\w.]{0,60}>/y, text, end);
  const isTitled = attributes.some((each) => each.name === 'title');
  return inside === undefined || isTitled
    ? undefined
    : { end: end + inside.length, markdown: `${opening}${words}</a>` };
}

/** Whether it only looks like a tag: `git clone <url>`, and `if a <b and c> d`. */
function isProse({ name, attributes, isClosing, isSelfClosing }: JsxTag, { closed }: MdxScope): boolean {
  if (isClosing || isSelfClosing || closed.has(name)) return false;
  if (attributes.length === 0) return !HTML_NAMES.has(name.toLowerCase());
  const isWord = ({ name: word, text, code }: JsxAttribute): boolean =>
    text === undefined && code === undefined && /^[a-z]+$/.test(word) && !BOOLEAN.has(word);
  return attributes.length > 1 && attributes.every(isWord);
}

const BOOLEAN = wordSet(
  'allowfullscreen async autofocus autoplay border checked compact controls default defer disabled download fallback hidden inert ismap itemscope loop markdown multiple muted nofollow nomodule noresize noshade novalidate nowrap open playsinline readonly required reversed selected',
);

/** Markdown in a line. */
const MARKED = /[*_`$[]|xsetaside/;
/** What may stand before and after an element that is a line: marks of Markdown, and components. */
const LINE_MARKS = /^[ \t]*(?:(?:(?:[-*+>]|\d{1,9}[.)])[ \t]|<[A-Z][^<>]*>)[ \t]*)*$/;
const COMPONENTS_CLOSE = /^(?:[ \t]|<\/[A-Z][\w.]{0,60}>){0,20}$/;
/** Stands before an element on one line, which would otherwise begin HTML without Markdown. */
export const LINE_START = 'mdx-line';

/** In MDX, what is in a block of HTML and what follows it are Markdown; in Markdown, only after a blank line. */
function setApart(
  { text, next, columnOf }: SourceText,
  start: number,
  { name, end, isClosing }: JsxTag,
  written: string,
  scope: MdxScope,
): Found | undefined {
  if (start < scope.lineEnd) return end === scope.lineEnd ? { end, markdown: `${written}\n` } : undefined;
  const before = text.slice(start - columnOf(start), start);
  const opensLine = /^[ \t]*(?:<details[^<>]*>[ \t]*)?$/.test(before);
  const indent = before.replace(/<.*/, '');
  const behind = text.slice(end, end + 200).split('\n', 1)[0] ?? '';
  const closesLine = behind.trim() === '';
  const isBlock = BLOCKS.has(name) || /^(?:h[1-6]|t[dhr])$/.test(name);
  if (isBlock && !isClosing && !closesLine && LINE_MARKS.test(before)) {
    const rest = text.slice(end, next(/$/m, end)?.start ?? text.length);
    const closing = `</${name}>`;
    const close = rest.lastIndexOf(closing) + closing.length;
    if (close >= closing.length && COMPONENTS_CLOSE.test(rest.slice(close)) && MARKED.test(rest)) {
      scope.lineEnd = end + close;
      const gap = before.trim() === '' ? `\n${before}` : '';
      return { end, markdown: `${gap}<${LINE_START}></${LINE_START}>${written}` };
    }
  }
  if (!opensLine && !closesLine) return undefined;
  if (/^h[1-6]$/.test(name)) return isClosing && closesLine ? { end, markdown: `</${name}>\n` } : undefined;
  const { apart: open } = scope;
  if (!BLOCKS.has(name)) {
    if (!opensLine || !closesLine) return undefined;
    if (isClosing ? open.at(-1) !== name : !followsBlock(text, start - before.length)) return undefined;
    if (isClosing) open.pop();
    else if (!VOID.has(name)) open.push(name);
  }
  // Within a line, too.
  const holds = MARKED.test(isClosing ? before : behind);
  const apart = holds && opensLine !== closesLine ? '\n\n' : '';
  // The tag of an inline element begins a block only if it is alone on its line.
  const tag = written.replace(/\n\s*/g, ' ');
  const markdown = isClosing
    ? `${opensLine ? `\n${indent}` : apart}${tag}${closesLine ? '\n' : ''}`
    : `${opensLine ? `\n${indent}` : ''}${tag}${closesLine ? '\n' : apart}`;
  return { end, markdown };
}

/** Whether a line does not continue a paragraph: it is below a blank line, or below a tag. */
function followsBlock(text: string, lineStart: number): boolean {
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, lineStart).trim();
  return /^(?:<[^<>]*>)?$/.test(above);
}

/**
 * Reads the tags of an admonition, which becomes a quotation with its title, and the title of any other component that
 * holds something; undefined where only running the component would tell.
 */
function readBox(source: SourceText, start: number, tag: JsxTag, scope: MdxScope): Found | undefined {
  const { text, columnOf } = source;
  const { name, isClosing, isSelfClosing, end } = tag;
  if (isClosing) return closeContainer(memberName(name), scope.open, end);
  const indent = ' '.repeat(columnOf(start));
  const isInLine = text.slice(start - indent.length, start).trim() !== '';
  if (isSelfClosing || isInLine || !scope.closed.has(name)) return undefined;
  const call = callOf(tag, scope);
  const box = beginBox(call, indent, scope.open);
  if (box !== undefined) return { end, markdown: box };
  // In Docusaurus, a tab without a label shows its value.
  const title = argument(call.named, `title label heading summary${/^Tab(?!s)/.test(name) ? ' value' : ''}`);
  const caption = title === undefined ? call.named.get('caption') : undefined;
  if (caption !== undefined) {
    const closing = `\n${indent}<figcaption>${markedUp(caption)}</figcaption>\n${indent}</figure>\n`;
    scope.open.push({ name: call.name, closing });
    return { end, markdown: `\n${indent}<figure>\n\n${indent}` };
  }
  if (title === undefined) return undefined;
  const url = call.named.get('href');
  const label = url === undefined ? strong(title) : `[${strong(title)}](<${url}>)`;
  const markdown = `\n\n${indent}${label}\n\n${indent}`;
  return ARRANGES.test(name) ? { end, markdown } : { end, markdown, leftOut: [text.slice(start, end)] };
}

function readComponent(tag: JsxTag, start: number, scope: MdxScope): Found {
  const { name, isSelfClosing, end } = tag;
  if (ARRANGES.test(name) && !isSelfClosing && scope.closed.has(name))
    return { end, piece: { isSilent: true } };
  // Text that happens to look like a tag, such as `Vec<String>` or `<Your name>`.
  if (!scope.isMdx && !isSelfClosing && !scope.closed.has(name))
    return { end: start + 1, piece: { html: '&lt;', url: '<' } };
  const call = callOf(tag, scope);
  const piece = convertNamed(call, isSelfClosing);
  const words = piece === undefined && isSelfClosing ? givenWords(call, false) : undefined;
  return words === undefined ? { end, piece: piece ?? {} } : { end, markdown: words };
}

/** `card` for `Cards.Card` */
function memberName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}

function callOf({ name, attributes }: JsxTag, scope: MdxScope): TemplateCall {
  const named = attributes.flatMap((each) => {
    const value = attributeValue(each, scope);
    return value === undefined ? [] : [[each.name.toLowerCase(), value] as const];
  });
  return { name: memberName(name), positional: [], named: new Map(named) };
}

const CODE_COMPONENT = /^(?:Code|CodeBlock|CodeSnippet|Prism|SyntaxHighlighter)$/;
const MATH_COMPONENT = /^(?:(?:Block|Inline)?(?:Math|TeX|Katex)|Equation|Formula|Latex)$/i;

/** Reads a component of code or of a formula, which an attribute or the text between the tags states. */
function readVerbatim(text: string, tag: JsxTag, scope: MdxScope): Found | undefined {
  const { name, isClosing, isSelfClosing } = tag;
  const isCode = CODE_COMPONENT.test(name);
  if (isClosing || !(isCode || MATH_COMPONENT.test(name))) return undefined;
  const { named } = callOf(tag, scope);
  const stated = isCode ? named.get('code') : argument(named, 'tex math formula expression value');
  const { words, end } = isSelfClosing ? { words: stated, end: tag.end } : stringBetween(text, tag.end);
  if (words === undefined) return undefined;
  const mark = /block/i.test(name) || named.has('block') ? '$$' : '$';
  return { end, piece: isCode ? codeFigure(words, named) : texPiece(words, mark + words + mark) };
}

/** The string in braces between two tags: `<CodeBlock>{`…`}</CodeBlock>`. */
function stringBetween(text: string, start: number): { readonly words?: string | undefined; end: number } {
  const [space = ''] = matchAt(/\s{0,9}(?=\{)/y, text, start);
  const close = text[start + space.length] === '{' ? endOfBraces(text, start + space.length) : undefined;
  const [closing] = close === undefined ? [] : matchAt(/\s{0,9}<\/[A-Z]\w{0,30}>/y, text, close);
  if (close === undefined || closing === undefined) return { end: start };
  const stated = text.slice(start + space.length + 1, close - 1).trim();
  return { words: stringInCode(stated), end: close + closing.length };
}

function codeFigure(code: string, named: TemplateCall['named']): Converted {
  const block = codeBlock(code, named.get('lang') ?? named.get('language'), 0);
  const title = argument(named, 'title filename');
  const caption = title === undefined ? '' : `<figcaption>${escapeHtml(title)}</figcaption>`;
  return { blockHtml: caption === '' ? block : `<figure>${caption}${block}</figure>` };
}

function writeTag({ name, attributes, isSelfClosing }: JsxTag, scope: MdxScope): string {
  const written = attributes.map((attribute) => {
    const attributeName = ATTRIBUTES.get(attribute.name) ?? attribute.name;
    if (attribute.text === undefined && attribute.code === undefined) return ` ${attributeName}`;
    const value = attributeValue(attribute, scope);
    if (attributeName === 'style' && /^\{\s{0,9}display:\s{0,9}["']none/.test(attribute.code ?? ''))
      return ' hidden';
    return value === undefined ? '' : ` ${attributeName}="${value.replaceAll('"', '&quot;')}"`;
  });
  const start = `<${name}${written.join('')}>`;
  return isSelfClosing && !VOID.has(name.toLowerCase()) ? `${start}</${name}>` : start;
}

/** The picture in an object, such as `{ light: '/day.svg', dark: '/night.svg' }`. */
const OBJECT_PICTURE = /^\{(?:[^{}]{0,300},)?\s*(?:light|src)\s*:\s*([^,{}]{1,300})/;

/** Undefined for an attribute without a value, and for one that only running its code would tell. */
function attributeValue({ text, code }: JsxAttribute, scope: MdxScope): string | undefined {
  if (code === undefined) return text;
  const stated = OBJECT_PICTURE.exec(code)?.[1]?.trim() ?? code;
  const value = stringInCode(stated) ?? scope.values.get(stated.replace(/\.(?:src|default)$/, ''));
  return value ?? fieldInCode(stated, scope);
}

/** MDX's `<pre>{`…`}</pre>`, `<pre><code>{`…`}</code></pre>` and `<code>{'…'}</code>`. */
export function readHeldCode(text: string, start: number, end: number): Found | undefined {
  const [, open, held, closing] =
    /^((?:<[a-z]{1,9}(?:[^<>{}]|\{\{[^{}]{0,300}\}\}){0,300}>\s{0,9}){1,2})\{\s{0,9}(`(?:[^`\\]|\\.){0,5000}`|"[^"\n]{0,500}"|'[^'\n]{0,500}')\s{0,9}\}\s{0,9}((?:<\/[a-z]{1,9}\s{0,9}>\s{0,9}){1,2})$/s.exec(
      text.slice(start, Math.min(end, start + 6000)),
    ) ?? [];
  if (held === undefined || open === undefined) return undefined;
  const tags = open.replace(/\s[\w-]{1,40}=\{\{[^{}]*\}\}/g, '').replaceAll(' className=', ' class=');
  return { end, markdown: `${tags.trim()}${escapeHtml(stringInCode(held) ?? held.slice(1, -1))}${closing}` };
}
