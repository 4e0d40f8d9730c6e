/** Turns drawings into pictures: the same drawing into the same bytes, on every machine. */
export interface Rasterizer {
  /** A PNG of an SVG document, so many pixels wide. */
  png(svg: string, width: number): Uint8Array;
  /** The SVG document with its text as outlines, which needs no font. */
  outlined(svg: string): string;
  /** How wide a line of text is, in the units of `size`. */
  lineWidth(text: string, size: number, weight: Weight): number;
}

export type Weight = 400 | 600;

/** The family that a rasterizer draws text in. */
export const FAMILY = 'Source Serif 4';

/** Whether the family has the letters of a text. */
export function canDraw(text: string): boolean {
  return (
    /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u.test(
      text,
    ) && !/\p{Extended_Pictographic}/u.test(text.replace(/\d/g, ''))
  );
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
