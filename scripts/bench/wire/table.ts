import { type FeedFormat, formatNames } from '../../../src/routes/paths.ts';
import { grouped, markdownTable } from '../figures/figures.ts';
import type { Poll } from './poll.ts';

/** The polls of one feed in one format. */
export interface FeedPolls {
  readonly format: FeedFormat;
  readonly entries: number;
  readonly identity: Poll;
  readonly gzip: Poll;
  /** One entry is new. */
  readonly delta: Poll;
  readonly notModified: Poll;
  /** The same articles from the peer; absent if the peer cannot run here. */
  readonly peer?: { readonly identity: Poll; readonly gzip: Poll };
}

export function wireTable(rows: readonly FeedPolls[]): string {
  return markdownTable(
    ['feed'],
    [
      'identity',
      'gzip',
      'one new (226)',
      'nothing new (304)',
      '226 ÷ gzip',
      '304 ÷ gzip',
      'peer, identity',
      'peer, gzip',
      'peer, gzip ÷ gzip',
      'peer, gzip ÷ 226',
      'peer, gzip ÷ 304',
    ],
    rows.map(({ format, entries, identity, gzip, delta, notModified, peer }) => [
      `${formatNames[format]}, ${entries} articles`,
      ...[identity, gzip, delta, notModified].map(bytes),
      share(delta, gzip),
      share(notModified, gzip),
      ...(peer === undefined
        ? ['–', '–', '–', '–', '–']
        : [
            bytes(peer.identity),
            bytes(peer.gzip),
            ...[gzip, delta, notModified].map((ours) => times(peer.gzip, ours)),
          ]),
    ]),
  );
}

function bytes({ request, response, overhead }: Poll): string {
  return `${grouped(response)} (${grouped(overhead)}; ${grouped(request)})`;
}

function share(part: Poll, whole: Poll): string {
  return `1/${grouped(whole.response / part.response, 1)}`;
}

function times(theirs: Poll, ours: Poll): string {
  return grouped(theirs.response / ours.response, 2);
}
