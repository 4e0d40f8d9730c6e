import { plain } from '../../html/text.ts';
import { type Element, type ElementContent, rawText } from '../../html/tree.ts';
import { trimmedAttribute } from './tree.ts';

/** Accents over one letter, as characters that combine with it. */
const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['¯', '\u0304'],
  ['‾', '\u0304'],
  ['―', '\u0304'],
  ['_', '\u0304'],
  ['^', '\u0302'],
  ['ˆ', '\u0302'],
  ['~', '\u0303'],
  ['˜', '\u0303'],
  ['˙', '\u0307'],
  ['¨', '\u0308'],
  ['→', '\u20d7'],
  ['⃗', '\u20d7'],
]);
const ROOTS: ReadonlyMap<string, string> = new Map([
  ['2', '√'],
  ['3', '∛'],
  ['4', '∜'],
]);
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
/** Operators that nobody sees. */
const INVISIBLE = /^[\u2061-\u2064]$/;

/** MathML in one line that keeps its meaning, such as `(a + b)/2`, `x^2`, `√16` and `[1, 2; 3, 4]`. */
export function lineOfMath(math: Element): string {
  return plain(lineOf(math)) ?? '';
}

function lineOf(node: ElementContent): string {
  if (node.type === 'text') return node.value.trim();
  if (node.type !== 'element' || /^annotation|^mphantom$/.test(node.tagName)) return '';
  // Each child is read once: formulas nest.
  const lines = node.children.map(lineOf);
  const elements = lines.filter((_, index) => node.children[index]?.type === 'element');
  const [first = '', second = '', third = ''] = elements;
  switch (node.tagName) {
    case 'mo':
      return INVISIBLE.test(rawText(node).trim()) ? '' : joined(lines);
    case 'mfrac':
      return /^0/.test(trimmedAttribute(node, 'linethickness') ?? '')
        ? `${grouped(first)} choose ${grouped(second)}`
        : `${grouped(first)}/${grouped(second)}`;
    case 'msqrt':
      return `√${grouped(joined(lines))}`;
    case 'menclose':
      return /radical/.test(trimmedAttribute(node, 'notation') ?? '')
        ? `√${grouped(joined(lines))}`
        : joined(lines);
    case 'mroot':
      return rootOf(first, second);
    case 'msup':
      return isMark(second)
        ? `${grouped(first)}${second.replace('∘', '°')}`
        : `${grouped(first)}^${grouped(second)}`;
    case 'mover':
      return accented(first, second) ?? `${grouped(first)}^${grouped(second)}`;
    case 'msub':
    case 'munder':
      return `${grouped(first)}_${grouped(second)}`;
    case 'msubsup':
    case 'munderover':
      return `${grouped(first)}_${grouped(second)}${isMark(third) ? third : `^${grouped(third)}`}`;
    case 'mmultiscripts':
      return multiscripts(node, elements);
    case 'mtr':
    case 'mlabeledtr':
      return elements.join(', ');
    case 'mtable':
      return elements.join('; ');
    case 'mtext':
      return ` ${joined(lines)} `;
    default:
      return joined(lines);
  }
}

function joined(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join(' ')
    .replace(/(?<=[([⟨]) | (?=[)\],;⟩])/g, '');
}

/** Primes and degrees stand above the line by themselves. */
function isMark(part: string): boolean {
  return /^(?:[′″‴'∘°]|'')$/.test(part);
}

function rootOf(radicand: string, index: string): string {
  const sign = ROOTS.get(index);
  if (sign !== undefined) return sign + grouped(radicand);
  const raised = /^\d{1,3}$/.test(index)
    ? [...index].map((digit) => RAISED[Number(digit)]).join('')
    : index === 'n' && 'ⁿ';
  return raised ? `${raised}√${grouped(radicand)}` : `${grouped(radicand)}^(1/${grouped(index)})`;
}

function accented(base: string, mark: string): string | undefined {
  const accent = ACCENTS.get(mark);
  if (accent === undefined) return undefined;
  return [...base].length === 1 ? base + accent : undefined;
}

/** Indices before and behind a letter, such as `^14_6 C`. */
function multiscripts({ children }: Element, [base, ...scripts]: readonly string[]): string {
  const [, ...elements] = children.filter((child) => child.type === 'element');
  const at = elements.findIndex(({ tagName }) => tagName === 'mprescripts');
  const written = (parts: readonly string[]): string =>
    parts
      .map((script, index) => {
        return script === '' ? '' : `${index % 2 === 0 ? '_' : '^'}${grouped(script)}`;
      })
      .join('');
  const before = at < 0 ? [] : scripts.slice(at + 1);
  // The upper one comes first in speech and in TeX.
  const [lower, upper] = [written(before.slice(0, 1)), written(before).replace(/^_[^^]*/, '')];
  const behind = written(at < 0 ? scripts : scripts.slice(0, at));
  const front = upper + lower;
  return `${front}${front === '' ? '' : ' '}${base === undefined ? '' : grouped(base)}${behind}`;
}

function grouped(part: string): string {
  return /^(?:[\p{L}\p{N}\p{M}.,]+|.)$/u.test(part) || isBracketed(part) ? part : `(${part})`;
}

/** Whether the first bracket closes at the end. */
function isBracketed(part: string): boolean {
  if (!part.startsWith('(') || !part.endsWith(')')) return false;
  let depth = 0;
  for (let at = 0; at < part.length; at++) {
    if (part[at] === '(') depth++;
    if (part[at] === ')' && --depth === 0) return at === part.length - 1;
  }
  return false;
}
