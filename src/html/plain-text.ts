import { CHARACTERS, withoutNoteMarks } from './character-references.ts';

/** What stands inside a line (HTML §4.5); other elements set their text apart. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

const MAX_REFERENCE = 6;

const [SPACE, AMPERSAND, SOLIDUS, LESS_THAN, MAX_ASCII] = [0x20, 0x26, 0x2f, 0x3c, 0x7f];

/** The plain text of canonical HTML (see canonical-html.ts): blocks are set apart by a space, marks of notes are left out. */
export function plainTextOf(canonicalHtml: string): string {
  const html = withoutNoteMarks(canonicalHtml);
  let text = '';
  // Whether a space would be too much.
  let isSpaced = true;
  // What stands from here to before `at` is text as it is, and neither begins nor ends in a space.
  let from = 0;

  function put(at: number, instead: string, next: number): void {
    if (at > from) {
      text += html.slice(from, at);
      isSpaced = false;
    }
    if (instead !== '' && !(isSpaced && instead === ' ')) {
      text += instead;
      isSpaced = instead === ' ';
    }
    from = next;
  }

  for (let at = 0; at < html.length; ) {
    let code = html.charCodeAt(at);
    let next = at + 1;
    // Nearly all are letters.
    while (code > LESS_THAN && code <= MAX_ASCII) code = html.charCodeAt(next++);
    at = next - 1;
    if (code === LESS_THAN) {
      const nameAt = html.charCodeAt(next) === SOLIDUS ? next + 1 : next;
      const end = isSmallLetter(html.charCodeAt(nameAt)) ? html.indexOf('>', nameAt) : -1;
      if (end >= 0) {
        next = end + 1;
        put(at, INLINE.has(nameOf(html, nameAt)) ? '' : ' ', next);
      }
    } else if (code === AMPERSAND) {
      const reference = html.slice(at, at + MAX_REFERENCE);
      const length = reference.indexOf(';') + 1;
      const character = CHARACTERS.get(reference.slice(0, length));
      if (character !== undefined) {
        next = at + length;
        put(at, isOtherSpace(character.charCodeAt(0)) ? ' ' : character, next);
      }
    } else if (code === SPACE ? !(at > from && isPlain(html.charCodeAt(next))) : isOtherSpace(code)) {
      put(at, ' ', next);
    }
    at = next;
  }
  put(html.length, '', html.length);
  return text.endsWith(' ') ? text.slice(0, -1) : text;
}

function nameOf(html: string, start: number): string {
  let end = start;
  for (let code = html.charCodeAt(end); isSmallLetter(code) || isDigit(code); ) code = html.charCodeAt(++end);
  return html.slice(start, end);
}

function isSmallLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether it is a character of the text, and no space. */
function isPlain(code: number): boolean {
  return code > SPACE && code <= MAX_ASCII && code !== LESS_THAN && code !== AMPERSAND;
}

const OTHER_SPACES: ReadonlySet<number> = new Set(
  [
    ...'\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
  ].map((space) => space.charCodeAt(0)),
);

function isOtherSpace(code: number): boolean {
  return code > MAX_ASCII ? OTHER_SPACES.has(code) : code >= 0x9 && code <= 0xd;
}
