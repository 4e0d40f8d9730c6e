import { contains, descendants, type Element, findAll } from '../../html/tree.ts';
import { partsBetween, wordSet } from '../../strings.ts';
import { readLabel } from '../plain-text/labels.ts';
import {
  findBoilerplateElements,
  findUnseen,
  isAboutArticle,
  isUnseen,
  measureProse,
  namesOf,
} from './boilerplate.ts';
import { readByline } from './byline.ts';
import { innerText, isBlock, isPage, isProse, isWithin, lineage, textOf, trimmedAttribute } from './tree.ts';

export interface ArticlePlace {
  /** The element with its text. */
  readonly root: Element;
  readonly boilerplate: ReadonlySet<Element>;
  /** The elements above its text, among them headline and byline. */
  readonly above: readonly Element[];
  /** The last elements of its text and below. */
  readonly below: readonly Element[];
  /** The line that says who posted it, and when. */
  readonly posting: Posting | undefined;
  /** The rows of a table of fields, such as `Created: 3 May 2014`. */
  readonly fields: readonly string[];
}

interface Posting {
  readonly line: string;
  readonly element: Element;
}

/** A fragment is all article, except hidden elements. So is a page in which everything has a name of boilerplate. */
export function findArticle(page: Element): ArticlePlace {
  const body = findAll(page, 'body')[0] ?? page;
  const isWhole = isPage(page);
  let boilerplate = isWhole
    ? findBoilerplateElements(body)
    : new Set([...descendants(body)].filter(isUnseen));
  let prose = measureProse(body, boilerplate);
  if (isWhole && prose.get(body) === 0) {
    boilerplate = findUnseen(body);
    prose = measureProse(body, boilerplate);
  }
  const root = isWhole && !isConverted(page) ? findRoot(body, prose) : body;
  const posting = isWhole ? findPosting(body) : undefined;
  const isLine = posting !== undefined && textOf(posting.element) === posting.line;
  const fields = findFields(body);
  const said = [...(isLine ? [posting.element] : []), ...(fields === undefined ? [] : [fields.table])];
  return {
    root,
    fields: fields?.rows ?? [],
    boilerplate: said.length > 0 ? new Set([...boilerplate, ...said]) : boilerplate,
    above: readPreamble(root, prose, boilerplate),
    below: [...descendants(scopeOf(root))].slice(-MAX_BELOW),
    posting,
  };
}

/** Whether a word processor wrote the page, which then has no boilerplate. */
function isConverted(page: Element): boolean {
  return findAll(page, 'meta').some(
    (meta) =>
      trimmedAttribute(meta, 'name')?.toLowerCase() === 'generator' &&
      /^(?:microsoft (?:word|onenote)|libreoffice|openoffice|staroffice|abiword|aspose|wps)/i.test(
        trimmedAttribute(meta, 'content') ?? '',
      ),
  );
}

/** The minimum and maximum number of rows of a table of fields. */
const [MIN_FIELDS, MAX_FIELDS] = [2, 12];

/** The first table in which all rows are fields, and most of them known. */
function findFields(
  body: Element,
): { readonly table: Element; readonly rows: readonly string[] } | undefined {
  const [table] = findAll(body, 'table');
  const elements = table === undefined ? [] : findAll(table, 'tr');
  if (table === undefined || elements.length < MIN_FIELDS || elements.length > MAX_FIELDS) return undefined;
  const rows = elements.map(textOf);
  const known = rows.filter((row) => readLabel(row) !== undefined);
  const isAll = rows.every((row) => row.length <= MAX_POSTING && /^[^:]{1,40}:/.test(row));
  return isAll && known.length >= MIN_FIELDS && known.length * 2 > rows.length ? { table, rows } : undefined;
}

const POSTED =
  /^\W{0,3}(?:(?:posted|submitted|written|published|contributed|filed)\b|gepostet|geschrieben|veröffentlicht|post[ée]|publi[ée]|publicado|enviado|escrito|pubblicato|inviato|scritto|geplaatst|wysłan|opublikowan|napisan|опубликован|отправлен|добавлен|написан)/iu;
const MAX_POSTING = 200;
const COMMENTS = /(?:^|\s)comments?(?:-(?:area|body|head(?:er)?|list|section))?(?=\s|$)/;

/** The first line such as `Posted by Jane Roe on May 3, 2004 in News`. Those of comments are below it. */
function findPosting(body: Element): Posting | undefined {
  for (const element of descendants(body)) {
    if (COMMENTS.test(namesOf(element)) || /^comments?$/i.test(trimmedAttribute(element, 'name') ?? ''))
      return undefined;
    if (!isBlock(element) || element.children.some((child) => child.type === 'element' && isBlock(child)))
      continue;
    const lines = partsBetween(innerText(element.children), '\n').map((line) => line.replace(/\s+/gu, ' '));
    const line = lines.find(
      (each) => each.length <= MAX_POSTING && POSTED.test(each) && readByline(each)?.published.length === 1,
    );
    if (line !== undefined) return { line, element };
  }
  return undefined;
}

