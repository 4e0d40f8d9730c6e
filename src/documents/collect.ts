import type { Article, Instant } from '../article.ts';
import { slugOfPath } from '../routes.ts';
import type { Site } from '../settings.ts';
import { describeFiles } from './describe-files.ts';
import { DocumentError, type Draft, type SourceFile } from './document.ts';
import { examineEpisode, missingRecordings } from './episode.ts';
import type { Candidate } from './identity/candidate.ts';
import { fingerprint } from './identity/fingerprint.ts';
import type { Ledger } from './identity/ledger.ts';
import { readLedger, writeLedger } from './identity/ledger-file.ts';
import { type Removal, reconcile } from './identity/reconcile.ts';
import { libraryOf, surroundingsOf } from './library.ts';
import { ownWords } from './markdown/own-words.ts';
import { normalize } from './normalize.ts';
import { type Outline, outline as outlineOf } from './outline.ts';
import { isMarkdown, parseDocument } from './parse.ts';
import { describePodcasts, type PodcastFacts } from './podcasts.ts';
import { settleTogether } from './settle-together.ts';
import { slugify } from './slug.ts';
import { vaultOf } from './vault.ts';

/** What became of a document. */
export type Outcome =
  | {
      readonly path: string;
      readonly status: 'published' | 'scheduled' | 'expired';
      readonly article: Article;
    }
  | { readonly path: string; readonly status: 'draft' | 'excluded' }
  | { readonly path: string; readonly status: 'refused'; readonly error: DocumentError };

/** The files of a seeds folder. */
export interface SeedFiles {
  readonly documents: readonly SourceFile[];
  /** Paths of documents that could not be read. */
  readonly unread: readonly string[];
  /** Paths of the other files. */
  readonly others: readonly string[];
  /** The content of any other file below the folder; undefined if there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** What `ledger.json` holds; undefined if there is none. */
  readonly ledger: string | undefined;
  /** When a document was first committed; undefined if that is not known. */
  readonly firstCommit: (path: string) => Instant | undefined;
}

