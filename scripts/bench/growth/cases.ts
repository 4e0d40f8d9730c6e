import { EVERYTHING, sliceOfValue } from '../../../src/facets.ts';
import { feedPath, paths } from '../../../src/routes/paths.ts';
import { slicePath } from '../../../src/routes/slice-paths.ts';
import { always, type BenchRequest, everNew, GZIP } from '../workers/request.ts';
import type { Landmarks } from './verify.ts';

/** A request to an archive of each size. */
export interface GrowthRequest extends BenchRequest {
  /** Whether each request has a new origin, so that no cache helps. */
  readonly isFirst: boolean;
}

export const MAIN_FEED = 'the main feed';

/** The same requests in the same order for every archive. */
export function growthRequests({ etag, newest, oldest, pages, tag }: Landmarks): GrowthRequest[] {
  const rss = feedPath('rss');
  const addresses: [string, string][] = [
    [MAIN_FEED, rss],
    ['the newest article’s page', newest],
    ['the oldest article’s page', oldest],
    ['the newest page of history', slicePath(EVERYTHING, 'rss', pages)],
    ['the oldest page of history', slicePath(EVERYTHING, 'rss', 1)],
    ['the feed of a tag', slicePath(sliceOfValue('tag', tag), 'rss')],
    ['a search for two words', slicePath({ clauses: [], words: 'over time' }, 'page')],
    ['the home page', paths.home],
  ];
  const common = { worker: 'Tidings', status: 200 };
  return [
    {
      ...common,
      asked: `${MAIN_FEED}, not modified`,
      status: 304,
      isFirst: false,
      request: always(rss, { ...GZIP, 'If-None-Match': etag }),
    },
    ...[false, true].flatMap((isFirst) =>
      addresses.map(
        ([asked, path]): GrowthRequest => ({
          ...common,
          asked,
          isFirst,
          request: isFirst ? everNew(path, GZIP) : always(path, GZIP),
        }),
      ),
    ),
  ];
}
