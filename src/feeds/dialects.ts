import type { Instant } from '../article.ts';
import type { FeedFormat } from '../routes.ts';
import type { FeedFacts } from './facts.ts';
import { escapeXml } from './slots.ts';

/** How a format writes what is known only when a feed is asked for. */
interface Dialect {
  /** Plain text. */
  readonly text: (text: string) => string;
  readonly date: (instant: Instant) => string;
  readonly removed: (removed: FeedFacts['removed']) => string;
  /** What stands between two entries. */
  readonly separator: string;
}

const NOTHING = (): string => '';

export const dialects: Readonly<Record<FeedFormat, Dialect>> = {
  rss: {
    text: escapeXml,
    date: (instant) => new Date(instant).toUTCString(),
    removed: NOTHING,
    separator: '\n',
  },
  atom: {
    text: escapeXml,
    date: (instant) => new Date(instant).toISOString(),
    removed: (removed) => removed.map(deletedEntry).join(''),
    separator: '\n',
  },
  json: {
    text: (text) => JSON.stringify(text).slice(1, -1),
    date: (instant) => new Date(instant).toISOString(),
    removed: NOTHING,
    separator: ',\n',
  },
};

/** RFC 6721 §3 */
function deletedEntry({ id, removed }: FeedFacts['removed'][number]): string {
  const when = new Date(removed).toISOString();
  return `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${escapeXml(id)}" when="${when}"/>\n    `;
}
