import type { Instant } from '../article.ts';
import type { FeedFormat } from '../routes/paths.ts';
import type { Records } from '../store/record-reader.ts';
import { type Composition, compose, type HoleTexts, type OriginChange } from '../templates/compose.ts';
import type { StoredFragment } from '../templates/fragment.ts';
import type { Hole } from '../templates/holes.ts';
import type { FeedHistory, FeedMetadata } from './metadata.ts';
import { escapeXml, xmlElement } from './xml.ts';

interface FeedParts {
  readonly format: FeedFormat;
  /** Such as `https://example.org`. */
  readonly origin: string;
  readonly originChange: OriginChange | undefined;
  readonly metadata: FeedMetadata;
  readonly envelope: StoredFragment;
  /** The newest first. */
  readonly articles: readonly number[];
  readonly records: Records;
}

/** Stored entries in a stored envelope. */
export function composeFeed({
  format,
  origin,
  originChange,
  metadata,
  envelope,
  articles,
  records,
}: FeedParts): Composition {
  return compose({
    template: envelope,
    texts: holeTexts(metadata, format, origin),
    originChange,
    textsOfPart: () => holeTexts(partOf(metadata), format, origin),
    entries: {
      fingerprints: articles.map((article) => records.fragment(article, format).fingerprint),
      separator: formatFields[format].separator,
      write(sink, index, fill) {
        const article = articles[index] as number; // one fingerprint per article
        const fillEntry = (hole: Hole): void => {
          if (hole === 'body') records.fragment(article, 'body').write(sink, fillEntry);
          else fill(hole);
        };
        records.fragment(article, format).write(sink, fillEntry);
      },
    },
    lastModified: metadata.updated,
  });
}

function holeTexts(metadata: FeedMetadata, format: FeedFormat, origin: string): HoleTexts {
  const { text, date, removed, history } = formatFields[format];
  return {
    origin: text(origin),
    id: text(metadata.id),
    title: text(metadata.title),
    description: text(metadata.description),
    language: text(metadata.language),
    updated: date(metadata.updated),
    homePath: text(metadata.homePath),
    rssPath: text(metadata.feedPaths.rss),
    atomPath: text(metadata.feedPaths.atom),
    jsonPath: text(metadata.feedPaths.json),
    history: history(metadata, origin),
    removed: removed(metadata.removed),
  };
}

/** A feed without some of its entries must not claim to be complete. */
function partOf(metadata: FeedMetadata): FeedMetadata {
  return { ...metadata, history: { ...metadata.history, isComplete: false } };
}

/** How a format writes values that are known only at request time. */
interface FormatFields {
  /** Plain text. */
  readonly text: (text: string) => string;
  readonly date: (instant: Instant) => string;
  readonly removed: (removed: FeedMetadata['removed']) => string;
  /** RFC 5005 in XML; `next_url` in JSON Feed. RSS also has `ttl`. */
  readonly history: (metadata: FeedMetadata, origin: string) => string;
  /** The separator between entries. */
  readonly separator: string;
}

const NOTHING = (): string => '';

const formatFields: Readonly<Record<FeedFormat, FormatFields>> = {
  rss: {
    text: escapeXml,
    date: (instant) => new Date(instant).toUTCString(),
    removed: NOTHING,
    history: ({ history, ttl }, origin) =>
      `<ttl>${ttl}</ttl>\n        ${historyElements('atom:link', history, origin, ' '.repeat(8))}`,
    separator: '\n',
  },
  atom: {
    text: escapeXml,
    date: (instant) => new Date(instant).toISOString(),
    removed: (removed) => removed.map(deletedEntry).join(''),
    history: ({ history }, origin) => historyElements('link', history, origin, ' '.repeat(4)),
    separator: '\n',
  },
  json: {
    text: (text) => JSON.stringify(text).slice(1, -1),
    date: (instant) => new Date(instant).toISOString(),
    removed: NOTHING,
    history: ({ history: { previous } }, origin) =>
      previous === undefined ? '' : `\n "next_url": ${JSON.stringify(origin + previous)},`,
    separator: ',\n',
  },
};

/** RFC 5005 §2 and §4 */
function historyElements(
  link: string,
  { current, previous, next, isComplete }: FeedHistory,
  origin: string,
  indent: string,
): string {
  const links = Object.entries({ current, 'prev-archive': previous, 'next-archive': next }).flatMap(
    ([rel, path]) => (path === undefined ? [] : [xmlElement(link, { rel, href: origin + path })]),
  );
  const flags = [
    ...(current === undefined ? [] : ['<fh:archive/>']),
    ...(isComplete ? ['<fh:complete/>'] : []),
  ];
  return [...links, ...flags].map((element) => `${element}\n${indent}`).join('');
}

/** RFC 6721 §3 */
function deletedEntry({ id, removed }: FeedMetadata['removed'][number]): string {
  const element = xmlElement('at:deleted-entry', {
    'xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
    ref: id,
    when: new Date(removed).toISOString(),
  });
  return `${element}\n    `;
}
