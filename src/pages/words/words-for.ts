import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import type { Words } from './words.ts';
import { zh } from './zh.ts';

export const CATALOGUE: readonly Words[] = [en, tr, de, fr, es, ar, ru, zh, ja];

/**
 * The words for the first of these languages that has some, a variety of a language counting as that; else English.
 *
 * @param languages BCP 47
 */
export function wordsFor(...languages: readonly string[]): Words {
  for (const language of languages) {
    const found = CATALOGUE.find((words) => primary(words.language) === primary(language));
    if (found !== undefined) return found;
  }
  return en;
}

/** RFC 5646 §2.2.1 */
function primary(language: string): string {
  return language.toLowerCase().split('-')[0] ?? '';
}
