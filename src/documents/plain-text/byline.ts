import type { Person } from '../../article.ts';
import { httpAddress } from '../../html/url.ts';
import { splitTrimmed } from '../../strings.ts';
import { findDate } from '../dates/parse-date.ts';
import { looksLikePeople, readPeople } from '../people.ts';
import type { StatedDate } from '../stated.ts';
import { readLabel, readLeadingWords } from './labels.ts';
import { endsLikeProse } from './lines.ts';

/** The longest byline and the longest name, in characters. */
const MAX_CREDIT = 200;
const MAX_NAME = 80;

const SEPARATOR = /[|·•]|\s[–—-]+\s/u;
const BYLINE = /^(?:by|von|par|por|di|av|af|door|автор|yazan)\s+/iu;

/** The author, publication, address and dates in one line. */
export interface CreditLine {
  readonly authors: readonly Person[];
  readonly title?: string;
  readonly uri?: string;
  readonly date?: StatedDate;
  readonly updated?: StatedDate;
}

/**
 * Reads `By Jane Roe, Reuters, 3 February 2021`, `Agence France-Presse (AFP) | 03.02.2021`, `Reuters - 3 Feb 2021`,
 * `By Jane Roe`, `3 Feb 2021 | Updated: 4 Feb 2021`; `undefined` unless all of it is understood and it has a date, a
 * byline or an address.
 */
export function readCreditLine(text: string, where: string): CreditLine | undefined {
  if (text.length > MAX_CREDIT) return undefined;
  const names: string[] = [];
  const bylines: string[] = [];
  const dates: Partial<Record<'date' | 'updated', StatedDate>> = {};
  let uri: string | undefined;
  let isDateFirst = false;
  for (const part of splitTrimmed(text, SEPARATOR).filter((part) => part !== '')) {
    const address = uri === undefined ? httpAddress(part) : undefined;
    if (address !== undefined) {
      uri = address;
      continue;
    }
    const said = readAsset(part, where);
    const field = said?.isUpdate ? 'updated' : 'date';
    if (said === undefined || (said.date !== undefined && dates[field] !== undefined)) return undefined;
    if (said.date !== undefined) {
      dates[field] = said.date;
      isDateFirst ||= said.name === undefined && names.length + bylines.length === 0;
    }
    if (said.name !== undefined) (said.isByline ? bylines : names).push(said.name);
  }
  // Words behind a date are a source only if they name a publication.
  if (isDateFirst && names.length > 0 && !names.some(isPublisher)) return undefined;
  if (Object.keys(dates).length === 0 && bylines.length === 0 && uri === undefined) return undefined;
  const people = readNames(bylines, names);
  return people && { ...people, ...(uri !== undefined && { uri }), ...dates };
}

interface Part {
  readonly name?: string;
  readonly isByline: boolean;
  readonly date?: StatedDate;
  readonly isUpdate: boolean;
}

function readAsset(part: string, where: string): Part | undefined {
  const labelled = readLabel(part) ?? readLeadingWords(part);
  const isUpdate = labelled?.label === 'updated';
  const stated = labelled && isDateLabel(labelled.label) ? labelled.rest : part;
  const date = findDate(part, where) ?? findDate(stated, where);
  if (date !== undefined) return { date, isByline: false, isUpdate };
  // `Posted on 3 Feb 2021 by Jane Roe`
  const joint = /\s(?:by|von|par|por|di|av|af|door)\s/iu.exec(stated);
  const dated = joint === null ? undefined : findDate(stated.slice(0, joint.index), where);
  const author = joint === null ? '' : stated.slice(joint.index + joint[0].length);
  if (dated !== undefined && isName(author)) return { name: author, date: dated, isByline: true, isUpdate };
  const colon = readLabel(part);
  const byline =
    colon?.label === 'author' ? colon.rest : BYLINE.test(part) ? part.replace(BYLINE, '') : undefined;
  const named = byline ?? (colon?.label === 'source' ? colon.rest : part);
  const isByline = byline !== undefined;
  for (const joint of named.matchAll(/[,(]\s*/gu)) {
    const after = named.slice(joint.index + joint[0].length);
    const dated = findDate(joint[0].startsWith('(') ? after.replace(/\)$/u, '') : after, where);
    const name = named.slice(0, joint.index).trim();
    if (dated !== undefined && isName(name)) return { name, date: dated, isByline, isUpdate: false };
  }
  return isName(named) ? { name: named, isByline, isUpdate: false } : undefined;
}

function isDateLabel(label: string): boolean {
  return label === 'published' || label === 'updated';
}

function isName(text: string): boolean {
  return (
    text.length <= MAX_NAME &&
    /\p{L}/u.test(text) &&
    !/[:：]|\/\//u.test(text) &&
    !endsLikeProse(text.replace(/\.$/u, ''))
  );
}

/** Reads `By A`, `By A, B` with the source B, and `A, B` with a person A and a publication B; anything else is a source. */
function readNames(
  bylines: readonly string[],
  names: readonly string[],
): Pick<CreditLine, 'authors' | 'title'> | undefined {
  const [byline, ...others] = bylines;
  const parts = [
    ...(byline === undefined ? [] : splitTrimmed(byline, ',')),
    ...names.flatMap((name) => splitTrimmed(name, ',')),
  ];
  if (others.length > 0) return undefined;
  if (byline === undefined) {
    const [person = '', outlet = '', ...more] = parts;
    if (more.length === 0 && isPublisher(outlet) && !isPublisher(person) && looksLikePeople(person)) {
      return { authors: readPeople(person), title: outlet };
    }
    return { authors: [], ...(names.length > 0 && { title: names.join(', ') }) };
  }
  const last = parts.at(-1) ?? '';
  const title = (parts.length > 1 && readPeople(last).length === 1) || isPublisher(last) ? last : undefined;
  const people = title === undefined ? parts : parts.slice(0, -1);
  if (!people.every(looksLikePeople)) return undefined;
  return { authors: people.flatMap(readPeople), ...(title !== undefined && { title }) };
}

/** Words in the names of papers, agencies and broadcasters, in lower case. */
const WORDS: ReadonlySet<string> = new Set(
  'news times post press presse agency agence agentur agencia agenzia ajansı agentura journal magazine review radio tv television televizyonu daily today weekly herald tribune guardian telegraph observer independent chronicle gazette gazetesi haber haberler dergisi postası zeitung rundschau nachrichten spiegel welle monde figaro mundo país repubblica stampa corriere reuters bloomberg insider broadcasting newswire online media medya'.split(
    ' ',
  ),
);
const PLACES: ReadonlySet<string> = new Set('UK US USA EU UN UAE DC NY'.split(' '));

/** Whether a name is that of a publication or an agency, such as `The Guardian`, `Reuters` or `AFP`. */
export function isPublisher(name: string): boolean {
  const words = name.split(/[\s()]+/u).filter((word) => word !== '');
  const [first = '', ...others] = words;
  if (/^(?:The|Le|La|Les|El|Il|Der|Die|Das)$/u.test(first) && others.length > 0) return true;
  return words.some(
    (word) => WORDS.has(word.toLowerCase()) || (/^\p{Lu}{2,6}$/u.test(word) && !PLACES.has(word)),
  );
}
