import { parseLanguageTag } from '../documents/language/language-tag.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';

/** The properties of a document that this needs. */
interface Page {
  readonly path: string;
  readonly parsed: Pick<ParsedDocument, 'language' | 'languageBasis'>;
}

const LANGUAGE_FOLDER = /^[a-z]{2}(?:[-_][a-z]{2,4})?$/i;
/** Languages that are hard to distinguish by a text alone. */
const FAMILIES: readonly ReadonlySet<string>[] = [
  'bs hr sh sr',
  'da nb nn no',
  'id ms',
  'cs sk',
  'es gl pt',
].map((tags) => new Set(tags.split(' ')));

/**
 * The language that a folder is named by (`fr/news/a.md`, `pt-br/a.md`) is that of its documents, if most that can be
 * told are in it: of those that are too short to tell, and of those that are told less exactly. A folder of notes on
 * `cs` or `it` is no such folder.
 *
 * @returns languages by paths, of those documents that are in another than it seemed
 */
export function languagesOfFolders(documents: readonly Page[]): Map<string, string> {
  const folders = Map.groupBy(
    documents.flatMap((document) => {
      const folder = languageFolderOf(document.path);
      return folder === undefined ? [] : [{ ...document, ...folder }];
    }),
    ({ prefix }) => prefix,
  );
  const languages = new Map<string, string>();
  for (const inside of folders.values()) {
    const told = inside.filter(({ parsed }) => parsed.languageBasis !== 'site');
    const agreeing = told.filter(({ parsed, language }) => isNear(parsed.language, language));
    if (agreeing.length * 2 <= told.length || agreeing.length < 2) continue;
    for (const { path, parsed, language } of inside) {
      const isOpen =
        parsed.languageBasis === 'site' ||
        (parsed.languageBasis === 'text' && isNear(parsed.language, language));
      if (isOpen && parsed.language !== language) languages.set(path, language);
    }
  }
  return languages;
}

/** The first folder that is named as a language, and its path. */
export function languageFolderOf(path: string): { prefix: string; language: string } | undefined {
  const folders = path.split('/').slice(0, -1);
  const depth = folders.findIndex(
    (folder) => LANGUAGE_FOLDER.test(folder) && parseLanguageTag(folder) !== undefined,
  );
  const language = depth < 0 ? undefined : parseLanguageTag(folders[depth] ?? '');
  return language === undefined ? undefined : { prefix: folders.slice(0, depth + 1).join('/'), language };
}

function isNear(one: string, other: string): boolean {
  const [a, b] = [one, other].map((tag) => tag.split('-')[0] ?? '');
  return a === b || FAMILIES.some((family) => family.has(a ?? '') && family.has(b ?? ''));
}
