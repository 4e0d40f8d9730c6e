import type { Instant } from '../article.ts';
import type { Boilerplate } from '../documents/boilerplate-metadata.ts';
import { isAfter, type StatedInstant } from '../documents/instant.ts';
import { absoluteUrl } from '../html/url.ts';
import { writeInstant } from '../identity/ledger-file.ts';
import type { Identity } from '../identity/reconcile.ts';
import { decodeLeniently } from '../strings.ts';
import type { PublishedMedia } from './describe-files.ts';
import { isPicture } from './media-files.ts';
import { findRelated, findSeries } from './related.ts';
import {
  type Absent,
  type LaterLinks,
  type LinksOverTime,
  type LinkTargets,
  type ResolvedLinks,
  resolveOverTime,
  type Target,
} from './resolve-links.ts';
import { type Identified, isScheduled } from './settle-documents.ts';
import { translationOf } from './translations.ts';

export type Outcome =
  | {
      readonly path: string;
      readonly status: 'published' | 'scheduled' | 'expired';
      readonly slug: string;
      readonly published: Instant;
    }
  | { readonly path: string; readonly status: 'draft' | 'excluded' }
  | { readonly path: string; readonly status: 'refused'; readonly reason: string };

/** A document and its relations to the others: everything that its article depends on besides its own content. */
export interface ResolvedDocument {
  readonly path: string;
  /** How its draft was amended before. */
  readonly boilerplate: Boilerplate | undefined;
  readonly identity: Identity;
  /** BCP 47. */
  readonly language: string;
  /** Whether its stated address is that of the first publication. */
  readonly isFromAddress: boolean;
  readonly isPage: boolean;
  /** The fragments of links to its parts. */
  readonly anchors: readonly string[];
  /** False if the date of its source cannot be right. */
  readonly hasSourceDate: boolean;
  /** The links as they are now, or when the article is published. */
  readonly links: ResolvedLinks;
  /** The links from later instants on, ascending; few documents refer to others that will appear or expire. */
  readonly later: readonly LaterLinks[];
  /**
   * When something that the document refers to last appeared or expired after its publication; undefined if nothing
   * did.
   */
  readonly renewed: Instant | undefined;
}

interface ResolvedDocuments {
  /** In the order of the documents. */
  readonly documents: readonly ResolvedDocument[];
  readonly outcomes: readonly Outcome[];
  /** The documents that refer to each file, by its path. */
  readonly namedBy: ReadonlyMap<string, readonly string[]>;
  readonly warnings: readonly string[];
}

/**
 * Resolves the relations of all documents.
 *
 * @param translations by path
 * @param others outcomes of the documents that are no articles, by path
 */
export function resolveDocuments(
  documents: readonly Identified[],
  translations: ReadonlyMap<string, readonly Identified[]>,
  targets: Omit<LinkTargets, 'files' | 'faulty'>,
  { described: files, faulty }: PublishedMedia,
  others: ReadonlyMap<string, Outcome>,
  now: Instant,
): ResolvedDocuments {
  const related = findRelated(documents, now);
  const series = findSeries(documents);
  const outcomes = new Map(others);
  for (const { path, identity, parsed } of documents) {
    const { slug, published } = identity;
    outcomes.set(path, { path, status: statusOf(published, parsed.expires, now), slug, published });
  }
  const namedBy = new Map<string, string[]>();
  const parts = new Set<string>();
  const linkFaults: string[] = [];
  const resolvedDocuments = documents.map((document): ResolvedDocument => {
    const { path, boilerplate, identity, parsed, address } = document;
    const { slug, published } = identity;
    const isScheduledDocument = isScheduled(document, now);
    const inOthers = translations.get(path) ?? [];
    const resolved = resolveOverTime(
      {
        path,
        slug,
        isScheduled: isScheduledDocument,
        parsed,
        translations: inOthers.map((other) => other.path),
        others: inOthers.map(translationOf),
        related: related.get(path) ?? NONE,
        series: series.get(path),
      },
      { ...targets, files, faulty },
      { published, expires: parsed.expires, now },
    );
    for (const file of resolved.files) {
      const known = namedBy.get(file);
      if (known === undefined) namedBy.set(file, [path]);
      else known.push(path);
    }
    // A scheduled article must not change another one.
    for (const part of resolved.parts)
      if (!isScheduledDocument || part.startsWith(`${slug}#`)) parts.add(part);
    // The links of an expired article are not visible.
    if (parsed.expires > now) linkFaults.push(...linkWarnings(document, resolved, outcomes, now));
    const { links, later, renewed } = resolved;
    return {
      path,
      boilerplate,
      identity,
      language: parsed.language,
      isFromAddress: address === 'source',
      isPage: document.pageReason !== undefined,
      anchors: [],
      hasSourceDate: parsed.sourceDate === undefined || !isAfter(parsed.sourceDate, latestOf(identity, now)),
      links,
      later,
      renewed,
    };
  });
  return {
    documents: withAnchors(resolvedDocuments, parts),
    outcomes: [...outcomes.values()],
    namedBy,
    warnings: [...documents.flatMap((document) => futureDateWarnings(document, now)), ...linkFaults],
  };
}

const NONE: readonly never[] = [];

