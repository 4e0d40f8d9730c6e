import type { Person } from '../article.ts';

const AND = '(?:and|&|ve|und|et|и|og|och)';
/** Between two people, the last of several among them: `, and`. */
const BETWEEN = new RegExp(String.raw`[,;،、](?:\s*${AND}\s)?|\s${AND}\s`, 'u');
const PARTICLE = /^(?:al|bin|da|de|del|della|den|der|di|dos|du|el|ibn|la|le|ter|van|von|y)$/u;

/** The people of `Jane Roe and John Doe <john@example.org>`. */
export function readPeople(text: string): Person[] {
  return text
    .split(BETWEEN)
    .map((part) => {
      const email = /[<(]?\b([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\b[>)]?/.exec(part);
      const name = (email === null ? part : part.replace(email[0], '')).trim();
      const address = email?.[1];
      return { name: name || (address ?? ''), ...(address !== undefined && { email: address }) };
    })
    .filter(({ name }) => name !== '');
}

/** Job titles that may follow a name. */
const OFFICE =
  /\b(?:chair(?:man|woman)?|ceo|cfo|coo|cto|correspondent|director|editor|engineer|fellow|founder|manager|officer|president|professor|reporter|secretary|spokes(?:man|woman|person))$/iu;

/** Whether it looks like the names of people: few words, each of which begins as names do. */
export function looksLikePeople(text: string): boolean {
  const people = readPeople(text);
  return (
    people.length > 0 &&
    !people.some(({ name }) => OFFICE.test(name)) &&
    people.every(({ name }) => {
      const words = name.split(/\s+/u);
      return (
        words.length >= 2 &&
        words.length <= 5 &&
        words.every((word) => /^[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*$/u.test(word) || PARTICLE.test(word))
      );
    })
  );
}
