/** Words that make a quarter of any English prose; hardly one of them is a word of another language in Latin letters. */
const TELLING = new RegExp(
  `\\b(?:${'the and that with this which from were they their what when where would you your its has there these those than them into about after could should only other some such through very while who how because before between being did does our if'.replaceAll(' ', '|')})\\b`,
  'g',
);
const WORD = /[a-z]+/gi;
/** One word in so many, of several kinds: more than a text in another language has that quotes some English. */
const TELLING_SHARE = 8;
const MIN_TELLING = 6;
const MIN_DIFFERENT = 4;

/** Whether a text in ASCII is in English beyond doubt, so that the detector, which takes long to load, need not be asked. */
export function isPlainlyEnglish(text: string): boolean {
  const telling = text.toLowerCase().match(TELLING) ?? [];
  return (
    telling.length >= MIN_TELLING &&
    new Set(telling).size >= MIN_DIFFERENT &&
    telling.length * TELLING_SHARE >= (text.match(WORD)?.length ?? 0)
  );
}
