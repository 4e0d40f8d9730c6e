import {
  attribute,
  descendants,
  type Element,
  type ElementContent,
  findAll,
  h,
  isElement,
  type Parent,
  rawText,
} from '../../html/tree.ts';

/* What word processors write in styles: lists of Word and of Google Docs, bold and italic words. */

/** The level of a paragraph of Word in its list, and of a list of Google Docs, each of which is one level. */
const WORD_LEVEL = /mso-list:\s?l\d+\s+level(\d)/;
const GOOGLE_LEVEL = /^lst-kix_.*-(\d)$/;
const MARKER = /mso-list:\s?Ignore/i;
/** The space after a marker, which is all that filtered HTML of Word keeps of a list, and such a marker. */
const SPACE = /font:\s?7(?:\.0)?pt/;
const MARK = /^\s*(?:[\p{P}\p{S}o]|\(?\w{1,4}[.)])\s*$/u;
/** Points of the margin of each level. */
const INDENT = 36;
const ORDERED = /^[\s(]*(?:\d{1,3}|[a-z]|[ivx]{1,6})[.)]/i;
/** A style rule for one class that changes the look of words. */
const RULE =
  /\.([\w-]{1,60})\s?\{([^{}]*\b(?:font-weight|font-style|text-decoration|vertical-align)\b[^{}]*)\}/g;

/** Converts lists, emphasis and metadata of word processors to HTML elements. */
export function readWordProcessor(page: Parent, html: string): void {
  const start = html.indexOf('<o:DocumentProperties>');
  if (start >= 0) stateProperties(page, html.slice(start, html.indexOf('</o:DocumentProperties>', start)));
  if (/mso-list:|lst-kix_|MsoListParagraph/.test(html)) nestLists(page);
  if (html.includes('<style')) inlineStyles(page);
  if (/MsoTitle|doc-content/.test(html))
    for (const paragraph of findAll(page, 'p'))
      if (/^(?:.* )?(?:MsoT|t)itle(?: .*)?$/.test(attribute(paragraph, 'class') ?? ''))
        paragraph.tagName = 'h1';
}

/** Adds the metadata that Word states in a comment to the head of a page. */
function stateProperties(page: Parent, properties: string): void {
  const [head] = findAll(page, 'head');
  for (const [, name = '', content] of properties.matchAll(/<o:(Author|Created|Keywords)>([^<>]{1,200})</g))
    head?.children.push(h('meta', { name: name.toLowerCase(), content }));
}

interface ListItem {
  readonly level: number;
  readonly tagName: 'ul' | 'ol';
  readonly item: Element;
}

function nestLists(parent: Parent): void {
  const children: ElementContent[] = [];
  const open: { readonly level: number; readonly list: Element }[] = [];
  for (const child of parent.children as ElementContent[]) {
    // no doctypes in elements
    if (child.type === 'element') nestLists(child);
    const items = listItems(child);
    const isBetween = child.type === 'comment' || (child.type === 'text' && child.value.trim() === '');
    if (items.length === 0) {
      if (!isBetween) open.length = 0;
      children.push(child);
    }
    for (const { level, tagName, item } of items) {
      while ((open.at(-1)?.level ?? -1) > level) open.pop();
      if (open.at(-1)?.level === level && open.at(-1)?.list.tagName !== tagName) open.pop();
      let list = open.at(-1)?.level === level ? open.at(-1)?.list : undefined;
      if (list === undefined) {
        const above = open.at(-1)?.list.children.at(-1);
        list = h(tagName, {});
        (isElement(above, 'li') ? above.children : children).push(list);
        open.push({ level, list });
      }
      list.children.push(item);
    }
  }
  if (open.length > 0 || children.length !== parent.children.length) parent.children = children;
}

function listItems(node: ElementContent): ListItem[] {
  if (node.type !== 'element') return [];
  const { tagName, properties, children } = node;
  const style = String(properties.style ?? '');
  const level = WORD_LEVEL.exec(style)?.[1];
  if (level !== undefined && tagName === 'p') {
    const markers = findAll(node, 'span').filter((span) => MARKER.test(String(span.properties.style ?? '')));
    const isOrdered = ORDERED.test(markers.map(rawText).join(''));
    for (const marker of markers) marker.children = [];
    return [{ level: Number(level), tagName: isOrdered ? 'ol' : 'ul', item: h('li', {}, children) }];
  }
  if (tagName === 'p' && /text-indent:\s?-/.test(style)) {
    const isSpace = (each: Element): boolean => SPACE.test(String(each.properties.style ?? ''));
    const end = 1 + children.findIndex((child) => [...descendants(h('p', {}, [child]))].some(isSpace));
    const mark = children.slice(0, end).map(rawText).join('');
    const margin = Number(/margin-left:\s?(\d+)/.exec(style)?.[1] ?? INDENT);
    const item = h('li', {}, children.slice(end));
    return MARK.test(mark)
      ? [{ level: Math.round(margin / INDENT), tagName: ORDERED.test(mark) ? 'ol' : 'ul', item }]
      : [];
  }
  if (tagName !== 'ul' && tagName !== 'ol') return [];
  const names = Array.isArray(properties.className) ? properties.className : [];
  const depth = names.flatMap((name) => GOOGLE_LEVEL.exec(String(name))?.[1] ?? [])[0];
  if (depth === undefined) return [];
  return children.flatMap((item) => (isElement(item, 'li') ? [{ level: Number(depth), tagName, item }] : []));
}

/** Moves the rules of a style sheet for words into their `style` attributes. */
function inlineStyles(page: Parent): void {
  const sheets = findAll(page, 'style').map(rawText).join('\n');
  const rules = new Map([...sheets.matchAll(RULE)].map(([, name = '', style = '']) => [name, style]));
  if (rules.size === 0) return;
  for (const { properties } of findAll(page, 'span')) {
    const names = Array.isArray(properties.className) ? properties.className : [];
    const styles = names.flatMap((name) => rules.get(String(name)) ?? []);
    if (styles.length > 0) properties.style = [...styles, properties.style ?? ''].join(';');
  }
}

const FORMATS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[;\s])font-weight:\s?(?:bold|[6-9]00)\b/, 'strong'],
  [/(?:^|[;\s])font-style:\s?italic\b/, 'em'],
  [/text-decoration(?:-line)?:[^;]*line-through/, 's'],
  [/vertical-align:\s?super\b/, 'sup'],
  [/vertical-align:\s?sub\b/, 'sub'],
];

/** The content of an element, within the elements that correspond to its style. */
export function formatted({ properties: { style } }: Element, children: ElementContent[]): ElementContent[] {
  if (typeof style !== 'string' || children.length === 0) return children;
  return FORMATS.reduce(
    (inside, [pattern, name]) => (pattern.test(style) ? [h(name, {}, inside)] : inside),
    children,
  );
}
