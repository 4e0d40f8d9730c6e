import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import { SAMPLE_SIZE } from '../documents/fingerprint.ts';
import { foldTitle } from '../documents/html-page/metadata.ts';
import { isAfter } from '../documents/instant.ts';
import { kindOf } from '../documents/kinds.ts';
import type { ParsedDocument, ReadDocument } from '../documents/parsed-document.ts';
import { hostOf } from '../html/url.ts';
import { sampleValues, similarity } from '../identity/find-moved.ts';
import type { Identity } from '../identity/reconcile.ts';
import { parseLanguageTag } from '../language/detect-language.ts';
import { decodeLeniently, tally, trimOf, wordSet } from '../strings.ts';
import { findBoilerplate } from './find-boilerplate.ts';
import { type DocumentPlace, documentPlace } from './former-addresses.ts';
import { findPages, type Readable } from './pages.ts';

/** Reads documents again, with data from the others. */
export type Amend = (boilerplates: ReadonlyMap<string, Boilerplate>) => Promise<readonly ReadDocument[]>;

/** A document that can be published, after all documents were compared. */
export interface SettledDocument {
  readonly path: string;
  readonly place: DocumentPlace;
  readonly parsed: ParsedDocument;
  readonly boilerplate: Boilerplate | undefined;
  readonly address: 'former' | 'source' | undefined;
  /** Why it is a page; undefined for articles. */
  readonly pageReason: string | undefined;
}

/** A document, and the identity of its article. */
export interface Identified extends SettledDocument {
  readonly identity: Identity;
}

export function isScheduled({ identity }: Pick<Identified, 'identity'>, now: Instant): boolean {
  return identity.published > now;
}

/** A document that cannot or must not be published. */
export type UnpublishedDocument = Exclude<ReadDocument, { status: 'read' }>;

/** Determines the properties that depend on all documents, in the order of their paths. */
export async function settleDocuments(
  documents: readonly ReadDocument[],
  amend: Amend,
  site: Site,
  now: Instant,
): Promise<{ settled: readonly SettledDocument[]; unpublished: readonly UnpublishedDocument[] }> {
  const ordered = documents.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const isFuture = ({ parsed }: Readable): boolean => isScheduledDocument(parsed, now);
  const copies = deriveFromAll(ordered.flatMap(readOf), isFuture, (some) => originalsOf(some, site));
  const originals = ordered.flatMap(readOf).filter(({ path }) => !copies.has(path));
  const boilerplates = deriveFromAll(originals, isFuture, (some) =>
    findBoilerplate(
      some.flatMap(({ path, parsed: { templateMetadata: metadata, role } }) =>
        metadata === undefined ? [] : [{ path, metadata, isList: role === 'list' }],
      ),
    ),
  );
  const amended = new Map((await amend(boilerplates)).map((document) => [document.path, document]));
  const own = ordered.map((document) => amended.get(document.path) ?? document);
  const readable = own.flatMap(readOf).filter(({ path }) => !copies.has(path));
  const languages = deriveFromAll(readable, isFuture, languagesOfFolders);
  const addresses = deriveFromAll(readable, isFuture, (some) => classifyAddresses(some, site));
  const places = new Map(readable.map(({ path }) => [path, documentPlace(path, site)]));
  const pages = deriveFromAll(readable, isFuture, (some) => findPages(some, places, site));
  return {
    unpublished: own.flatMap((document): UnpublishedDocument[] => {
      const { path } = document;
      const original = copies.get(path)?.split('/').map(encodeURIComponent).join('/');
      if (original !== undefined)
        return [{ path, status: 'excluded', leadsTo: `/${original}`, warnings: [] }];
      return document.status === 'read' ? [] : [document];
    }),
    settled: readable.map(({ path, parsed }) => {
      const language = languages.get(path);
      return {
        path,
        place: places.get(path) ?? documentPlace(path, site),
        parsed: language === undefined ? parsed : { ...parsed, language },
        boilerplate: boilerplates.get(path),
        address: addresses.get(path),
        pageReason: pages.get(path),
      };
    }),
  };
}

function readOf(document: ReadDocument): Readable[] {
  return document.status === 'read' ? [document] : [];
}

