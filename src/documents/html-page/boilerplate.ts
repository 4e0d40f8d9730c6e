import { contains, descendants, type Element, type ElementContent, findAll } from '../../html/tree.ts';
import { wordSet } from '../../strings.ts';
import { slugify } from '../addresses.ts';
import { hasAttribute, isBlock, lineage, textOf, trimmedAttribute } from './tree.ts';

/**
 * An element with more than this share of a page's prose is not boilerplate, whatever its name; the second is for names
 * of texts by other people.
 */
const MAX_SHARE = 0.25;
const MAX_SHARE_OF_OTHERS = 0.45;

/** Elements that are never part of an article. */
const NEVER = wordSet(
  `head script noscript nav dialog select datalist option button textarea applet canvas amp-ad
  amp-analytics amp-consent amp-lightbox amp-sidebar amp-social-share amp-sticky-ad amp-user-notification`,
);
/** Elements that usually are not; but a form can contain a whole page. */
const SELDOM = wordSet('aside footer form fieldset label');
const ROLES =
  /^(?:navigation|search|banner|contentinfo|complementary|dialog|alertdialog|alert|menu|menubar|toolbar|tablist)$/;
/** Elements that are never boilerplate by name: their classes name their look or their content. */
const CONTENT = wordSet(
  'html body main table thead tbody tfoot tr th td figure figcaption blockquote pre code h1 h2 h3 h4 h5 h6',
);

/** Whole class names and ids of readers' comments, which are often longer than the article. */
const COMMENTS =
  /(?:^|\s)(?:comments?|comments?-?(?:area|box|container|list|section|text|thread|wrapper)|disqus_thread|respond|replies)(?=\s|$)/;
/** The same of tables of contents in docutils, Hugo, Pandoc and WordPress, and their maximum share of unlinked text. */
const CONTENTS = /toc(?![a-z])|(?<![a-z])(?:table-?of-?contents|contents topic)(?![a-z])/;
const MAX_UNLINKED = 60;
/** Words in the class names and ids of navigation and controls, which contain no prose. */
const WAYS = anyOf([
  'breadcrumbs?|nav|navbar|navigation|menu|pagination|pager|skip-link|sitemap|toc|table-of-contents|toolbar|printer',
  'share|shares|sharing|sharedaddy|shariff|social(?!-(?:embed|image|media-embed|post|video))|addthis|addtoany|follow-us|ratings|poll|popular|trending',
]);
/** The same of other articles, of texts by other people, and of appeals of the publisher. */
const OTHERS = anyOf([
  'masthead|sidebar|related(?:articles|links|news|posts|stories)?|recommend(?:ed|ations?)|recirc|recirculation|most-read|most-popular|more-(?:stories|news|articles)|read-next|read-also|also-read|up-next|outbrain|taboola|promos?|promoted',
  'comment|comments|commentlist|disqus|newsletters?|subscribe|subscriptions?|signup|sign-up|login|paywall|donate|donation|ads?|adverts?|advertising|advertisement|adsbygoogle|sponsored|cookies?|consent|gdpr|(?:popup|modal)(?!-(?:gallery|image|img|link|photo|picture|video|vimeo|youtube|zoom))|cta',
]);
/** The same of metadata about the article, which has fields of its own. */
const FACTS = anyOf([
  'author-(?:bio|box|info|card|profile)|about-author|(?:article|entry|post)-(?:footer|info|meta)|postmetadata|tags|tag-(?:links|list)|cat-links',
]);
/** Whole class names of elements that are hidden from some readers. */
const UNSEEN =
  /(?:^|\s)(?:kg-(?:audio|video)-player|kg-video-player-container|vjs-[a-z-]+|visually-?hidden(?:-focusable)?|sr-only(?:-focusable)?|screen-reader-text|element-invisible|mw-editsection|editsection|site-sub|content-sub|jump-to-nav|printfooter|headerlink|hash-link|anchorjs-link|shcb-language|twoslash-popup-container|highlight__panel|toolbar-item|(?:[a-z]+-)?copy-?(?:code)?-?(?:btn|button)|cnblogs_code_copy|viewcode-link|wp-block-file__button|subscription-widget(?:-wrap)?(?:-editor)?|(?:slick|owl-item|swiper-slide|glide__slide|splide__slide)[ _-]{1,2}(?:cloned?|duplicate)|swiper-button-(?:next|prev)|carousel-control-(?:next|prev)|slick-(?:arrow|dots)|(?:glide|splide)__arrows?|flex-direction-nav|(?:jp-)?(?:in|out)put[_-]prompt|prompt highlight-none)(?=\s|$)/;
/** Players, which libraries hide in favour of their own. */
const PLAYER = /^(?:audio|video)(?:-|$)/;
/** The same of names that a whole page may have, too. */
const SOMETIMES_UNSEEN = /(?:^|\s)(?:widget|widget-area|no-?print|print-only)(?=\s|$)/;
/** The labels above advertisements that scripts load. */
const ADVERTISEMENT =
  /^[-–—\s]*(?:advertisements?|anzeige|advertentie|annonce|mainos|pubblicità|publicidade?|publicité|reklama?|werbung|διαφήμιση|реклама|إعلان|פרסומת|広告|广告)[-–—:\s]*$/iu;
