import { readCanonical } from '../html/canonical.ts';
import { textWithoutNotes } from '../html/plain-text.ts';
import { excerpt } from '../search/excerpt.ts';
import type { Query } from '../search/query.ts';
import type { Records } from '../store/record-reader.ts';
import { decodeUtf8 } from '../templates/bytes.ts';
import { concatenate } from '../templates/gzip.ts';
import { type Html, html } from './html.ts';

/** UTF-16 code units. */
const PASSAGE_LENGTH = 260;
/** Content after this offset is not searched; bytes. */
const MAX_READ = 250_000;

/** Returns the best-matching passage of an article as markup. */
export function snippets(records: Records, query: Query): (article: number) => string {
  return (article) => {
    const { text, highlights, isCutBefore, isCutAfter } = excerpt(
      textOf(records, article),
      query,
      PASSAGE_LENGTH,
    );
    const pieces: Html[] = [];
    let at = 0;
    for (const [start, end] of highlights) {
      pieces.push(html`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`);
      at = end;
    }
    return html`${isCutBefore ? '… ' : ''}${pieces}${text.slice(at)}${isCutAfter ? ' …' : ''}`.markup;
  };
}

function textOf(records: Records, article: number): string {
  const body = records.fragment(article, 'body');
  const markup = concatenate((sink) => body.write(sink, () => {}));
  return textWithoutNotes(readCanonical(decodeUtf8(markup.subarray(0, MAX_READ))));
}
