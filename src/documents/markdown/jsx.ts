/** A tag as JSX has it; `</Name>` has no attributes. */
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

/** Longer code is no attribute. */
const MAX_CODE = 2000;
/** Nor is deeper code; without this, each of many open braces would be followed to the end. */
const MAX_BRACES = 20;

/** Reads the tag that begins at `start`; undefined when it is none. */
export function readJsxTag(text: string, start: number): JsxTag | undefined {
  const opening = matchAt(/<(\/?)([A-Za-z][\w.:-]*)/y, text, start);
  if (opening === undefined) return undefined;
  const [whole, slash, name = ''] = opening;
  const attributes: JsxAttribute[] = [];
  let at = start + whole.length;
  for (;;) {
    const end = matchAt(/\s*(\/?)>/y, text, at);
    if (end !== undefined) {
      const [close, selfClosing] = end;
      const isClosing = slash === '/';
      return { name, attributes, isClosing, isSelfClosing: selfClosing === '/', end: at + close.length };
    }
    const attribute = matchAt(
      /\s+(?:([A-Za-z_@:][\w.:-]*)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`{]+)(?=[\s>])|(?=\{)))?|(?=\{))/y,
      text,
      at,
    );
    if (attribute === undefined) return undefined;
    const [part, attributeName = '', value, double, single, bare] = attribute;
    at += part.length;
    const quoted = double ?? single ?? bare;
    if (quoted !== undefined) attributes.push({ name: attributeName, text: quoted });
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

/** The text of a code that is a string, or a call with only a string such as `require('./a.png').default`. */
export function stringInCode(code: string): string | undefined {
  const quoted =
    /^(?:[\w.]+\(\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\$]|\\.)*)`)(?:\s*\)(?:\.[\w.]+)?)?$/s.exec(
      code,
    );
  const text = quoted?.slice(1).find((each) => each !== undefined);
  return text?.replace(ESCAPE, unescapeLetter) ?? /^\d+(?:\.\d+)?$/.exec(code)?.[0];
}

const ESCAPE = /\\(?:u([\da-fA-F]{4})|(.))/gs;
const SPACES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', ''],
  ['t', '\t'],
]);

function unescapeLetter(_: string, code: string | undefined, letter = ''): string {
  return code === undefined ? (SPACES.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(code, 16));
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