const HIDDEN =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,])/i;

/** The boilerplate of a page: navigation, other articles, comments, forms, advertisements. */
export function findBoilerplateElements(page: Element): ReadonlySet<Element> {
  const elements = [...descendants(page)];
  const boilerplate = new Set(findUnseen(page));
  for (const element of elements) {
    if (isComments(element) || isContents(element)) boilerplate.add(element);
  }
  for (const element of imprintOf(elements)) boilerplate.add(element);
  const prose = measureProse(page, boilerplate);
  const all = prose.get(page) ?? 0;
  for (const element of elements) {
    const share = prose.get(element) ?? 0;
    const most = all * (OTHERS.test(namesOf(element)) ? MAX_SHARE_OF_OTHERS : MAX_SHARE);
    if (share <= most && isBoilerplate(element, share > 0)) boilerplate.add(element);
  }
  return boilerplate;
}

const IMPRINT =
  /all rights reserved|©\s?(?:copyright\s)?(?:19|20)\d\d|copyright\s?(?:©|\(c\)|(?:19|20)\d\d)|(?:^|[|·•.©–—]\s?|\bproudly |\bsite (?:is )?)powered by|alle rechte vorbehalten|tous droits réservés|wszelkie prawa|все права защищены|版权所有|無断転載/iu;
const MAX_IMPRINT = 400;

/** The lines at the end of a page about its publisher and the program that made it. */
function imprintOf(elements: readonly Element[]): Element[] {
  const imprint: Element[] = [];
  for (const element of elements.toReversed()) {
    if (!isBlock(element) || element.children.some((child) => child.type === 'element' && isBlock(child)))
      continue;
    const text = textOf(element);
    if (text.length <= MAX_IMPRINT && IMPRINT.test(text)) imprint.push(element);
    else if (text.length >= MIN_PROSE) break;
  }
  return imprint;
}

/** Elements that are never part of an article, whatever their names: scripts, navigation, forms, hidden elements. */
export function findUnseen(page: Element): ReadonlySet<Element> {
  return new Set(
    [...descendants(page)].filter(
      (element) =>
        NEVER.has(element.tagName) ||
        isNeverSeen(element) ||
        (hasAttribute(element, 'fallback') && element.parent?.tagName.startsWith('amp-')),
    ),
  );
}

/** Whether an element is only for assistive technology, or hidden. */
export function isUnseen(element: Element): boolean {
  return isNeverSeen(element) || SOMETIMES_UNSEEN.test(namesOf(element));
}

function isNeverSeen(element: Element): boolean {
  const { tagName } = element;
  return (
    isHidden(element) ||
    (tagName === 'dialog' && !hasAttribute(element, 'open')) ||
    (!PLAYER.test(tagName) && UNSEEN.test(namesOf(element)))
  );
}

/** Whether boilerplate says something about the article. */
export function isAboutArticle(element: Element): boolean {
  return FACTS.test(namesOf(element)) || element.tagName === 'footer';
}

/** Class names, id and role in lower case, with hyphens between words. */
export function namesOf(element: Element): string {
  const { className, id, role } = element.properties;
  if (className === undefined && id === undefined && role === undefined) return '';
  return ['class', 'id', 'role']
    .map((name) => trimmedAttribute(element, name))
    .join(' ')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
    .toLowerCase();
}

function isHidden(element: Element): boolean {
  // Scripts show one of them at a time; readers run none.
  if (trimmedAttribute(element, 'role') === 'tabpanel') return false;
  return (
    (hasAttribute(element, 'hidden') && trimmedAttribute(element, 'hidden') !== 'until-found') ||
    (trimmedAttribute(element, 'aria-hidden') === 'true' && !hasWords(element)) ||
    // A picture without an address is hidden until a script loads it.
    ((element.tagName !== 'img' || hasAttribute(element, 'src')) &&
      HIDDEN.test(trimmedAttribute(element, 'style') ?? ''))
  );
}

/** Whether it is more than decoration: a drawing with words, a paragraph, or a slide of a gallery. */
function hasWords(element: Element): boolean {
  if (element.tagName === 'svg') return contains(element, 'text');
  if (element.tagName === 'p') return /\p{L}{2}/u.test(textOf(element));
  return (
    /^(?:div|figure|li)$/.test(element.tagName) &&
    findAll(element, 'img').some((image) => trimmedAttribute(image, 'alt') !== undefined)
  );
}

function isComments(element: Element): boolean {
  return (
    isBlock(element) &&
    !CONTENT.has(element.tagName) &&
    COMMENTS.test(namesOf(element)) &&
    !isIn(element, 'pre', 'code') &&
    !isSection(element) &&
    !contains(element, 'h1')
  );
}

