import { type Presentation, type Representation, representation } from '../http/representation.ts';
import { isFeedFormat } from '../routes/paths.ts';
import type { Records, Shelf } from '../store/record-reader.ts';
import type { Composition } from '../templates/composition.ts';
import type { Visit } from './request-context.ts';
import type { SearchResult } from './search.ts';
import { choose, type SliceQuestion, untilOf } from './select-articles.ts';
import { feedComposer, feedKind } from './slice-feed.ts';
import { pageComposer, pageKind } from './slice-page.ts';

/** @returns undefined when there is no such page of history */
export function representSlice(
  visit: Visit,
  question: SliceQuestion,
): Representation | undefined | Promise<Representation | undefined> {
  const { words } = question.slice;
  const found = words === undefined ? undefined : visit.search(words, visit.edition.store);
  return found instanceof Promise
    ? found.then((ready) => representFound(visit, question, ready))
    : representFound(visit, question, found);
}

function representFound(
  visit: Visit,
  question: SliceQuestion,
  found: SearchResult | undefined,
): Representation | undefined | Promise<Representation> {
  const choice = choose(visit, question, found);
  if (choice === undefined) return undefined;
  const { form, archive, articles } = choice;
  const isFeed = isFeedFormat(form);
  const compose = isFeed ? feedComposer(visit, choice, form) : pageComposer(visit, choice);
  return represent(visit.shelf, articles, compose, {
    kind: isFeed ? feedKind(visit, form) : pageKind(visit, choice),
    until: untilOf(visit, choice),
    hasDeltas: isFeed && visit.site.deltas && archive === undefined,
  });
}

type Compose = (records: Records) => Composition;

/** What is made here is kept for long, so nothing but this is to be in its reach. */
function represent(
  shelf: Shelf,
  articles: readonly number[],
  compose: Compose,
  presentation: Presentation,
): Representation | Promise<Representation> {
  const again = (): Composition | Promise<Composition> => {
    const records = shelf.open(articles);
    return records instanceof Promise ? records.then(compose) : compose(records);
  };
  const made = again();
  return made instanceof Promise
    ? made.then((composition) => representation(composition, presentation, again))
    : representation(made, presentation, again);
}
