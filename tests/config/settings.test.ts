import { describe, expect, test } from 'vitest';
import { defineSite, type Site } from '../../src/config/site.ts';
import { parseSite } from '../../src/config/site-file.ts';

function siteOf(toml: string): Site {
  return parseSite(toml, 'seeds/site.toml', 'My news');
}

describe('site.toml', () => {
  test('may be empty', () => {
    expect(siteOf('')).toEqual({
      title: 'My news',
      description: 'My news',
      language: 'en',
      timeZone: 'UTC',
      timeOfDay: '00:00',
      authors: [{ name: 'My news' }],
      nav: [],
      footer: [],
      collections: {},
      tags: {},
      feedSize: 50,
      feedBytes: 100_000,
      deltas: true,
      mainFeeds: 'worker',
      keepMetadata: false,
      sentenceCase: false,
      podcasts: [],
      theme: {},
    });
  });

  test('may have a byte order mark and any line ends', () => {
    expect(
      siteOf('\uFEFFtitle = "T"\r\nlanguage = "pt-br"\r\nurl = "https://News.example/"\r\n'),
    ).toMatchObject({
      title: 'T',
      language: 'pt-BR',
      url: 'https://news.example',
    });
  });

  test.each([
    ['title = ""', 'Cannot use title = "" in seeds/site.toml:1: expected a text without control characters'],
    ['title = "a\\u0000b"', 'Cannot use title = "a\\u0000b"'],
    ['language = "english!"', 'Cannot use language = "english!" in seeds/site.toml:1: expected a BCP 47 tag'],
    [
      'timeZone = "Mars/Olympus"',
      'Cannot use timeZone = "Mars/Olympus" in seeds/site.toml:1: expected an IANA',
    ],
    [
      'timeZone = "new york"',
      'Cannot use timeZone = "new york" in seeds/site.toml:1: expected "America/New_York"',
    ],
    ['timeOfDay = "25:00"', 'expected a time from "00:00" to "23:59"'],
    ['timeOfDay = 07:30:00', 'Cannot use timeOfDay ='],
    ['authors = "Jane"', 'Cannot use authors = "Jane" in seeds/site.toml:1: expected a list such as'],
    ['authors = ["Jane"]', 'Cannot use authors[0] = "Jane" in seeds/site.toml:1: expected an author'],
    [
      'feedSize = 19',
      'Cannot use feedSize = 19 in seeds/site.toml:1: expected a whole number from 20 to 500',
    ],
    ['feedSize = "50"', 'Cannot use feedSize = "50" in seeds/site.toml:1: expected a whole number'],
    ['feedSize = 25.5', 'Cannot use feedSize = 25.5'],
    ['feedBytes = 0', 'Cannot use feedBytes = 0'],
    [
      'deltas = "no"',
      'Cannot use deltas = "no" in seeds/site.toml:1: expected true or false, without quotes',
    ],
    [
      'id = "https://example.org/"',
      'Cannot use id = "https://example.org/" in seeds/site.toml:1: expected a urn:uuid:',
    ],
    [
      'title = "T"\nencoding = "latin-klingon"',
      'Cannot use encoding = "latin-klingon" in seeds/site.toml:2: expected a character encoding, such as "ibm850"',
    ],
    ['url = "https://example.org/blog/"', 'expected the public address of the site without a path'],
    ['url = "http://localhost:8787"', 'expected the public address'],
    ['url = "http://127.0.0.1"', 'expected the public address'],
    ['url = "http://[::1]:8787"', 'expected the public address'],
    ['url = "example.org"', 'Cannot use url = "example.org"'],
    ['nav = [{ label = "About", url = "javascript:x" }]', 'Cannot use nav[0].url = "javascript:x"'],
    ['nav = [{ label = "About", url = "//evil.example" }]', 'Cannot use nav[0].url = "//evil.example"'],
    ['title = My news', 'Cannot parse "title = My news" in seeds/site.toml:1: expected title = "My news"'],
    ['url = https://a.example', 'in seeds/site.toml:1: expected url = "https://a.example"'],
    ['url: "https://a.example"', 'in seeds/site.toml:1: expected url = "https://a.example"'],
    ['description: What happens.', 'in seeds/site.toml:1: expected description = "What happens."'],
    ['feedSize: 30', 'in seeds/site.toml:1: expected feedSize = 30'],
    ['nav:\n  - label: About', 'in seeds/site.toml:1: expected nav = …'],
    ['sentenceCase = yes', 'in seeds/site.toml:1: expected sentenceCase = true'],
    ['deltas = False', 'in seeds/site.toml:1: expected deltas = false'],
    ['title = "News', 'in seeds/site.toml:1: expected a quotation mark after "News'],
    ['title = "T" # a\nnav = [', 'in seeds/site.toml:2: '],
    [
      'title = "T"\ntitle = "U"',
      'Cannot parse "title = \\"U\\"" in seeds/site.toml:2: expected each key and table once',
    ],
    [
      '[theme]\naccent = "red"\ndescription = "D"',
      'Cannot use the key "theme.description" in seeds/site.toml:3: expected "description" above the tables, of which "theme" is one',
    ],
    ['theme = { accent = "rot" }', 'Cannot use theme.accent = "rot" in seeds/site.toml:1: expected a colour'],
    ['theme = { accent = ["Red", "#12345"] }', 'expected a colour of CSS'],
    [
      'title = "T"\n\nversion = 2\nnovelty = true',
      'Cannot read seeds/site.toml:3: it has version 2; expected at most 1: update Tidings',
    ],
  ])('with %j is refused with what is wanted', (toml, message) => {
    expect(() => siteOf(toml)).toThrow(message);
  });

  test.each([
    ['timezone = "UTC"', 'timezone', 'timeZone'],
    ['time_zone = "UTC"', 'time_zone', 'timeZone'],
    ['titel = "T"', 'titel', 'title'],
    ['tilte = "T"', 'tilte', 'title'],
    ['author = "Jane"', 'author', 'authors'],
    ['baseURL = "https://example.org/"', 'baseURL', 'url'],
    ['menu = []', 'menu', 'nav'],
    ['lang = "en"', 'lang', 'language'],
    ['authors = [{ name = "J", url = "https://j.example" }]', 'authors[0].url', 'uri'],
    ['[[authors]]\nname = "J"\n[[authors]]\nname = "K"\nmail = "k@k.example"', 'authors[1].mail', 'email'],
    ['[theme]\nacent = "red"', 'theme.acent', 'accent'],
  ])('with %j names the key that was meant', (toml, key, meant) => {
    expect(() => siteOf(toml)).toThrow(
      `Cannot use the key "${key}" in seeds/site.toml:${toml.split('\n').length}: expected "${meant}"`,
    );
  });

  test('names all keys if none is near', () => {
    expect(() => siteOf('plugins = []')).toThrow('expected one of version, title, description, language,');
  });

  test.each([
    ['English', 'en'],
    ['german', 'de'],
    ['Türkçe', 'tr'],
    ['日本語', 'ja'],
  ])('with the language %j names its code', (language, code) => {
    expect(() => siteOf(`language = "${language}"`)).toThrow(
      `Cannot use language = "${language}" in seeds/site.toml:1: expected "${code}"`,
    );
  });

  test('names every problem, each with its line', () => {
    const toml = `title = """
feedSize = 3
"""
timezone = "UTC"
theme.accent = "red; }"

[[authors]]
name = "Jane"

[[authors]]
uri = "javascript:x"

[podcasts.radio]
image = "cover.jpg"
category = "Arts"
owner = { name = "Jane",
  mail = "j@j.example" }
`;
    let message = '';
    try {
      siteOf(toml);
    } catch (error) {
      message = String(error);
    }
    expect(message).toBe(
      `SettingsError: Cannot use title = "feedSize = 3\\n" in seeds/site.toml:1: expected a text without control characters, not empty
Cannot use the key "timezone" in seeds/site.toml:4: expected "timeZone"
Cannot use theme.accent = "red; }" in seeds/site.toml:5: expected a colour of CSS, such as "#0b5f7a", or a list of one for light and one for dark
Cannot find authors[1].name in seeds/site.toml:10: expected a text without control characters, not empty
Cannot use authors[1].uri = "javascript:x" in seeds/site.toml:11: expected an absolute http or https URL
Cannot find podcasts.radio.explicit in seeds/site.toml:13: expected true or false, without quotes
Cannot find podcasts.radio.owner.email in seeds/site.toml:16: expected an address such as "jane@example.org"
Cannot use the key "podcasts.radio.owner.mail" in seeds/site.toml:17: expected "email"`,
    );
  });
});

