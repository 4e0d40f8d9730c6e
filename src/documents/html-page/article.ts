import type * as hast from '../../html/tree.ts';
import { findFurniture, findUnseen } from './boilerplate.ts';
import { findRoot } from './content-root.ts';
import { readAfterword, readPreamble } from './preamble.ts';
import { measureProse } from './text-density.ts';
import { descendants, type Element, isPage } from './tree.ts';

/** The place of the article in its page. */
export interface ArticlePlace {
  /** The element with its text. */
  readonly root: Element;
  /** Elements that are not part of it. */
  readonly furniture: ReadonlySet<hast.Element>;
  /** The elements above its text, among them headline and byline. */
  readonly above: readonly Element[];
  /** The last elements of its text and below. */
  readonly below: readonly Element[];
}

/** A fragment is all article. So is a page in which everything has the name of what stands around one. */
export function findArticle(page: Element): ArticlePlace {
  const body = [...descendants(page)].find(({ tagName }) => tagName === 'body') ?? page;
  const named = isPage(page) ? findFurniture(body) : new Set<Element>();
  const isAll = measureProse(body, named).get(body) === 0;
  const furniture = isAll && isPage(page) ? findUnseen(body) : named;
  const prose = measureProse(body, furniture);
  const root = isPage(page) ? findRoot(body, prose) : body;
  return { root, furniture, above: readPreamble(root, prose, furniture), below: readAfterword(root) };
}
