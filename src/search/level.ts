/*
 * How much one article is about one term, as BM25 has it with k₁ = 1.2 and b = 0.5, except that the length of a document
 * is compared with a fixed one and not with the average of all: so the weight depends on the article alone, is known when
 * it is read, and tells nothing about articles that are not published. It is kept as one of 15 levels, each about a fifth
 * heavier than the one before.
 */
const SATURATION = 1.2;
const LENGTH_SHARE = 0.5;
const USUAL_UNITS = 500;
/** So many mentions in the text one in tags, names of authors or the source is worth. */
export const KEYWORD_WEIGHT = 3;
/** Above what any number of mentions in the text can reach, so that a word of the title outranks them. */
const TITLE_BONUS = 2.2;

const LIGHTEST = 0.25;
const STEP = 1.22;
export const HIGHEST_LEVEL = 15;

const WEIGHTS = Float64Array.from({ length: HIGHEST_LEVEL + 1 }, (_, level) =>
  level === 0 ? 0 : LIGHTEST * STEP ** (level - 1),
);

/**
 * From 1 to 15.
 *
 * @param mentions how often the term stands in the article, `KEYWORD_WEIGHT` times for each keyword
 * @param units how many the whole article has
 */
export function levelOf(mentions: number, isInTitle: boolean, units: number): number {
  const relativeLength = 1 - LENGTH_SHARE + (LENGTH_SHARE * units) / USUAL_UNITS;
  const weight =
    (mentions * (SATURATION + 1)) / (mentions + SATURATION * relativeLength) + (isInTitle ? TITLE_BONUS : 0);
  let level = HIGHEST_LEVEL;
  while (level > 1 && weightOf(level) > weight) level--;
  return level;
}

export function weightOf(level: number): number {
  return WEIGHTS[level] ?? 0;
}

/**
 * Of four articles, which mention a term at all.
 *
 * @param levels one in each byte
 * @returns a bit for each, the lowest for the lowest byte
 */
export function mentionedOfFour(levels: number): number {
  // Each byte becomes 0 or 1; then all four are brought together in the highest bits.
  const ones = ((levels + 0x0f0f0f0f) >>> 4) & 0x01010101;
  return Math.imul(ones, 0x10204080) >>> 28;
}