describe('a podcast in site.toml', () => {
  const RADIO = { image: 'radio/cover.jpg', category: 'Technology', explicit: false };
  const siteWith = (radio: Readonly<Record<string, unknown>>): Site =>
    defineSite({ description: 'D', copyright: '© T', podcasts: { radio } }, 'T');

  test('needs three settings and has the others of the site', () => {
    expect(siteWith(RADIO).podcasts).toEqual([
      {
        collection: 'radio',
        title: 'T',
        description: 'D',
        language: 'en',
        author: 'T',
        copyright: '© T',
        image: 'radio/cover.jpg',
        categories: [{ name: 'Technology', subcategory: undefined }],
        explicit: false,
        type: 'episodic',
        medium: 'podcast',
        complete: false,
        directories: [],
        people: [],
      },
    ]);
  });

  test.each([
    [{ image: undefined }, 'Cannot find podcasts.radio.image in site.toml: expected a text'],
    [
      { category: 'Tech' },
      'Cannot use podcasts.radio.category = "Tech" in site.toml: expected one of Apple\'s categories, such as "Society & Culture > Documentary"; they are Arts, Business,',
    ],
    [{ category: 'Arts > Documentary' }, 'Cannot use podcasts.radio.category = "Arts > Documentary"'],
    [{ category: 'Technology > ' }, 'Cannot use podcasts.radio.category = "Technology > "'],
    [{ category: [] }, 'Cannot use podcasts.radio.category = []'],
    [{ category: ['Arts', 'Tech'] }, 'Cannot use podcasts.radio.category[1] = "Tech"'],
    [{ explicit: 'no' }, 'Cannot use podcasts.radio.explicit = "no" in site.toml: expected true or false'],
    [{ type: 'daily' }, 'podcasts.radio.type = "daily" in site.toml: expected one of "episodic", "serial"'],
    [{ medium: 'musicL' }, 'Cannot use podcasts.radio.medium = "musicL"'],
    [{ guid: 'radio' }, 'Cannot use podcasts.radio.guid = "radio" in site.toml: expected a UUID'],
    [{ owner: { name: 'Jane' } }, 'Cannot find podcasts.radio.owner.email'],
    [{ owner: 'Jane' }, 'Cannot use podcasts.radio.owner = "Jane" in site.toml: expected settings such as'],
    [
      { people: [{ name: 'Jane', url: 'x' }] },
      'the key "podcasts.radio.people[0].url" in site.toml: expected "uri"',
    ],
    [{ funding: { uri: 'give', text: 'Give' } }, 'Cannot use podcasts.radio.funding.uri = "give"'],
    [
      { recordings: 'https://a.example/x' },
      'podcasts.radio.recordings = "https://a.example/x" in site.toml: expected a URL that ends',
    ],
    [{ link: 'radio' }, 'Cannot use podcasts.radio.link = "radio" in site.toml: expected an absolute http'],
    [{ language: 'english!' }, 'Cannot use podcasts.radio.language = "english!"'],
    [{ description: 'é'.repeat(2001) }, 'expected a text of at most 4000 bytes'],
    [{ categories: [] }, 'Cannot use the key "podcasts.radio.categories" in site.toml: expected "category"'],
  ])('with %j is refused with what is wanted', (options, message) => {
    expect(() => siteWith({ ...RADIO, ...options })).toThrow(message);
  });
});
