import { once } from '../memo.ts';
import { splitTrimmed, trimOf, wordList, wordMap, wordSet } from '../strings.ts';
import { findTimeZone, foldName, monthNamed, weekdayNamed } from './names.ts';

/** A date as a document states it; not checked for existence. */
export interface StatedDate {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly day: number;
  /** Absent when only a day is stated. */
  readonly time?: { readonly hour: number; readonly minute: number; readonly second: number };
  /** `UTC`, `+03:00` or a name such as `Europe/Istanbul`; absent when no zone is stated. Only with a time. */
  readonly timeZone?: string;
  readonly text: string;
  /** The place of the value, such as `seeds/a.txt:3`. */
  readonly where: string;
}

type Day = Pick<StatedDate, 'year' | 'month' | 'day'>;
type Clock = NonNullable<StatedDate['time']> & { readonly zone?: string };

const MAX_LENGTH = 100;
/** The first whole year of the Gregorian calendar; an earlier year is that of another calendar. */
const FIRST_YEAR = 1583;

const TIME =
  '(?<hour>\\d{1,2})(?:(?:[:.]|\\s?h\\s?)(?<minute>\\d{2})(?:[:.](?<second>\\d{2})(?:[.,]\\d{1,9})?)?|(?<bare>h|\\s?uhr))?' +
  '(?:\\s*(?<half>[ap]\\.?\\s?m\\.?|noon|oo|os|[πμ]\\.?\\s?μ\\.?|[صم])(?!\\p{L}))?(?:\\s*(?:uhr|h|hrs?|hours|uur)\\b)?';
const ZONE =
  '(?:\\s*[([]?(?<zone>(?:(?:utc|gmt)\\s?)?[+-]\\d{1,2}(?::?\\d{2})?|мск|[a-z][a-z\\d]*(?:[/_+-][a-z\\d]+)*)[)\\]]?(?:\\s*\\([^()]*\\)|(?<=\\d)\\s[a-z]{2,5}(?=$)|\\[[^[\\]]*\\])?)?';
/** The years before the first of each era, of emperors and of the Republic of China. */
const ERAS = wordMap('令和=2018 平成=1988 昭和=1925 大正=1911 明治=1867 民国=1911 民國=1911');
const ERA = new RegExp(`(${[...ERAS.keys()].join('|')})\\s?(\\d{1,3}|元)\\s?年`, 'gu');
/** A number in Chinese characters, digit by digit or with a sign for ten. */
const CHINESE = /[〇零一二三四五六七八九十]{1,4}(?=\s?[年月日])/gu;
/** Months in Roman numerals, as in Polish. */
const ROMANS = wordList('i ii iii iv v vi vii viii ix x xi xii');
const ROMAN = new RegExp(`^(\\d{1,2})([-./ ])(${ROMANS.join('|')})\\2(?=\\d{4}(?!\\d))`, 'u');
/** A week of ISO 8601, and a day of it. */
const WEEK = /^(\d{4})-?w(\d{2})(?:-?([1-7]))?(?=t|\s|$)/u;
/** A day of the year in ISO 8601. */
const ORDINAL = /^(\d{4})-(\d{3})(?=t|\s|$)/u;
/** The years by which the Buddhist era, that of Thai dates, precedes the common era. */
const BUDDHIST = 543;

/** Between a day and its time. */
const JOINT =
  '(?:\\s*[,،;|/·•@–—-]\\s*|\\s+|(?<=\\d)t)(?:(?:at|um|om|pukul|в|ساعت|الساعة|a|à|as|alle|ore|las|saat|kl|klo|godz|v|u|o)[.]?\\s+)?';