/** Whether it is a table of contents: hardly more than links within the page. */
function isContents(element: Element): boolean {
  if (!isBlock(element) || CONTENT.has(element.tagName) || !CONTENTS.test(namesOf(element))) return false;
  const links = findAll(element, 'a');
  const linked = links.reduce((length, link) => length + textOf(link).length, 0);
  return (
    links.length > 0 &&
    links.every((link) => trimmedAttribute(link, 'href')?.startsWith('#') !== false) &&
    textOf(element).length - linked <= MAX_UNLINKED
  );
}

function isBoilerplate(element: Element, hasProse: boolean): boolean {
  if (CONTENT.has(element.tagName) || isSection(element)) return false;
  if (isBlock(element) && ADVERTISEMENT.test(onlyText(element))) return true;
  const names = namesOf(element);
  const isWay = !hasProse && WAYS.test(names) && !isShown(element);
  const isFact = FACTS.test(names) && !contains(element, 'pre');
  if (isBlock(element) && (isWay || OTHERS.test(names) || isFact))
    return !isIn(element, 'figure', 'pre', 'code');
  if (element.tagName === 'aside')
    return !hasNotes(element) && !isBox(element) && (!hasProse || !isIn(element, 'article', 'main'));
  if (SELDOM.has(element.tagName)) return !isIn(element, 'blockquote', 'figure') && !hasNotes(element);
  return ROLES.test(trimmedAttribute(element, 'role') ?? '') || SOMETIMES_UNSEEN.test(names);
}

/** Whether an element is content, whatever its name: it has code, or a player or a table without links and controls. */
function isShown(element: Element): boolean {
  return (
    contains(element, 'pre') ||
    (contains(element, 'audio', 'iframe', 'table', 'video') &&
      !contains(element, 'a', 'button', 'form', 'input'))
  );
}

/** The text of an element with nothing else; otherwise empty. */
function onlyText({ children: [text, ...others] }: Element): string {
  return text?.type === 'text' && others.length === 0 ? text.value : '';
}

/** Whether it is a section with the id of its heading, such as `<section id="navigation"><h2>Navigation</h2>`. */
function isSection(element: Element): boolean {
  const id = trimmedAttribute(element, 'id');
  const [heading] = element.children.filter((child) => child.type === 'element');
  return (
    id !== undefined &&
    heading !== undefined &&
    /^h[1-6]$/.test(heading.tagName) &&
    slugify(id) === slugify(textOf(heading)) &&
    !contains(element, 'form')
  );
}

/** Whether an aside belongs to the text: a box of docutils, or a quotation or the preview of a link in Discourse. */
function isBox(aside: Element): boolean {
  return /(?:^|\s)(?:admonition|callout|onebox|quote|topic)(?=\s|$)/.test(namesOf(aside));
}

function hasNotes(element: Element): boolean {
  return [element, ...descendants(element)].some((part) => /footnote|endnote/.test(namesOf(part)));
}

function isIn(element: Element, ...names: readonly string[]): boolean {
  return lineage(element).some((above) => above !== element && names.includes(above.tagName));
}

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(`(?<![a-z])(?:${words.join('|').replaceAll('-', '[_-]')})(?![a-z])`);
}

/** A shorter run of text is a label, a caption or an item of a menu. */
const MIN_PROSE = 40;
/** The maximum share of links in running text. */
const MAX_LINKED = 0.5;
const HEADING = /^h[1-6]$/;

/**
 * The number of characters of running text in each element: of paragraphs, long list items, code and the like, but not
 * of headings, menus and lists of links. An article has nearly all of it in one place, and boilerplate has little. If
 * there is none at all, all text counts.
 */
export function measureProse(root: Element, boilerplate: ReadonlySet<Element>): ReadonlyMap<Element, number> {
  const prose = weighProse(root, boilerplate, MIN_PROSE);
  return prose.get(root) === 0 ? weighProse(root, boilerplate, 0) : prose;
}

function weighProse(
  root: Element,
  boilerplate: ReadonlySet<Element>,
  minimum: number,
): ReadonlyMap<Element, number> {
  const prose = new Map<Element, number>();
  let total = 0;
  let run = 0;
  let linked = 0;
  const endRun = (): void => {
    if (run >= minimum && linked <= run * MAX_LINKED) total += run;
    run = 0;
    linked = 0;
  };
  const walk = (node: ElementContent, isLinked: boolean): void => {
    if (node.type === 'text') {
      const length = weigh(node.value.replace(/\s+/gu, ' ').trim());
      run += length;
      if (isLinked) linked += length;
      return;
    }
    if (node.type !== 'element' || boilerplate.has(node) || node.tagName === 'svg') return;
    const isParagraph = isBlock(node);
    if (isParagraph) endRun();
    const before = total;
    for (const child of node.children) walk(child, isLinked || node.tagName === 'a');
    if (HEADING.test(node.tagName)) run = 0;
    if (isParagraph) endRun();
    prose.set(node, total - before);
  };
  walk(root, false);
  return prose;
}

/** The length of a text; a character for a word or a syllable counts as several letters. */
function weigh(text: string): number {
  return text.length + 2 * (text.match(/[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
}
