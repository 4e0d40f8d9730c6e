import type { Person } from '../../article.ts';
import { looksLikePeople, readPeople } from '../people.ts';
import type { StatedMedia } from '../stated.ts';

/** A text of a page with its line. */
export interface Sourced {
  readonly text: string;
  readonly line: number | undefined;
}

/** The metadata of an article in one vocabulary of a page. The first valid value of a field counts. */
export interface PageMetadata {
  readonly id?: readonly string[];
  readonly title?: readonly string[];
  readonly published?: readonly Sourced[];
  readonly updated?: readonly Sourced[];
  readonly expires?: readonly Sourced[];
  readonly summary?: readonly string[];
  readonly language?: readonly string[];
  readonly direction?: readonly ('ltr' | 'rtl')[];
  readonly authors?: readonly Person[];
  readonly tags?: readonly string[];
  /** The section of the site, a fallback for tags. */
  readonly section?: readonly string[];
  readonly image?: readonly StatedMedia[];
  readonly enclosures?: readonly StatedMedia[];
  /** The URL of the page. */
  readonly address?: readonly string[];
  /** The URL of the original publication, if it is elsewhere. */
  readonly original?: readonly string[];
  /** The name of the site. */
  readonly site?: readonly string[];
}

/** Words for what people are, not who. */
const ROLE = /\b(?:correspondent|desks?|editor|news|press|reporter|staff|team|writer)\b/i;
/** A longer text is more than a name. */
const MAX_NAME = 100;

/** A person by name, without what introduces or follows it; undefined when the text is an address or a handle. */
export function readPerson(text: string, uri?: string, email?: string): Person | undefined {
  const name = text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(?:(?:written |posted )?by|author|von|par|por|yazan|yazar)\s*:?\s+/iu, '')
    .replace(/ [|•·@].*$/u, '');
  if (!/\p{L}/u.test(name) || name.length > MAX_NAME || /^(?:https?:|www\.|@)/iu.test(name)) return undefined;
  return {
    name,
    ...(uri !== undefined && /^https?:\/\//i.test(uri) && { uri }),
    ...(email !== undefined && { email: email.replace(/^mailto:/i, '') }),
  };
}

/** The people of a byline; what does not plainly list people is one name. */
export function readNames(text: string): Person[] {
  return text
    .split(';')
    .flatMap((part) => (looksLikePeople(part) && !ROLE.test(part) ? readPeople(part) : [{ name: part }]))
    .flatMap(({ name }) => readPerson(name) ?? []);
}

/** Tags as people list them in one line. */
export function readTags(text: string): string[] {
  return text
    .split(/[,،]/u.test(text) ? /[,،]/u : /[;؛|]/u)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Seconds of a duration such as `PT1H2M3S` (ISO 8601), `1:02:03` or `3723`; undefined when it is none. */
export function readDuration(text: string | undefined): number | undefined {
  const {
    d = 0,
    h = 0,
    m = 0,
    s,
  } = /^(?:P(?:(?<d>\d+)D)?T?(?:(?<h>\d+)H)?(?:(?<m>\d+)M)?(?:(?<s>\d+)(?:\.\d+)?S)?)$/i.exec(text ?? '')
    ?.groups ??
  /^(?:(?:(?<h>\d+):)?(?<m>\d+):)?(?<s>\d+)(?:\.\d+)?$/.exec(text ?? '')?.groups ??
  {};
  const seconds = ((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s ?? 0);
  return seconds > 0 ? seconds : undefined;
}
