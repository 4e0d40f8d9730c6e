import { Temporal } from 'temporal-polyfill';

/** A day and a time of day on some clock; whether they exist is not known. */
interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** RFC 822 §5.1, and abbreviations that mean one offset wherever they are used. */
const OFFSETS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    z: 'Z',
    ut: 'Z',
    utc: 'Z',
    gmt: 'Z',
    est: '-05:00',
    edt: '-04:00',
    cst: '-06:00',
    cdt: '-05:00',
    mst: '-07:00',
    mdt: '-06:00',
    pst: '-08:00',
    pdt: '-07:00',
    wet: 'Z',
    west: '+01:00',
    cet: '+01:00',
    cest: '+02:00',
    mez: '+01:00',
    mesz: '+02:00',
    eet: '+02:00',
    eest: '+03:00',
    jst: '+09:00',
    kst: '+09:00',
  }),
);

/** Names of zones whose offset depends on the day. */
const ZONES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    et: 'America/New_York',
    ct: 'America/Chicago',
    mt: 'America/Denver',
    pt: 'America/Los_Angeles',
    msk: 'Europe/Moscow',
    trt: 'Europe/Istanbul',
    tsi: 'Europe/Istanbul',
  }),
);

/**
 * The offset, `Z` or `+03:00`, of a zone in lower case such as `+0300`, `gmt+3`, `est`, `et` or `europe/istanbul`;
 * `undefined` for a zone that is not known or has more than one meaning.
 */
export function findOffset(zone: string, local: LocalTime): string | undefined {
  const known = OFFSETS.get(zone);
  if (known !== undefined) return known;
  const { sign, hours, minutes } =
    /^(?:utc|gmt)?\s?(?<sign>[+-])(?<hours>\d{1,2}):?(?<minutes>\d{2})?$/.exec(zone)?.groups ?? {};
  if (hours !== undefined) return `${sign}${hours.padStart(2, '0')}:${minutes ?? '00'}`;
  try {
    return Temporal.PlainDateTime.from({ ...local }, { overflow: 'reject' }).toZonedDateTime(
      ZONES.get(zone) ?? zone,
    ).offset;
  } catch {
    return undefined;
  }
}
