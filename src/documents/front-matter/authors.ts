import type { Person } from '../../article.ts';
import { httpUrl } from '../../html/url.ts';
import { wikilinkWords } from '../markdown/wikilinks.ts';
import { looksLikePeople, readPeople } from '../people.ts';
import { type Field, type Fields, fieldItems, fieldMap, fieldText, findField, findText } from './fields.ts';

const MANY = ['authors', 'blogauthors'];
const NAMES = [...MANY, 'author', 'byline', 'creator'];

/** The authors in front matter: a name, a list of names, maps of name, URL and e-mail, or Docusaurus' flat fields. */
export function findAuthors(fields: Fields): readonly Person[] {
  const field = findField(fields, NAMES);
  const authors = fieldItems(field).flatMap((item) => readAuthor(item, field === findField(fields, MANY)));
  const [only, ...others] = authors;
  if (only === undefined || others.length > 0) return authors;
  return [
    toPerson(
      only.name,
      only.uri ?? findText(fields, ['authorurl', 'authoruri', 'authorlink']),
      only.email ?? findText(fields, ['authoremail']),
    ),
  ];
}

/** @param mayBeMany a text may name many people; otherwise only when it plainly does */
function readAuthor(field: Field, mayBeMany: boolean): readonly Person[] {
  const map = fieldMap(field);
  if (map !== undefined) {
    const name = findText(map, ['name', 'displayname', 'fullname', 'username', 'key']);
    const uri = findText(map, ['url', 'uri', 'link', 'website', 'homepage', 'web', 'page']);
    return name === undefined ? [] : [toPerson(name, uri, findText(map, ['email', 'mail']))];
  }
  const text = wikilinkWords(fieldText(field) ?? '');
  if (text === '') return [];
  const address = /[<(](https?:[^\s<>()]+)[)>]/i.exec(text);
  const uri = address?.[1];
  const rest = without(text, address);
  if (mayBeMany || looksLikePeople(rest))
    return readPeople(rest).map(({ name, email }) => toPerson(name, uri, email));
  const email = /[<(]([^\s<>()@]+@[^\s<>()@]+)[)>]/.exec(rest);
  return [toPerson(without(rest, email), uri, email?.[1])];
}

/** What stands around a match. */
function without(text: string, match: RegExpExecArray | null): string {
  if (match === null) return text;
  return (text.slice(0, match.index).trimEnd() + text.slice(match.index + match[0].length)).trim();
}

function toPerson(name: string, stated: string | undefined, email: string | undefined): Person {
  const uri = httpUrl(stated);
  return {
    name,
    ...(uri !== undefined && { uri }),
    ...(email?.includes('@') && { email: email.replace(/^mailto:/, '') }),
  };
}