/** The name of a page for print or for small screens: `print.php?id=3`, `rope_print.html`, `wap/rope.html`. */
const VARIANT_NAME =
  /(?<![a-z])(?:print(?:er|able|page|version|-?friendly)?|druck(?:ansicht|version)?|imprimer|imprimir|stampa|amp|mobile|pda|wap)(?![a-z])/i;
/** The minimum number of equal values in the samples of a document and its variant. */
const MIN_SHARED = SAMPLE_SIZE / 2;
/** The script that made a page, in a name with a query: `viewtopic.php?t=3&sid=0af.html`. */
const SCRIPT = /^(.*)[?@]\w+=/;
/** Two pages of a script with such similar texts are one: a comment form or a name may differ. */
const SAME_TEXT = 0.9;
/** The most different pages of a script that have the same title and are compared. */
const MAX_NAMESAKES = 20;

/**
 * Finds the pages that are variants of an article, for print, for small screens or for a session: their canonical
 * address is that of a document with the same title, or they have the text of another document, and have the name of a
 * variant, or the same script made both, with the same title and date.
 *
 * @returns the paths of the originals, by path
 */
function originalsOf(documents: readonly Readable[], site: Site): Map<string, string> {
  const pages = documents.filter(({ path }) => kindOf(path) === 'html');
  const hosts = findOwnHosts(pages, site);
  const byPlace = new Map(pages.map((page) => [pathOfPage(page.path), page]));
  // If several pages state the same address, the one with the shortest path counts.
  const longestFirst = pages.toSorted((one, other) => other.path.length - one.path.length);
  const byAddress = new Map(
    longestFirst.flatMap((page) => {
      const { uri = '' } = page.parsed.address ?? {};
      return hosts.has(hostOf(uri) ?? '') && isSamePlace(page.path, uri) ? [[uri, page] as const] : [];
    }),
  );
  const variants = pages.filter(({ path }) => VARIANT_NAME.test(path));
  const samples = Map.groupBy(
    variants.length === 0
      ? []
      : pages
          .filter(({ path }) => !VARIANT_NAME.test(path))
          .flatMap((page) => sampleValues(page.parsed.fingerprint).map((value) => ({ value, page }))),
    ({ value }) => value,
  );
  const alike = new Map(
    variants.flatMap((variant) => {
      const values = sampleValues(variant.parsed.fingerprint);
      const shared = values.flatMap((value) => (samples.get(value) ?? []).map(({ page }) => page.path));
      const [most] = [...tally(shared)].toSorted(([, one], [, other]) => other - one);
      return most === undefined || most[1] < MIN_SHARED ? [] : [[variant.path, most[0]] as const];
    }),
  );
  const byScript = Map.groupBy(
    longestFirst.toReversed().filter(({ path }) => SCRIPT.test(path) && !alike.has(path)),
    ({ path, parsed }) =>
      `${SCRIPT.exec(path)?.[1]} ${parsed.published?.instant ?? parsed.fingerprint.sample} ${parsed.title}`,
  );
  for (const namesakes of byScript.values()) {
    const different: Readable[] = [];
    for (const page of namesakes) {
      const isSame = ({ parsed }: Readable): boolean =>
        similarity(parsed.fingerprint, page.parsed.fingerprint) >= SAME_TEXT;
      const same = different.slice(0, MAX_NAMESAKES).find(isSame);
      if (same === undefined) different.push(page);
      else alike.set(page.path, same.path);
    }
  }
  return new Map(
    pages.flatMap(({ path, parsed: { canonical, address, title } }): [string, string][] => {
      const same = alike.get(path);
      if (same !== undefined) return [[path, same]];
      const original =
        canonical === undefined ? byAddress.get(address?.uri ?? '') : byPlace.get(pathOfPage(canonical));
      const isCopy = original !== undefined && original.path !== path && original.parsed.title === title;
      return isCopy && pathOfPage(path) !== pathOfPage(original.path) ? [[path, original.path]] : [];
    }),
  );
}

/** The minimum number of documents in an archive of a site. */
const MIN_PAGES = 3;

/**
 * Decides whether the canonical address of a document is a former address of the article, if it is on the publisher's
 * own site, or that of the first publication elsewhere.
 *
 * A site is the publisher's own if it has the title of the site that is published here, or if most documents with an
 * address were on it, most of them at the paths that they have in the folder. Pages collected from elsewhere come from
 * many sites, or have other paths. An address that several pages of the own site state is a mistake in their template
 * and is ignored.
 *
 * @returns by path, for documents whose addresses are not ignored
 */
