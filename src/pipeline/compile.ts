import { createHash } from 'node:crypto';
import { type Instant, isRecording } from '../article.ts';
import type { Site } from '../config/site.ts';
import {
  type Collection,
  collectAcceptable,
  type FolderContext,
  refusingReaders,
} from '../corpus/collect.ts';
import type { ResolvedDocument } from '../corpus/resolve-documents.ts';
import { keyOf } from '../facets.ts';
import { envelopeName } from '../feeds/metadata.ts';
import { podcastEnvelope } from '../feeds/rss.ts';
import { feedWriters } from '../feeds/writers.ts';
import { mintId } from '../identity/ledger.ts';
import { writeLedger } from '../identity/ledger-file.ts';
import { EXTRA_STYLES } from '../pages/extra-styles.ts';
import type { SharedStyle } from '../pages/layout.ts';
import { messagesFor } from '../pages/messages/messages-for.ts';
import { blockedByPolicy, parseThemeFile, THEME_FILE } from '../pages/publisher-css.ts';
import { personHeader } from '../pages/related.ts';
import { SCRIPTS } from '../pages/scripts.ts';
import { sitePages } from '../pages/site-pages.ts';
import { newsSitemap } from '../pages/sitemap.ts';
import { showPage } from '../pages/slice.ts';
import { stylesheet } from '../pages/stylesheet.ts';
import { showName } from '../pages/value-names.ts';
import { addressPath, byFormat } from '../routes/paths.ts';
import { type AddressRow, encodeAddresses, encodeFormerFiles } from '../store/addresses-format.ts';
import type { PrecompressedBody } from '../store/blobs-format.ts';
import type { ArticleMetadata, SiteRecord, Tombstone } from '../store/metadata.ts';
import { planSegments, type SegmentPlan } from '../store/plan-segments.ts';
import { type StoreContent, type StoreWriter, storeWriter } from '../store/write-store.ts';
import { pinOrigin } from '../templates/holes.ts';
import { llmsOlder, llmsTxt } from '../text-formats/markdown.ts';
import type { BuildPipeline } from './build-pipeline.ts';
import { codec, precompress } from './compression.ts';
import { openDraftSite } from './draft-site.ts';
import { siteFonts, usualFonts } from './fonts.ts';
import type { ArticleReport } from './render.ts';
import { type StaticFeeds, staticFeeds } from './static-feeds.ts';

export interface Compilation
  extends Omit<
    Collection,
    'documents' | 'claims' | 'formerFiles' | 'removals' | 'podcasts' | 'people' | 'frame' | 'ledger'
  > {
  /** The new content of `ledger.json`; in a preview, its present content. */
  readonly ledger: string;
  /** The store that is bundled with the worker. */
  readonly store: Uint8Array<ArrayBuffer>;
  /** The length of `store` as gzip, estimated from above. */
  readonly storeGzipLength: number;
  readonly segments: readonly SegmentSource[];
  /** If the main feeds are files. */
  readonly staticFeeds?: StaticFeeds;
}

interface SegmentSource {
  /** The digests of the segment, and of the segment with the text formats of its articles. */
  readonly digests: readonly string[];
  /** Path of its largest document. */
  readonly largest: string;
}

/**
 * Compiles documents into the store. The same documents give the same bytes, in any order and in any pipeline.
 *
 * @param now decides which articles are scheduled or expired, and is recorded for changes that are not committed
 * @throws LedgerError if the ledger cannot be read
 */
export async function compile(
  pipeline: BuildPipeline,
  folder: FolderContext,
  site: Site,
  now: Instant,
): Promise<Compilation> {
  const { isPreview = false } = folder;
  const { collection, former, ordered, reports, plans, packing, searching } = await renderAll(
    pipeline,
    folder,
    site,
    now,
  );
  const { documents, removals, podcasts, people, frame, ledger, ...rest } = collection;
  const theme = await folder.read(THEME_FILE);
  const css = theme && parseThemeFile(theme);
  const style = { style: stylesheet(site.theme, { fonts: siteFonts(site), css }), fonts: usualFonts(site) };
  const prepare = async () => {
    const packed = await packing;
    const content: StoreContent = {
      site: siteRecord(site, style, {
        hasQueryAddresses: former.hasQueryAddresses,
        languages: [...new Set(reports.flatMap(({ metadata }) => metadata.interfaceLanguage ?? []))].sort(),
        pinned: reports.flatMap(({ metadata }, number) => (metadata.isPinned ? [number] : [])),
        expiring: expiringArticles(reports, ledger),
        frame,
        removals,
        podcasts,
        people,
        media: collection.media,
      }),
      articles: reports.map(({ metadata }) => metadata),
      formerAddresses: former.addresses,
      formerFiles: former.files,
      segments: packed.map((segment, index) => ({ ...segment, start: plans[index]?.start ?? 0 })),
    };
    const segments = packed.map(({ digest, textFormats }, index): SegmentSource => {
      const { start = 0, end = 0 } = plans[index] ?? {};
      return { digests: [digest, textFormats.digest], largest: largestOf(ordered, reports, start, end) };
    });
    const writer = storeWriter(content, codec);
    return {
      segments,
      ledger: isPreview ? (folder.ledger ?? '') : writeLedger(ledger),
      writer,
      // A preview has another origin, and is built again and again.
      ...(!isPreview &&
        site.url !== undefined &&
        (await prepareWhole(pipeline, writer, site, site.url, now))),
    };
  };
  const [search, prepared] = await Promise.all([searching, prepare()]);
  const warnings = new Map(ordered.map(({ path }, index) => [path, reports[index]?.warnings ?? []]));
  const { bytes, gzipLength } = prepared.writer.write(search, prepared.precompressed ?? [], pipeline.publish);
  return {
    ...rest,
    ledger: prepared.ledger,
    segments: prepared.segments,
    warnings: [
      ...rest.warnings,
      ...documents.flatMap(({ path }) => warnings.get(path) ?? []),
      ...(css === undefined ? [] : blockedByPolicy(css)),
    ],
    store: bytes,
    storeGzipLength: gzipLength,
    ...(prepared.staticFeeds && { staticFeeds: prepared.staticFeeds }),
  };
}

