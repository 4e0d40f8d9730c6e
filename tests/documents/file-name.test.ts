import { expect, test } from 'vitest';
import { readFileName } from '../../src/documents/file-name.ts';
import { parse, printDate } from '../support/content.ts';

test.each([
  ['20210203 A bell.md', '2021-02-03'],
  ['a/202102031530-bell.md', '2021-02-03'],
  ['20210203.md', '2021-02-03'],
  ['20211303 bell.md', undefined],
  ['2021020312 bell.md', undefined],
  ['a20210203.md', undefined],
])('the name %s states %s', (path, day) => {
  const { published, slug } = readFileName(path);
  expect([published && printDate(published), slug]).toEqual([day, undefined]);
});

test('a name of Denote states a time, a title and tags, unless front matter does', () => {
  const name = 'a/20210203T153000==1a--high-water__harbour_tide.en.md';
  const stated = parse('B.', name);
  expect(stated.published && printDate(stated.published)).toBe('2021-02-03T15:30:00');
  expect(stated).toMatchObject({ title: 'High water', language: 'en', tags: ['harbour', 'tide'] });
  expect(parse('---\ntitle: C\ntags: d\n---\nB.', name)).toMatchObject({ title: 'C', tags: ['d'] });
});

test('a name may have the date in front, with underscores, too', () => {
  const { published, slug } = readFileName('a/2021_02_03_bell.md');
  expect([published && printDate(published), slug]).toEqual(['2021-02-03', 'bell']);
  expect(readFileName('2021_2_bell.md').published).toBeUndefined();
});

test.each([
  ['2021-W05-3-bell.md', '2021-02-03', 'bell'],
  ['notes/2021-W05.md', '2021-02-01', undefined],
  ['2021-w05/index.md', '2021-02-01', undefined],
  ['2021-W60-bell.md', undefined, 'bell'],
])('a name may have a week: %s', (path, day, stated) => {
  const { published, slug } = readFileName(path);
  expect([published && printDate(published), slug]).toEqual([day, stated]);
});
