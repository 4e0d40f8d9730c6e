/** Words that make a quarter of any English text, and are words of no other language in Latin letters. */
const TELLING =
  /\b(?:the|and|of|that|with|this|which|have|from|was|were|are|been|they|their|what|when|you|your)\b/gi;
const WORD = /[a-z]+/gi;
/** One word in so many; no other language comes near, nor does a text that only quotes English. */
const TELLING_SHARE = 10;

/** Whether a text in ASCII is in English beyond doubt, so that the detector, which takes long to load, need not be asked. */
export function isPlainlyEnglish(text: string): boolean {
  const telling = text.match(TELLING)?.length ?? 0;
  return telling * TELLING_SHARE >= (text.match(WORD)?.length ?? 0);
}
