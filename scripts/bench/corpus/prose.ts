const COMMON =
  'the of and to in a that is for it with as was on be by at from are this have or an but not which had were their has will one would all there more when who been they about if out so said than its into only other time new some could these two may then do first any my now such like our over me even most made after also did many before must through years where much your way down should because each just those people how too little state good very make world still see men work long here get both between life being under never day same another know while last might us great old year off come since against go came right used take three'.split(
    ' ',
  );
const SYLLABLES =
  'al an ar as at be bel bor ca cal can car ce cen cer co col com con cor cu da de del den der di dis do dor du ed el en er es ex fa fer fi for gan gen gra hal har hen in is ka kel la lan le len li lo lor lu ma man mar me men mi min mo mon mor na ne nel ni no nor o on or pa par pen per pi po por pre pro ra ran re rel ri ro ron ru sa san se sen ser si sol sta ster sul ta tan te tel ten ter ti tion to ton tor tra tri tu ul un ur va val ven ver vi vin vo wel win za'.split(
    ' ',
  );
const VOCABULARY = 6000;
/** The number of words of a topic. */
const TOPIC = 40;

/**
 * Creates a generator of words about random topics. It mixes common, rare and topic words so that a text compresses
 * like English prose.
 *
 * @returns a function that chooses a topic and returns a function for its next word
 */
export function topics(random: () => number): () => () => string {
  const vocabulary = Array.from({ length: VOCABULARY }, () =>
    Array.from({ length: between(2, 4, random) }, () => pick(SYLLABLES, random)).join(''),
  );
  return () => {
    const topic = Array.from({ length: TOPIC }, () => pick(vocabulary, random));
    return () =>
      random() < 0.5 ? pickEarly(COMMON, random) : pickEarly(random() < 0.4 ? topic : vocabulary, random);
  };
}

/** Two to four sentences. */
export function paragraph(word: () => string, random: () => number): string {
  return Array.from({ length: between(2, 4, random) }, () => sentence(word, random)).join(' ');
}

/** With a full stop. */
export function sentence(word: () => string, random: () => number): string {
  const first = capital(phrase(between(6, 13, random), word));
  const second = phrase(between(5, 11, random), word);
  if (random() < 0.15) return `"${first}," said ${capital(word())}, "${second}."`;
  return `${first}${random() < 0.5 ? ',' : ''} ${second}.`;
}

/** A phrase of `count` words. */
export function phrase(length: number, word: () => string): string {
  return Array.from({ length }, word).join(' ');
}

/** A random item, uniformly distributed. */
export function pick(choices: readonly string[], random: () => number): string {
  return choices[Math.floor(choices.length * random())] ?? '';
}

/** A random item; earlier ones are more likely. */
function pickEarly(choices: readonly string[], random: () => number): string {
  return pick(choices, () => random() ** 2);
}

/** A whole number within bounds, both included. */
export function between(low: number, high: number, random: () => number): number {
  return low + Math.floor((high - low + 1) * random());
}

/** With its first letter in upper case. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Mulberry32: numbers from 0 to below 1. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
