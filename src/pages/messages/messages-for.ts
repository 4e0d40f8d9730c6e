import { likelyLocale, UNDETERMINED } from '../../locale.ts';
import { ar } from './ar.ts';
import { de } from './de.ts';
import { en, type Messages } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import { ru } from './ru.ts';
import { tr } from './tr.ts';
import { zh } from './zh.ts';

export const CATALOGUE: readonly Messages[] = [en, tr, de, fr, es, ar, ru, zh, ja];

const BY_WRITING: ReadonlyMap<string, Messages> = new Map(
  CATALOGUE.map((messages) => [writing(messages.language), messages]),
);

/**
 * The messages in the first of these languages that has some, otherwise in English. A regional variety matches its base
 * language if both use the same script.
 *
 * @param languages BCP 47
 */
export function messagesFor(...languages: readonly string[]): Messages {
  for (const language of languages) {
    const found = language === UNDETERMINED ? undefined : BY_WRITING.get(writing(language));
    if (found !== undefined) return found;
  }
  return en;
}

/** A language and its script, such as `zh Hans`. */
function writing(tag: string): string {
  const { language, script } = likelyLocale(tag);
  return `${language} ${script}`;
}
