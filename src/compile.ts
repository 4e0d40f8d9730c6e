import { createHash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';
import type { Article, Instant } from './article.ts';
import { DocumentError, type Draft, type SourceFile } from './documents/document.ts';
import { documentName, mintId } from './documents/id.ts';
import { seedPath, surroundingsOf } from './documents/library.ts';
import { describeMedia, type MediaFile, mediaTypeOf } from './documents/media.ts';
import { type Identity, normalize } from './documents/normalize.ts';
import { type Outline, outline as outlineOf } from './documents/outline.ts';
import { parseDocument } from './documents/parse.ts';
import { feedWriters } from './feeds/writers.ts';
import { articlePage, teaser } from './pages/article.ts';
import { failurePage, gonePage, notFoundPage } from './pages/error.ts';
import { homePage, subscribePage } from './pages/home.ts';
import { sharedParts } from './pages/layout.ts';
import { stylesheet } from './pages/stylesheet.ts';
import type { Site } from './settings.ts';
import { type ArticleRecord, encodeStore, type SiteRecord } from './store/format.ts';
import { type Codec, FINGERPRINT_LENGTH } from './store/fragment-format.ts';

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
  /** The content of any other file below the folder; undefined if there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

export interface Compilation {
  readonly store: Uint8Array<ArrayBuffer>;
  /** Files that are published as they are: addresses by paths of the seeds folder. */
  readonly media: ReadonlyMap<string, string>;
  /** One for each document, in the order of their paths. */
  readonly outcomes: readonly Outcome[];
  /** What was met and left out, in the grammar of errors. */
  readonly warnings: readonly string[];
}

/**
 * The left half of the house: files in, the store out. The same files give the same bytes, in any order.
 *
 * @param now only tells the scheduled and expired from the published in `outcomes`; the store holds them all
 */
export async function compile(
  { documents, read }: SeedFiles,
  site: Site,
  now: Instant,
): Promise<Compilation> {
  const outcomes = new Map<string, Outcome>();
  const readable = [...documents]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => readDocument(file, site, outcomes));
  const identified = refuseTwins(readable, outcomes);
  const warnings = readable.flatMap(({ draft }) => draft.warnings ?? []);
  const files = await describeFiles(identified, read, warnings);
  const library = { slugs: new Map(identified.map(({ path, identity }) => [path, identity.slug])), files };
  const articles = identified.map(({ path, draft, outline, identity }) => {
    const article = normalize(draft, outline, identity, site, surroundingsOf(path, identity.slug, library));
    outcomes.set(path, { path, status: statusOf(article, now), article });
    return article;
  });
  return {
    store: encodeStore(
      siteRecord(site),
      articles.map((article) => articleRecord(article, site)),
      codec,
    ),
    media: new Map([...files].map(([path, { address }]) => [path, address])),
    outcomes: [...outcomes.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    warnings,
  };
}

interface ReadDocument {
  readonly path: string;
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
    return [{ path, draft, outline: outlineOf(draft, path, site) }];
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    outcomes.set(path, { path, status: 'refused', error });
    return [];
  }
}

/** Examines each file that a document names, once. */
async function describeFiles(
  documents: readonly ReadDocument[],
  read: SeedFiles['read'],
  warnings: string[],
): Promise<Map<string, MediaFile>> {
  const named = documents.flatMap(({ path, draft, outline }) =>
    [
      ...outline.references,
      ...[draft.image, ...(draft.enclosures ?? [])].flatMap((stated) => stated?.url ?? []),
    ].map((url) => seedPath(url, path)),
  );
  const files = new Map<string, MediaFile>();
  for (const path of [...new Set(named)].sort()) {
    if (path === undefined || mediaTypeOf(path) === undefined) continue;
    const bytes = await read(path);
    if (bytes === undefined) continue;
    try {
      files.set(path, await describeMedia(path, bytes));
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      warnings.push(error.message);
    }
  }
  return files;
}

function statusOf({ published, expires }: Article, now: Instant): 'published' | 'scheduled' | 'expired' {
  if (published > now) return 'scheduled';
  return expires <= now ? 'expired' : 'published';
}

interface IdentifiedDocument extends ReadDocument {
  readonly identity: Identity;
}

/** Of two articles that want one permalink or one id, the one published first has it, so that nothing new takes it away. */
function refuseTwins(
  documents: readonly ReadDocument[],
  outcomes: Map<string, Outcome>,
): IdentifiedDocument[] {
  const owners = new Map<string, string>();
  const refuse = (path: string, message: string): [] => {
    outcomes.set(path, {
      path,
      status: 'refused',
      error: new DocumentError(`Cannot publish seeds/${path}: ${message}`),
    });
    return [];
  };
  return [...documents]
    .sort((a, b) => (a.outline.published ?? 0) - (b.outline.published ?? 0))
    .flatMap((document) => {
      const { path, outline } = document;
      const { published } = outline;
      const id = mintId(documentName(path));
      const slug = outline.slug || id.slice(-12);
      if (published === undefined) {
        return refuse(
          path,
          `it has no date; expected a line such as "- 22.11.2017" below the headline, or a file name such as "2017-11-22-${path.split('/').at(-1)}"`,
        );
      }
      const slugOwner = owners.get(slug);
      if (slugOwner !== undefined)
        return refuse(
          path,
          `the slug "${slug}" belongs to seeds/${slugOwner}; expected a headline of its own`,
        );
      const idOwner = owners.get(id);
      if (idOwner !== undefined)
        return refuse(
          path,
          `the id "${id}" belongs to seeds/${idOwner}; expected a hash of its own in the file name`,
        );
      owners.set(slug, path).set(id, path);
      return [
        {
          ...document,
          identity: { id, slug, published, updated: Math.max(published, outline.updated ?? published) },
        },
      ];
    });
}

function articleRecord(article: Article, site: Site): ArticleRecord {
  const { slug, published, updated, expires, listed, contentHtml } = article;
  return {
    slug,
    published,
    updated,
    expires,
    listed,
    fragments: {
      body: contentHtml,
      rss: feedWriters.rss.entry(article),
      atom: feedWriters.atom.entry(article),
      json: feedWriters.json.entry(article),
      page: articlePage(article, site),
      teaser: teaser(article, site),
    },
  };
}

function siteRecord(site: Site): SiteRecord {
  const feedId = site.id ?? mintId(`site:${site.title}`);
  return {
    facts: {
      styleSource: `'sha256-${createHash('sha256').update(stylesheet).digest('base64')}'`,
      moved: {},
      removed: [],
    },
    fragments: {
      rss: feedWriters.rss.envelope(site, feedId),
      atom: feedWriters.atom.envelope(site, feedId),
      json: feedWriters.json.envelope(site, feedId),
      ...sharedParts(site),
      home: homePage(site),
      subscribe: subscribePage(site),
      notFound: notFoundPage(site),
      gone: gonePage(site),
      failure: failurePage(site),
    },
  };
}

const codec: Codec = {
  deflate: (bytes) => deflateRawSync(bytes, { level: 9, finishFlush: constants.Z_SYNC_FLUSH }),
  fingerprint: (text) => createHash('sha256').update(text).digest('base64url').slice(0, FINGERPRINT_LENGTH),
};