/** The responses that are stored as a whole. */
async function prepareWhole(
  { compress, readAsset }: BuildPipeline,
  writer: StoreWriter,
  site: Site,
  url: string,
  now: Instant,
): Promise<{ precompressed: readonly PrecompressedBody[]; staticFeeds?: StaticFeeds }> {
  const draft = await openDraftSite(writer.draft(), url, now, readAsset);
  const precompressed = await precompress(site, draft, compress);
  if (site.mainFeeds !== 'static') return { precompressed };
  return { precompressed, staticFeeds: await staticFeeds(site, draft) };
}

interface RenderedCollection {
  /** Without what takes much memory and is in `former`. */
  readonly collection: Omit<Collection, 'claims' | 'formerFiles'>;
  readonly former: FormerAddresses;
  /** In the order of their numbers. */
  readonly ordered: readonly ResolvedDocument[];
  /** The report of each of these. */
  readonly reports: readonly ArticleReport[];
  readonly plans: readonly SegmentPlan[];
  /** The segment of each plan, and the search index: threads make them meanwhile. */
  readonly packing: ReturnType<BuildPipeline['pack']>;
  readonly searching: ReturnType<BuildPipeline['index']>;
}

/** Renders all documents. If one cannot be rendered, the others are collected again without it. */
async function renderAll(
  pipeline: BuildPipeline,
  folder: FolderContext,
  site: Site,
  now: Instant,
): Promise<RenderedCollection> {
  const readers = refusingReaders(pipeline);
  for (;;) {
    const collection = await collectAcceptable(readers, folder, site, now);
    const ordered = byPublication(collection.documents);
    const { reports, refused } = await pipeline.render(ordered);
    if (refused.size === 0) {
      const { claims, formerFiles, ...rest } = collection;
      const plans = planSegments(reports.map(({ metadata, bytes }) => ({ id: metadata.id, bytes })));
      const scheduled = ordered.filter(({ identity }) => identity.published > now).length;
      const packing = pipeline.pack(ordered, plans);
      const searching = pipeline.index(ordered, scheduled);
      // They are awaited later; a failure meanwhile is not unhandled.
      for (const task of [packing, searching]) task.catch(() => {});
      const former = formerAddresses(ordered, reports, claims, formerFiles);
      return { collection: rest, former, ordered, reports, plans, packing, searching };
    }
    readers.refuse(refused);
  }
}

/**
 * The order in which articles are numbered: by publication. Articles of one instant, such as all of one day, are sorted
 * by when they were added, so that a new one comes after those that readers have.
 */
function byPublication(documents: readonly ResolvedDocument[]): ResolvedDocument[] {
  return documents.toSorted(
    ({ identity: a }, { identity: b }) =>
      a.published - b.published || (a.added ?? 0) - (b.added ?? 0) || (a.id < b.id ? -1 : 1),
  );
}

function largestOf(
  documents: readonly ResolvedDocument[],
  reports: readonly ArticleReport[],
  start: number,
  end: number,
): string {
  let largest = start;
  for (let number = start + 1; number < end; number++)
    if ((reports[number]?.bytes ?? 0) > (reports[largest]?.bytes ?? 0)) largest = number;
  return documents[largest]?.path ?? '';
}

/** The maximum number of articles that decide whether a file is visible. */
const MAX_NAMED_BY = 8;
/** An address that more articles claim does not redirect. */
const MAX_CLAIMANTS = 16;

/** Encoded, see store/addresses-format.ts. */
interface FormerAddresses {
  readonly addresses: readonly Uint8Array<ArrayBuffer>[];
  readonly files: readonly Uint8Array<ArrayBuffer>[];
  readonly hasQueryAddresses: boolean;
}

