import type { Correction } from '../article.ts';
import { attribute, descendants, h, type Root, text } from '../html/tree.ts';

/** The id of the section, unless a heading of the document has it. */
const SECTION = 'corrections';

/**
 * Appends the corrections, each after its day, so that every format has them, feeds included.
 *
 * @param content is changed
 * @param markdown the same content in the words of its author
 * @param languages in which to write days, the best first; BCP 47
 * @returns the Markdown with the corrections
 */
export function addCorrections(
  corrections: readonly Correction[],
  content: Root,
  markdown: string | undefined,
  languages: readonly string[],
): string | undefined {
  if (corrections.length === 0) return markdown;
  const days = new Intl.DateTimeFormat([...languages, 'en'], { dateStyle: 'long', timeZone: 'UTC' });
  const written = corrections.map(({ date, text: words }) => {
    return { date, day: date === undefined ? '' : days.format(Date.parse(date)), words };
  });
  const isTaken = [...descendants(content)].some((element) => attribute(element, 'id') === SECTION);
  content.children.push(
    h(
      'section',
      isTaken ? {} : { id: SECTION },
      written.map(({ date, day, words }) =>
        h('p', {}, [
          ...(date === undefined ? [] : [h('time', { datetime: date }, [text(day)]), text(': ')]),
          text(words),
        ]),
      ),
    ),
  );
  if (markdown === undefined) return undefined;
  const lines = written.map(
    ({ day, words }) => `${day === '' ? '' : `${day}: `}${words.replace(/[\\`*_[\]<>&~|]/g, '\\$&')}`,
  );
  return `${markdown.trimEnd()}\n\n---\n\n${lines.join('\n\n')}\n`;
}
