import { nameOfDrawing } from '../../html/drawing.ts';
import {
  contains,
  type Element,
  type ElementContent,
  findAll,
  h,
  type Parent,
  type RootContent,
  text,
} from '../../html/tree.ts';
import { hostOf } from '../../html/url.ts';
import { attempt, memoized } from '../../memo.ts';
import { namesOf } from './boilerplate.ts';
import { classOf, textOf, trimmedAttribute } from './tree.ts';

/** Pages of services that redirect to the address in their query. */
const REDIRECTION =
  /^https?:\/\/(?:www\.google\.[a-z]{2,3}(?:\.[a-z]{2})?\/url|l\.facebook\.com\/l\.php|[\w-]+\.safelinks\.protection\.outlook\.com\/|slack-redir\.net\/link)\?(?:[^#\s]*&)?(?:q|u|url)=(https?(?::|%3A)[^&#\s]+)/i;

/** Attributes with addresses, also of pictures that are loaded later. */
const ADDRESSED =
  /^(?:href|cite|poster|data|srcset|(?:data-(?:[\w-]{0,20}-)?)?src|data-(?:srcset|original))$/;

/** An element with its links and files relative to the document. */
export function rebase(element: Element, resolve: (url: string) => string): Element {
  const properties = { ...element.properties };
  for (const [name, url] of Object.entries(properties)) {
    if (typeof url !== 'string' || !ADDRESSED.test(name)) continue;
    if (name.endsWith('srcset')) {
      properties[name] = url.replace(/(?<=^\s{0,9}|,\s{1,9})[^\s,]\S{0,2000}/g, (each) => resolve(each));
      continue;
    }
    const stated = url.trim().replace(CURLY_QUOTES, '');
    const mail = protectedMail(PROTECTED_MAIL.exec(stated)?.[1]);
    if (mail !== undefined) properties[name] = `mailto:${mail}`;
    else if (!stated.startsWith('#')) properties[name] = resolve(name === 'href' ? targetOf(stated) : stated);
  }
  return { ...element, properties };
}

/** A link to the post that an embedded quotation cites, unless the quotation contains one. */
export function linkToPost(quotation: Element, children: readonly ElementContent[]): ElementContent[] {
  const post = trimmedAttribute(quotation, 'cite') ?? '';
  if (!/embed/.test(namesOf(quotation)) || !/^https?:/.test(post)) return [];
  if (findAll(h('div', {}, [...children]), 'a').some((link) => link.properties.href === post)) return [];
  return [h('p', {}, [h('a', { href: post }, [text(post)])])];
}

/** The areas of an image map as a list of links, which all readers show. */
export function areaLinks(map: Element, resolve: (url: string) => string): ElementContent[] {
  const links = findAll(map, 'area').flatMap((area) => {
    const words = trimmedAttribute(area, 'alt') ?? trimmedAttribute(area, 'title');
    const { href } = rebase(area, resolve).properties;
    return words === undefined || href === undefined ? [] : [h('li', {}, [h('a', { href }, [text(words)])])];
  });
  return links.length === 0 ? [] : [h('ul', {}, links)];
}

/** The target of a link, without the redirect of an office suite or a social network. */
function targetOf(href: string): string {
  const target = REDIRECTION.exec(href)?.[1];
  return (target && attempt(() => decodeURIComponent(target))) ?? href;
}

/** Quotation marks of word processors around an address. */
const CURLY_QUOTES = /^[“”„‘’]|[“”‘’]$/gu;
const PROTECTED_MAIL = /^\/cdn-cgi\/l\/email-protection#([\da-f]+)$/i;

/** The mail address that Cloudflare hides from robots: each byte is XORed with the first one. */
export function protectedMail(hidden: string | undefined): string | undefined {
  if (hidden === undefined || !/^(?:[\da-f]{2}){4,400}$/i.test(hidden)) return undefined;
  const [key = 0, ...bytes] = Buffer.from(hidden, 'hex');
  const mail = Buffer.from(bytes.map((byte: number) => byte ^ key)).toString();
  return /^[^\s@<>"]+@[^\s@<>"]+$/.test(mail.replace(/\?.*/s, '')) ? mail : undefined;
}

/** The ids of elements that links in a content lead to. */
export function linkedIds(content: Parent): ReadonlySet<string> {
  const hrefs = findAll(content, 'a').map((link) => trimmedAttribute(link, 'href') ?? '');
  return new Set(hrefs.filter((href) => href.startsWith('#')).map((href) => href.slice(1)));
}

const CONTROL = /copy|hidden|note|sr-only|toggle|tooltip/i;

/** Whether a sentence names a button: "Click [Save] and wait." */
export function isNamedButton(element: Element, parent: Parent | undefined): boolean {
  if (element.tagName !== 'button' || 'hidden' in element.properties || parent === undefined) return false;
  if (CONTROL.test(classOf(element)) || !/\p{L}/u.test(textOf(element))) return false;
  const at = positions(parent).get(element) ?? 0;
  const [before, after] = [parent.children[at - 1], parent.children[at + 1]];
  return (
    before?.type === 'text' &&
    after?.type === 'text' &&
    /[\p{L},]\s*$/u.test(before.value) &&
    /^\s*[\p{L}.,;]/u.test(after.value)
  );
}

const positions = memoized(
  ({ children }: Parent): ReadonlyMap<RootContent, number> =>
    new Map(children.map((child, index) => [child, index])),
  new WeakMap(),
);

const BUTTON = /(?:^|[\s_-])(?:btn|button)(?=[\s_-]|$)/i;
/** Whether it is a link that needs a script. */
export function isButton(element: Element): boolean {
  return (
    element.tagName === 'a' &&
    trimmedAttribute(element, 'href') === undefined &&
    (trimmedAttribute(element, 'role') === 'button' || BUTTON.test(classOf(element)))
  );
}

/** The text of a link that shows only an icon. */
export function iconLabel(link: Element, children: readonly ElementContent[]): string | undefined {
  if (
    trimmedAttribute(link, 'href') === undefined ||
    contains(link, 'img', 'picture', 'video', 'audio', 'iframe', 'math')
  )
    return undefined;
  const icons = findAll(link, 'svg', 'i');
  const isDrawn = contains(h('div', {}, [...children]), 'svg');
  const own = textOf(link);
  if (isDrawn || (textOf(children) !== '' && own !== '')) return undefined;
  const title = icons.map(nameOfDrawing).find((words) => words !== '');
  const unseen = icons.length > 0 && own !== '' ? own : undefined;
  const label = trimmedAttribute(link, 'aria-label') ?? title ?? trimmedAttribute(link, 'title') ?? unseen;
  const href = trimmedAttribute(link, 'href') ?? '';
  const address = /^(?:tel|sms|mailto|geo|xmpp|matrix):([^?]{1,200})/i.exec(href)?.[1];
  return label ?? address ?? (icons.length > 0 ? hostOf(href) : undefined);
}