export interface Collection {
  readonly articles: readonly Article[];
  /** Slugs by the former addresses that lead to them now: slugs, and paths, which begin with `/`. */
  readonly moved: ReadonlyMap<string, string>;
  /** What was published and is gone, the newest removal first. */
  readonly removals: readonly Removal[];
  /** Files that are published as they are: their addresses by their paths. */
  readonly media: ReadonlyMap<string, string>;
  /** What is known of each podcast of the site, by its collection. */
  readonly podcasts: ReadonlyMap<string, PodcastFacts>;
  /** What `ledger.json` is to hold. */
  readonly ledger: string;
  /** One for each document, in the order of their paths. */
  readonly outcomes: readonly Outcome[];
  /** What was met and left out, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/**
 * Makes articles of the files of a folder. The same files give the same articles, in any order and at any time.
 *
 * @param now is recorded in the ledger for what changed, and tells the scheduled and expired in `outcomes`
 * @throws LedgerError when the ledger cannot be read
 */
export async function collectArticles(files: SeedFiles, site: Site, now: Instant): Promise<Collection> {
  const outcomes = new Map<string, Outcome>();
  const refuse = (path: string, error: DocumentError): void => {
    outcomes.set(path, { path, status: 'refused', error });
  };
  const ordered = [...files.documents].sort((a, b) => (a.path < b.path ? -1 : 1));
  const documents = settleTogether(
    ordered.flatMap((file) => readDocument(file, site, outcomes)),
    site,
  );

  const previous: Ledger = readLedger(files.ledger, 'seeds/ledger.json');
  const slugs = wantedSlugs(documents, site);
  const ids = ownIds(documents);
  const candidates = documents.map((document) => candidateOf(document, ids, slugs, files.firstCommit));
  const unread = [
    ...files.unread,
    ...[...outcomes.values()].filter(({ status }) => status === 'refused').map(({ path }) => path),
  ];
  const { identities, removals, ledger, warnings, refused } = reconcile(previous, candidates, {
    now,
    timeZone: site.timeZone,
    unread,
  });
  for (const [path, error] of refused) refuse(path, error);

  const identified = documents.flatMap((document) => {
    const identity = identities.get(document.path);
    return identity === undefined ? [] : [{ ...document, identity }];
  });
  const images = site.podcasts.map(({ image }) => image);
  const vault = vaultOf([...files.others, ...identified.map(({ path }) => path)]);
  const media = await describeFiles(identified, images, vault, files.read);
  const library = libraryOf(
    new Map(identified.map(({ path, identity }) => [path, identity.slug])),
    new Map(identified.map(({ path, outline }) => [path, outline.title])),
    media.described,
    vault,
  );
  const podcasts = describePodcasts(site, library);
  const articles = identified.map(({ path, file, draft, outline, identity }) => {
    const podcast = site.podcasts.find(({ collection }) => collection === outline.collection);
    const around = surroundingsOf(path, identity.slug, library, podcast);
    const normal = normalize(draft, outline, identity, around);
    const article = isMarkdown(path) ? { ...normal, sourceMarkdown: ownWords(file, normal, around) } : normal;
    podcasts.warnings.push(
      ...(podcast === undefined
        ? missingRecordings(path, draft, around)
        : examineEpisode(path, article, podcast)),
    );
    outcomes.set(path, { path, status: statusOf(article, now), article });
    return article;
  });
  return {
    articles,
    moved: new Map(
      identified.flatMap(({ identity }) => identity.redirects.map((address) => [address, identity.slug])),
    ),
    removals,
    media: new Map([...media.described].map(([path, { address }]) => [path, address])),
    podcasts: podcasts.facts,
    ledger: writeLedger(ledger),
    outcomes: [...outcomes.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    warnings: [
      ...documents.flatMap(({ draft }) => draft.warnings ?? []),
      ...warnings,
      ...media.warnings,
      ...podcasts.warnings,
    ],
  };
}

interface ReadDocument {
  readonly path: string;
  readonly file: SourceFile;
  readonly draft: Draft;
  readonly outline: Outline;
}

/** None, if the document does not want to be published or cannot be; `outcomes` then knows why. */
function readDocument(file: SourceFile, site: Site, outcomes: Map<string, Outcome>): ReadDocument[] {
  const { path } = file;
  try {
    const draft = parseDocument(file);
    if (draft.visibility === 'draft' || draft.visibility === 'excluded') {
      outcomes.set(path, { path, status: draft.visibility });
      return [];
    }
    return [{ path, file, draft, outline: outlineOf(draft, path, site) }];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    outcomes.set(path, { path, status: 'refused', error });
    return [];
  }
}

/**
 * The slugs that documents want. One that several pin, as the translations of a document do, is nobody's; a translation
 * is then told by its language.
 */
function wantedSlugs(
  documents: readonly ReadDocument[],
  site: Site,
): Map<ReadDocument, { slug?: string; headline: string }> {
  const wanted = ({ outline }: ReadDocument): string => outline.slug ?? outline.headline;
  const counts = new Map<string, number>();
  for (const document of documents) counts.set(wanted(document), (counts.get(wanted(document)) ?? 0) + 1);
  return new Map(
    documents.map((document) => {
      const { slug, headline, language } = document.outline;
      if (counts.get(wanted(document)) === 1)
        return [document, { ...(slug === undefined ? {} : { slug }), headline }];
      const suffix = language === site.language ? '' : `-${language.toLowerCase()}`;
      return [document, { headline: `${wanted(document)}${suffix}` }];
    }),
  );
}

/** Stated ids, but those that several documents have and that are no URIs: Docusaurus has such for every folder. */
function ownIds(documents: readonly ReadDocument[]): Set<string> {
  const stated = documents.flatMap(({ draft }) => draft.id ?? []);
  const seen = new Set<string>();
  const repeated = new Set(stated.filter((id) => seen.has(id) || !seen.add(id)));
  return new Set(stated.filter((id) => !repeated.has(id) || /^[a-z][a-z\d+.-]*:/i.test(id)));
}

function candidateOf(
  document: ReadDocument,
  ids: ReturnType<typeof ownIds>,
  slugs: ReturnType<typeof wantedSlugs>,
  firstCommit: SeedFiles['firstCommit'],
): Candidate {
  const { path, draft, outline } = document;
  const { published, updated } = outline;
  const committed = published === undefined ? firstCommit(path) : undefined;
  const dating = published ?? (committed === undefined ? undefined : { instant: committed, stated: false });
  return {
    path,
    ...(draft.id !== undefined && ids.has(draft.id) ? { id: draft.id } : {}),
    aliases: (draft.aliases ?? []).flatMap(addressOf),
    ...(slugs.get(document) ?? { headline: outline.headline }),
    fingerprint: fingerprint(outline.text || outline.title),
    ...(dating === undefined ? {} : { published: dating }),
    ...(updated === undefined ? {} : { updated: { instant: updated, stated: true } }),
  };
}

/** A former address as the ledger takes it: of a URL, the path; of an article's own address, the slug. */
function addressOf(alias: string): string[] {
  const path = /^https?:/i.test(alias) && URL.canParse(alias) ? new URL(alias).pathname : alias;
  if (path === '' || path === '/') return [];
  const slug = slugOfPath(path);
  return [slug === undefined ? path : slugify(slug) || path];
}

function statusOf({ published, expires }: Article, now: Instant): 'published' | 'scheduled' | 'expired' {
  if (published > now) return 'scheduled';
  return expires <= now ? 'expired' : 'published';
}