/** The claims to former addresses, by the numbers of articles and files. */
function formerAddresses(
  ordered: readonly ResolvedDocument[],
  reports: readonly ArticleReport[],
  claims: Collection['claims'],
  formerFiles: Collection['formerFiles'],
): FormerAddresses {
  const numbers = new Map(ordered.map(({ path }, number) => [path, number]));
  const rows: AddressRow[] = [];
  const counts = new Map<string, number>();
  let hasQueryAddresses = false;
  for (const [number, { path }] of ordered.entries()) {
    for (const { key, rank } of claims.get(path) ?? []) {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count > MAX_CLAIMANTS) continue;
      hasQueryAddresses ||= key.includes('?');
      rows.push({ key, rank, isFile: false, number });
    }
  }
  const files = formerFiles.map(({ address, namedBy }) => {
    const articles = namedBy.flatMap((path) => numbers.get(path) ?? []).sort((a, b) => a - b);
    const lasting = articles.findIndex(
      (number) => reports[number]?.metadata.expires === Number.POSITIVE_INFINITY,
    );
    return {
      address,
      articles: articles.slice(0, lasting < 0 ? MAX_NAMED_BY : Math.min(lasting + 1, MAX_NAMED_BY)),
    };
  });
  for (const [number, file] of formerFiles.entries())
    for (const { key, rank } of file.claims) rows.push({ key, rank, isFile: true, number });
  return { addresses: encodeAddresses(rows), files: encodeFormerFiles(files), hasQueryAddresses };
}

type ExpiringArticle = Pick<ArticleMetadata, 'slug' | 'expires'> & Pick<Tombstone, 'title'>;

function expiringArticles(
  reports: readonly ArticleReport[],
  { entries }: Collection['ledger'],
): ExpiringArticle[] {
  // An article that expires before it is published is never public.
  const expiring = reports.flatMap(({ metadata: { slug, published, expires } }) =>
    expires === Number.POSITIVE_INFINITY || expires <= published ? [] : [{ slug, expires }],
  );
  const titles = new Map(expiring.length === 0 ? [] : entries.map(({ slug, title }) => [slug, title]));
  return expiring.map((each) => ({ ...each, title: titles.get(each.slug) }));
}

type SiteParts = Pick<Collection, 'frame' | 'removals' | 'podcasts' | 'people' | 'media'> &
  Pick<SiteRecord['metadata'], 'hasQueryAddresses' | 'pinned'> & {
    /** The languages of interfaces other than that of the site. */
    readonly languages: readonly string[];
    readonly expiring: readonly ExpiringArticle[];
  };

function siteRecord(
  site: Site,
  style: Omit<SharedStyle, 'logo'>,
  { frame, removals, podcasts, people, media, hasQueryAddresses, pinned, languages, expiring }: SiteParts,
): SiteRecord {
  const recordings = [...media.values()].filter(isRecording);
  return {
    metadata: {
      // No request needs the front matter of documents.
      settings: {
        ...site,
        generator: site.generator && { ...site.generator, defaults: [], tagLabels: {}, tagSegments: {} },
      },
      styleSource: [style.style, ...EXTRA_STYLES].map(hashSource).join(' '),
      scriptSource: SCRIPTS.map(hashSource).join(' '),
      feedId: site.id ?? mintId(`site:${site.title}`),
      facetNames: messagesFor(site.language).many,
      otherFacetNames: Object.fromEntries(
        languages.map((language) => [language, messagesFor(language).many]),
      ),
      people: Object.fromEntries(
        people.flatMap((person): [string, string][] => {
          const header = personHeader(person);
          return header === undefined ? [] : [[keyOf(person.name), header.markup]];
        }),
      ),
      pinned,
      hasQueryAddresses,
      tombstones: Object.fromEntries<Tombstone>([
        ...removals.flatMap(({ addresses, removed, title }) =>
          addresses.map((address): [string, Tombstone] => [addressPath(address), { removed, title }]),
        ),
        ...expiring.map(({ slug, expires, title }): [string, Tombstone] => [
          addressPath(slug),
          { removed: expires, title, isExpiry: true },
        ]),
      ]),
      removed: removals.map(({ iri, removed }) => ({ id: iri, removed })),
      ...(recordings.length > 0 && {
        recordings: Object.fromEntries(
          recordings.map(({ address, type, length }) => [address, { type, length }]),
        ),
      }),
    },
    fragments: pinOrigin(
      {
        ...byFormat((format) => feedWriters[format].envelope(site)),
        ...Object.fromEntries(
          podcasts.flatMap(({ podcast, ...metadata }) => [
            [envelopeName('rss', podcast.collection), podcastEnvelope(site, podcast, metadata)],
            [showName(podcast.collection), showPage(site, podcast, metadata.artwork)],
          ]),
        ),
        ...sitePages(
          { ...site, nav: frame.nav, footer: frame.footer },
          { ...style, logo: frame.logo },
          languages,
        ),
        llms: llmsTxt(site),
        llmsOlder: llmsOlder(),
        newsSitemap: newsSitemap(),
      },
      site.url,
    ),
  };
}

/** A source expression of a content security policy (CSP §2.3.1). */
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
