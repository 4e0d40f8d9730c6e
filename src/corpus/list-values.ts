import type { Instant } from '../article.ts';
import type { Generator } from '../config/generator.ts';
import { slugify } from '../documents/addresses.ts';
import { type Facet, keyOf } from '../facets.ts';
import { once } from '../memo.ts';
import { addressKey, CLAIM_RANKS, type FindValue, LIST_NAMES, listKeys } from '../routes/former-addresses.ts';
import { valuePath } from '../routes/paths.ts';
import type { FormerFile } from './former-addresses.ts';
import type { People } from './profiles.ts';
import type { Identified } from './settle-documents.ts';

interface ListedValue<Of extends Facet = Facet> {
  readonly facet: Of;
  readonly key: string;
  /** As the document states it: a tag, or the name of an author, or their key. */
  readonly stated: string;
}

/** Finds the values of listed articles, also by slug: generators drop diacritics and punctuation. */
export function valueFinder(documents: readonly Identified[], people: People, now: Instant): FindValue {
  const known = once(() => {
    const values = listedAmong(documents, now).flatMap((document) => listedValues(document, people));
    return {
      keys: new Set(values.map(({ facet, key }) => `${facet} ${key}`)),
      bySlug: new Map(values.map(({ facet, key, stated }) => [`${facet} ${slugify(stated)}`, key])),
    };
  });
  return (facet, segment) => {
    const { keys, bySlug } = known();
    return (
      listKeys(segment).find((key) => keys.has(`${facet} ${key}`)) ??
      bySlug.get(`${facet} ${slugify(segment)}`)
    );
  };
}

/** The former addresses of lists that do not follow from the values: `/author/jane-o-hara/`, `/tags/c-sharp/`. */
export function listAddresses(
  documents: readonly Identified[],
  people: People,
  generator: Pick<Generator, 'lists' | 'tagSegments'> | undefined,
  now: Instant,
): FormerFile[] {
  const own = Object.entries(generator?.lists ?? {});
  const bases = ['', 'blog/', ...own.flatMap(([name, kind]) => (kind === 'all' ? [`${name}/`] : []))];
  const lists = new Map<string, { address: string; claims: Set<string>; namedBy: string[] }>();
  /** The segments of a value's list that do not follow from its key. */
  const unknownNames = ({ facet, key, stated }: ListedValue): string[] => {
    const segment = facet === 'tag' ? generator?.tagSegments[stated] : undefined;
    const segments = [slugify(stated), urlized(stated), ...(segment === undefined ? [] : [segment])];
    return segments.filter((each) => each !== '' && !listKeys(each).includes(key));
  };
  const namesOf = new Map<string, string[]>();
  for (const document of listedAmong(documents, now)) {
    for (const value of namedValuesOf(document, people)) {
      const { facet, key, stated } = value;
      const spelling = `${facet} ${key} ${stated}`;
      const unknown = namesOf.get(spelling) ?? unknownNames(value);
      namesOf.set(spelling, unknown);
      if (unknown.length === 0) continue;
      const address = valuePath(facet, key);
      const list = lists.get(address) ?? { address, claims: new Set<string>(), namedBy: [] };
      for (const segment of unknown) {
        const names = own.flatMap(([name, kind]) => (kind === facet ? [name] : []));
        for (const name of [...LIST_NAMES[facet], ...names])
          for (const base of bases) list.claims.add(addressKey(`${base}${name}/${segment}`));
      }
      list.namedBy.push(document.path);
      lists.set(address, list);
    }
  }
  return [...lists.values()].map(({ address, claims, namedBy }) => {
    return { address, claims: [...claims].map((key) => ({ key, rank: CLAIM_RANKS.path })), namedBy };
  });
}

function makeValue<Of extends Facet>(facet: Of, stated: string, label = stated): ListedValue<Of> {
  return { facet, key: keyOf(label), stated };
}

function listedAmong(documents: readonly Identified[], now: Instant): readonly Identified[] {
  return documents.filter(
    ({ parsed, pageReason }) => parsed.listed && pageReason === undefined && parsed.expires > now,
  );
}

function listedValues(document: Identified, people: People): ListedValue[] {
  const { parsed, identity } = document;
  return [
    ...namedValuesOf(document, people),
    ...(parsed.collection === undefined ? [] : [makeValue('collection', parsed.collection)]),
    makeValue('language', parsed.language),
    makeValue('year', String(new Date(identity.published).getUTCFullYear())),
  ];
}

/** The values whose names in addresses need not follow from their keys. */
function namedValuesOf({ parsed }: Identified, people: People): ListedValue<'tag' | 'author' | 'series'>[] {
  return [
    ...parsed.tags.map((tag) => makeValue('tag', tag)),
    ...parsed.people.map((name) => makeValue('author', name, people.find(name)?.name)),
    ...parsed.people
      .flatMap((name) => people.find(name)?.name ?? [])
      .map((name) => makeValue('author', name)),
    ...(parsed.authorKeys ?? []).map(([name, key]) =>
      makeValue('author', key, people.find(name)?.name ?? name),
    ),
    ...(parsed.series === undefined ? [] : [makeValue('series', parsed.series.name)]),
  ];
}

/** A value in an address of Hugo: with diacritics, but without punctuation. */
function urlized(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\s_.#+-]/gu, '')
    .trim()
    .replace(/[\s+_-]+/g, '-');
}
