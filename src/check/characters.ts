import { defineRules, type Issue } from './issue.ts';

export const characterRules = defineRules('text', {
  characters: ['warning', 'no trace of a wrong decoding', 'W3C feed validator, BadCharacters'],
});

/** U+FFFD and the controls U+0080 to U+009F are what a wrong decoding leaves. */
export function* checkCharacters(text: string, where: string): Iterable<Issue> {
  const [character] = /[\u0080-\u009f\ufffd]/.exec(text) ?? [];
  if (character === undefined) return;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  yield characterRules.characters(where, `U+${code}`);
}
