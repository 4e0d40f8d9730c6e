import { Temporal } from 'temporal-polyfill';

/** The zones of RFC 822 §5.1, and abbreviations that mean the same zone wherever they are used. */
const ZONES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    z: 'UTC',
    ut: 'UTC',
    utc: 'UTC',
    gmt: 'UTC',
    est: '-05:00',
    edt: '-04:00',
    cst: '-06:00',
    cdt: '-05:00',
    mst: '-07:00',
    mdt: '-06:00',
    pst: '-08:00',
    pdt: '-07:00',
    wet: 'UTC',
    west: '+01:00',
    cet: '+01:00',
    cest: '+02:00',
    mez: '+01:00',
    mesz: '+02:00',
    eet: '+02:00',
    eest: '+03:00',
    jst: '+09:00',
    kst: '+09:00',
    hkt: '+08:00',
    sgt: '+08:00',
    awst: '+08:00',
    acst: '+09:30',
    acdt: '+10:30',
    aest: '+10:00',
    aedt: '+11:00',
    nzst: '+12:00',
    nzdt: '+13:00',
    sast: '+02:00',
    pkt: '+05:00',
    brt: '-03:00',
    akst: '-09:00',
    akdt: '-08:00',
    et: 'America/New_York',
    ct: 'America/Chicago',
    mt: 'America/Denver',
    pt: 'America/Los_Angeles',
    msk: 'Europe/Moscow',
    мск: 'Europe/Moscow',
    trt: 'Europe/Istanbul',
    tsi: 'Europe/Istanbul',
  }),
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
  try {
    return new Temporal.ZonedDateTime(0n, words).timeZoneId;
  } catch {
    return undefined;
  }
}