/** A time may be after the day, before it, or before the year as in `Wed Feb 3 10:00:00 2021`. */
const TIMES: readonly RegExp[] = [
  new RegExp(`^(?<before>.*?\\d.*?)${JOINT}${TIME}${ZONE}(?<after>)$`, 'u'),
  new RegExp(`^(?<before>)${TIME}${ZONE}(?:\\s*[,;|·•–—-]\\s*|\\s+)(?:on\\s+)?(?<after>.*)$`, 'u'),
  new RegExp(`^(?<before>.*?)\\s${TIME}${ZONE}(?<after>\\s\\d{4})$`, 'u'),
];

/** Dates in other forms and what replaces them, in order. */
const REWRITINGS: readonly (readonly [RegExp, string])[] = [
  // ISO 8601 in its basic format
  [/^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=t|$)/u, '$1-$2-$3'],
  // LibreOffice
  [/^((?:19|20)\d{2})(\d{2})(\d{2});(?:0*$)?/u, '$1-$2-$3 '],
  [/(?<=^\d{4}-\d{2}-\d{2} )(\d{1,2})(\d{2})(\d{2})\d{2}$/u, '$1:$2:$3'],
  [/(?<=\dt)(\d{2})(\d{2})(\d{2})(?=z|[+-]|$)/u, '$1:$2:$3'],
  [/(?<=\dt)(\d{2})(\d{2})(?=z|[+-]|$)/u, '$1:$2'],
  // Timestamps of TiddlyWiki and of notes (Zettelkasten)
  [/^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])([0-5]\d)$/u, '$1-$2-$3t$4:$5'],
  [/^((?:19|20)\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\d{3})?$/u, '$1-$2-$3t$4:$5:$6'],
  // East Asian and Vietnamese dates
  [/(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/gu, '$1-$2-$3 '],
  [/(\d{4})\s*оны?\s*(\d{1,2})-р\s*сарын\s*(\d{1,2})/gu, '$1-$2-$3'],
  [/(\d{1,2})\s*[时時点點시]\s*(\d{2})\s*[分분]\s*(\d{2})\s*[秒초]/gu, '$1:$2:$3 '],
  [/(\d{1,2})\s*[时時点點시]\s*(\d{2})\s*[分분]/gu, '$1:$2 '],
  [/(\d{1,2})\s*[時时點点시]\s*(\d)\s*[分분]/gu, '$1:0$2 '],
  [/(\d{1,2})\s*[時时點点시](?=\s|$)/gu, '$1:00 '],
  [/(?:上午|午前|오전)\s*(\d{1,2}:\d{2}(?::\d{2})?)/gu, ' $1 am'],
  [/(?:下午|午後|오후)\s*(\d{1,2}:\d{2}(?::\d{2})?)/gu, ' $1 pm'],
  // Zones by their names
  [/ \(?([cew])(?:ast|entr|est)[a-z]* european(?: (s)ummer| standard)? time\)?$/gu, ' $1e$2t'],
  [/ \(?([ecmp])(?:astern|entral|ountain|acific)(?: (?:standard|daylight))?(?: time)?\)?$/gu, ' $1t'],
  [/(?:ngay\s+)?(\d{1,2})\s*thang\s*(\d{1,2})\s*,?\s*(?:nam\s*)?(\d{4})/gu, '$1/$2/$3'],
];

const YEAR = '(?<year>[12]\\d{3})';
const GAP = "[\\p{L}\\p{M}\\s.,،'’׳॰()/–-]*";
const DAY_FIRST = new RegExp(
  `^(?<front>${GAP})(?<day>\\d{1,2})(?<separator>[-./])\\s?(?<month>\\d{1,2})\\k<separator>\\s?${YEAR}(?<back>${GAP})$`,
  'u',
);
const YEAR_FIRST = new RegExp(
  `^(?<front>${GAP})${YEAR}[-./]\\s?(?<month>\\d{1,2})[-./]\\s?(?<day>\\d{1,2})(?<back>${GAP})$`,
  'u',
);
const NAMED = new RegExp(
  `^(?<front>${GAP})(?:(?<day>\\d{1,2})(?<middle>${GAP})(?<year>\\d{4}|\\d{2})|(?<leadingYear>\\d{4})(?<between>${GAP})(?<lastDay>\\d{1,2}))(?<back>${GAP})$`,
  'u',
);
/** Ordinal endings, articles, prepositions, and words for "year". */
const FILLERS = wordSet(
  "st nd rd th er o a an e ko eko ean le la η ος ου го d de del den di of the m g gada ta' ta’ г год года року р оны y yil il ci cu j ж жылы жылғы წლის թ พ.ศ ค.ศ ที่ วันที่ سال يىلى ی",
);

