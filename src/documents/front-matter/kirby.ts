import { countLineBreaks } from '../../strings.ts';
import { type Field, foldFieldName } from './fields.ts';

/** The fields of a page of Kirby, and its text in Markdown. */
interface KirbyPage {
  readonly fields: ReadonlyMap<string, Field>;
  readonly body: string;
  /** The number of the body's first line. */
  readonly bodyLine: number;
}

const FIELD = /^([A-Za-z][\w -]{0,40}):[ \t]*/;
/** Kirby's tags, such as `(link: https://… text: words)`. */
const TAG =
  /\((link|email|tel|file|image|video|youtube|vimeo|audio): ?([^\s()]{1,500})((?: [^()\n]{1,500})?)\)/g;

/** Reads a page of Kirby: fields between lines of four hyphens, of which `Text` is the content. */
export function readKirby(text: string): KirbyPage | undefined {
  if (!/^(?:Title|Uuid):[^\n]*\n\n?----[ \t]*\n/.test(text)) return undefined;
  const fields = new Map<string, Field>();
  let [body, bodyLine, line] = ['', 1, 1];
  for (const block of text.split(/^----[ \t]*$/m)) {
    const start = block.length - block.trimStart().length;
    const stated = block.slice(start);
    const at = line + countLineBreaks(block.slice(0, start));
    line += countLineBreaks(block);
    const [head = '', name] = FIELD.exec(stated) ?? [];
    if (name === undefined) continue;
    const value = stated.slice(head.length);
    if (/^text$/i.test(name)) [body, bodyLine] = [value.replace(TAG, writeTag), at];
    else fields.set(foldFieldName(name), { line: at, value: value.trim() });
  }
  return body === '' ? undefined : { fields, body, bodyLine };
}

function writeTag(_: string, name: string, target: string, rest: string): string {
  const options = rest.split(/ (?=\w{1,20}:)/).map((option) => option.split(/: ?/, 2));
  const words = options.find(([key = '']) => /^(?:text|alt|caption|title)$/.test(key))?.[1]?.trim();
  if (name === 'image' || name === 'video' || name === 'audio') return `![${words ?? ''}](${target})`;
  if (name === 'youtube' || name === 'vimeo') return `<${target}>`;
  const scheme = name === 'email' ? 'mailto:' : name === 'tel' ? 'tel:' : '';
  return `[${words ?? target}](${scheme}${target})`;
}
