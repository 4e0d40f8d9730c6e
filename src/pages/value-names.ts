import type { Site } from '../config/site.ts';
import { type Facet, keyOf, type Slice, valueOfSlice } from '../facets.ts';
import { memoized } from '../memo.ts';

/** The settings of a value. */
interface ValueHeading {
  readonly title?: string;
  readonly description?: string;
}

const headingsOf = memoized(readHeadings, new WeakMap());

/** The settings of a tag or a collection; a podcast is a collection too. */
export function headingOf(site: Site, facet: Facet, key: string): ValueHeading | undefined {
  return headingsOf(site).get(`${facet} ${key}`);
}

/**
 * Describes a slice in a sentence.
 *
 * @param name of the slice
 */
export function descriptionOf(site: Site, slice: Slice, name: string): string {
  const value = valueOfSlice(slice);
  const stated = value && headingOf(site, value.facet, value.key)?.description;
  return stated ?? `${name}. ${site.description}`;
}

/** The name of the template of a podcast's page. */
export function showName(collection: string): `show:${string}` {
  return `show:${keyOf(collection)}`;
}

/**
 * The names of what stands before and after `main`.
 *
 * @param language of its words; undefined: that of the site
 */
export function frameNames(language?: string): { readonly top: string; readonly foot: string } {
  const suffix = language === undefined ? '' : `:${language}`;
  return { top: `top${suffix}`, foot: `foot${suffix}` };
}

/** The name of a tag or a collection on pages. */
export function valueName(site: Site, facet: 'tag' | 'collection', label: string): string {
  const stated = headingOf(site, facet, keyOf(label))?.title;
  if (stated !== undefined || facet === 'tag') return stated ?? label;
  // The name of a folder.
  if (/\p{Lu}|\s/u.test(label)) return label;
  const words = label.replaceAll(/[-_]+/g, ' ').trim();
  return words === '' ? label : (words[0] ?? '').toLocaleUpperCase(site.language) + words.slice(1);
}

function readHeadings(site: Site): Map<string, ValueHeading> {
  const { collections, tags, podcasts } = site;
  const isOwn = ({ title, description }: Site['podcasts'][number]): ValueHeading => ({
    ...(title !== site.title && { title }),
    ...(description !== site.description && { description }),
  });
  return new Map([
    ...podcasts.map((podcast) => [`collection ${keyOf(podcast.collection)}`, isOwn(podcast)] as const),
    ...Object.entries(collections).map(([name, stated]) => [`collection ${keyOf(name)}`, stated] as const),
    ...Object.entries(tags).map(([name, stated]) => [`tag ${keyOf(name)}`, stated] as const),
  ]);
}
