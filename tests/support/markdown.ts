import { parseDocument } from '../../src/documents/parse.ts';
import { type ReadDraft, readable } from './content.ts';

export function parse(text: string, path = 'a.md'): ReadDraft {
  return readable(parseDocument({ path, bytes: new TextEncoder().encode(text) }));
}

export const html = (text: string): string => parse(text).html;
