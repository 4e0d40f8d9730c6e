import { createHash } from 'node:crypto';
import type { Instant } from './article.ts';
import { codec } from './codec.ts';
import { type Circumstances, type Collection, collectDocuments, type Place } from './documents/collect.ts';
import { mintId } from './documents/identity/id.ts';
import { writeLedger } from './documents/identity/ledger-file.ts';
import { envelopeName } from './feeds/envelope-name.ts';
import { podcastEnvelope } from './feeds/podcast.ts';
import { feedWriters } from './feeds/writers.ts';
import { llmsOlder, llmsTxt } from './forms/llms.ts';
import { parseThemeFile, THEME_FILE } from './pages/publisher-css.ts';
import { script } from './pages/script.ts';
import { searchScript } from './pages/search-script.ts';
import { sitePages } from './pages/site-pages.ts';
import { newsSitemap } from './pages/sitemap.ts';
import { stylesheet } from './pages/stylesheet.ts';
import { wordsFor } from './pages/words/words-for.ts';
import { addressPath } from './routes.ts';
import type { Site } from './settings.ts';
import type { SiteRecord } from './store/facts.ts';
import { planSegments } from './store/plan-segments.ts';
import { type StoreContent, type StoreWriter, storeWriter } from './store/write-store.ts';
import type { Workshop } from './workshop.ts';

export interface Compilation
  extends Omit<Collection, 'places' | 'moved' | 'removals' | 'podcasts' | 'ledger'> {
  /** What `ledger.json` is to hold; after a preview, what it held. */
  readonly ledger: string;
  /** What goes into the worker. */
  readonly store: Uint8Array<ArrayBuffer>;
}

/**
 * The left half of the house: documents in, the store out. The same documents give the same bytes, in any order and in
 * any workshop.
 *
 * @param now is recorded in the ledger for what changed, and tells the scheduled and expired in `outcomes`
 * @throws LedgerError when the ledger cannot be read
 */
export async function compile(
  workshop: Workshop,
  circumstances: Circumstances,
  site: Site,
  now: Instant,
): Promise<Compilation> {
  const { isPreview = false } = circumstances;
  const collection = await collectDocuments(workshop, circumstances, site, now);
  const { places, moved, removals, podcasts, ledger, ...rest } = collection;
  const css = await circumstances.read(THEME_FILE);
  const style = stylesheet(site.theme, css && parseThemeFile(css));
  const ordered = inOrder(places);
  const scheduled = ordered.filter(({ identity }) => identity.published > now).length;
  const reports = await workshop.render(ordered);
  const plans = planSegments(reports.map(({ facts, bytes }) => ({ id: facts.id, bytes })));
  const prepare = async (): Promise<{ ledger: string; writeStore: StoreWriter }> => {
    const packed = await workshop.pack(ordered, plans);
    const content: StoreContent = {
      site: siteRecord(site, style, { moved, removals, podcasts }),
      articles: reports.map(({ facts }) => facts),
      segments: packed.map((segment, index) => ({ ...segment, start: plans[index]?.start ?? 0 })),
    };
    return {
      ledger: isPreview ? (circumstances.ledger ?? '') : writeLedger(ledger),
      writeStore: storeWriter(content, codec),
    };
  };
  const [search, prepared] = await Promise.all([workshop.index(ordered, scheduled), prepare()]);
  const warnings = new Map(ordered.map(({ path }, index) => [path, reports[index]?.warnings ?? []]));
  return {
    ...rest,
    ledger: prepared.ledger,
    warnings: [...rest.warnings, ...places.flatMap(({ path }) => warnings.get(path) ?? [])],
    store: prepared.writeStore(search, workshop.publish),
  };
}

/**
 * The order in which articles are numbered: of publication. Those of one instant, as all that have the same day are, go
 * by when they came to the site, so that a new one comes after those that readers have.
 */
function inOrder(places: readonly Place[]): Place[] {
  return places.toSorted(
    ({ identity: a }, { identity: b }) =>
      a.published - b.published || (a.added ?? 0) - (b.added ?? 0) || (a.id < b.id ? -1 : 1),
  );
}

function siteRecord(
  site: Site,
  style: string,
  { moved, removals, podcasts }: Pick<Collection, 'moved' | 'removals' | 'podcasts'>,
): SiteRecord {
  return {
    facts: {
      styleSource: sourceOf(style),
      scriptSource: [script, searchScript].map(sourceOf).join(' '),
      feedId: site.id ?? mintId(`site:${site.title}`),
      dimensionNames: wordsFor(site.language).many,
      moved: Object.fromEntries([...moved].map(([address, slug]) => [addressPath(address), slug])),
      gone: Object.fromEntries(
        removals.flatMap(({ addresses, removed, title }) =>
          addresses.map((address) => [addressPath(address), { removed, title }]),
        ),
      ),
      removed: removals.map(({ id, removed }) => ({ id, removed })),
    },
    fragments: {
      rss: feedWriters.rss.envelope(site),
      atom: feedWriters.atom.envelope(site),
      json: feedWriters.json.envelope(site),
      ...podcastEnvelopes(site, podcasts),
      ...sitePages(site, style),
      llms: llmsTxt(site),
      llmsOlder: llmsOlder(),
      newsSitemap: newsSitemap(),
    },
  };
}

/** In place of the envelope of RSS, for collections that are podcasts. */
function podcastEnvelopes(site: Site, podcasts: Collection['podcasts']): Record<string, string> {
  const envelopes = site.podcasts.flatMap((podcast): [string, string][] => {
    const facts = podcasts.get(podcast.collection);
    const name = envelopeName('rss', podcast.collection);
    return facts === undefined ? [] : [[name, podcastEnvelope(site, podcast, facts)]];
  });
  return Object.fromEntries(envelopes);
}

/** A source expression of a content security policy (CSP §2.3.1). */
function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
