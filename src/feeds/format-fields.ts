import type { Instant } from '../article.ts';
import type { FeedFormat } from '../routes/paths.ts';
import type { FeedHistory, FeedMetadata } from './metadata.ts';
import { escapeXml } from './xml.ts';

/** How a format writes what is known only when a feed is asked for. */
interface Dialect {
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

export const formatFields: Readonly<Record<FeedFormat, Dialect>> = {
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
    ([relation, path]) =>
      path === undefined ? [] : [`<${link} rel="${relation}" href="${escapeXml(origin + path)}"/>`],
  );
  const marks = [
    ...(current === undefined ? [] : ['<fh:archive/>']),
    ...(isComplete ? ['<fh:complete/>'] : []),
  ];
  return [...links, ...marks].map((element) => `${element}\n${indent}`).join('');
}

/** RFC 6721 §3 */
function deletedEntry({ id, removed }: FeedMetadata['removed'][number]): string {
  const when = new Date(removed).toISOString();
  return `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${escapeXml(id)}" when="${when}"/>\n    `;
}
