import type { Person } from '../article.ts';
import { personIn } from './front-matter/authors.ts';
import { type Fields, findText } from './front-matter/fields.ts';

/** What a document states of the person whom it describes. Pictures are URLs or paths, as those of `StatedMedia`. */
export interface StatedPerson extends Partial<Person> {
  /** Words by which other documents refer to the person. */
  readonly keys: readonly string[];
}

/** `authors/jane-roe.md`, `authors/jane-roe/_index.md`, `authors/jane-roe/index.fr.md` */
const PERSON =
  /(?:^|\/)_?(?:authors?|contributors?|guests?|hosts?|people|persons?|speakers?|team)\/(?<key>[^/]+?)(?:\/_?index)?(?:\.[a-z]{2}(?:-[A-Za-z]{2,4})?)?\.[^./]+$/;
const NAME_FIELDS = ['name', 'displayname', 'fullname', 'title'];
const KEY_FIELDS = ['shortname', 'slug', 'id', 'username', 'handle', 'nickname'];

/** Undefined if the document is not in a folder of people. */
export function personOf(path: string, fields: Fields): StatedPerson | undefined {
  const key = PERSON.exec(path)?.groups?.key;
  if (key === undefined || /^_?index$/i.test(key)) return undefined;
  const keys = [key, ...KEY_FIELDS.flatMap((field) => findText(fields, [field]) ?? [])];
  return { ...personIn(fields, NAME_FIELDS), keys };
}
