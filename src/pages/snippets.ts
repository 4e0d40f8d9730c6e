import { plainText, withoutNoteMarks } from '../html/character-references.ts';
import { excerpt } from '../search/excerpt.ts';
import type { Query } from '../search/query.ts';
import type { Records } from '../store/record-reader.ts';
import { fill, type Literal } from '../templates/fragment.ts';
import { storedLiteral } from '../templates/stored-literal.ts';
import { type Html, html } from './html.ts';

/** UTF-16 code units. */
const PASSAGE_LENGTH = 260;
/** Of longer content the rest is not looked at; bytes. */
const MAX_READ = 250_000;

/** Gives the passage of an article that shows what was looked for, with marks. */
export function snippets(records: Records, query: Query): (article: number) => Literal {
  return (article) => {
    const { text, marks, isCutBefore, isCutAfter } = excerpt(textOf(records, article), query, PASSAGE_LENGTH);
    const pieces: Html[] = [];
    let at = 0;
    for (const [start, end] of marks) {
      pieces.push(html`${text.slice(at, start)}<mark>${text.slice(start, end)}</mark>`);
      at = end;
    }
    return storedLiteral(
      html`${isCutBefore ? '… ' : ''}${pieces}${text.slice(at)}${isCutAfter ? ' …' : ''}`.markup,
    );
  };
}

function textOf(records: Records, article: number): string {
  const decoder = new TextDecoder();
  let markup = '';
  for (const { bytes } of fill(records.fragment(article, 'body').fragment, () => [])) {
    markup += decoder.decode(bytes, { stream: true });
    if (markup.length > MAX_READ) break;
  }
  return plainText(withoutNoteMarks(markup.slice(0, MAX_READ)));
}
