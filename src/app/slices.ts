import { type Presentation, type Representation, representation } from '../http/representation.ts';
import { isFeedFormat } from '../routes/paths.ts';
import type { RecordReader, Records } from '../store/record-reader.ts';
import type { Composition } from '../templates/compose.ts';
import type { RequestContext } from './request-context.ts';
import type { SearchResult } from './search.ts';
import { type SliceRequest, selectArticles, untilOf } from './select-articles.ts';
import { feedCadence, feedComposer, feedFreshness, feedKind } from './slice-feed.ts';
import { pageComposer, pageKind } from './slice-page.ts';

/** @returns undefined if there is no such page of history */
export function representSlice(
  context: RequestContext,
  sliceRequest: SliceRequest,
): Representation | undefined | Promise<Representation | undefined> {
  const { words } = sliceRequest.slice;
  const searchResult = words === undefined ? undefined : context.search(words, context.snapshot.store);
  return searchResult instanceof Promise
    ? searchResult.then((ready) => representSelected(context, sliceRequest, ready))
    : representSelected(context, sliceRequest, searchResult);
}

function representSelected(
  context: RequestContext,
  sliceRequest: SliceRequest,
  searchResult: SearchResult | undefined,
): Representation | undefined | Promise<Representation> {
  const selected = selectArticles(context, sliceRequest, searchResult);
  if (selected === undefined) return undefined;
  const { form, archive, articles } = selected;
  const common = { until: untilOf(context, selected), precompressed: context.snapshot.precompressed };
  if (!isFeedFormat(form))
    return represent(context.recordReader, articles, pageComposer(context, selected), {
      ...common,
      kind: pageKind(context, selected),
    });
  const hasDeltas = context.site.deltas && archive === undefined;
  const cadence = feedCadence(context, selected);
  return represent(context.recordReader, articles, feedComposer(context, selected, form, cadence), {
    ...common,
    kind: feedKind(context, form, hasDeltas),
    freshness: feedFreshness(context, cadence),
    hasDeltas,
  });
}

type Compose = (records: Records) => Composition;

/** The representation is cached, so its closures hold nothing but these arguments. */
function represent(
  recordReader: RecordReader,
  articles: readonly number[],
  compose: Compose,
  presentation: Presentation,
): Representation | Promise<Representation> {
  const recompose = (): Composition | Promise<Composition> => {
    const records = recordReader.open(articles);
    return records instanceof Promise ? records.then(compose) : compose(records);
  };
  const made = recompose();
  return made instanceof Promise
    ? made.then((composition) => representation(composition, presentation, recompose))
    : representation(made, presentation, recompose);
}
