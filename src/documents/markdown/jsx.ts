import { matchAt } from './source-text.ts';

/** A JSX tag; `</Name>` has no attributes. */
export interface JsxTag {
  readonly name: string;
  readonly attributes: readonly JsxAttribute[];
  readonly isClosing: boolean;
  readonly isSelfClosing: boolean;
  /** The offset of the text after it. */
  readonly end: number;
}

export interface JsxAttribute {
  readonly name: string;
  /** The value in `name="text"`; undefined for a name alone and for code. */
  readonly text?: string;
  /** The code in `name={code}` and `{...code}`. */
  readonly code?: string;
}

/** The maximum length of code in an attribute. */
const MAX_CODE = 2000;
/** Its maximum depth; without this, each of many open braces would be followed to the end. */
const MAX_BRACES = 20;

/** Reads the tag that begins at `start`; undefined if it is none. */
export function readJsxTag(text: string, start: number): JsxTag | undefined {
  const [whole, slash, name = ''] = matchAt(/<(\/?)([A-Za-z][\w.:-]*)/y, text, start);
  if (whole === undefined) return undefined;
  const attributes: JsxAttribute[] = [];
  let at = start + whole.length;
  for (;;) {
    const [close, selfClosing] = matchAt(/\s*(\/?)>/y, text, at);
    if (close !== undefined) {
      const isClosing = slash === '/';
      return { name, attributes, isClosing, isSelfClosing: selfClosing === '/', end: at + close.length };
    }
    const [part, attributeName = '', value, double, single, bare] = matchAt(
      /\s+(?:([A-Za-z_@:][\w.:-]*)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`{]+)(?=[\s>])|(?=\{)))?|(?=\{))/y,
      text,
      at,
    );
    if (part === undefined) return undefined;
    at += part.length;
    const quoted = double ?? single ?? bare;
    const bound = /^(?::|v-bind:)(.+)$/.exec(attributeName)?.[1];
    // Vue's `:src="$withBase('/a.png')"`
    if (bound !== undefined && quoted !== undefined && stringInCode(quoted) !== undefined)
      attributes.push({ name: bound, code: quoted });
    else if (quoted !== undefined) attributes.push({ name: attributeName, text: quoted });
    else if (value === undefined && attributeName !== '') attributes.push({ name: attributeName });
    else {
      const codeEnd = endOfBraces(text, at);
      if (codeEnd === undefined) return undefined;
      attributes.push({ name: attributeName, code: text.slice(at + 1, codeEnd - 1).trim() });
      at = codeEnd;
    }
  }
}

/** The end of the braces that open at `start`, ignoring strings and templates; undefined if they are not closed. */
export function endOfBraces(text: string, start: number): number | undefined {
  if (!text.slice(start, start + MAX_CODE).includes('}')) return undefined;
  let depth = 0;
  const token = /["'`{}]|\\./gs;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [mark] = match;
    if (match.index - start > MAX_CODE) return undefined;
    if (mark === '{' && ++depth > MAX_BRACES) return undefined;
    if (mark === '}' && --depth === 0) return token.lastIndex;
    else if (/["'`]/.test(mark)) {
      const close = text.slice(token.lastIndex, start + MAX_CODE).indexOf(mark);
      // An apostrophe in a text between tags closes nothing.
      if (close >= 0) token.lastIndex += close + 1;
    }
  }
  return undefined;
}

/** The value of code that is a string, or a call with only a string such as `require('./a.png').default`. */
export function stringInCode(code: string): string | undefined {
  const quoted =
    /^(?:[\w.$]+\(\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\$(?!\{)|\\.)*)`)(?:\s*\)(?:\.[\w.]+)?)?$/s.exec(
      code,
    );
  const text = quoted?.slice(1).find((each) => each !== undefined);
  if (code.startsWith('String.raw`')) return /^String\.raw`([^`]*)`$/.exec(code)?.[1];
  const unescaped = text?.replace(ESCAPE, (_, point: string | undefined, letter = '') =>
    point === undefined ? (SPACES[letter] ?? letter) : String.fromCharCode(Number.parseInt(point, 16)),
  );
  return unescaped ?? /^\d+(?:\.\d+)?$/.exec(code)?.[0];
}

const ESCAPE = /\\(?:u([\da-fA-F]{4})|(.))/gs;
const SPACES: Readonly<Record<string, string>> = { n: '\n', r: '', t: '\t' };

const FILE_IMPORT =
  /^import\s+([\w$]+)\s+from\s*['"]([^'"\n]+\.(?:png|jpe?g|gif|webp|avif|svg|mp4|m4v|webm|mov|mp3|m4a|ogg|opus|wav|pdf))['"]/gim;

/** The paths of the pictures and recordings that MDX imports, by the names that it gives them. */
export function importedFiles(code: string): Map<string, string> {
  return new Map([...code.matchAll(FILE_IMPORT)].map(([, name = '', path = '']) => [name, path]));
}