/** @param parts slugs and fragments to which documents link */
function withAnchors(
  documents: readonly ResolvedDocument[],
  parts: ReadonlySet<string>,
): readonly ResolvedDocument[] {
  const bySlug = Map.groupBy(parts, (part) => part.slice(0, part.indexOf('#')));
  return documents.map((document) => {
    const found = bySlug.get(document.identity.slug) ?? [];
    const anchors = found.map((part) => decodeLeniently(part.slice(part.indexOf('#') + 1))).sort();
    return anchors.length === 0 ? document : { ...document, anchors };
  });
}

/** The latest possible instant of a past event; for a scheduled article, its publication. */
function latestOf({ published }: Identity, now: Instant): Instant {
  return Math.max(published, now);
}

/** Warnings about future dates that must be past, often a mistyped year. */
function futureDateWarnings({ parsed, identity }: Identified, now: Instant): string[] {
  const latest = latestOf(identity, now);
  const say = (date: StatedInstant | undefined, wanted: string, done: string): string[] =>
    date !== undefined && isAfter(date, latest)
      ? [`Cannot use date "${date.text}" in ${date.where}: expected ${wanted}; ${done}`]
      : [];
  const used = writeInstant(identity.updated);
  return [
    ...say(parsed.updated, 'a change that was made before this build', `took ${used}`),
    ...say(parsed.sourceDate, 'a day on which the source published it', 'left it out'),
  ];
}

function statusOf(published: Instant, expires: Instant, now: Instant): 'published' | 'scheduled' | 'expired' {
  if (published > now) return 'scheduled';
  return expires <= now ? 'expired' : 'published';
}

const UNPUBLISHED: Readonly<Record<string, string>> = {
  draft: 'is a draft',
  excluded: 'is not published',
  refused: 'was refused',
};
const NO_LINK = 'kept the text without the link';

/**
 * Warns about references of a document to targets that do not exist, or are not visible when the document is.
 *
 * @param outcomes of documents that are no articles, by path
 */
function linkWarnings(
  { path, parsed, identity }: Identified,
  { absent, dead, unpublishable, unknown, misspelt, later }: LinksOverTime,
  outcomes: ReadonlyMap<string, { readonly status: string }>,
  now: Instant,
): string[] {
  function consequenceOf(name: string, { from }: Target): string {
    if (parsed.people.includes(name)) return 'it takes effect with the first build after that';
    return later.some((each) => each.from === from)
      ? 'the link appears with it'
      : 'the link appears with the first build after that';
  }
  function tell(name: string, { path: other, target }: Absent): string {
    if (target === undefined) {
      const reason = UNPUBLISHED[outcomes.get(other)?.status ?? ''] ?? 'is not published';
      return `links to seeds/${other}, which ${reason}: ${NO_LINK}`;
    }
    const { from, until } = target;
    if (until <= Math.max(now, identity.published))
      return `links to seeds/${other}, which ${until > now ? 'expires' : 'expired'} on ${writeInstant(until)}: ${NO_LINK}`;
    const verb = parsed.people.includes(name) ? 'names' : 'links to';
    return `${verb} seeds/${other}, which is scheduled for ${writeInstant(from)}: ${consequenceOf(name, target)}`;
  }
  const place = (name: string): string => {
    const line = parsed.referenceLines[parsed.references.indexOf(name)] ?? 0;
    return `seeds/${path}${line === 0 ? '' : `:${line}`}`;
  };
  return [
    ...[...absent].map(([name, other]) => `${place(name)} ${tell(name, other)}`),
    ...oneSpelling(dead, place).map((name) => {
      const [wanted, done] = isPicture(name)
        ? ['a picture in the folder', 'left it out']
        : parsed.attached.includes(name)
          ? ['a file in the folder', 'left it out']
          : ['a document or a file in the folder', NO_LINK];
      const consequence = absoluteUrl(name) === undefined ? done : 'kept the address';
      return `Cannot find ${quotedUrl(name)} of ${place(name)}: expected ${wanted}; ${consequence}`;
    }),
    ...[...unpublishable].map(
      ([name, file]) =>
        `Cannot publish seeds/${file} for ${quotedUrl(name)} of ${place(name)}: expected a file, not a link, of at most 25 MiB (200 for recordings), and no HTML; ${isPicture(name) || parsed.attached.includes(name) ? 'left it out' : NO_LINK}`,
    ),
    ...[...unknown].map(
      ([key, file]) =>
        `Cannot find author ${JSON.stringify(key)} of seeds/${path}: expected someone in seeds/${file}; took it for a name`,
    ),
    ...[...misspelt].map(
      ([name, found]) =>
        `Took seeds/${found} for ${quotedUrl(name)} of ${place(name)}: upper and lower case differ; on most servers that is another file`,
    ),
  ];
}

/** The spellings of one address count once: the text and the lead picture may differ in how they encode it. */
function oneSpelling(names: Iterable<string>, place: (name: string) => string): string[] {
  const spellings = Map.groupBy(names, quotedUrl);
  return [...spellings.values()].map((same) =>
    same.reduce((a, b) => (place(a).length < place(b).length ? b : a)),
  );
}

/** A URL as people know it. */
function quotedUrl(url: string): string {
  return JSON.stringify(decodeLeniently(url.replace(/^wikilink:([^?#]*)(?:\?[^#]*)?/, '$1')).slice(0, 120));
}