function classifyAddresses(documents: readonly Readable[], site: Site): Map<string, 'former' | 'source'> {
  const own = findOwnHosts(documents, site);
  const siteTitle = foldTitle(site.title);
  const counts = tally(documents.flatMap(({ parsed }) => parsed.address?.uri ?? []));
  return new Map(
    documents.flatMap(({ path, parsed: { address } }): [string, 'former' | 'source'][] => {
      if (address === undefined) return [];
      const isOwn = own.has(hostOf(address.uri) ?? '') || foldTitle(address.title ?? '') === siteTitle;
      if (!isOwn) return [[path, 'source']];
      return counts.get(address.uri) === 1 ? [[path, 'former']] : [];
    }),
  );
}

function findOwnHosts(documents: readonly Readable[], { copiedFrom }: Site): Set<string> {
  const pages = documents.flatMap(({ path, parsed: { address } }) =>
    address ? [{ path, uri: address.uri }] : [],
  );
  const byHost = Map.groupBy(pages, ({ uri }) => hostOf(uri) ?? '');
  const own = [...byHost].filter(
    ([, group]) =>
      group.length >= MIN_PAGES &&
      group.length * 2 > pages.length &&
      group.filter(({ path, uri }) => isSamePlace(path, uri)).length * 2 > group.length,
  );
  return new Set([...own.map(([host]) => host), hostOf(copiedFrom)].filter((host) => host !== undefined));
}

/** Whether the path of a file matches that of its page, below any folder of the site or of the seeds. */
function isSamePlace(path: string, uri: string): boolean {
  const file = pathOfPage(path);
  const page = pathOfPage(decodeLeniently(new URL(uri).pathname));
  if (page === '') return false;
  return file === page || file.endsWith(`/${page}`) || (file.includes('/') && page.endsWith(`/${file}`));
}

/** A path without the parts that differ between files and pages. */
function pathOfPage(path: string): string {
  const name = path
    .toLowerCase()
    .replace(/\.[a-z]{2,8}$/, '')
    .replace(/(?:^|\/)index$/, '');
  return trimOf(name, /\//);
}

const LANGUAGE_FOLDER = /^[a-z]{2}(?:[-_][a-z]{2,4})?$/i;
/** Languages that are hard to distinguish by a text alone. */
const FAMILIES = ['bs hr sh sr', 'da nb nn no', 'id ms', 'cs sk', 'es gl pt'].map(wordSet);

/**
 * A folder named after a language (`fr/news/a.md`, `pt-br/a.md`) determines the language of its documents if most of
 * those whose language is known are in it: for documents whose language is unknown, or was recognised as a similar one.
 * A folder of notes about `cs` or `it` is not one.
 *
 * @returns the languages by path, for documents whose language changes
 */
function languagesOfFolders(documents: readonly Readable[]): Map<string, string> {
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

/** The date of publication that a document states. */
export function statedPublication(
  { published }: Pick<ParsedDocument, 'published'>,
  now: Instant,
): Instant | undefined {
  return published?.isPast && isAfter(published, now) ? now : published?.instant;
}

/** Whether its date of publication is in the future. */
export function isScheduledDocument(parsed: Pick<ParsedDocument, 'published'>, now: Instant): boolean {
  const published = statedPublication(parsed, now);
  return published !== undefined && published > now;
}

/**
 * Derives a value of each document from all documents, without letting scheduled documents influence the others: until
 * their instants, everything that is published must be the same with and without them.
 *
 * @param derive derives the values, by path
 */
export function deriveFromAll<D extends { readonly path: string }, Value>(
  documents: readonly D[],
  isScheduled: (document: D) => boolean,
  derive: (documents: readonly D[]) => ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const scheduled = documents.filter(isScheduled);
  if (scheduled.length === 0) return derive(documents);
  const derived = new Map(derive(documents.filter((document) => !isScheduled(document))));
  const ofAll = derive(documents);
  for (const { path } of scheduled) {
    const value = ofAll.get(path);
    if (value !== undefined) derived.set(path, value);
  }
  return derived;
}
