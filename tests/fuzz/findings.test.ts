import { describe, expect, test } from 'vitest';
import { recordingElsewhere } from '../../src/articles/episode.ts';
import { absoluteUrl } from '../../src/html/url.ts';
import { adoptedId, iriOf } from '../../src/identity/ledger.ts';
import { addressPath } from '../../src/routes/paths.ts';
import { file, makeSite } from '../support/app.ts';
import { judgeFolder } from './judge.ts';

/* What the fuzzer found, and its neighbours. */

function withField(name: string, value: string): Parameters<typeof judgeFolder>[0] {
  return [
    file('a.md', `---\ntitle: A\ndate: 2021-02-03\n${name}: ${JSON.stringify(value)}\n---\n\nWords.\n`),
  ];
}

describe('an address leaves as a URI, or not at all', () => {
  test.each([
    ['https://a.b/x|y', 'https://a.b/x%7Cy'],
    ['https://a.b/?q={y}|^`', 'https://a.b/?q=%7By%7D%7C%5E%60'],
    ['https://a.b/#`{|}^', 'https://a.b/#%60%7B%7C%7D%5E'],
    ['https://a.b/%', 'https://a.b/%25'],
    ['https://a.b/%zz%C3%BC', 'https://a.b/%25zz%C3%BC'],
    ['https://ü.b/ü', 'https://xn--tda.b/%C3%BC'],
    ['https://[::1]/', 'https://[::1]/'],
    ['https://a_b.c/', 'https://a_b.c/'],
    ['mailto:a@b.c?subject=a|b', 'mailto:a@b.c?subject=a%7Cb'],
    ['https://`a.b/', undefined],
    ['https://a"b.c/', undefined],
    ['https://a{b}.c/', undefined],
  ])('%s', (stated, sent) => {
    expect(absoluteUrl(stated)).toBe(sent);
  });

  test.each(
    ['source_url', 'canonical', 'image', 'author'].flatMap((name) =>
      ['https://a.b/x|y', 'https://a.b/?{`}', 'https://a.b/%zz', 'https://`a.b/', 'https://a"b/'].map(
        (url) => [name, url] as const,
      ),
    ),
  )('%s: %s', async (name, url) => {
    expect(await judgeFolder(withField(name, url))).toEqual([]);
    expect(
      await judgeFolder([file('a.txt', `Title\n\n- 1.2.2021\n\nWords ${url}.\n\nSource: ${url}\n`)]),
    ).toEqual([]);
  });

  test('of a recording that lies elsewhere', () => {
    const [podcast] = makeSite({
      podcasts: {
        radio: {
          image: 'a.jpg',
          category: 'Technology',
          explicit: false,
          recordings: 'https://cdn.example/',
        },
      },
    }).podcasts;
    const addressOf = (url: string): string | undefined => recordingElsewhere({ url }, podcast)?.url;
    expect(addressOf('/1|2.mp3')).toBe('https://cdn.example/1%7C2.mp3');
    expect(addressOf('javascript:x.mp3')).toBeUndefined();
    expect(addressOf('http://[.mp3')).toBeUndefined();
  });
});

describe('an id is written into Atom as it is if Atom can hold it', () => {
  test.each([
    'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
    'urn:isbn:0451450523',
    'tag:a.example,2021-02-03:x',
    'tag:jane@a.example,2021:x',
    'https://a.example/?p=1',
  ])('%s', (id) => {
    expect([adoptedId(id), iriOf(id)]).toEqual([id, id]);
  });

  test.each([
    ...[
      'urn:uuid:4',
      'urn:uuid:',
      'urn:x:y',
      'urn:ab:',
      'urn:ab:%',
      'tag:ü.example,2021:x',
      'tag:a,99999999:x',
    ],
    ...[
      'tag:a,2021-2-3:x',
      'https:///x',
      'https://%/x',
      'https://a.b/%zz',
      'https://a.b/{x}',
      'https://',
      '4',
    ],
  ])('%s is not', async (id) => {
    expect(adoptedId(id)).toBe(id);
    expect(iriOf(id)).toMatch(/^urn:uuid:[\da-f-]{36}$/);
    expect(await judgeFolder(withField('id', id))).toEqual([]);
  });
});

describe('a former address is a path, whatever it begins with', () => {
  test.each([
    ['//', '/'],
    ['//a.example/x', '//a.example/x'],
    ['/\\[', '//%5B'],
    ['/a//', '/a/'],
  ])('%s', (address, path) => {
    expect(addressPath(address)).toBe(path);
  });

  test.each(
    ['alias', 'permalink', 'url', 'slug'].flatMap((name) =>
      ['//', '///', '/\\[', '//[x', 'http://a.aa//', 'http://a.aa//[', 'http://a.aa//evil.example/x'].map(
        (address) => [name, address] as const,
      ),
    ),
  )('%s: %s', async (name, address) => {
    expect(await judgeFolder(withField(name, address))).toEqual([]);
  });
});

test.each(['mailto:a@b.c', 'ftp://a.b/c', 'data:,x', 'x:y', 'TAG:A.example,2021:x', '64', 'a b'])(
  'an id of any kind, %s, is the same article in all formats',
  async (id) => {
    expect(await judgeFolder(withField('id', id))).toEqual([]);
  },
);
