/** Renders SVG deterministically: the same document gives the same bytes on every machine. */
export interface Rasterizer {
  /** Renders an SVG document as a PNG of the given width in pixels. */
  png(svg: string, width: number): Uint8Array;
  /** The SVG document with its text converted to outlines, which need no font. */
  outlined(svg: string): string;
  /** The width of a line of text, in the units of `size`. */
  lineWidth(text: string, size: number, weight: Weight): number;
}

export type Weight = 400 | 600;

/** The font family for text in pictures. */
export const FAMILY = 'Source Serif 4';

/** Whether the font family has glyphs for all characters of a text. */
export function canDraw(text: string): boolean {
  return (
    /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u.test(
      text,
    ) && !/\p{Extended_Pictographic}/u.test(text.replace(/\d/g, ''))
  );
}
