import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { slugify } from '../documents/addresses.ts';
import { kindOf } from '../documents/kinds.ts';
import { defined } from '../documents/stated.ts';
import { entriesFromHistory, type History, type ReadVersion, type Track } from '../identity/history.ts';
import { type Candidate, EMPTY_LEDGER, type Ledger } from '../identity/ledger.ts';
import { foldersOf } from '../identity/match.ts';
import { knownDocuments, type Reconciliation, reconcile } from '../identity/reconcile.ts';
import { once } from '../memo.ts';
import { slugOfPath } from '../routes/paths.ts';
import { documentPlace } from './former-addresses.ts';
import {
  deriveFromAll,
  type Identified,
  isScheduledDocument,
  type SettledDocument,
  statedPublication,
} from './settle-documents.ts';

interface Memory {
  readonly ledger: Ledger;
  /** Undefined outside git. */
  readonly history: LoadHistory | undefined;
}

interface IdentifiedDocuments extends Pick<Reconciliation, 'removals' | 'ledger' | 'warnings' | 'refused'> {
  readonly identified: readonly Identified[];
}

/** The paths of documents that are not articles. */
interface OtherPaths {
  /** Documents and folders that cannot be read; their articles are not removed. */
  readonly unread: readonly string[];
  /** Documents that are not published, such as drafts; their articles are removed. */
  readonly heldBack: readonly string[];
}

/** Finds the article of each document. */
export async function identifyDocuments(
  settled: readonly SettledDocument[],
  { unread, heldBack }: OtherPaths,
  { ledger: previous, history }: Memory,
  site: Site,
  now: Instant,
): Promise<IdentifiedDocuments> {
  const names = deriveFromAll(
    settled,
    ({ parsed }) => isScheduledDocument(parsed, now),
    (documents) => preferredNames(documents, site),
  );
  const commits = commitsOf(history, previous, now);
  const candidates = settled.map((document) =>
    candidateOf(document, names.get(document.path) ?? { headline: document.parsed.headline }, commits, now),
  );
  const remembered = await rememberFromGit(previous, candidates, settled, { history, unread, site, now });
  const { identities, ...reconciliation } = reconcile(remembered, candidates, {
    now,
    timeZone: site.timeZone,
    unread,
    heldBack,
    removedIn: commits.removed,
  });
  return {
    ...reconciliation,
    identified: settled.flatMap((document) => {
      const identity = identities.get(document.path);
      return identity === undefined ? [] : [{ ...document, identity }];
    }),
  };
}

/** The links in place of folders that have articles in the ledger. */
export function linkedFolders(links: Iterable<string>, { entries }: Ledger): string[] {
  const paths = [...links];
  if (paths.length === 0) return [];
  const present = entries.filter(({ removed }) => removed === undefined);
  const folders = new Set(present.flatMap(({ path }) => foldersOf(path)));
  return paths.filter((path) => folders.has(path.normalize('NFC')));
}

/** The preferred id, slugs and former addresses of each document, by path. */
function preferredNames(documents: readonly SettledDocument[], site: Site): Map<string, Names> {
  const contested = contestedSlugs(documents);
  const ids = ownIds(documents);
  const isOriginal = ({ parsed }: SettledDocument): boolean => parsed.language === site.language;
  const stated = documents.filter(isOriginal).flatMap(({ parsed }) => parsed.aliases);
  const addresses = new Set(stated.filter((alias) => alias.startsWith('/')));
  return new Map(
    documents.map((document): [string, Names] => {
      const { id, language } = document.parsed;
      // Where translations state one address, generators put those in other languages below the language.
      const aliases = document.parsed.aliases.map((alias) =>
        addresses.has(alias) && !isOriginal(document) ? `/${language.toLowerCase()}${alias}` : alias,
      );
      const names = { ...slugsOf(document, contested, site), aliases };
      return [document.path, id !== undefined && ids.has(id) ? { id, ...names } : names];
    }),
  );
}

function contestedSlugs(documents: readonly SettledDocument[]): Set<string> {
  const seen = new Set<string>();
  const contested = new Set<string>();
  for (const document of documents) {
    const wanted = preferredSlug(document);
    if (seen.has(wanted)) contested.add(wanted);
    seen.add(wanted);
  }
  return contested;
}

