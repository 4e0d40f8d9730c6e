import { dateError, findDate, findPeriod, isNoDate, type StatedDate } from '../../dates/parse-date.ts';
import { wordList } from '../../strings.ts';
import { ADDRESSES } from '../addresses.ts';
import { DocumentError } from '../stated.ts';
import { type Fields, fieldItems, fieldMap, fieldText, findField, isBlankField } from './fields.ts';
import { EMBARGO, readAnswer } from './visibility.ts';

const SCHEDULED = wordList(
  'scheduledat scheduledfor scheduleddate scheduledate scheduled goliveat golivedate',
);

/** An embargo takes precedence over the date of the text. */
export const PUBLICATION_DATES = [
  ...EMBARGO,
  ...SCHEDULED,
  ...wordList(`publishafter publishon publishdate pubdate pubdatetime published publishedat publishedon
    publishedtime publisheddate datepublished publicationdate publish dategmt postdategmt date datetime created createdat
    datecreated createddate createdate creationdate createtime createdtime posted postedat postedon postdate
    dateposted`),
];
export const UPDATE_DATES = wordList(
  `modifiedgmt postmodifiedgmt lastmod updated updateddate updatedat dateupdated lastmodifiedat lastmodified modified modifieddate
  modifiedat modifiedtime datemodified moddate moddatetime updatetime lastupdated lastedited lasteditedtime lastupdate
  lastupdatedate`,
);
export const EXPIRES = wordList(
  'expirydate expires expiresat expiry expirationdate unpublishdate validuntil',
);

/** Those that may be a month or a year; an article that appears or expires then needs a day. */
const PERIODS: ReadonlySet<string> = new Set(
  [...PUBLICATION_DATES, ...UPDATE_DATES].filter(
    (name) => !EMBARGO.includes(name) && !SCHEDULED.includes(name),
  ),
);

/** Whether a field says that there is no date, or is left blank for one. */
export function statesNoDate(fields: Fields): boolean {
  return PUBLICATION_DATES.some((name) => {
    const field = fields.get(name);
    return (
      field !== undefined && (isBlankField(field) ? name.includes('date') : isNoDate(fieldText(field) ?? ''))
    );
  });
}

export function findStatedDate(
  { fields, path }: { readonly fields: Fields; readonly path: string },
  names: readonly string[],
): StatedDate | undefined {
  // Material for MkDocs has both below `date`.
  const dates = fieldMap(fields.get('date'));
  for (const name of names) {
    const field = fields.get(name) ?? dates?.get(name);
    const [dated] = fieldItems(fieldMap(field)?.get('date') ?? field);
    const text = fieldText(dated);
    if (dated === undefined || text === undefined || readAnswer(text) !== undefined) continue;
    // Eleventy takes these from the file system.
    if (isNoDate(text) || /^(?:git )?(?:created|last modified)$/i.test(text)) continue;
    const where = `seeds/${path}:${dated.line}`;
    const date = PERIODS.has(name) ? findPeriod(text, where) : findDate(text, where);
    // WordPress also states the local time.
    if (date?.time !== undefined && date.timeZone === undefined && name.endsWith('gmt'))
      return { ...date, timeZone: 'UTC' };
    if (date !== undefined) return asInPath(date, path);
    throw new DocumentError(dateError(text, where));
  }
  return undefined;
}

/** With the month first, if only so it is the date in the path: `03-04-2021` in `2021-03-04-title/`. */
function asInPath(date: StatedDate, path: string): StatedDate {
  const { year, month, day, text } = date;
  const two = (number: number): string => String(number).padStart(2, '0');
  const has = (one: number, other: number): boolean =>
    new RegExp(`(?<!\\d)${year}(?<gap>[-/_]?)${two(one)}\\k<gap>${two(other)}(?!\\d)`).test(path);
  return /^\d{1,2}\D\d{1,2}\D\d{4}/.test(text) && !has(month, day) && has(day, month)
    ? { ...date, month: day, day: month }
    : date;
}

/** `/2021/02/03/title/` */
export function dateInAddress(
  { fields, path }: { readonly fields: Fields; readonly path: string },
  address = '',
): StatedDate | undefined {
  const [, year, month, day] = /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})\/./.exec(address) ?? [];
  if (year === undefined) return undefined;
  return findDate(`${year}-${month}-${day}`, `seeds/${path}:${findField(fields, ADDRESSES)?.line}`);
}