/** The weight of prose decreases with each level of depth: the content root is near its paragraphs. */
const DECAY = 0.8;
/** The minimum prose of an element that is marked as the content, as a share of that in the densest block. */
const MIN_SHARE = 0.25;
/** An element with this share of its parent's prose is the better root, since it contains less boilerplate. */
const NEARLY_ALL = 0.85;

const HOLDERS = wordSet('article body center div font main section td');
const CONTENT_NAMES =
  /(?:^|\s)(?:(?:blog|article|entry|news|node|post|story|rich-?text|td-post)[_-]*(?:body|content|copy|main|text)(?:[_-]+(?:body|content|copy|inner|text))?|field-name-body|gh-content|wiki-content|blogbody|asset-body|content-core|postbody|markdown-body|mw-parser-output|prose|rst-content|body-?copy|td-content)(?=\s|$)/;
/** Names of elements that contain a whole document. */
const WHOLE = /(?:^|\s)(?:content|document|notebook-container)(?=\s|$)/;
/** Selectors that mark the content, most reliable first. */
const PLACES: readonly ((element: Element) => boolean)[] = [
  (element) =>
    /(?:^|[\s:])articleBody(?:\s|$)/.test(
      `${trimmedAttribute(element, 'itemprop')} ${trimmedAttribute(element, 'property')}`,
    ),
  (element) => /(?:^|\s)e-content(?:\s|$)/.test(namesOf(element)),
  (element) => CONTENT_NAMES.test(namesOf(element)),
  (element) => element.tagName === 'article' || trimmedAttribute(element, 'role') === 'article',
  (element) => element.tagName === 'main' || trimmedAttribute(element, 'role') === 'main',
];

/**
 * The element with the article and little else: the most reliably marked one with enough of the page's prose, otherwise
 * the block with the densest prose.
 */
function findRoot(body: Element, prose: ReadonlyMap<Element, number>): Element {
  const proseOf = (element: Element): number => prose.get(element) ?? 0;
  const holders = [body, ...descendants(body)].filter(
    (element) => HOLDERS.has(element.tagName) && proseOf(element) > 0,
  );
  const least = proseOf(body) * MIN_SHARE;
  for (const isPlace of PLACES) {
    const places = holders.filter(
      (element) => element !== body && isPlace(element) && proseOf(element) >= least,
    );
    const [best] = places.toSorted(
      (one, other) =>
        Number(contains(other, 'h1')) - Number(contains(one, 'h1')) || proseOf(other) - proseOf(one),
    );
    if (best === undefined) continue;
    const largest = wholeOf(best, holders.filter(isPlace), proseOf);
    const inner = new Set(descendants(largest));
    return (
      holders.findLast(
        (element) =>
          inner.has(element) &&
          proseOf(element) >= proseOf(largest) * NEARLY_ALL &&
          PLACES.some((isNamed) => isNamed(element)),
      ) ?? largest
    );
  }
  const densest = findDensest(holders, proseOf);
  const dense = densest === undefined ? body : withOtherSections(densest, proseOf);
  return wholeAround(dense, prose);
}

/** Sections of Org, Asciidoctor, DocBook, Sphinx and Pandoc, which contain their headings. */
const SECTION = /(?:^|\s)(?:outline-\d|sect\d)(?=\s|$)/;
/** The same, or a part of any page. */
const PART = /(?:^|\s)(?:section|subsection|chapter)(?=\s|$)/;

/** The element with all sections of a text, if the densest is one of several. */
function withOtherSections(root: Element, proseOf: (element: Element) => number): Element {
  const isSection = (element: Element): boolean =>
    SECTION.test(namesOf(element)) ||
    (proseOf(element) > 0 && (element.tagName === 'section' || PART.test(namesOf(element))));
  let whole = root;
  for (const part of lineage(root)) {
    const { parent } = part;
    if (parent === undefined || parent.tagName === 'html') break;
    const others = parent.children.filter(
      (child) => child.type === 'element' && child !== part && isSection(child),
    );
    if (isSection(part) && others.length > 0) whole = parent;
  }
  return whole;
}

/**
 * The element with the whole document, if a block has nearly all of its prose and there are no links to other pages
 * beside it: converters write each paragraph, or each section, in its own box.
 */