/** The slug that a document states, or the name of its file, as in generators, or its headline. */
function preferredSlug(document: SettledDocument): string {
  const { slug, headline } = document.parsed;
  return slug ?? (nameAsSlug(document) || headline);
}

/** A file name that is no slug: a number, a generated name, or a script with its query. */
const NOT_A_SLUG = /^(?:[^\p{L}]*|[\da-f]{16,}|[\da-f]{8}-[\da-f-]{27}|.*[?@][\w-]+=.*)$/u;

/** The name of a file of Markdown or HTML, without its date and its language; empty if it has none. */
function nameAsSlug({ path, place: { place } }: Pick<SettledDocument, 'path' | 'place'>): string {
  if (kindOf(path) === 'text') return '';
  const name = place.slice(place.lastIndexOf('/') + 1).replace(/^\d{4}-\d{1,2}-\d{1,2}-(?=.)/, '');
  return NOT_A_SLUG.test(name) ? '' : slugify(name);
}

/**
 * The preferred slugs of a document. A slug that several documents pin, such as translations, belongs to none of them;
 * the slugs of translations then get their languages as suffixes.
 */
function slugsOf(
  document: SettledDocument,
  contested: ReadonlySet<string>,
  site: Site,
): Omit<Names, 'id' | 'aliases'> {
  const { slug, headline, language } = document.parsed;
  const wanted = preferredSlug(document);
  const suffix = !contested.has(wanted) || language === site.language ? '' : `-${language.toLowerCase()}`;
  if (slug !== undefined)
    return contested.has(wanted) ? { headline: `${wanted}${suffix}` } : { slug, headline };
  return wanted === headline
    ? { headline: `${headline}${suffix}` }
    : { headline, name: `${wanted}${suffix}` };
}

/** Whether an id is a URI, or is long, has digits and does not consist of words. */
function isUnique(id: string): boolean {
  const isOpaque = id.length >= 8 && /\d/.test(id) && !/^[a-z]+\d{0,2}(?:[-_][a-z\d]+)*$/.test(id);
  return isOpaque || /^[a-z][a-z\d+.-]*:/i.test(id);
}

/**
 * The ids that documents state, except for words that several of them state: in Docusaurus, ids are unique within a
 * folder. An id that cannot be equal by chance is kept; all but one of the documents that state it are refused.
 */
function ownIds(documents: readonly SettledDocument[]): Set<string> {
  const stated = documents.flatMap(({ parsed }) => parsed.id ?? []);
  const seen = new Set<string>();
  const repeated = new Set(stated.filter((id) => seen.has(id) || !seen.add(id)));
  return new Set(stated.filter((id) => !repeated.has(id) || isUnique(id)));
}

function candidateOf(document: SettledDocument, names: Names, commits: Commits, now: Instant): Candidate {
  const { path, parsed } = document;
  const { published, updated } = parsed;
  const committed = published === undefined ? commits.first(path) : undefined;
  const found = statedPublication(parsed, now) ?? committed;
  const dating = found === undefined ? undefined : { instant: found, stated: published?.stated === true };
  const { uri, shortlink } = (document.address === 'former' && parsed.address) || {};
  const former = [uri, shortlink].filter((address) => address !== undefined);
  return {
    path,
    ...names,
    aliases: [...(names.aliases ?? parsed.aliases), ...former, ...shortAddress(parsed.id)].flatMap(addressOf),
    title: parsed.title,
    fingerprint: parsed.fingerprint,
    isPage: document.pageReason !== undefined,
    committed: () => commits.last(path),
    ...defined({ published: dating, updated: updated && { instant: updated.instant, stated: true } }),
  };
}

/** An id that is the short address of a page in WordPress. */
function shortAddress(id: string | undefined): string[] {
  const url = URL.parse(id ?? '');
  return url !== null && IDENTIFYING.test(url.search) ? [url.href] : [];
}

/** The query that identifies a page in WordPress. */
const IDENTIFYING = /^\?(?:p|page_id|post)=\d+$/;

/** A former address in the form of the ledger: the path of a URL, or the slug of an article's own address. */
function addressOf(alias: string): string[] {
  const url = /^https?:/i.test(alias) ? URL.parse(alias) : null;
  const path = url === null ? alias : url.pathname + (IDENTIFYING.test(url.search) ? url.search : '');
  if (path === '' || path === '/') return [];
  const slug = slugOfPath(path);
  return [slug === undefined ? path : slugify(slug) || path];
}

