import type { Person } from '../article.ts';
import { parseHttpUrl } from '../html/url.ts';
import {
  type Field,
  type Fields,
  fieldItems,
  fieldMap,
  fieldText,
  findField,
  findText,
} from './front-matter/fields.ts';
import { isAddress } from './front-matter/media.ts';
import { wikilinkWords } from './markdown/wikilinks.ts';

const AND = '(?:and|&|ve|und|et|и|og|och)';
/** Parts of a name behind a comma. */
const SUFFIX = String.raw`(?:Jr|Sr|I{2,3}|IV|Esq|M\.?D|Ph\.?D|D\.?Phil|MBA|M\.?Sc|RN)\.?(?=\s*[,;]|\s+${AND}\s|\s*$)`;
/** Between two people, the last of several among them: `, and`. */
const BETWEEN = new RegExp(
  String.raw`(?:[,;،、](?!\s*${SUFFIX})(?:\s*${AND}\s)?|\s${AND}\s)(?![^()]{0,200}\))`,
  'u',
);
const PARTICLE = /^(?:al|bin|da|de|del|della|den|der|di|dos|du|el|ibn|la|le|ter|van|von|y)$/u;

/** The people of `Jane Roe and John Doe <john@example.org>`. */
export function readPeople(text: string): Person[] {
  return text
    .replace(/"([^",]{1,60}),\s([^",]{1,60})"/g, '$2 $1')
    .split(BETWEEN)
    .map((stated) => {
      // Archives of mail write addresses so.
      const part = stated.replace(/<\S{1,64} at \S{1,99}>|^\s*\S{1,64} at \S{1,99}(?=\s\()/, '');
      const email = /[<(]?\b([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})\b[>)]?/.exec(part);
      const rest = (email === null ? part : part.replace(email[0], '')).trim();
      // RFC 5322 allows names in quotation marks, or as comments.
      const name = /^(?:"[^"]*"|\([^()]*\))$/.test(rest) ? rest.slice(1, -1).trim() : rest;
      const address = email?.[1];
      return { name: name || (address ?? ''), ...(address !== undefined && { email: address }) };
    })
    .filter(({ name }, index) => name !== '' && (index === 0 || !OFFICE.test(name)));
}

/** Job titles that may follow a name: `Senior Editor`, `Director of Research`. */
const OFFICE =
  /^(?:\p{L}+\s){0,3}(?:chair(?:man|woman)?|ceo|cfo|coo|cto|consultant|correspondent|designer|developer|director|editor|engineer|fellow|founder|manager|officer|president|professor|reporter|secretary|spokes(?:man|woman|person))(?:\s(?:at|for|in|of)\s.*)?$/iu;

/** Whether it looks like the names of people: few words, each of which begins as names do. */
export function looksLikePeople(text: string): boolean {
  const people = readPeople(text);
  return (
    people.length > 0 &&
    !people.some(({ name }) => OFFICE.test(name)) &&
    people.every(({ name }) => {
      const words = name.split(/,?\s+/u);
      return (
        words.length >= 2 &&
        words.length <= 5 &&
        words.every((word) => /^[\p{Lu}\p{Lo}][\p{L}\p{M}.'’-]*$/u.test(word) || PARTICLE.test(word))
      );
    })
  );
}

const MANY = ['authors', 'blogauthors'];
const NAMES = [...MANY, 'author', 'authorname', 'byline', 'creator', 'primaryauthor', 'writer', 'writtenby'];

const PICTURES = ['image', 'imageurl', 'avatar', 'avatarurl', 'photo', 'picture', 'profilepicture'];

const HOME_PAGES = ['url', 'uri', 'link', 'website', 'homepage', 'web', 'portfolio', 'page', 'to'];
/** Lists of the pages of a person. */
const LINKS = ['links', 'social', 'socials', 'sociallinks', 'contacts'];

const NAME_FIELDS: readonly string[] = ['name', 'displayname', 'fullname', 'username', 'key', 'id'];

/** The authors in front matter: a name, a list of names, maps of name, URL and e-mail, or Docusaurus' flat fields. */
export function findAuthors(fields: Fields): readonly Person[] {
  const field = findField(fields, NAMES);
  const authors = fieldItems(field).flatMap((item) => readAuthor(item, field === findField(fields, MANY)));
  const [only, ...others] = authors;
  if (only === undefined || others.length > 0) return authors;
  const uri = only.uri ?? findText(fields, ['authorurl', 'authoruri', 'authorlink']);
  return [{ ...only, ...toPerson(only.name, uri, only.email ?? findText(fields, ['authoremail'])) }];
}

/** The keys of authors in front matter, by name: addresses of their lists in Ghost and WordPress contain them. */
export function findAuthorKeys(fields: Fields): (readonly [name: string, key: string])[] {
  return fieldItems(findField(fields, NAMES)).flatMap((item) => {
    const map = fieldMap(item);
    const [name, key] = [personIn(map)?.name, findText(map, ['slug', 'login', 'username', 'key'])];
    return name === undefined || key === undefined || key === name ? [] : [[name, key] as const];
  });
}

/**
 * The person in a map of fields.
 *
 * @param names of the fields that may have the name
 */
export function personIn(
  map: Fields | undefined,
  names: readonly string[] = NAME_FIELDS,
): Person | undefined {
  const name = findText(map, names) ?? nameInParts(fieldMap(map?.get('name')) ?? map);
  const uri = findText(map, HOME_PAGES) ?? homePageAmong(fieldItems(findField(map ?? new Map(), LINKS)));
  if (name === undefined) return undefined;
  const image =
    findText(map, PICTURES) ?? findText(fieldMap(findField(map, PICTURES)), ['src', 'url', 'path']);
  const biography = findText(map, ['bio', 'biography', 'shortbio', 'about', 'description']);
  return {
    ...toPerson(name, uri, findText(map, ['email', 'mail'])),
    ...(image !== undefined && isAddress(image) && { image }),
    ...(biography !== undefined && { biography }),
  };
}

/** `links: [{ label: Website, url: … }]`, `social: [{ website: … }]` and `socials: { website: … }`. */
function homePageAmong(links: readonly Field[]): string | undefined {
  return links
    .map(fieldMap)
    .map((link) => {
      const label = findText(link, ['label', 'name', 'title', 'type', 'platform', 'icon']);
      return label === undefined || /web|home|site|blog|link$/i.test(label)
        ? findText(link, [...HOME_PAGES, 'href'])
        : undefined;
    })
    .find((url) => url !== undefined);
}

/** A name in parts, as in Pandoc and Quarto. */
function nameInParts(map: Fields | undefined): string | undefined {
  const parts = [
    findText(map, ['given', 'givenname', 'first', 'firstname']),
    findText(map, ['family', 'familyname', 'last', 'lastname']),
  ];
  return parts.filter((part) => part !== undefined).join(' ') || findText(map, ['literal']);
}

/** @param mayBeMany whether a text may have many names; otherwise only if they are clearly a list */
function readAuthor(field: Field, mayBeMany: boolean): readonly Person[] {
  const map = fieldMap(field);
  if (map !== undefined) {
    const person = personIn(map);
    if (person !== undefined) return [person];
    // People by their keys; texts alone describe one person without a name.
    const people = [...map.values()];
    const areKeyed = mayBeMany && people.some((each) => personIn(fieldMap(each)) !== undefined);
    return areKeyed ? people.flatMap((each) => readAuthor(each, false)) : [];
  }
  const text = wikilinkWords(fieldText(field) ?? '');
  if (text === '') return [];
  const links = [...text.matchAll(LINK)];
  if (links.length > 0) return readLinkedAuthors(text, links);
  const address = ADDRESS.exec(text);
  const uri = address?.[1];
  const rest = withoutCompany(without(text, address));
  if (mayBeMany || looksLikePeople(rest) || KEYS.test(rest))
    return readPeople(rest).map(({ name, email }) => toPerson(name, uri, email));
  const email = /[<(]([^\s<>()@]+@[^\s<>()@]+)[)>]/.exec(rest);
  return [toPerson(without(rest, email), uri, email?.[1])];
}

/** Keys of people: `jane, john` */
const KEYS = /^[a-z][a-z\d_-]{0,30}(?:, ?[a-z][a-z\d_-]{0,30}){1,9}$/;
/** `[Jane Roe](https://roe.example)` */
const LINK = /\[([^[\]]+)\]\(([^\s()]+)\)/g;
/** `Jane Roe ([@roe](https://roe.example))` */
const HANDLE = /\(\[[^[\]]*\]\(([^\s()]+)\)\)/g;
const ADDRESS = /[<(](https?:[^\s<>()]+)[)>]/i;
const COMPANY = /\s?\((?![^()]*@)[^()]*\)/g;

/** Reads people some of whom are links in Markdown. */
function readLinkedAuthors(text: string, links: readonly RegExpExecArray[]): readonly Person[] {
  const uris = new Map(links.map(([, name = '', uri]) => [name.trim(), uri]));
  const plain = text.replace(HANDLE, '<$1>').replace(LINK, '$1').replace(COMPANY, '');
  return readPeople(plain).map(({ name, email }) => {
    const address = ADDRESS.exec(name);
    const bare = without(name, address);
    return toPerson(bare, address?.[1] ?? uris.get(bare), email);
  });
}

/** Removes the company from `Jane Roe (Example Corporation)`. */
function withoutCompany(text: string): string {
  const rest = text.replace(COMPANY, '').trim();
  return rest !== '' && looksLikePeople(rest) ? rest : text;
}

function without(text: string, match: RegExpExecArray | null): string {
  if (match === null) return text;
  return (text.slice(0, match.index).trimEnd() + text.slice(match.index + match[0].length)).trim();
}

function toPerson(name: string, stated: string | undefined, email: string | undefined): Person {
  const uri = parseHttpUrl(stated);
  return {
    name,
    ...(uri !== undefined && { uri }),
    ...(email?.includes('@') && { email: email.replace(/^mailto:/, '') }),
  };
}

/** A person as the document describes them. Pictures are URLs or paths, as in `StatedMedia`. */
export interface StatedPerson extends Partial<Person> {
  /** The names by which other documents refer to the person. */
  readonly keys: readonly string[];
}

/** `authors/jane-roe.md`, `authors/jane-roe/_index.md`, `authors/jane-roe/index.fr.md` */
const PERSON =
  /(?:^|\/)_?(?:authors?|contributors?|guests?|hosts?|people|persons?|speakers?|team)\/(?<key>[^/]+?)(?:\/_?index)?(?:\.[a-z]{2}(?:-[A-Za-z]{2,4})?)?\.[^./]+$/i;
const PROFILE_NAMES = ['name', 'displayname', 'fullname', 'title'];
const KEY_FIELDS = ['shortname', 'slug', 'id', 'username', 'handle', 'nickname'];

/** Undefined if the document is not in a folder of people. */
export function personOf(path: string, fields: Fields): StatedPerson | undefined {
  const key = PERSON.exec(path)?.groups?.key;
  if (key === undefined || /^_?index$/i.test(key)) return undefined;
  const keys = [key, ...KEY_FIELDS.flatMap((field) => findText(fields, [field]) ?? [])];
  return { ...personIn(fields, PROFILE_NAMES), keys };
}