function wholeAround(dense: Element, prose: ReadonlyMap<Element, number>): Element {
  const linksIn = (element: Element): number =>
    findAll(element, 'a').filter(
      (link) => prose.has(link) && /^[^#]/.test(trimmedAttribute(link, 'href') ?? ''),
    ).length;
  const whole = [...lineage(dense)].findLast(
    (element) => element.tagName !== 'body' && WHOLE.test(namesOf(element)),
  );
  if (whole === undefined || (prose.get(dense) ?? 0) < (prose.get(whole) ?? 0) * NEARLY_ALL) return dense;
  return linksIn(whole) === linksIn(dense) ? whole : dense;
}

/** The common ancestor of all parts, if an article has several. */
function wholeOf(place: Element, places: readonly Element[], proseOf: (element: Element) => number): Element {
  const article = articleOf(place);
  const parts = places.filter((part) => groupOf(part) === groupOf(place) && articleOf(part) === article);
  const together = parts.reduce((sum, part) => sum + proseOf(part), 0);
  if (together <= proseOf(place) / NEARLY_ALL) return place;
  return lineage(place).find((above) => above.parent === undefined || proseOf(above) >= together) ?? place;
}

function articleOf(element: Element): Element | undefined {
  return lineage(element).find((above) => above !== element && above.tagName === 'article');
}

function groupOf(element: Element): string {
  return `${element.tagName}.${trimmedAttribute(element, 'class')?.replace(/\d+/g, '')}`;
}

function findDensest(
  holders: readonly Element[],
  proseOf: (element: Element) => number,
): Element | undefined {
  const blocks = new Set(
    holders.filter(({ children }) =>
      children.some((child) => child.type === 'element' && proseOf(child) > 0),
    ),
  );
  const inBlocks = new Map<Element, number>();
  const score = new Map<Element, number>();
  for (const block of [...blocks].toReversed()) {
    const total = proseOf(block) - (inBlocks.get(block) ?? 0) + (score.get(block) ?? 0);
    score.set(block, total);
    const above = lineage(block).find((each) => each !== block && blocks.has(each));
    if (above === undefined) continue;
    inBlocks.set(above, (inBlocks.get(above) ?? 0) + proseOf(block));
    score.set(above, (score.get(above) ?? 0) + total * DECAY);
  }
  const [dense] = [...blocks].toSorted((one, other) => (score.get(other) ?? 0) - (score.get(one) ?? 0));
  return dense ?? holders.at(-1);
}

const MAX_ABOVE = 1000;
const MAX_BELOW = 50;
const ENTRY = /(?:^|\s)(?:h-entry|hentry)(?=\s|$)/;
const STANDFIRST =
  /(?:^|[\s_-])(?:standfirst|dek|deck|lede|lead(?:-(?:paragraph|text))?|intro|perex|spot|sub-?(?:head|heading|headline|title)|summary|excerpt|abstract)(?=[\s_-]|$)/;
/** A shorter one is a label. */
const MIN_STANDFIRST = 40;
const FEATURED =
  /(?:^|[\s_-])(?:(?:cover|featured|hero|lead|main)[_-]?(?:image|img|media)|(?:entry|post)[_-]?(?:image|thumbnail)|wp-post-image)(?=[\s_-]|$)/;

/** The elements of the article above its first paragraph, except links to other articles. */
function readPreamble(
  root: Element,
  prose: ReadonlyMap<Element, number>,
  boilerplate: ReadonlySet<Element>,
): Element[] {
  const above: Element[] = [];
  const isDone = (element: Element): boolean => {
    if (boilerplate.has(element) && !isAboutArticle(element)) return false;
    if (above.length === MAX_ABOVE || (isParagraph(element, prose) && isWithin(element, root))) return true;
    above.push(element);
    return element.children.some((child) => child.type === 'element' && isDone(child));
  };
  isDone(scopeOf(root));
  return above;
}

/** The paragraphs of an article between its headline and its text. */
export function findStandfirst(above: readonly Element[], root: Element): Element[] {
  if (root.tagName === 'body') return [];
  const text = textOf(root);
  return above.filter(
    (element) =>
      STANDFIRST.test(namesOf(element)) &&
      !isWithin(element, root) &&
      !isWithin(root, element) &&
      !element.children.some((child) => child.type === 'element' && isBlock(child)) &&
      textOf(element).length >= MIN_STANDFIRST &&
      !text.includes(textOf(element)),
  );
}

/** The picture of an article above its text, by the names that themes give it. */
export function findFeatured(above: readonly Element[], root: Element): Element | undefined {
  return above.find(
    (element) =>
      FEATURED.test(namesOf(element)) &&
      (element.tagName === 'img' || contains(element, 'img')) &&
      !isWithin(element, root) &&
      !isWithin(root, element),
  );
}

/** The whole article, including the elements above and below its text. */
function scopeOf(root: Element): Element {
  const isScope = (element: Element): boolean =>
    element.parent === undefined ||
    /^(?:body|article|main)$/.test(element.tagName) ||
    ENTRY.test(namesOf(element));
  return lineage(root).find(isScope) ?? root;
}

/** Whether the text of an article may begin with it. */
function isParagraph(element: Element, prose: ReadonlyMap<Element, number>): boolean {
  if (!prose.get(element) || element.children.some((child) => child.type === 'element' && prose.get(child)))
    return false;
  return isProse(textOf(element));
}
