import { decodeReferences } from '../../html/parse.ts';
import { memoized } from '../../memo.ts';
import { capitalized, wordMap, wordSet } from '../../strings.ts';
import { texPiece } from './read-math.ts';
import { escapeHtml, type Found, matchAt, matchesIn, type SourceText } from './source-text.ts';
import { convertNamed, readCall } from './template-code.ts';
import { nameLink } from './wikilinks.ts';

/*
 * Directives within a line: embeds in brackets, the generic directives of remark and micromark, and the roles of MyST.
 */

/** `@[youtube](id)`, `!youtube[Title](id)`, `[!embed](url)` and `%[url]`. */
const EMBED =
  /(?:@\[([A-Za-z][\w-]{0,20})\]|!([A-Za-z][\w-]{0,20})\[([^[\]\n]{0,200})\]|\[!([a-z]{1,20})\])\(([^()\s]{1,500})\)|%\[(https?:\/\/[^\]\s]{1,500})\]/y;
const DIRECTIVE =
  /(:{1,2})([a-z][\w-]{0,40})(?:\[([^[\]\n]{0,300})\])?(?:\{([^{}\n]{0,300})\}(?:\[([^[\]\n]{0,300})\](?![[(:]))?)?/y;
const ROLE = /\{([a-z][\w:-]{0,40})\}(`+)(?!`)([^\n]{1,1000}?)(?<!`)\2(?!`)/y;
/** Elements whose names are also those of directives, roles and shortcodes. */
const ELEMENTS = wordSet('abbr b cite del dfn em i ins kbd mark q s samp small strong sub sup u var');
const ROLE_ELEMENTS = wordMap(
  `subscript=sub superscript=sup abbreviation=abbr emphasis=em strong=strong guilabel=strong
  menuselection=strong term=em`,
);
/** Roles whose words are code. */
const CODE_ROLE =
  /^(?:code|literal|command|program|file|envvar|option|makevar|mimetype|regexp|token|keyword|(?:py|c|cpp|js|rst|std|ruby|go|php):[\w:-]+|attr|class|const|data|exc|func|meth|mod|obj)$/;
const REFERENCE = /^(?:ref|numref|doc|download|any|eq|term|cite(?::\w+)?|guilabel|menuselection)$/;

/** Roles of Sphinx Design and MyST whose words are plain, and those that name an icon. */
const PLAIN_ROLE = /^(?:button|bdg(?:-[a-z]+)*|index|sc|smallcaps)$/;
const ICON_ROLE = /^(?:fa[brs]?|octicon|material-[a-z]+)$/;

/** The element for a name, with the text; undefined for an unknown name. */
export function elementFor(name: string, words: string, title?: string): string | undefined {
  if (!ELEMENTS.has(name)) return undefined;
  const stated = title === undefined ? '' : ` title="${escapeHtml(title)}"`;
  return `<${name}${stated}>${words}</${name}>`;
}

/** Reads an embed in brackets; undefined if `start` begins something else. */
export function readEmbed({ text }: SourceText, start: number): Found | undefined {
  const [whole, at, bang, title, mark, target = '', address] = matchAt(EMBED, text, start);
  if (whole === undefined) return undefined;
  const end = start + whole.length;
  const name = (at ?? bang ?? mark ?? 'embed').toLowerCase();
  const named = new Map(title ? [['title', title]] : []);
  const url = address ?? target;
  if (mark !== undefined && !/^(?:embed|video|audio)$/.test(mark)) return undefined;
  const piece = convertNamed({ name, positional: [url], named }, true);
  return piece && { end, piece };
}

/**
 * WordPress's `[embed]…[/embed]`, `[video src="…"]`, `[caption]` and `[latex]`, as exports to Markdown leave them, some
 * with backslashes.
 */
const BRACKET_CODE =
  /\\?\[(\/?)(embed|video|audio|youtube|vimeo|caption|gallery|playlist|latex|tex|code|sourcecode)([ =][^\]\n]{0,300})?\](?![(:]|\[(?!\/))/y;
/** The shortcodes of its plugins, which have values, or names that no word has. */
const PLUGIN_CODE =
  /\\?\[(\/?)([a-z][\w\\-]{1,40})((?:\s{1,9}[\w\\-]{1,40}=(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|\d{1,20})){0,20})\s{0,9}\/?\\?\](?![(:])/y;
const PLUGIN_NAME = /^(?:contact-form|jetpack_|wpforms|mc4wp_|vc_|su_|et_pb_|fusion_)/;
const namesWithValues = matchesIn(/\[([a-z][\w-]{1,40})\s[\w-]{1,40}=["']/g);

const MAX_HELD = 2000;

/** Reads a shortcode of WordPress; undefined if `start` begins something else. */
export function readBracketCode(source: SourceText, start: number): Found | undefined {
  const { text, next } = source;
  const [whole, slash, name = '', stated = ''] = matchAt(BRACKET_CODE, text, start);
  if (whole === undefined) return readPluginCode(source, start);
  const end = start + whole.length;
  if (name === 'caption') return slash || stated ? { end, markdown: '' } : undefined;
  // Only the weblog knows its files.
  if (name === 'gallery' || name === 'playlist')
    return /\sids=/.test(stated) ? { end, piece: {} } : undefined;
  const close = slash ? undefined : next(new RegExp(`\\\\?\\[/${name}\\\\?\\]`), end);
  const isNear = close !== undefined && close.start - end < MAX_HELD;
  const inside = isNear ? text.slice(end, close.start).trim() : '';
  if (/code$/.test(name)) {
    const language = /\b(?:lang|language)="?([\w+#-]{1,30})/.exec(stated)?.[1];
    const written = text
      .slice(end, close?.start ?? end)
      .replace(/^\n+/, '')
      .trimEnd();
    const code = escapeHtml(written.replace(/&(?:lt|gt|amp|quot|#\d{1,6});/g, decodeReferences));
    const names = language === undefined ? '' : ` class="language-${language}"`;
    return isNear
      ? { end: close.end, piece: { blockHtml: `<pre><code${names}>${code}</code></pre>` } }
      : undefined;
  }
  const isOneLine = inside !== '' && !inside.includes('\n\n');
  if (/tex$/.test(name))
    return close && isOneLine ? { end: close.end, piece: { ...texPiece(inside, `$${inside}$`) } } : undefined;
  const url = isOneLine
    ? inside
    : (/\bhttps?:\/\/[^\s"'\]]+/.exec(stated)?.[0] ??
      /\b(?:src|mp3|m4a|ogg|wav|mp4|m4v|webm|ogv)="([^"]+)"/.exec(stated)?.[1]);
  const isKnown = url !== undefined && !/\s/.test(url);
  const piece = isKnown ? convertNamed({ name, positional: [url], named: new Map() }, true) : undefined;
  const isClosed = close !== undefined && isNear && (isOneLine || inside === '');
  return piece && { end: isClosed ? close.end : end, piece };
}

/** Leaves out a shortcode of a plugin, whose words stay; a button is a link. */
function readPluginCode(source: SourceText, start: number): Found | undefined {
  const { text, next } = source;
  const [whole, slash, stated = '', values = ''] = matchAt(PLUGIN_CODE, text, start);
  if (whole === undefined) return undefined;
  const end = start + whole.length;
  const name = stated.replaceAll('\\', '');
  const isKnown = /["']/.test(values) || PLUGIN_NAME.test(name);
  if (slash) return isKnown || namesWithValues(source).has(name) ? { end, markdown: '' } : undefined;
  if (!isKnown) return undefined;
  const url = /\b(?:href|link|url)=["'](\S{1,500}?)["']/.exec(values)?.[1];
  const close = url && next(new RegExp(`\\[/${name}\\]`), end);
  const words = close && close.start - end < MAX_HELD ? text.slice(end, close.start).trim() : '';
  return close && words && !words.includes('\n')
    ? { end: close.end, markdown: `[${words}](<${url}>)` }
    : { end, piece: {} };
}

/** Reads `::name[words]{…}` on a line of its own and `:name[words]{…}` in a text; undefined if it is neither. */
export function readDirective(source: SourceText, start: number): Found | undefined {
  const { text, isAlone } = source;
  const [whole, colons, name = '', first, attributes, last] = matchAt(DIRECTIVE, text, start);
  const words = first ?? last;
  if (whole === undefined || (words === undefined && attributes === undefined)) return undefined;
  const end = start + whole.length;
  const id = /(?:^|\s)#([^\s}]+)/.exec(attributes ?? '')?.[1];
  const named = new Map(readCall(`${name} ${attributes ?? ''}`)?.named);
  const target = named.get('to') ?? named.get('href') ?? named.get('link');
  if (colons === ':') {
    if (
      (words === undefined || attributes === undefined ? /[[(:]/ : /[[(]/).test(text[end] ?? '') ||
      (words === undefined && !/=["']/.test(attributes ?? ''))
    )
      return undefined;
    const label = words ?? named.get('label') ?? named.get('value');
    if (target?.startsWith('/') && label === undefined) return { end, piece: { html: titledLink(target) } };
    if (target !== undefined) return { end, markdown: `[${label ?? target}](<${target}>)` };
    const element = label && elementFor(name, label, named.get('title'));
    if (words !== undefined) return { end, markdown: element ?? words };
    // In Nuxt, a component with values only.
    const html = element ?? (name.endsWith('icon') ? '' : undefined);
    const piece = html === undefined ? convertNamed({ name, positional: [], named }, true) : { html };
    return { end, piece: piece ?? {} };
  }
  if (!isAlone({ start, end })) return undefined;
  if (words) named.set('title', words);
  const converted = convertNamed({ name, positional: id === undefined ? [] : [id], named }, true);
  if (converted !== undefined) return { end, piece: converted };
  return words ? { end, markdown: words } : { end, piece: {} };
}

/** The name of a document at a path from the root, or from this document. */
function nameAt(path: string): string {
  if (path.startsWith('/')) return path.slice(1);
  return path.startsWith('.') ? path : `./${path}`;
}

/** A link whose text is the title of its target. */
function titledLink(target: string): string {
  return `<a href="${escapeHtml(nameLink(nameAt(target), { isTitled: true }))}">${escapeHtml(target)}</a>`;
}

/** `[](#target)` and `[](page.md)`, whose words are those of a heading or a title. */
export function readEmptyLink(source: SourceText, target: string): string | undefined {
  return target.startsWith('#') ? linkToTarget(source, target.slice(1)) : titledLink(target);
}

/** Reads MyST's `` {role}`words` ``; undefined if it is none. */
export function readRole(source: SourceText, start: number): Found | undefined {
  const { text } = source;
  const [whole, name = '', , stated = ''] = matchAt(ROLE, text, start);
  if (whole === undefined) return undefined;
  const end = start + whole.length;
  if (name === 'math') return { end, piece: { ...texPiece(stated, `$${stated}$`), isMarkdown: false } };
  if (CODE_ROLE.test(name)) return { end, piece: { html: `<code>${escapeHtml(stated)}</code>` } };
  const { before: own, inside: target = stated } = behind(stated, '<', '>');
  const words = escapeHtml(own || stated);
  const link = name === 'ref' && !own ? linkToTarget(source, target) : undefined;
  if (link !== undefined) return { end, markdown: link };
  if (name === 'doc' && !own) return { end, piece: { html: titledLink(target) } };
  if (ICON_ROLE.test(name)) return { end, piece: { isSilent: true } };
  if (REFERENCE.test(name) || PLAIN_ROLE.test(name)) {
    const url = targetOf(source, name, target);
    const shown = /^(?:cite|eq)/.test(name) && !own ? `[${words}]` : words;
    const html = url === undefined ? shown : `<a href="${escapeHtml(url)}">${shown}</a>`;
    return { end, piece: { html } };
  }
  const element = ROLE_ELEMENTS.get(name) ?? name;
  const { before: short, inside: long } = element === 'abbr' ? behind(stated, '(', ')') : {};
  const html = elementFor(element, short === undefined ? words : escapeHtml(short), long);
  return html === undefined ? undefined : { end, piece: { html } };
}

/** The text in brackets at the end of a text, and the text before them. */
function behind(text: string, open: string, close: string): { before?: string; inside?: string } {
  const at = text.endsWith(close) ? text.lastIndexOf(open) : -1;
  return at < 0 ? {} : { before: text.slice(0, at).trim(), inside: text.slice(at + 1, -1) };
}

/** `(name)=`, perhaps above a heading, and figures with `:name:`, which are HTML already. */
const TARGET =
  /^\(([\w:./-]{1,80})\)=[ \t]*(?:\n{1,3}#{1,6}[ \t]([^{\n]{1,300})|$)|^<figure id="([^"\n]{1,80})">$/gm;

/** The targets in the document, with the words of their headings, otherwise their names. */
const targetsIn = memoized(
  ({ text }: SourceText) =>
    new Map(
      [...text.matchAll(TARGET)].map(([, name, words, figure = '']) => [
        name ?? figure,
        words?.trim() ?? name ?? figure,
      ]),
    ),
  new WeakMap(),
);

/** A link to a target, with its words; undefined if there is no such target. */
function linkToTarget(source: SourceText, target: string): string | undefined {
  const words = targetsIn(source).get(target);
  return words === undefined ? undefined : `[${words}](#${target})`;
}

/** Where a reference leads; undefined for what only the whole book knows. */
function targetOf(source: SourceText, role: string, target: string): string | undefined {
  if (role === 'doc') return nameLink(nameAt(target));
  if (role === 'download' || (role === 'button' && /[#./]/.test(target))) return target;
  return /^(?:ref|numref|any)$/.test(role) && targetsIn(source).has(target) ? `#${target}` : undefined;
}

const CROSS_REFERENCE =
  /(?:\[(?:(-)|([^[\]\n@]{1,40}) )?@((?:fig|tbl|eq|sec|lst)[-:][\w-]{1,100})\]|@((?:fig|tbl|eq|sec|lst)[-:][\w-]{1,100})(?<!-))/iy;
/** The label of what is numbered, in an attribute list or at the top of a chunk, perhaps behind a heading. */
const NUMBERED =
  /(?:^#{1,6}[ \t]+([^{}\n]{1,300}))?(?:\{[^{}\n]{0,200}#|\|\s?label:\s?)((fig|tbl|eq|sec|lst)[-:][\w-]{1,100})/gm;
const NUMBERED_AS = wordMap('fig=Figure tbl=Table eq=Equation sec=Section lst=Listing');

/** What cross references say of their targets: the words of a heading, otherwise what it is, and its number. */
const numberedIn = memoized(({ text }: SourceText) => {
  const counts = new Map<string, number>();
  const found = new Map<
    string,
    { readonly name: string; readonly number: string; readonly isPlace: boolean }
  >();
  for (const [whole, heading, id = '', kind = ''] of text.matchAll(NUMBERED)) {
    if (found.has(id)) continue;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const name = heading === undefined ? (NUMBERED_AS.get(kind) ?? '') : '';
    found.set(id, { name, number: heading?.trim() ?? String(count), isPlace: whole.includes('{') });
  }
  return found;
}, new WeakMap());

/** Reads `@fig-bell` and `[Fig. @fig-bell]` of Quarto; undefined if nothing in the document has this label. */
export function readCrossReference(source: SourceText, start: number): Found | undefined {
  const [whole, bare, own, bracketed, stated] = matchAt(CROSS_REFERENCE, source.text, start);
  const label = (bracketed ?? stated ?? '').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const target = numberedIn(source).get(label);
  if (whole === undefined || target === undefined) return undefined;
  const name = bare === undefined ? (own ?? target.name) : '';
  const words = `${name} ${target.number}`.trim();
  return { end: start + whole.length, markdown: target.isPlace ? `[${words}](#${label})` : words };
}

const CRITIC = /\{(\+\+|--|~~|==|>>)([^{}]{1,1000}?)(?:\+\+|--|~~|==|<<)\}/y;
const CRITIC_TAGS: Readonly<Record<string, string>> = { '++': 'ins', '--': 'del', '==': 'mark' };

/** Reads a change or a comment of CriticMarkup; undefined when it is none. */
export function readCritic(text: string, start: number): Found | undefined {
  const [whole, mark = '', words = ''] = matchAt(CRITIC, text, start);
  if (whole === undefined || !whole.endsWith(`${mark === '>>' ? '<<' : mark}}`)) return undefined;
  const end = start + whole.length;
  const [before = '', after] = words.split('~>', 2);
  if (mark === '>>') return { end, piece: { isSilent: true } };
  if (mark === '~~')
    return after === undefined ? undefined : { end, markdown: `<del>${before}</del><ins>${after}</ins>` };
  const tag = CRITIC_TAGS[mark];
  return { end, markdown: `<${tag}>${words}</${tag}>` };
}

/** Keys of PyMdown: `ctrl+c` between doubled signs; undefined for a letter alone. */
export function readKeys(stated: string, end: number): Found | undefined {
  const keys = stated.split('+').map((key) => key.replace(/^"|"$/g, '').replace('-', ' '));
  if (/^[a-z]$/.test(stated)) return undefined;
  return { end, markdown: keys.map((key) => `<kbd>${capitalized(key)}</kbd>`).join('+') };
}
