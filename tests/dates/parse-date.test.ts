import { describe, expect, test } from 'vitest';
import { dateError, findDate, findPeriod, isNoDate } from '../../src/dates/parse-date.ts';
import { instantOf } from '../../src/documents/instant.ts';
import { parseDocument } from '../../src/documents/parse.ts';
import { file, makeSite } from '../support/app.ts';
import { parse, printDate, readable } from '../support/content.ts';

const site = makeSite({});

function read(text: string): string | undefined {
  const found = findDate(text, 'here');
  return found && printDate(found);
}

describe('a day', () => {
  test.each([
    '2021-02-03',
    '2021/02/03',
    '20210203',
    '20210203;0',
    '2021.2.3',
    '2021. 02. 03.',
    '3.2.2021',
    '03.02.2021 г.',
    '3. 2. 2021',
    '03/02/2021',
    '03-02-2021',
    '3 Feb 2021',
    '@February 3, 2021',
    '3-Feb-2021',
    '03 February, 2021',
    '3rd of February 2021',
    'Feb. 3, 2021',
    'February 3rd, 2021',
    'FEBRUARY 3 2021',
    'Wednesday, February 3, 2021',
    'Wed 3 Feb 2021',
    '3 Şubat 2021',
    '3 ŞUBAT 2021',
    '3 Şub 2021',
    '3 Şubat 2021 Çarşamba',
    'Çarşamba, 3 Şubat 2021',
    '3. Februar 2021',
    'Mittwoch, den 3. Februar 2021',
    'Mittwoch, 3. Februar 2021',
    'mercredi 3 février 2021',
    'miércoles, 3 de febrero de 2021',
    '3 de febrero del 2021',
    'quarta-feira, 3 de fevereiro de 2021',
    'mercoledì 3 febbraio 2021',
    '3 de febrer de 2021',
    '3 februari 2021',
    '3. helmikuuta 2021',
    '3 lutego 2021 r.',
    '3. února 2021',
    '2021. február 3.',
    '2021. február 3., szerda',
    '2021 m. vasario 3 d.',
    '2021. gada 3. februāris',
    '3. veljače 2021.',
    '3 фебруар 2021.',
    '3 февраля 2021 года',
    'среда, 3 февраля 2021 г.',
    '3 лютого 2021 року',
    '3 Φεβρουαρίου 2021',
    '3 fevral 2021',
    '3 فبراير 2021',
    '٣ فبراير ٢٠٢١',
    '٣ شباط/فبراير ٢٠٢١',
    'الأربعاء 3 فبراير 2021',
    '۳ فوریهٔ ۲۰۲۱',
    '3 בפברואר 2021',
    '3 Februari 2021',
    'ngày 3 tháng 2 năm 2021',
    '2021年2月3日',
    '2021年02月03日 星期三',
    '2021年2月3日(水)',
    '２０２１年２月３日',
    '2021년 2월 3일',
    '2021년 2월 3일 수요일',
    'le 3 février 2021',
    '३ फ़रवरी २०२१',
    '2021–02–03',
    '“2021-02-03”',
    '[[2021-02-03]]',
    '<2021-02-03 Wed>',
    '令和3年2月3日(水)',
    '۱۵ بهمن ۱۳۹۹',
    'چهارشنبه ۱۵ بهمن‌ماه ۱۳۹۹',
    '۱۵ دلو ۱۳۹۹',
    '۱۳۹۹/۱۱/۱۵',
    '15 Bahman 1399',
    '民國110年2月3日',
    '๓ กุมภาพันธ์ ๒๕๖๔',
    '3 ก.พ. พ.ศ. 2564',
    '二〇二一年二月三日',
    '民國一一〇年二月三日',
    '2021 оны 2-р сарын 3',
    '2021 წლის 3 თებერვალი',
    '2021 թ. փետրվարի 3',
    '2021 ж. 3 ақпан',
    '3 fevral 2021-ci il',
    '៣ កុម្ភៈ ២០២១',
    '၃ ဖေဖော်ဝါရီ ၂၀၂၁',
    '3 ກຸມພາ 2021',
    '3 பிப்ரவரி 2021',
    '3 ಫೆಬ್ರವರಿ 2021',
    '3 ፌብሩዋሪ 2021',
    '2021-يىلى 3-فېۋرال',
    'la 3-an de februaro 2021',
    "3 ta' Frar 2021",
    '3.II.2021',
    '3 II 2021',
    '2021-W05-3',
    '2021W053',
    '2021-034',
    '2021(e)ko otsailaren 3(a)',
    '2021ko otsailaren 3an',
    '٣ی شوباتی ٢٠٢١',
    '3 Şubat 2021 / 3 February 2021',
    '2021-02-03 | 3.2.2021',
  ])('is read from %s', (text) => {
    expect(read(text)).toBe('2021-02-03');
  });

  test.each([
    ['1 Ocak 2021 Cuma', '2021-01-01'],
    ['1er août 2021', '2021-08-01'],
    ['১৫ জুলাই ২০২১', '2021-07-15'],
    ['1º de janeiro de 2021', '2021-01-01'],
    ['2 d’abril de 2021', '2021-04-02'],
    ['Mar, 2 Mar 2021', '2021-03-02'],
    ['11 KASIM 2017', '2017-11-11'],
    ['30 Haziran 2019', '2019-06-30'],
    ['Sept. 9, 1999', '1999-09-09'],
    ['3 كانون الثاني 2021', '2021-01-03'],
    ['3 listopada 2021', '2021-11-03'],
    ['3. listopada 2021.', '2021-10-03'],
    ['2023-13-40', '2023-13-40'],
    ['12/31/2021', '2021-31-12'],
    ['Wed, 02/03/2021', '2021-02-03'],
    ['Tue, 02/03/2021', '2021-03-02'],
    ['Mon, 02/03/2021', '2021-03-02'],
    ['31 Feb 2021', '2021-02-31'],
    ['2020-366', '2020-12-31'],
    ['3 Şubat 2021 / 4 February 2021', undefined],
    ['3 May 2021 / 4 May 2021 / 5 May 2021', undefined],
    ['2021-366', undefined],
    ['2021-000', undefined],
  ])('%s is %s, whether it exists or not', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('a time', () => {
  test.each([
    ['2021-02-03T10:00:00+03:00', '2021-02-03T10:00:00+03:00'],
    ['2021-02-03T10:00:00.000Z', '2021-02-03T10:00:00Z'],
    ['Wednesday, February 03, 2021 @ 10:00:00 CET', '2021-02-03T10:00:00+01:00'],
    ['20210203;10000000', '2021-02-03T10:00:00'],
    ['20210203;9420000', '2021-02-03T09:42:00'],
    ['2021-02-03T10:00', '2021-02-03T10:00:00'],
    ['2021-034T10:00Z', '2021-02-03T10:00:00Z'],
    ['February 3, 2021, 12:00 noon EDT', '2021-02-03T12:00:00-04:00'],
    ['12 noon, 3 Feb 2021', '2021-02-03T12:00:00'],
    ['Wednesday, February 3rd, 2021 @ 4:30 P.M.', '2021-02-03T16:30:00'],
    ['1612346400', '2021-02-03T10:00:00Z'],
    ['1612346400000', '2021-02-03T10:00:00Z'],
    ['20210203100000000', '2021-02-03T10:00:00'],
    ['20210203100000', '2021-02-03T10:00:00'],
    ['202102031000', '2021-02-03T10:00:00'],
    ['202199991000', undefined],
    ['3 lutego 2021 r. godz. 10:00', '2021-02-03T10:00:00'],
    ['3 февраля 2021 г., 10:00 МСК', '2021-02-03T10:00:00[Europe/Moscow]'],
    ['2021-02-03 10:00:00 +0300', '2021-02-03T10:00:00+03:00'],
    ['2021-02-03 10:00:00 -0530', '2021-02-03T10:00:00-05:30'],
    ['2021-02-03 10:00:00+03', '2021-02-03T10:00:00+03:00'],
    ['2021-02-03 10:00', '2021-02-03T10:00:00'],
    ['2021-02-03 10:00:00 UTC', '2021-02-03T10:00:00Z'],
    ['2021-02-03 10:00:00 -0700 MST', '2021-02-03T10:00:00-07:00'],
    ['2021-02-03T10:00:00+03:00[Europe/Istanbul]', '2021-02-03T10:00:00+03:00'],
    ['2021-07-03 10:00 Europe/Berlin', '2021-07-03T10:00:00[Europe/Berlin]'],
    ['2024-04-05 10:00 America/New_York', '2024-04-05T10:00:00[America/New_York]'],
    ['2024-04-05 10:00 am America/New_York', '2024-04-05T10:00:00[America/New_York]'],
    ['2024-04-05 10:00 PM Pacific/Apia', '2024-04-05T22:00:00[Pacific/Apia]'],
    [
      '2024-04-05T10:00[America/Argentina/Buenos_Aires]',
      '2024-04-05T10:00:00[America/Argentina/Buenos_Aires]',
    ],
    ['2024-04-05 10:00 (America/Port-au-Prince)', '2024-04-05T10:00:00[America/Port-au-Prince]'],
    ['2024-04-05 10:00 Antarctica/DumontDUrville', '2024-04-05T10:00:00[Antarctica/DumontDUrville]'],
    ['2024-04-05 10:00 Etc/GMT+3', '2024-04-05T10:00:00[Etc/GMT+3]'],
    ['5 April 2024, 10:00 Etc/GMT-14', '2024-04-05T10:00:00[Etc/GMT-14]'],
    ['2024-04-05 10:00 EST5EDT', '2024-04-05T10:00:00[EST5EDT]'],
    ['2024-04-05 10:00 NZ-CHAT', '2024-04-05T10:00:00[NZ-CHAT]'],
    ['20240405T100000Z', '2024-04-05T10:00:00Z'],
    ['20240405T1000+0200', '2024-04-05T10:00:00+02:00'],
    ['2024-04-05 10:00 AEST', '2024-04-05T10:00:00+10:00'],
    ['2024-04-05 10:00 Japan', '2024-04-05T10:00:00[Japan]'],
    ['22.11.2017 14:30', '2017-11-22T14:30:00'],
    ['22.11.2017 14.30', '2017-11-22T14:30:00'],
    ['22.11.2017 - 14:30', '2017-11-22T14:30:00'],
    ['22/11/2017 | 14:30:15', '2017-11-22T14:30:15'],
    ['14:30, 22.11.2017', '2017-11-22T14:30:00'],
    ['3 Şubat 2021, 14:30', '2021-02-03T14:30:00'],
    ['3 Şubat 2021 Çarşamba 14:30', '2021-02-03T14:30:00'],
    ['3 Şubat 2021 saat 14:30 (TSİ)', '2021-02-03T14:30:00[Europe/Istanbul]'],
    ['3 Şubat 2021 14:30 TSİ', '2021-02-03T14:30:00[Europe/Istanbul]'],
    ['3 Şubat 2021 02:30 ÖS', '2021-02-03T14:30:00'],
    ['Wed, 03 Feb 2021 10:00:00 GMT', '2021-02-03T10:00:00Z'],
    ['Wed, 03 Feb 21 10:00:00 EST', '2021-02-03T10:00:00-05:00'],
    ['Wed, 03-Feb-21 10:00:00 GMT', '2021-02-03T10:00:00Z'],
    ['03 Feb 2021 10:00 GMT+3', '2021-02-03T10:00:00+03:00'],
    ['Wed Feb  3 10:00:00 2021', '2021-02-03T10:00:00'],
    ['Wed Feb 03 10:00:00 +0300 2021', '2021-02-03T10:00:00+03:00'],
    ['Wed Feb 03 2021 10:00:00 GMT+0300 (GMT+03:00)', '2021-02-03T10:00:00+03:00'],
    ['February 3, 2021 10:15 AM', '2021-02-03T10:15:00'],
    ['February 3, 2021 at 12:15 a.m. ET', '2021-02-03T00:15:00[America/New_York]'],
    ['July 3, 2021, 1 PM PDT', '2021-07-03T13:00:00-07:00'],
    ['July 3, 2021 12:05 p.m.', '2021-07-03T12:05:00'],
    ['3. Februar 2021 um 14:30 Uhr', '2021-02-03T14:30:00'],
    ['3 février 2021 à 10h15', '2021-02-03T10:15:00'],
    ['3 février 2021 à 10h', '2021-02-03T10:00:00'],
    ['3.2.2021 klo 14.30', '2021-02-03T14:30:00'],
    ['3 февраля 2021 г., 14:30 MSK', '2021-02-03T14:30:00[Europe/Moscow]'],
    ['2021年2月3日 10:15', '2021-02-03T10:15:00'],
    ['2021年2月3日下午3:15', '2021-02-03T15:15:00'],
    ['2021년 2월 3일 오후 3:15', '2021-02-03T15:15:00'],
    ['2021年2月3日 10時15分', '2021-02-03T10:15:00'],
    ['令和3年2月3日 10時', '2021-02-03T10:00:00'],
    ['2021년 2월 3일 오후 3시 5분', '2021-02-03T15:05:00'],
    ['3 februari 2021 om 14.30 uur', '2021-02-03T14:30:00'],
    ['2021-02-03 10:00 NPT', '2021-02-03T10:00:00+05:45'],
    ['2021-02-03 25:61', '2021-02-03T25:61:00'],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

test.each([
  '',
  '2021',
  'February 2021',
  '3 February',
  '3.2.21',
  '3 Feb 21',
  'On 3 February 2021',
  'Top 10 films 2021',
  '1.2.2021-3.2.2021',
  '2021-W53-1',
  '3 XIII 2021',
  '二十日',
  '1.2.3.2021',
  '1.2/2021',
  '2021-02-03 10',
  '2021-02-03 10:00 IST',
  '{3} 2021 3',
  `${'1'.repeat(90)} Feb 2021`,
])('%s is no date that is understood', (text) => {
  expect(read(text)).toBeUndefined();
});

test.each([
  ['2021-02', '2021-02-01'],
  ['02/2021', '2021-02-01'],
  ['2021', '2021-01-01'],
  ['Feb. 2021', '2021-02-01'],
  ['février 2021', '2021-02-01'],
  ['2021年2月', '2021-02-01'],
  ['3 Feb 2021', '2021-02-03'],
])('%s alone is its first day', (text, expected) => {
  const found = findPeriod(text, 'here');
  expect(found && printDate(found)).toBe(expected);
  if (!text.startsWith('3')) expect(read(text)).toBeUndefined();
});

test.each(['Feb 21', 'Feb 3 10:00', '10:00 2021', 'spring 2021', '1 2021'])('%s is no month', (text) => {
  expect(findPeriod(text, 'here')).toBeUndefined();
});

test('an article appears and expires on a day, and may be of a month', () => {
  const dated = (field: string): unknown => parse(`---\ntitle: a\n${field}: 2021-02\n---\nb`).published;
  expect(dated('date')).toMatchObject({ year: 2021, month: 2, day: 1, text: '2021-02' });
  for (const field of ['embargo', 'expires']) expect(() => dated(field)).toThrow(/Cannot parse/);
});

test.each([
  ['3 Feb 2021 10:00 Eastern Time', '2021-02-03T10:00:00[America/New_York]'],
  ['3 Feb 2021 10:00 (Pacific Daylight Time)', '2021-02-03T10:00:00[America/Los_Angeles]'],
  ['3 Feb 2021 10:00 Central European Summer Time', '2021-02-03T10:00:00+02:00'],
])('%s has a zone in words', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test('every zone of the time zone database is understood', () => {
  const unknown = Intl.supportedValuesOf('timeZone').filter(
    (zone) => findDate(`2024-04-05 10:00 ${zone}`, 'here')?.timeZone !== zone,
  );
  expect(unknown).toEqual([]);
});

test.each([
  ['2024-03-31 02:30 Europe/Berlin', '2024-03-31T01:30:00.000Z'],
  ['2024-03-10 02:15 America/New_York', '2024-03-10T07:15:00.000Z'],
  ['2024-03-10 2:15 AM PT', '2024-03-10T10:15:00.000Z'],
  ['2024-10-06 02:10 Australia/Lord_Howe', '2024-10-05T15:40:00.000Z'],
  ['2024-03-31 00:30 Asia/Beirut', '2024-03-30T22:30:00.000Z'],
  ['2024-03-31 02:30', '2024-03-31T01:30:00.000Z'],
])('%s, which a clock change skips, is as much later as the clock jumps', (text, expected) => {
  const stated = findDate(text, 'here');
  const instant = stated && instantOf(stated, { ...site, timeZone: 'Europe/Paris' });
  expect(new Date(instant ?? 0).toISOString()).toBe(expected);
});

test.each([
  ['11/25/2026', 'day before month, or "2026-11-25"'],
  ['11-25-2026', 'day before month, or "2026-11-25"'],
  ['2026/25/11', 'a day that exists, such as "2026-11-25"'],
  ['2026-02-30', 'a day that exists'],
  ['31.02.2021', 'a day that exists, day before month'],
  ['13/13/2021', 'a day that exists, day before month'],
])('%s is refused: expected %s', (text, wanted) => {
  const stated = findDate(text, 'seeds/a.md:3');
  expect(() => stated && instantOf(stated, site)).toThrow(
    `Cannot parse date "${text}" in seeds/a.md:3: expected ${wanted}`,
  );
});

test.each([
  ['soon', 'a date such as 2021-02-03'],
  ['{{ .Date }}', 'a date such as 2021-02-03'],
  ['2024-04-05 22:00 IST', 'a time zone that is known and has one meaning, such as +03:00'],
  ['2024-04-05 22:00 America/Nowhere', 'a time zone that is known and has one meaning, such as +03:00'],
])('of %s it is said what is wanted: %s', (text, wanted) => {
  expect(dateError(text, 'seeds/a.md:3')).toBe(
    `Cannot parse date "${text}" in seeds/a.md:3: expected ${wanted}`,
  );
});

test.each(
  'unknown, Unknown, n.d., N. D., n/a, TBD, tba, -, –, ?, [no date], 0000-00-00, 0000-00-00 00:00:00, o. D., s.d., sin fecha, Без даты, tarihsiz, Bilinmiyor, غير معروف, 不明, 日期不详, 날짜 없음, today, now, last-modified, `r Sys.Date()`, `r format(Sys.time(); "%d %B %Y")`'.split(
    ', ',
  ),
)('%s says that there is no date', (text) => {
  expect(isNoDate(text)).toBe(true);
});

test.each([' ', 'soon', 'next week', 'yesterday', '31 Feb 2021', '1399', 'Monday'])(
  '%j does not say that there is no date',
  (text) => {
    expect(isNoDate(text)).toBe(false);
  },
);

test.each([
  ['a.md', '---\ntitle: Ice\ndate: TBD\n---\n\nThe ice came early.\n'],
  ['a.md', '---\ntitle: Ice\ndate:\n---\n\nThe ice came early.\n'],
  ['a.txt', 'Ice\nDate: unknown\n\nThe ice came early.\n'],
  [
    'a.html',
    '<html><head><title>Ice</title><meta name="date" content="n.d."></head><body><p>The ice came early.',
  ],
])('a document may say that it has no date: %s', (path, text) => {
  const draft = readable(parseDocument(file(path, text)));
  expect(draft.title).toBe('Ice');
  expect(draft.html).toBe('<p>The ice came early.</p>');
  expect(draft).not.toHaveProperty('published');
  expect(draft).not.toHaveProperty('warnings');
});

test('keeps the words as they were, and their place', () => {
  expect(findDate('  3 Şubat 2021 ', 'seeds/a.txt:3')).toEqual({
    year: 2021,
    month: 2,
    day: 3,
    text: '3 Şubat 2021',
    where: 'seeds/a.txt:3',
  });
});

test('stays quick on text made to be slow', () => {
  for (const unit of ['1 ', '10:00 ', '. ', '1.', 'a1 ', ', ', '1h', '(']) {
    for (let repeats = 0; repeats < 200; repeats++) read(`2021 ${unit.repeat(40)}`.slice(0, 100));
  }
});

describe('a time at the edge of a day', () => {
  test.each([
    ['2021-02-02T24:00:00Z', '2021-02-03T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
  ])('%s is %s', (text, instant) => {
    const stated = findDate(text, 'here');
    expect(stated && new Date(instantOf(stated, site)).toISOString()).toBe(instant.replace('Z', '.000Z'));
  });

  test.each(['2021-02-02T24:01:00Z', '2021-02-02T10:00:60Z'])('%s does not exist', (text) => {
    const stated = findDate(text, 'here');
    expect(() => stated && instantOf(stated, site)).toThrow(/expected a time that exists/);
  });
});

test('a day of the Persian calendar may have a time, and must exist', () => {
  expect(read('۱۵ بهمن ۱۳۹۹، ساعت ۱۰:۳۰')).toBe('2021-02-03T10:30:00');
  expect(read('۳۰ اسفند ۱۴۰۲')).toBeUndefined();
  expect(read('1399/11/15')).toBeUndefined();
});
