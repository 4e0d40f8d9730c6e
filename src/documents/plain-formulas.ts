import { formulaIn } from '../html/embeds.ts';
import { shiftedNumber, textWithWords } from '../html/text.ts';
import { attribute, isElement, type RootContent, rawText } from '../html/tree.ts';
import { lineOfMath } from './html-page/math.ts';
import { splitTex } from './markdown/read-math.ts';
import { convertTex } from './page-parts.ts';

/** A text with formulas as `lineOfTex`: readers show no TeX in titles and summaries. */
export function withoutTex(words: string): string {
  if (!/\$|\\[([]/.test(words)) return words;
  return splitTex(words, /\$|\\[([]/g)
    .map((part) => (typeof part === 'string' ? part : lineOfTex(part)))
    .join('');
}

/** A formula as plain text, such as `O(n log n)`; its TeX if it cannot be converted. */
function lineOfTex({ tex, isBlock = false }: { readonly tex: string; readonly isBlock?: boolean }): string {
  const [math = tex] = convertTex([{ tex, isBlock }]);
  return typeof math === 'string' ? tex : tightened(lineOfMath(math));
}

/** The text of content, with formulas as `lineOfTex`, and without references to notes. */
export function wordsWithoutTex(nodes: readonly RootContent[]): string {
  return textWithWords(nodes, (element) => {
    const isTex = isElement(element, 'code') && attribute(element, 'class') === 'language-tex';
    const tex = isTex
      ? rawText(element)
      : isElement(element, 'img') && formulaIn(attribute(element, 'src') ?? '');
    return tex ? lineOfTex({ tex }) : undefined;
  });
}

/** A formula on a line with usual spacing, and with superscript and subscript digits. */
function tightened(line: string): string {
  return line
    .replace(/(?<=[\p{L}\p{N})]) (?=\()/gu, '')
    .replace(/(?<=(?:^|[^\p{L}_^])\p{L}) (?=\p{L}(?!\p{L}))/gu, '')
    .replace(/(?<=(?:^|[({[])[−±+-]) /g, '')
    .replace(/(?<=[{⟨⌈⌊]) | (?=[}⟩⌉⌋!.])/g, '')
    .replace(/_(\d{1,3})(?![\p{L}\p{N}])/gu, (_, digits: string) => shiftedNumber('sub', digits) ?? digits)
    .replace(
      /\^(?:(\d{1,3}|[−+])|\((−?\d{1,3}|\d{1,2} [−+])\))(?![\p{L}\p{N}])/gu,
      (power: string, bare?: string, grouped = '') => shiftedNumber('sup', bare ?? String(grouped)) ?? power,
    )
    .replace(/(?<=[₀-₉]) (?=\p{Lu}\p{Ll}?(?!\p{L}))/gu, '');
}
