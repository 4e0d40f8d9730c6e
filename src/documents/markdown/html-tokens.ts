export interface HtmlToken {
  readonly kind: 'tag' | 'comment' | 'text';
  readonly text: string;
  /** Whether it stands within code, where everything is text. */
  readonly isCode: boolean;
  /** How many links it stands within. */
  readonly links: number;
}

const CODE: ReadonlySet<string> = new Set(['code', 'pre', 'kbd', 'samp', 'script', 'style', 'textarea']);

/** The tags of HTML and what stands between them, in time that grows with its length. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let code = 0;
  let links = 0;
  let at = 0;
  while (at < html.length) {
    const tagStart = html.indexOf('<', at);
    if (tagStart < 0) break;
    if (tagStart > at) yield { kind: 'text', text: html.slice(at, tagStart), isCode: code > 0, links };
    at = tagEnd(html, tagStart);
    const text = html.slice(tagStart, at);
    if (text.startsWith('<!--')) {
      yield { kind: 'comment', text, isCode: code > 0, links };
      continue;
    }
    const [, slash, stated = ''] = /^<(\/?)([a-zA-Z][\w-]*)/.exec(text) ?? [];
    const name = stated.toLowerCase();
    const step = slash === '/' ? -1 : 1;
    if (CODE.has(name)) {
      yield { kind: 'tag', text, isCode: false, links };
      code = Math.max(0, code + step);
      continue;
    }
    yield { kind: name === '' ? 'text' : 'tag', text, isCode: code > 0, links };
    if (name === 'a') links = Math.max(0, links + step);
  }
  if (at < html.length) yield { kind: 'text', text: html.slice(at), isCode: code > 0, links };
}

/** Where the tag or comment ends; a `>` within quotes does not end it, if the quotes are closed. */
function tagEnd(html: string, start: number): number {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start + 4);
    return end < 0 ? html.length : end + 3;
  }
  if (!/[a-zA-Z/!?]/.test(html[start + 1] ?? '')) return start + 1;
  const close = html.indexOf('>', start);
  if (close < 0) return html.length;
  const quotes = html.slice(start, close).match(/["']/g);
  if (quotes === null || quotes.length % 2 === 0) return close + 1;
  const quoted = /<[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>/y;
  quoted.lastIndex = start;
  return quoted.exec(html) === null ? close + 1 : quoted.lastIndex;
}