/** Quotes of a word processor, links to the notes of a day, and timestamps of Org. */
const ENCLOSED = /^(?:\[\[(?<note>.+)\]\]|["'“„«‘<](?<quoted>.+)["'”“»’>])$/u;

/** Words for no date, without spaces and punctuation. */
const NO_DATE: ReadonlySet<string> = new Set(
  splitTrimmed(
    `unknown, date unknown, unknown date, n.d., no date, undated, TBD, TBA, TBC, to be determined, to be decided, to be announced, to be confirmed, none, n/a, not available, unspecified, not specified, not set, unset, null, nil, undefined, NaN, invalid date, never, today, now, last-modified,
    unbekannt, Datum unbekannt, o. D., o. J., ohne Datum, kein Datum, undatiert, inconnu, inconnue, date inconnue, s. d., sans date, non daté, aucune, desconocida, desconocido, fecha desconocida, s. f., sin fecha, por determinar, por definir, por confirmar, sconosciuta, data sconosciuta, senza data, da definire, da determinare, desconhecida, data desconhecida, sem data, a definir,
    onbekend, datum onbekend, z.d., zonder datum, geen datum, n.t.b., okänt, okänd, u.å., utan datum, odaterad, ukendt, uden dato, udateret, ukjent, uten dato, udatert, tuntematon, ei tiedossa, päiväämätön, nieznana, data nieznana, b.d., bez daty, brak daty, brak, neznámé, bez data, nedatováno, ismeretlen, dátum nélkül,
    неизвестно, неизвестна, дата неизвестна, б. д., б. г., без даты, нет даты, не указана, невідомо, без дати, bilinmiyor, belirsiz, tarihsiz, tarih yok, άγνωστη, άγνωστο, χ.χ., χωρίς ημερομηνία, לא ידוע, ללא תאריך, غير معروف, غير محدد, بدون تاريخ, نامشخص, نامعلوم, بدون تاریخ, अज्ञात, 未知, 不详, 不詳, 日期不详, 日期不詳, 无日期, 無日期, 待定, 不明, 日付不明, 日付なし, 未定, 미정, 미상, 날짜 없음, 날짜 미상, 날짜 미정, 알 수 없음`,
    ',',
  ).map(foldWords),
);

/** R that knitr evaluates, such as `` `r Sys.Date()` ``. */
const R_CODE = /^`r\s.*`$/s;

/**
 * Whether a text says that there is no date, such as `unknown`, `n.d.`, `TBD`, `–` or `0000-00-00`, or asks for the day
 * of rendering, as `today` of Quarto does.
 */
export function isNoDate(text: string): boolean {
  if (R_CODE.test(text.trim())) return true;
  if (text.length > MAX_LENGTH || text.trim() === '') return false;
  const words = foldWords(text);
  return /^0*$/.test(words) || NO_DATE.has(words);
}

/** The letters and digits of a text, in one spelling. */
function foldWords(text: string): string {
  return foldName(text).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/**
 * Reads a calendar date, with or without a time of day and a zone: `2017-11-22`, `22.11.2017` and `22/11/2017` (day
 * first, unless the day of the week says otherwise), `21 Nov 2017`, `Nov. 21, 2017 10:15 AM`,
 * `2021-02-03T10:00:00+03:00`, `Wed, 03 Feb 2021 10:00:00 GMT`, with the names of months and days in many languages.
 * The day and the time need not exist: `instantOf` checks that. A time in a zone that is unknown or has more than one
 * meaning is not understood.
 */
export function findDate(text: string, where: string): StatedDate | undefined {
  const stated = text.trim();
  if (stated.length > MAX_LENGTH || !/[\p{Nd}年]/u.test(stated)) return undefined;
  const { note, quoted = note ?? stated } = ENCLOSED.exec(stated)?.groups ?? {};
  // Notion writes an `@` in front.
  const folded = foldDate(quoted.replace(/^@/, ''));
  const isPersian = /[\u06f0-\u06f9]/.test(quoted);
  if (UNIX_TIME.test(stated)) return findDate(new Date(Number(stated.padEnd(13, '0'))).toISOString(), where);
  const day = findDay(folded, isPersian);
  if (day !== undefined) return { ...day, text: stated, where };
  for (const form of TIMES) {
    const groups = form.exec(folded)?.groups;
    const clock = groups && readClock(groups);
    const timed = clock && findDay(`${groups.before}${groups.after}`, isPersian, true);
    if (timed === undefined || clock === undefined) continue;
    const { zone, ...time } = clock;
    const timeZone = zone && findTimeZone(zone);
    if (zone !== undefined && timeZone === undefined && weekdayNamed(zone) === undefined) continue;
    return { ...timed, time, ...(timeZone && { timeZone }), text: stated, where };
  }
  return inTwoLanguages(stated, where);
}

/** Reads a date, or a month or a year that is stated alone: `2024-05`, `May 2024`, `2024`; its day is the first. */
export function findPeriod(text: string, where: string): StatedDate | undefined {
  const stated = text.trim().replace(/^(\d{1,2})[-/.](?=\d{4}$)(.*)/u, '$2-$1');
  const [, year, month = '01'] = /^([12]\d{3})(?:[-/.](\d{1,2}))?$/.exec(stated) ?? [];
  const first =
    year !== undefined
      ? `${year}-${month}-01`
      : /^\d.*[月월]$/u.test(stated)
        ? `${stated}1日`
        : `1 ${stated}`;
  const found = findDate(stated, where) ?? (/\p{Nd}{4}/u.test(stated) ? findDate(first, where) : undefined);
  return found && { ...found, text: stated };
}

/** A day in two languages, as in `3 Haziran 2024 / 3 June 2024`. */
function inTwoLanguages(stated: string, where: string): StatedDate | undefined {
  const [left = '', right, ...others] = stated.split(/\s[/|]\s/u);
  if (right === undefined || others.length > 0) return undefined;
  const [first, second] = [findDate(left, where), findDate(right, where)];
  const isSame = first?.day === second?.day && first?.month === second?.month && first?.year === second?.year;
  return first !== undefined && isSame ? { ...first, text: stated } : undefined;
}

/** Unix time in seconds or milliseconds, from 2001 on. */
const UNIX_TIME = /^1\d{9}(?:\d{3})?$/;

/** The message about a date that is not understood. */
export function dateError(text: string, where: string): string {
  const withoutZone = findDate(text.split(/\s+/u).slice(0, -1).join(' '), where);
  const wanted =
    withoutZone?.time === undefined
      ? 'a date such as 2021-02-03'
      : 'a time zone that is known and has one meaning, such as +03:00';
  return `Cannot parse date "${text.slice(0, 80)}" in ${where}: expected ${wanted}`;
}

/** Unifies digits, hyphens, spaces and letters. */
function foldDate(text: string): string {
  const plain = foldName(text)
    .replace(/(?!\p{ASCII})\p{Nd}/gu, valueOfDigit)
    .replace(/[\u2010\u2011\u2212]|(?<=\d)[\u2012\u2013](?=\d)/gu, '-')
    .replace(/[\u200c-\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(CHINESE, valueOfChinese)
    .replace(ROMAN, (_, day: string, separator: string, month: string) =>
      [day, ROMANS.indexOf(month) + 1, ''].join(separator === ' ' ? '.' : separator),
    )
    .replace(WEEK, dayOfWeek)
    .replace(ORDINAL, dayOfYear)
    .replace(ERA, (_, era: string, year: string) => `${Number(ERAS.get(era)) + (Number(year) || 1)}年`)
    .replace(/\s+/gu, ' ');
  return REWRITINGS.reduce((rewritten, [form, written]) => rewritten.replace(form, written), plain).trim();
}

/** The digits of a script are consecutive; JavaScript has no function for their values. */
function valueOfDigit(digit: string): string {
  let code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(--code))) value++;
  return String(value);
}

function valueOfChinese(number: string): string {
  const digits = [...number].map((sign) => Math.max(0, '零一二三四五六七八九十'.indexOf(sign)));
  const ten = digits.indexOf(10);
  return ten < 0 ? digits.join('') : String((digits[ten - 1] ?? 1) * 10 + (digits[ten + 1] ?? 0));
}

/** A day of a week of ISO 8601, by default Monday. The first week of a year contains 4 January. */
function dayOfWeek(stated: string, year: string, week: string, day = '1'): string {
  const fourth = new Date(`${year}-01-04`);
  const thursday = fourth.getTime() + (Number(week) * 7 - 3 - (fourth.getUTCDay() || 7)) * DAY;
  if (new Date(thursday).getUTCFullYear() !== Number(year)) return stated;
  return new Date(thursday + (Number(day) - 4) * DAY).toISOString().slice(0, 10);
}

function dayOfYear(stated: string, year: string, day: string): string {
  const date = new Date(Date.UTC(Number(year), 0, Number(day)));
  return date.getUTCFullYear() === Number(year) ? date.toISOString().slice(0, 10) : stated;
}

type Groups = Readonly<Record<string, string | undefined>>;

/**
 * @param isPersian whether the digits are those of Persian
 * @param hasTime whether there is a time; only then a year may have two digits, as in RFC 822
 */
function findDay(text: string, isPersian: boolean, hasTime = false): Day | undefined {
  const numeric = (DAY_FIRST.exec(text) ?? YEAR_FIRST.exec(text))?.groups;
  const groups: Groups | undefined = numeric ?? NAMED.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const stated = readYear(groups.year ?? groups.leadingYear ?? '', hasTime);
  if (stated !== undefined && stated >= 1200 && stated < 1500 && (numeric === undefined || isPersian)) {
    // The word for month may follow the name.
    const monthOf = (name: string): number | undefined => persianMonths().get(name.replace(/ ?ماه$/u, ''));
    const month = numeric ? numericMonth(numeric) : namedMonth(groups, monthOf);
    return month === undefined ? undefined : fromPersian(stated, month, Number(groups.day ?? groups.lastDay));
  }
  const month = numeric === undefined ? namedMonth(groups) : numericMonth(groups);
  const isBuddhist = stated !== undefined && stated > 2400 && /\p{Script=Thai}/u.test(text);
  const year = isBuddhist ? stated - BUDDHIST : stated;
  if (month === undefined || year === undefined || year < FIRST_YEAR) return undefined;
  const day = Number(groups.day ?? groups.lastDay);
  const weekday = numeric?.separator && weekdayNamed(wordsOfGap(`${groups.front} ${groups.back}`).join(' '));
  const isMonthFirst =
    weekday && !isOn(weekday, { year, month, day }) && isOn(weekday, { year, month: day, day: month });
  return isMonthFirst ? { year, month: day, day: month } : { year, month, day };
}

function isOn(weekday: number, { year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && (date.getUTCDay() || 7) === weekday;
}

function readYear(digits: string, hasTime: boolean): number | undefined {
  if (digits.length === 4) return Number(digits);
  if (!hasTime) return undefined;
  // RFC 5322 §4.3
  return Number(digits) + (Number(digits) < 50 ? 2000 : 1900);
}

function numericMonth({ front, month, back }: Groups): number | undefined {
  return isAside(front) && isAside(back) ? Number(month) : undefined;
}

/** The month is before the day, between day and year, or after both; the other places contain a weekday at most. */
function namedMonth(
  { front = '', middle, between, back = '' }: Groups,
  named = monthNamed,
): number | undefined {
  const inside = middle ?? between ?? '';
  const month = monthOf(inside, named);
  if (month !== undefined) return isAside(front) && isAside(back) ? month : undefined;
  if (wordsOfGap(inside).length > 0) return undefined;
  const words = wordsOfGap(middle === undefined ? back : front);
  for (const count of [1, 2]) {
    const rest = words.slice(0, -count).join(' ');
    const found = monthOf(words.slice(-count).join(' '), named);
    if (found !== undefined && isAside(rest) && isAside(middle === undefined ? front : back)) return found;
  }
  return undefined;
}

/** Reads a month, which may be named twice as in `شباط/فبراير`. */
function monthOf(gap: string, named: (name: string) => number | undefined): number | undefined {
  const months = gap.split('/').map((part) => {
    const name = wordsOfGap(part).join(' ');
    // After a day with a dot, it is October in Croatian; otherwise November in Polish.
    if (name === 'listopada' && part.startsWith('.')) return 10;
    // Hebrew writes "in" as a prefix, Sorani and Basque "of" as a suffix.
    return name === '' ? undefined : (named(name) ?? named(name.replace(/^ב|(?:ی|ren)$/gu, '')));
  });
  return months.every((month) => month === months[0]) ? months[0] : undefined;
}

/** Whether there is nothing but a weekday. */
function isAside(gap = ''): boolean {
  const words = wordsOfGap(gap).join(' ');
  return words === '' || weekdayNamed(words) !== undefined;
}

function wordsOfGap(gap: string): string[] {
  return gap
    .split(/[\s,،()/]+/u)
    .map((word) => trimOf(word, /[.–-]/))
    .filter((word) => word !== '' && !FILLERS.has(word));
}

function readClock({ hour, minute, second, bare, half, zone }: Groups): Clock | undefined {
  if (minute === undefined && bare === undefined && half === undefined) return undefined;
  const stated = Number(hour);
  const isAfternoon = half !== undefined && /^(?:p|noon|os|μ|م)/u.test(half);
  const noonless = half !== undefined && stated === 12 ? 0 : stated;
  return {
    hour: isAfternoon && noonless < 12 ? noonless + 12 : noonless,
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    ...(zone !== undefined && { zone }),
  };
}

/* The calendar of Iran and Afghanistan. */

/** The years by which the common era precedes the Persian one. */
const PERSIAN_ERA = 621;
const DAY = 86_400_000;

const persianMonths = once(
  () =>
    new Map(
      ['fa', 'fa-AF', 'en'].flatMap((language) => {
        const format = new Intl.DateTimeFormat(`${language}-u-ca-persian`, {
          month: 'long',
          timeZone: 'UTC',
        });
        // Each begins between the 19th and the 24th of a month.
        return Array.from({ length: 12 }, (_, index): [string, number] => [
          foldName(format.format(Date.UTC(2021, 3 + index, 1))),
          index + 1,
        ]);
      }),
    ),
);

/** The day in the Gregorian calendar; undefined if there is no such day. */
function fromPersian(
  year: number,
  month: number,
  day: number,
): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const format = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { dateStyle: 'short', timeZone: 'UTC' });
  const daysBefore = month > 7 ? 186 + (month - 7) * 30 : (month - 1) * 31;
  const earliest = Date.UTC(year + PERSIAN_ERA, 2, 18) + (daysBefore + day - 1) * DAY;
  for (let time = earliest; time < earliest + 6 * DAY; time += DAY) {
    const [foundMonth, foundDay, foundYear] = format.format(time).match(/\d+/g)?.map(Number) ?? [];
    if (foundMonth !== month || foundDay !== day || foundYear !== year) continue;
    const date = new Date(time);
    return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  }
  return undefined;
}
