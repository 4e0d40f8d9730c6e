import type { Field } from '../front-matter/fields.ts';
import { visibilityField } from '../front-matter/visibility.ts';
import { readStatus } from '../front-matter/visibility-words.ts';
import { attribute, descendants, type Element, lineOf } from './tree.ts';

/** The crawlers whose directives apply to all search engines. */
const ROBOTS: ReadonlySet<string> = new Set(['robots', 'googlebot', 'bingbot']);
/** Templates use the other names for something else too; what they say then is not looked at. */
const UNMISTAKABLE: ReadonlySet<string> = new Set(['robots', 'draft', 'isdraft']);

/**
 * Reads visibility from the `meta` elements of a page, as fields of front matter.
 *
 * @param firstLine the number of the page's first line in the document
 */
export function findMetaVisibility(page: Element, firstLine: number): (readonly [string, Field])[] {
  const found: (readonly [string, Field])[] = [];
  for (const element of descendants(page)) {
    const stated = element.tagName === 'meta' ? attribute(element, 'name')?.trim().toLowerCase() : undefined;
    if (stated === undefined) continue;
    const name = ROBOTS.has(stated) ? 'robots' : visibilityField(stated);
    const value = attribute(element, 'content') ?? '';
    if (name === undefined || (!UNMISTAKABLE.has(name) && readStatus(value) === undefined)) continue;
    found.push([name, { value, line: (lineOf(element) ?? 1) + firstLine - 1 }]);
  }
  return found;
}