type LoadHistory = () => History | undefined;

/** The names of a document, which also depend on the other documents. */
type Names = Pick<Candidate, 'id' | 'slug' | 'headline' | 'name' | 'aliases'>;

/** The instants of commits, none of them in the future. */
interface Commits {
  /** The ledger takes precedence: in a shallow clone, git does not have the date. */
  first(path: string): Instant | undefined;
  /** Undefined if the document has changed since then. */
  last(path: string): Instant | undefined;
  removed(path: string): Instant | undefined;
}

function commitsOf(history: LoadHistory = () => undefined, ledger: Ledger, now: Instant): Commits {
  const recorded = new Map(
    ledger.entries.flatMap(({ path, published, removed }) =>
      removed === undefined ? [[path, published] as const] : [],
    ),
  );
  const tracks = once(() => {
    const all = history()?.tracks ?? [];
    const removedFirst = all.toSorted(
      (a, b) => Number(a.removed === undefined) - Number(b.removed === undefined),
    );
    return new Map(removedFirst.map((each) => [each.last.path.normalize('NFC'), each]));
  });
  const find = <Value>(path: string, use: (track: Track) => Value): Value | undefined => {
    const track = tracks().get(path.normalize('NFC'));
    return track && use(track);
  };
  const past = (instant: Instant | undefined): Instant | undefined =>
    instant !== undefined && instant <= now ? instant : undefined;
  return {
    first: (path) =>
      recorded.get(path.normalize('NFC')) ??
      find(path, ({ added, removed }) => past(removed === undefined ? added : undefined)),
    last: (path) =>
      find(path, ({ changed, removed, last }) =>
        past(removed === undefined && history()?.isModified(last.path) === false ? changed : undefined),
      ),
    removed: (path) => find(path, ({ removed }) => past(removed)),
  };
}

interface GitContext extends Pick<Memory, 'history'>, Pick<OtherPaths, 'unread'> {
  readonly site: Site;
  readonly now: Instant;
}

/** The ledger, completed from the git history for documents that it lacks. */
async function rememberFromGit(
  ledger: Ledger,
  candidates: readonly Candidate[],
  documents: readonly SettledDocument[],
  { history, unread, site, now }: GitContext,
): Promise<Ledger> {
  const recorded = new Set(
    ledger.entries.flatMap(({ path, removed }) => (removed === undefined ? [path] : [])),
  );
  const isComplete =
    ledger.entries.length > 0 && candidates.every(({ path }) => recorded.has(path.normalize('NFC')));
  const commits = isComplete ? undefined : history?.();
  if (commits === undefined) return ledger;
  const knownPaths = knownDocuments(ledger, candidates, { now, unread });
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const cannotRead = new Set(unread);
  const loadReader = async (): Promise<ReadVersion> => {
    // Only this case reads documents on the main thread.
    const { readDocument } = await import('../documents/read-document.ts');
    return ({ path }, bytes, current) => {
      const reading = readDocument({ path, bytes }, site);
      if (reading.status !== 'read') return undefined;
      const { parsed } = reading;
      const present = current && byPath.get(current.path)?.parsed;
      const hasSameNames = present?.headline === parsed.headline && present.slug === parsed.slug;
      // The names of a document also depend on the other documents.
      const same = hasSameNames ? current : undefined;
      const { id, slug, headline } = same ?? parsed;
      const place = documentPlace(path, site);
      const name = same?.path === path ? same.name : slug === undefined ? nameAsSlug({ path, place }) : '';
      const names = {
        headline,
        ...defined({ id, slug }),
        ...(name !== undefined && name !== '' && { name }),
      };
      const unsettled = { boilerplate: undefined, address: undefined, pageReason: undefined };
      return candidateOf({ path, place, parsed, ...unsettled }, names, NO_COMMITS, Number.POSITIVE_INFINITY);
    };
  };
  const entries = await entriesFromHistory(ledger, candidates, commits, {
    now,
    timeZone: site.timeZone,
    knownPaths,
    isUnread: (path) => [path, ...foldersOf(path)].some((each) => cannotRead.has(each)),
    loadReader,
  });
  return { entries: [...ledger.entries, ...entries] };
}

const NO_COMMITS = commitsOf(undefined, EMPTY_LEDGER, 0);
