import type { Instant, Translation } from '../article.ts';
import { docusaurusTranslation, languageEnding } from '../documents/file-name.ts';
import { memoized } from '../memo.ts';
import { deriveFromAll, type Identified, isScheduled, languageFolderOf } from './settle-documents.ts';

const INDEX = /\/index$/i;
/** A name with letters: equal numbers may be a coincidence. */
const NAME = /\p{L}{2}/u;

/**
 * Finds the documents that are translations of each other: those that state one translation key, and those whose paths
 * differ only in the name of their language (`a.en.md` and `a.fr.md`, `en/a.md` and `fr/a.md`, either beside `a.md`) if
 * they are written in that language. A group with two documents in one language is ambiguous and ignored.
 *
 * @returns the other translations of each document, by path, in the order of their languages; documents without any are
 * absent
 */
function findTranslations(documents: readonly Identified[]): Map<string, readonly Identified[]> {
  const listed = documents.filter(({ parsed }) => parsed.listed);
  // The usual case: a site in one language.
  if (new Set(listed.map(({ parsed }) => parsed.language)).size < 2) return new Map();
  const stated = groupsBy(listed, ({ parsed }) => parsed.translationKey).filter(areTranslations);
  const settled = new Set(stated.flat());
  const ofFolder = memoized(languageFolderOf);
  const folderOf = (path: string) => ofFolder(path.slice(0, path.lastIndexOf('/') + 1));
  const places = new Map(
    listed
      .filter((document) => !settled.has(document))
      .map((document) => [document, placeOf(document, folderOf)]),
  );
  const named = groupsBy([...places.keys()], (document) => places.get(document)?.path).filter(
    (group) =>
      areTranslations(group) &&
      group.filter((document) => places.get(document)?.language === undefined).length <= 1,
  );
  return new Map(
    [...stated, ...named].flatMap((group) =>
      group.map((document) => [document.path, group.filter((other) => other !== document)]),
    ),
  );
}

function groupsBy(
  documents: readonly Identified[],
  keyOf: (document: Identified) => string | undefined,
): Identified[][] {
  return [...Map.groupBy(documents, keyOf)]
    .filter(([key, group]) => key !== undefined && group.length > 1)
    .map(([, group]) => group.toSorted(byLanguage));
}

function areTranslations(group: readonly Identified[]): boolean {
  return new Set(group.map(({ parsed }) => parsed.language)).size === group.length;
}

/** A path without the language that it names. */
interface Place {
  readonly path: string;
  readonly language: string | undefined;
}

/** Undefined if the language of the document is not that of its path, or its name is a number. */
function placeOf({ path, parsed }: Identified, folderOf: typeof languageFolderOf): Place | undefined {
  const place = withoutLanguage(path, folderOf);
  const { language } = place;
  if (language !== undefined && baseOf(language) !== baseOf(parsed.language)) return undefined;
  return NAME.test(place.path.replace(INDEX, '').split('/').at(-1) ?? '') ? place : undefined;
}

function withoutLanguage(path: string, folderOf: typeof languageFolderOf): Place {
  const stem = path.replace(/\.[^./]+$/, '');
  const ending = languageEnding(stem);
  if (ending !== undefined) return { path: stem.slice(0, -ending.length - 1), language: ending };
  const docusaurus = docusaurusTranslation(stem);
  if (docusaurus !== undefined) return docusaurus;
  const folder = folderOf(path);
  if (folder === undefined) return { path: stem, language: undefined };
  const { prefix, language } = folder;
  return { path: prefix.slice(0, prefix.lastIndexOf('/') + 1) + stem.slice(prefix.length + 1), language };
}

function baseOf(language: string): string | undefined {
  return language.toLowerCase().split(/[-_]/, 1)[0];
}

/**
 * The same as `findTranslations`. A scheduled document joins published ones only if it changes nothing between them.
 */
export function deriveTranslations(
  documents: readonly Identified[],
  now: Instant,
): Map<string, readonly Identified[]> {
  const isLast = (document: Identified): boolean => isScheduled(document, now);
  const derived = deriveFromAll(documents, isLast, findTranslations);
  const translations = new Map(derived);
  for (const scheduled of documents.filter(isLast)) {
    const group = derived.get(scheduled.path) ?? [];
    for (const { path } of group.filter((other) => !isLast(other))) {
      const alone = derived.get(path) ?? [];
      const known = translations.get(path) ?? [];
      if (alone.every((other) => group.includes(other)))
        translations.set(path, [...known, scheduled].toSorted(byLanguage));
    }
  }
  return translations;
}

function byLanguage({ parsed: a }: Identified, { parsed: b }: Identified): number {
  return a.language < b.language ? -1 : 1;
}

export function translationOf({ parsed, identity }: Identified): Translation {
  return { language: parsed.language, slug: identity.slug };
}
