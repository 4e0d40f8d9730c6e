import type { Site } from '../config/site.ts';
import { findDate, type StatedDate } from '../dates/parse-date.ts';
import { plain } from '../html/text.ts';
import { englishNames } from '../locale.ts';
import { baseName, capitalized } from '../strings.ts';
import { withoutEnding } from './kinds.ts';
import { defined } from './stated.ts';

export interface FileName {
  /** `2021-02-03-title.md`, `2021-02-03-title/index.md`, `2021/02/03/title.md`, `2021/02-03-title.md` */
  readonly published?: StatedDate;
  /** The name after the date, or the folder of `title/index.md`. */
  readonly slug?: string;
  /** `title.fr.md` */
  readonly language?: string;
  /** A name with spaces is words for people. */
  readonly title?: string;
  readonly tags?: readonly string[];
}

const DATED =
  /(?:^|\/)(?<date>\d{4}(?:(?:[-/]\d{1,2}[-/]|_\d{2}_)\d{1,2}|-[Ww]\d{2}(?:-[1-7])?))(?:[-/_ ](?<rest>[^/]*))?$/u;
/** A day without hyphens, with or without a time, as in the names of notes (Zettelkasten, Denote). */
const COMPACT =
  /(?:^|\/)(?<date>(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:T?(?:\d{4}|\d{6}))?(?:[-_ ](?<rest>[^/]*))?$/u;
/** The name of a note of Denote: `20210203T153000--high-water__harbour_tide`. */
const DENOTE = /(?:^|\/)(?<day>\d{8}T\d{6})(?:==[^/_-]*)?--(?<words>[^/_]+)(?:__(?<tags>[^/]+))?$/u;
const INDEX = /(?:^|\/)index$/i;

/** The end of a name in an export of Notion. */
const NOTION_ID = / [\da-f]{32}$/;

export function readFileName(path: string): FileName {
  const { name, language } = splitLanguage(path);
  const isBundle = INDEX.test(name) && name.includes('/');
  const document = isBundle ? name.replace(INDEX, '') : name;
  const { day: second, words: title, tags } = DENOTE.exec(document)?.groups ?? {};
  if (second !== undefined && title !== undefined)
    return defined({
      published: findDate(second, `the name of seeds/${path}`),
      language,
      title: capitalized(title.replaceAll('-', ' ')),
      tags: tags?.split('_'),
    });
  const dated = DATED.exec(document)?.groups;
  const compact = dated === undefined ? COMPACT.exec(document)?.groups : undefined;
  const words = (dated === undefined ? baseName(document) : (dated.rest ?? '')).replace(NOTION_ID, '');
  const day = (dated ?? compact)?.date ?? '';
  const published = findDate(day.replaceAll(/[/_]/g, '-'), `the name of seeds/${path}`);
  const isForPeople = /\S\s+\S/.test(words);
  return {
    ...(published && { published }),
    ...((dated || isBundle) && words !== '' && !isForPeople && { slug: words }),
    ...(language !== undefined && { language }),
    // In Logseq, three underscores separate the names of pages.
    ...(isForPeople && { title: (compact?.rest ?? words).trim().replaceAll('___', '/') }),
  };
}

/** Folders of what was deleted. */
const TRASH = /(?:^|\/)(?:Trash|Recently Deleted|\$RECYCLE\.BIN)\//;

/** A folder whose documents are drafts, unless they have a date or state otherwise. */
export const UNFINISHED = /(?:^|\/)drafts?\//i;

/** Documents in `_drafts` are drafts, and those that Medium exports as `draft_Title-a1b2c3d4e5f6.html`. */
export function visibilityOfPath(path: string): 'draft' | 'excluded' | undefined {
  if (TRASH.test(path)) return 'excluded';
  return /(?:^|\/)(?:_drafts\/|draft_[^/]*-[\da-f]{9,12}\.html$)/i.test(path) ? 'draft' : undefined;
}

/** Whether a document describes its folder: `_index.md`, `_index.fr.md`. */
export function isSection(path: string): boolean {
  return /(?:^|\/)_index$/.test(splitLanguage(path).name);
}

/** A path without its ending and the language before that. */
function splitLanguage(path: string): { readonly name: string; readonly language: string | undefined } {
  const stem = withoutEnding(path).replace(/\.x?html?$/i, '');
  const language = languageEnding(stem);
  return { name: language === undefined ? stem : stem.slice(0, -language.length - 1), language };
}

/** The language at the end of a name without its extension: `title.fr`. */
export function languageEnding(stem: string): string | undefined {
  const language = /\.([a-z]{2}(?:-[A-Za-z]{2,4})?)$/.exec(stem)?.[1];
  return language !== undefined && englishNames().of(language) !== undefined ? language : undefined;
}

/** The folders in which Docusaurus has translations of `blog/a.md` and `docs/a.md`. */
const DOCUSAURUS =
  /(?<=^|\/)i18n\/(?<language>[^/]+)\/docusaurus-plugin-content-(?<room>blog|docs)\/(?:current\/)?/;

/** The language and the path of the original, if a document is a translation of Docusaurus. */
export function docusaurusTranslation(path: string): { language: string; path: string } | undefined {
  const language = DOCUSAURUS.exec(path)?.groups?.language;
  return language === undefined ? undefined : { language, path: path.replace(DOCUSAURUS, '$<room>/') };
}

/** The language of its folder of documents, from the generator's configuration or layout. */
export function languageOfRoot(path: string, { generator }: Pick<Site, 'generator'>): string | undefined {
  const whole = (generator?.prefix ?? '') + path;
  const root = Object.entries(generator?.languageRoots ?? {}).find(([folder]) => whole.startsWith(folder));
  return root?.[1] ?? docusaurusTranslation(whole)?.language;
}

/** Folders of documents of generators that are collections. */
const TELLING_ROOT = /(?:^|\/)_?(?:blog|posts)\/$/;

/**
 * The collection of a document: the folder at the top of its path, below the generator's folder of documents. A folder
 * of one document (`title/index.md`) is not a collection.
 */
export function collectionOf(path: string, { generator }: Pick<Site, 'generator'>): string | undefined {
  const { prefix = '', contentRoots = [] } = generator ?? {};
  const root =
    contentRoots.find((each) => (prefix + path).startsWith(each) && !TELLING_ROOT.test(each)) ?? '';
  const inside = docusaurusTranslation(path)?.path ?? path.slice(Math.max(0, root.length - prefix.length));
  const [folder = '', ...rest] = withoutEnding(inside).split('/');
  if (rest.length === 0 || (rest.length === 1 && /^_?index(?:\.|$)/i.test(rest[0] ?? ''))) return undefined;
  return plain(folder.replace(/^_/, ''));
}

/** The placeholder for the picture that themes show for a document with its own folder, such as `cover.jpg`. */
export const BUNDLE_PICTURE = 'bundle:picture';

/** Whether a document is a bundle of Hugo, which has its own folder. */
export function isBundle(path: string, { generator }: Pick<Site, 'generator'>): boolean {
  return generator?.name === 'Hugo' && /(?:^|\/)index(?:\.[\w-]+)?\.\w+$/.test(path);
}
