import { Temporal } from 'temporal-polyfill';
import { attempt, once } from '../memo.ts';
import { wordList, wordMap } from '../strings.ts';

/** Languages whose names of months and days are known; the first that has a name determines its meaning. */
const LATIN =
  'en tr de fr es it pt nl sv da nb nn fi is et lv lt pl cs sk sl hu ro sq hr bs sr-Latn ca gl eu ga cy mt az uz id ms sw af fil vi ku tk so eo br oc lb fo';
const OTHERS =
  'sr mk bg be uk ru el kk ky ka hy ar ar-SY ar-MA he fa ur hi bn th ja ko zh ta te kn ml gu pa mr ne my km lo am ti ug ckb ps';

/** 1 for January. The name may be long or short, in any case, and in the form with a day or alone. */
export const monthNamed = lazyNames(function* (language) {
  for (const style of ['long', 'short'] as const) {
    for (const day of ['numeric', undefined] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, {
        month: style,
        ...(day && { day }),
        timeZone: 'UTC',
      });
      for (let month = 1; month <= 12; month++) {
        const part = format.formatToParts(Date.UTC(2021, month - 1, 1)).find(({ type }) => type === 'month');
        yield [part?.value ?? '', month];
      }
    }
  }
  if (language === 'en') yield ['Sept', 9];
});

/** 1 for Monday; undefined if it is no day of the week. */
export const weekdayNamed = lazyNames(function* (language) {
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' });
    for (let day = 1; day <= 7; day++) yield [format.format(Date.UTC(2021, 1, day)), day];
  }
});

/** Loads the names of one language after another until a name is found: all languages of a script take 0.1 s. */
function lazyNames(
  namesIn: (language: string) => Iterable<readonly [string, number]>,
): (name: string) => number | undefined {
  const known = new Map<string, number>();
  // Most dates are in digits; asking for languages takes 2 % of a build of one document.
  const [latin, others] = [LATIN, OTHERS].map((languages) =>
    once(() => Intl.DateTimeFormat.supportedLocalesOf(wordList(languages)).values()),
  );
  return (name) => {
    const wanted = plainName(name);
    while (!known.has(wanted)) {
      const language = (/^\p{Script=Latin}/u.test(wanted) ? latin : others)?.().next().value;
      if (language === undefined) break;
      for (const [found, number] of namesIn(language)) {
        const key = plainName(found);
        if (/^\p{L}/u.test(key) && !known.has(key)) known.set(key, number);
      }
    }
    return known.get(wanted);
  };
}

/** Without the preposition of `d’abril`, and without dots. */
function plainName(name: string): string {
  return foldName(name).replace(/^(?:de |d[’'])|[.׳॰]/gu, '');
}

/** Text without case, compatibility forms, and the marks of scripts in which they are optional. */
export function foldName(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])\p{M}+/gu, '')
    .replace(/(?<=[\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+/gu, '')
    .normalize('NFC')
    .replace(/ı/g, 'i');
}

/** The zones of RFC 822 §5.1, and abbreviations with one meaning. */
const ZONES = wordMap(
  `z=UTC ut=UTC utc=UTC gmt=UTC est=-05:00 edt=-04:00 cst=-06:00 cdt=-05:00 mst=-07:00 mdt=-06:00
  pst=-08:00 pdt=-07:00 wet=UTC west=+01:00 cet=+01:00 cest=+02:00 mez=+01:00 mesz=+02:00 eet=+02:00
  eest=+03:00 jst=+09:00 kst=+09:00 hkt=+08:00 sgt=+08:00 awst=+08:00 acst=+09:30 acdt=+10:30 aest=+10:00
  aedt=+11:00 nzst=+12:00 nzdt=+13:00 sast=+02:00 pkt=+05:00 brt=-03:00 akst=-09:00 akdt=-08:00
  et=America/New_York ct=America/Chicago mt=America/Denver pt=America/Los_Angeles msk=Europe/Moscow
  npt=+05:45 mmt=+06:30 ict=+07:00 wib=+07:00 wita=+08:00 pht=+08:00 wit=+09:00 мск=Europe/Moscow trt=Europe/Istanbul tsi=Europe/Istanbul`,
);

/**
 * The time zone, `UTC`, `+03:00` or an IANA name, of words in lower case such as `+0300`, `gmt+3`, `est`, `et` or
 * `europe/istanbul`; `undefined` if the zone is unknown or has more than one meaning.
 */
export function findTimeZone(words: string): string | undefined {
  const known = ZONES.get(words);
  if (known !== undefined) return known;
  const { sign, hours, minutes } =
    /^(?:utc|gmt)?\s?(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d{2})?$/.exec(words)?.groups ?? {};
  if (hours !== undefined) return `${sign}${hours.padStart(2, '0')}:${minutes ?? '00'}`;
  return attempt(() => new Temporal.ZonedDateTime(0n, words).timeZoneId);
}
