import type { Person } from '../../article.ts';
import { parseHttpUrl } from '../../html/url.ts';
import { trimOf } from '../../trim.ts';
import { findDate, isNoDate } from '../dates/parse-date.ts';
import type { Draft } from '../draft.ts';
import type { Field } from '../front-matter/fields.ts';
import { embeddedUrl } from '../front-matter/media.ts';
import { readPeople } from '../people.ts';
import { type CreditLine, isPublisher, readCreditLine } from './byline.ts';
import { type Label, readLabel, readLeadingWords, readVisibilityLabel } from './labels.ts';
import { endsLikeProse } from './lines.ts';
import { readSourceLine } from './source-line.ts';

/** The longest field and the longest summary, in characters. */
const MAX_LENGTH = 500;
const MAX_SUMMARY = 5000;
/** Decoration around a line, as in `- 22.11.2017 -`. */
const DECORATION = /[\s\-–—•*]/u;

/** The fields that the lines above a text state. */
export interface HeaderFields
  extends Pick<
    Draft,
    | 'title'
    | 'published'
    | 'updated'
    | 'expires'
    | 'summary'
    | 'slug'
    | 'image'
    | 'language'
    | 'tags'
    | 'source'
    | 'role'
  > {
  readonly authors?: readonly Person[];
  /** Fields of front matter about visibility. */
  readonly visibility?: readonly (readonly [string, Field])[];
}

/**
 * Reads a date, a byline, an address or a labelled line; `undefined` unless all of it is understood.
 *
 * @param isBelowTitle if not, only unmistakable lines are understood
 */
export function readHeaderLine(text: string, where: string, isBelowTitle: boolean): HeaderFields | undefined {
  if (text.length > MAX_SUMMARY) return undefined;
  if (text.length > MAX_LENGTH && readLabel(text)?.label !== 'summary') return undefined;
  const plain = undecorated(text);
  const hidden = readVisibilityLabel(plain);
  if (hidden !== undefined) return { visibility: [[hidden.name, fieldOf(hidden.rest, where)]] };
  const labelled = readLabel(plain);
  const said = labelled && readLabelled(labelled.label, labelled.rest, where);
  if (said !== undefined) return said;
  const worded = readLeadingWords(plain);
  const dated = worded && readLabelled(worded.label, worded.rest, where, true);
  if (dated !== undefined) return dated;
  const date = findDate(plain, where);
  if (date !== undefined) return { published: date };
  const credit = readCreditLine(plain, where);
  if (credit === undefined) return undefined;
  const isClear = isBelowTitle || labelled !== undefined || isPublisher(credit.title ?? '');
  return isClear ? creditFields(credit) : undefined;
}

/** The fields of both; `undefined` if both state the same one. */
export function mergeFields(known: HeaderFields, said: HeaderFields): HeaderFields | undefined {
  const source = { ...known.source, ...said.source };
  const visibility = [...(known.visibility ?? []), ...(said.visibility ?? [])];
  const count = ({ source, visibility, ...others }: HeaderFields): number =>
    Object.keys(others).length + Object.keys(source ?? {}).length + (visibility?.length ?? 0);
  const merged = {
    ...known,
    ...said,
    ...(Object.keys(source).length > 0 && { source }),
    ...(visibility.length > 0 && { visibility }),
  };
  return count(merged) === count(known) + count(said) ? merged : undefined;
}

/** @param isWithoutColon whether only a date may follow the label */
function readLabelled(
  label: Label,
  rest: string,
  where: string,
  isWithoutColon = false,
): HeaderFields | undefined {
  if (label === 'published' || label === 'updated' || label === 'expires') {
    const date = findDate(undecorated(rest), where);
    if (date !== undefined) return { [label]: date };
    // It is no page, whose author states no date at all.
    return !isWithoutColon && isNoDate(rest) ? { role: 'post' } : undefined;
  }
  if (isWithoutColon || rest === '') return label === 'source' && !isWithoutColon ? {} : undefined;
  switch (label) {
    case 'title':
    case 'language':
    case 'summary':
      return { [label]: rest };
    case 'slug': {
      const slug = rest.replace(/\/$/, '').split('/').at(-1) ?? '';
      return slug === '' || /\s/u.test(rest) ? undefined : { slug };
    }
    case 'image': {
      const url = embeddedUrl(rest);
      return isPicture(url) ? { image: { url } } : undefined;
    }
    case 'tags':
      return {
        tags: rest
          .split(/[,;،、|]/u)
          .map((tag) => tag.trim())
          .filter((tag) => tag !== ''),
      };
    case 'author':
      if (readCreditLine(`by ${rest}`, where) !== undefined || endsLikeProse(rest)) return undefined;
      return { authors: readPeople(rest) };
    case 'address':
    case 'source': {
      const { source, isWhole } = readSourceLine(rest, where);
      return isWhole && (label === 'source' || source.uri !== undefined) ? { source } : undefined;
    }
  }
}

/** Whether a text is the address of a picture: a URL, or a path, which may have spaces. */
function isPicture(address: string): boolean {
  return (
    parseHttpUrl(address) !== undefined ||
    /^[^\n<>{}]+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)$/iu.test(address)
  );
}

/** @param where such as `seeds/a.txt:3` */
function fieldOf(value: string, where: string): Field {
  return { value, line: Number(where.slice(where.lastIndexOf(':') + 1)) };
}

/** Removes bullets, dashes and brackets around a line. */
function undecorated(text: string): string {
  const plain = trimOf(text, DECORATION);
  return /^(?:\([^()]*\)|\[[^[\]]*\])$/u.test(plain) ? plain.slice(1, -1) : plain;
}

function creditFields({ authors, title, uri, date, updated }: CreditLine): HeaderFields {
  const source = { ...(title !== undefined && { title }), ...(uri !== undefined && { uri }) };
  const hasSource = Object.keys(source).length > 0;
  return {
    ...(authors.length > 0 && { authors }),
    ...(hasSource && { source: { ...source, ...(date !== undefined && { published: date }) } }),
    ...(!hasSource && date !== undefined && { published: date }),
    ...(updated !== undefined && { updated }),
  };
}
