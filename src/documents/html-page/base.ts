import { attribute, descendants, type Element } from './tree.ts';

/** How a page's `base` names what its links name; without one, and for URLs that are absolute, as they do. */
export function readBase(page: Element): (url: string) => string {
  const [base] = [...descendants(page)].flatMap((element) =>
    element.tagName === 'base' ? (attribute(element, 'href') ?? []) : [],
  );
  const isElsewhere = /^(?:https?:)?\/\//i.test(base ?? '');
  const origin = 'https://seeds.invalid';
  if (base === undefined || !(isElsewhere || base.startsWith('/')) || !URL.canParse(base, origin))
    return (url) => url;
  return (url) => {
    if (!URL.canParse(url, origin) || /^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
    const { href } = new URL(url, new URL(base, origin));
    return href.startsWith(`${origin}/`) ? href.slice(origin.length) : href;
  };
}
