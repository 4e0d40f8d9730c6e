import { readTemplate, type TemplateScope } from '../markdown/read-template.ts';
import { openSource } from '../markdown/source-text.ts';

export interface TemplateFree {
  readonly html: string;
  /** Code that only running it would convert. */
  readonly leftOut: readonly { readonly code: string; readonly line: number }[];
}

/** Template code, and elements whose content is none of a page's text. */
const TOKEN = /<(?<dropped>script|style)\b|\{[{%#/]/gi;
/** A tag is not longer than this. */
const MAX_TAG = 2000;

/**
 * Puts what the Liquid and the shortcodes of site generators come to into HTML, where that is known without running
 * them, and leaves the others out.
 *
 * @param title of the document, if it states one
 */
export function withoutTemplateCode(text: string, title: string | undefined): TemplateFree {
  const source = openSource(text, 1);
  const scope: TemplateScope = { title, rawEnd: 0, expressionEnd: 0, open: [] };
  const leftOut: { code: string; line: number }[] = [];
  const token = new RegExp(TOKEN);
  let html = '';
  let written = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const start = match.index;
    const dropped = match.groups?.dropped?.toLowerCase();
    if (dropped !== undefined) {
      token.lastIndex = source.next(new RegExp(`</${dropped}`, 'i'), start)?.end ?? text.length;
      continue;
    }
    const found = readTemplate(source, start, scope);
    if (found === undefined) continue;
    html += text.slice(written, start);
    const code = text.slice(start, found.end);
    const { piece } = found;
    const before = html.slice(-MAX_TAG);
    const shown =
      before.lastIndexOf('<') > before.lastIndexOf('>') ? piece?.url : (piece?.html ?? piece?.blockHtml);
    const isEnd = /^\{[{%][<%]?-?\s*(?:\/|end)/.test(code);
    if (shown === undefined && !isEnd && piece?.isSilent !== true)
      leftOut.push({ code, line: source.lineAt(start) });
    // Later lines keep their numbers.
    html += shown ?? code.replace(/[^\n]+/g, '');
    written = found.end;
    token.lastIndex = Math.max(found.end, start + 1);
  }
  return { html: html + text.slice(written), leftOut };
}
