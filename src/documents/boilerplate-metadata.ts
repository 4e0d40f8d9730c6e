import { HEADINGS, isElement, type Root, rawText } from '../html/tree.ts';
import type { Draft } from './source.ts';

/** Metadata of a page that its template may repeat on every page. */
export type TemplateMetadata = Pick<Draft, 'title' | 'otherTitles' | 'summary' | 'tags' | 'image'>;

export interface Boilerplate {
  /** The title to use instead; absent when the page has its own. */
  readonly title?: string;
  /** The fields that repeat the template. */
  readonly fields: readonly ('summary' | 'tags' | 'image')[];
}

export function removeBoilerplate(draft: Draft, { title, fields }: Boilerplate): Draft {
  const own: { -readonly [Name in keyof Draft]: Draft[Name] } = { ...draft };
  for (const name of fields) delete own[name];
  return title === undefined ? own : { ...own, title, content: withoutHeading(draft.content, title) };
}

/** The content without a heading at its beginning that repeats the title. */
function withoutHeading(content: Root, title: string): Root {
  const first = content.children.find((child) => child.type !== 'text' || /\S/u.test(child.value));
  return isElement(first, ...HEADINGS) && onlyLetters(rawText(first)) === onlyLetters(title)
    ? { ...content, children: content.children.filter((child) => child !== first) }
    : content;
}

function onlyLetters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}
