import type { Mention } from '../article.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { keyOf } from '../facets.ts';

interface Document {
  readonly path: string;
  readonly facts: Pick<ParsedDocument, 'tags' | 'headline' | 'series' | 'listed' | 'language' | 'shownTitle'>;
  readonly identity: { readonly slug: string; readonly published: number };
  readonly pageReason: string | undefined;
}

/** The maximum number of related articles on a page. */
export const MAX_RELATED = 3;
/** The number of candidates, of which some may not be visible. */
const MAX_KNOWN = 8;
/** An article is compared with this many articles that share a term, before and after it. */
const REACH = 6;
/** The maximum number of tags and title words of an article that count. */
const MAX_TERMS = 8;
const MIN_LETTERS = 4;
/** A tag is more significant than a word of a title. */
const TAG_WEIGHT = 3;
/** One rare tag, or two rare words. */
const MIN_SCORE = 5;

export function mentionOf({
  identity: { slug },
  facts: { shownTitle, language },
}: {
  readonly identity: { readonly slug: string };
  readonly facts: Pick<ParsedDocument, 'shownTitle' | 'language'>;
}): Mention {
  return { slug, title: shownTitle, language };
}

/**
 * The articles that share the most telling tags and title words with each article, in its language. Only articles
 * published near it are compared, so the cost does not grow with a tag, and a new article changes few others.
 *
 * A scheduled article is among the others' too, but changes neither the order nor the number of those that are out.
 *
 * @returns by path, the nearest first
 */
export function findRelated(
  documents: readonly Document[],
  isScheduled: (document: Document) => boolean,
): ReadonlyMap<string, readonly Mention[]> {
  const listed = documents
    .filter(({ facts, pageReason }) => facts.listed && pageReason === undefined)
    .toSorted((a, b) => a.identity.published - b.identity.published || (a.path < b.path ? -1 : 1));
  const out = listed.filter((document) => !isScheduled(document));
  const weigh = weights(out);
  const related = compare(out, weigh);
  if (out.length < listed.length) {
    for (const [document, scores] of compare(listed, weigh)) {
      const known = related.get(document);
      const added = known === undefined ? [...scores] : [...scores].filter(([other]) => isScheduled(other));
      related.set(document, new Map([...(known ?? []), ...added]));
    }
  }
  const order = new Map(listed.map((document, index) => [document, index]));
  return new Map(
    [...related].flatMap(([document, scores]) => {
      if (scores.size === 0) return [];
      const own = order.get(document) ?? 0;
      const distance = (other: Document): number => Math.abs((order.get(other) ?? 0) - own);
      const ranked = [...scores]
        .sort(([a, x], [b, y]) => y - x || distance(a) - distance(b) || (a.path < b.path ? -1 : 1))
        .map(([other]) => mentionOf(other));
      return [[document.path, ranked]];
    }),
  );
}

/** What a document is about, each term with its language. */
function termsOf({ facts: { tags, headline, language } }: Document): string[] {
  const base = language.split('-', 1)[0];
  const words = headline.split('-').filter((word) => word.length >= MIN_LETTERS && !/^\d+$/.test(word));
  return [
    ...new Set([
      ...tags.slice(0, MAX_TERMS).map((tag) => `#${keyOf(tag)} ${base}`),
      ...words.slice(0, MAX_TERMS).map((word) => `${word} ${base}`),
    ]),
  ];
}

/** The weight of a shared term: the rarer, the higher. */
function weights(documents: readonly Document[]): (term: string) => number {
  const counts = new Map<string, number>();
  for (const document of documents)
    for (const term of termsOf(document)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (term) => {
    const rarity = Math.log2(1 + documents.length / (counts.get(term) ?? 1));
    return term.startsWith('#') ? TAG_WEIGHT * rarity : rarity;
  };
}

/** The scores of the best others of each document; the documents are in the order of their publication. */
function compare(
  documents: readonly Document[],
  weigh: (term: string) => number,
): Map<Document, ReadonlyMap<Document, number>> {
  const terms = documents.map(termsOf);
  const sharing = new Map<string, number[]>();
  for (const [index, own] of terms.entries())
    for (const term of own) {
      const known = sharing.get(term);
      if (known === undefined) sharing.set(term, [index]);
      else known.push(index);
    }
  const places = new Map<string, number>();
  return new Map(
    documents.map((document, index) => {
      const scores = new Map<number, number>();
      for (const term of terms[index] ?? []) {
        const others = sharing.get(term) ?? [];
        const place = places.get(term) ?? 0;
        places.set(term, place + 1);
        if (others.length < 2) continue;
        const weight = weigh(term);
        for (const other of others.slice(Math.max(0, place - REACH), place + REACH + 1))
          if (other !== index) scores.set(other, (scores.get(other) ?? 0) + weight);
      }
      const series = document.facts.series?.name;
      const best = [...scores]
        .filter(
          ([other, score]) =>
            score >= MIN_SCORE && (series === undefined || documents[other]?.facts.series?.name !== series),
        )
        .sort(([a, x], [b, y]) => y - x || Math.abs(a - index) - Math.abs(b - index) || a - b)
        .slice(0, MAX_KNOWN);
      return [
        document,
        new Map(
          best.flatMap(([other, score]): [Document, number][] => {
            const found = documents[other];
            return found === undefined ? [] : [[found, score]];
          }),
        ),
      ];
    }),
  );
}
