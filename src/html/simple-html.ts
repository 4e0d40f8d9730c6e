import { HOLES } from '../templates/holes.ts';

/*
 * Most of what Markdown becomes holds nothing but well-nested elements of a few kinds, with hardly an attribute. What the
 * sanitiser and the canonical form make of such HTML can be told in one pass; of all other HTML nothing is said here.
 * tests/sanitize.test.ts holds the two against each other.
 */

type Resolve = (url: string) => string | undefined;

interface Tag {
  readonly name: string;
  readonly kind: 'start' | 'end' | 'void';
  /** As it is written canonically. */
  readonly html: string;
}

const HEADINGS = ['h2', 'h3', 'h4', 'h5', 'h6'];
const CELLS = ['tr', 'th', 'td'];
const BLOCKS = [...HEADINGS, ...CELLS, ...'p ul ol li blockquote table thead tbody'.split(' ')];
const OTHERS = 'pre a abbr b cite code del em i ins kbd mark q s samp small strong sub sup u var'.split(' ');
const VOID = ['br', 'hr'];

/** Tags without attributes. */
const PLAIN: ReadonlyMap<string, Tag> = new Map(
  [...BLOCKS, ...OTHERS]
    .flatMap((name): Tag[] => [
      { name, kind: 'start', html: `<${name}>` },
      { name, kind: 'end', html: `</${name}>` },
    ])
    .concat(VOID.map((name) => ({ name, kind: 'void', html: `<${name}>` })))
    .map((tag) => [tag.html, tag]),
);

/** A space after the tags of these means nothing. */
const SPACE_AFTER: ReadonlySet<string> = new Set([...BLOCKS, 'hr']);
/** A space before the tags of these means nothing. */
const SPACE_BEFORE: ReadonlySet<string> = new Set([...BLOCKS, 'hr', 'pre']);

/** Pairs of an element and one in it that would end it (HTML §13.1.2.4), or that a browser would put elsewhere. */
const MISPLACED: ReadonlySet<string> = new Set(
  [
    [['p'], ['p', 'ul', 'ol', 'blockquote', 'pre', 'table', 'hr', ...HEADINGS]],
    [HEADINGS, HEADINGS],
    [
      [...CELLS, 'thead'],
      ['thead', 'tbody'],
    ],
    [['tbody'], ['tbody', 'thead']],
    [
      ['th', 'td'],
      ['tr', 'th', 'td'],
    ],
    [['tr'], ['tr']],
    [['thead'], ['td']],
    [['li'], ['li']],
    [['a'], ['a']],
  ].flatMap(([outer = [], inner = []]) => outer.flatMap((name) => inner.map((other) => `${name} ${other}`))),
);

/** Far below where the sanitiser ends. */
const MAX_DEPTH = 40;
const LINK = /^<a href="([\w.~:/?#@!$*+,;=%()-]+)">$/;
const CODE = /^<code class="(language-[\w+#.-]+)">$/;
const WITH_ID = /^<(h[2-6]|li) id="([\w.-]+)">$/;
const LIST = /^<ol start="(\d+)">$/;
const ALIGNED_CELL = /^<(t[hd]) align="(left|right|center)">$/;
const SAFE_TARGET = new RegExp(`^(?:(?:https?|mailto|tel):|${HOLES.origin})`);
const HARD_TARGET = /[\s&<>"'\\]/;
/** What only the sanitiser knows how to treat. */
const HARD_TEXT = /&(?!(?:amp|lt|gt|quot);)|[^\P{Cc}\n\t]|\p{Cs}|\p{Noncharacter_Code_Point}/u;

/** What `sanitizeContent` makes of simple HTML; undefined when the HTML is not simple. */
export function sanitizeSimple(html: string, link: Resolve): string | undefined {
  if (HARD_TEXT.test(html)) return undefined;
  const open: string[] = [];
  let preformatted = 0;
  let canonical = '';
  let dropsSpace = true;
  for (let at = 0; at < html.length; ) {
    const start = html.indexOf('<', at);
    const textEnd = start < 0 ? html.length : start;
    const end = start < 0 ? html.length : html.indexOf('>', start) + 1;
    const tag = start < 0 ? undefined : readTag(html.slice(start, end), link);
    if (start >= 0 && tag === undefined) return undefined;
    if (textEnd > at) {
      let text = canonicalText(html.slice(at, textEnd), preformatted > 0);
      if (dropsSpace && text.startsWith(' ')) text = text.slice(1);
      if (text.endsWith(' ') && (tag === undefined || SPACE_BEFORE.has(tag.name))) text = text.slice(0, -1);
      canonical += text;
    }
    if (tag === undefined) break;
    const { name, kind } = tag;
    const parent = open.at(-1);
    if (kind === 'end') {
      if (open.pop() !== name) return undefined;
    } else {
      if (parent !== undefined && MISPLACED.has(`${parent} ${name}`)) return undefined;
      if (kind === 'start' && open.push(name) > MAX_DEPTH) return undefined;
    }
    if (name === 'pre') preformatted += kind === 'end' ? -1 : 1;
    canonical += tag.html;
    dropsSpace = SPACE_AFTER.has(name);
    at = end;
  }
  return open.length === 0 ? canonical.trim() : undefined;
}

function canonicalText(text: string, isPreformatted: boolean): string {
  const isSpaced = isPreformatted || !(text.includes('\n') || text.includes('  ') || text.includes('\t'));
  const spaced = isSpaced ? text : text.replace(/[ \t\n]+/g, ' ');
  return /[>"\\\n\t]/.test(spaced)
    ? spaced
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll('\\', '&#92;')
        .replaceAll('\n', '&#10;')
        .replaceAll('\t', '&#9;')
    : spaced;
}

/** Undefined when it is not one of the simple ones. */
function readTag(tag: string, link: Resolve): Tag | undefined {
  const plain = PLAIN.get(tag);
  if (plain !== undefined) return plain;
  const href = LINK.exec(tag)?.[1];
  if (href !== undefined) return readLink(href, link);
  const language = CODE.exec(tag)?.[1];
  if (language !== undefined) return { name: 'code', kind: 'start', html: `<code class='${language}'>` };
  const [, cell, side] = ALIGNED_CELL.exec(tag) ?? [];
  if (cell !== undefined) return { name: cell, kind: 'start', html: `<${cell} align='${side}'>` };
  const [, name, id] = WITH_ID.exec(tag) ?? [];
  if (name !== undefined) return { name, kind: 'start', html: `<${name} id='${id}'>` };
  const number = LIST.exec(tag)?.[1];
  return number === undefined ? undefined : { name: 'ol', kind: 'start', html: `<ol start='${number}'>` };
}

function readLink(href: string, link: Resolve): Tag | undefined {
  if (/^data:/i.test(href)) return undefined;
  const target = link(href);
  if (target === undefined) return PLAIN.get('<a>');
  return HARD_TARGET.test(target) || !SAFE_TARGET.test(target)
    ? undefined
    : { name: 'a', kind: 'start', html: `<a href='${target}'>` };
}
