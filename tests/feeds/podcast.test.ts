import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { parseRssFeed } from 'feedsmith';
import { describe, expect, test } from 'vitest';
import type { Site } from '../../src/config/site.ts';
import type { SourceFile } from '../../src/documents/stated.ts';
import { podcastEnvelope, rssItem } from '../../src/feeds/rss.ts';
import { HOLES } from '../../src/templates/holes.ts';
import { documentOf, file, makeSite, NOW, seedFiles } from '../support/app.ts';
import { type CollectedArticles, collectArticles } from '../support/collect.ts';
import { podcastFaults } from '../support/podcast-rules.ts';

const FIXTURES = join(import.meta.dirname, '../fixtures');
const EPISODES = ['012-fog-horns.md', '012b-extra.md'].map(
  (name): SourceFile => ({
    path: `radio/${name}`,
    bytes: readFileSync(join(FIXTURES, 'podcast', name)),
  }),
);
const RADIO: Readonly<Record<string, unknown>> = {
  title: 'Radio Harbour & Friends',
  description: 'Sounds of the <sea>.',
  image: 'radio/cover.jpg',
  category: ['Society & Culture > Documentary', 'Technology'],
  explicit: false,
  owner: { name: 'Jane Roe', email: 'jane@radio.example' },
  locked: true,
  people: [
    { name: 'Jane Roe', uri: 'https://jane.example/?a&b' },
    { name: 'Max', role: 'Audio Engineer' },
  ],
  funding: { uri: 'https://radio.example/give', text: 'Buy us a horn' },
};
const MEDIA = {
  'radio/fog.mp3': readFileSync(join(FIXTURES, 'media/a.mp3')),
  'radio/fog.vtt': Buffer.from('WEBVTT\n'),
  'radio/extra-chapters.json': Buffer.from('{"version":"1.2.0","chapters":[]}'),
  'radio/cover.jpg': jpeg(1400, 1400),
};
const NOTES = file('radio/notes/extra.txt', documentOf('What was said', '1.2.2021'));

function siteWith(radio: Readonly<Record<string, unknown>> = {}): Site {
  return makeSite({ podcasts: { radio: { ...RADIO, ...radio } } });
}

/** So much of a picture as tells its size. */
function jpeg(width: number, height: number): Buffer {
  const frame = Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc000110800000000030122000211010311 01'.replace(' ', ''),
    'hex',
  );
  frame.writeUInt16BE(height, 25);
  frame.writeUInt16BE(width, 27);
  return frame;
}

async function collect(
  documents: readonly SourceFile[],
  site: Site,
  media: Readonly<Record<string, Uint8Array>> = MEDIA,
): Promise<CollectedArticles> {
  return collectArticles(seedFiles(documents, media), site, NOW);
}

/** The feed of the collection `radio`, as it is sent, the newest episode first. */
function feedOf({ articles, podcasts }: CollectedArticles, site: Site): string {
  const [podcast] = site.podcasts;
  const [facts] = podcasts;
  if (podcast === undefined || facts === undefined) throw new Error('there is no podcast');
  const items = articles
    .filter(({ collection, enclosures }) => collection === 'radio' && enclosures.length > 0)
    .sort((one, other) => other.published - one.published)
    .map((article) => rssItem(article, site).replace(HOLES.body, () => article.contentHtml));
  const values = new Map<string, string>([
    [HOLES.origin, 'https://radio.example'],
    [HOLES.homePath, '/collections/radio'],
    [HOLES.rssPath, '/collections/radio/rss.xml'],
    [HOLES.atomPath, '/collections/radio/atom.xml'],
    [HOLES.jsonPath, '/collections/radio/feed.json'],
    [HOLES.updated, 'Wed, 10 Feb 2021 00:00:00 GMT'],
  ]);
  return podcastEnvelope(site, podcast, facts)
    .replace(HOLES.list, () => items.join('\n'))
    .replace(/[\uFDD0-\uFDEF]/gu, (hole) => values.get(hole) ?? '');
}

describe('a podcast', () => {
  test('is a feed by the rules of the directories, byte for byte', async () => {
    const site = siteWith();
    const collection = await collect([...EPISODES, NOTES], site);
    const xml = feedOf(collection, site);
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(podcastFaults(xml)).toEqual([]);
    await expect(xml).toMatchFileSnapshot(join(import.meta.dirname, '../goldens/podcast.xml'));
  });

  test('is read by an independent parser as it is meant', async () => {
    const site = siteWith();
    const feed = parseRssFeed(feedOf(await collect([...EPISODES, NOTES], site), site));
    expect(feed).toMatchObject({
      title: 'Radio Harbour & Friends',
      description: 'Sounds of the <sea>.',
      itunes: {
        author: 'Example News',
        explicit: false,
        type: 'episodic',
        owner: { name: 'Jane Roe', email: 'jane@radio.example' },
        categories: [
          { text: 'Society & Culture', categories: [{ text: 'Documentary' }] },
          { text: 'Technology' },
        ],
      },
      podcast: {
        locked: { value: true, owner: 'jane@radio.example' },
        medium: 'podcast',
        fundings: [{ url: 'https://radio.example/give', display: 'Buy us a horn' }],
        persons: [
          { display: 'Jane Roe', href: 'https://jane.example/?a&b' },
          { display: 'Max', role: 'Audio Engineer' },
        ],
      },
    });
    const [extra, horns] = feed.items ?? [];
    expect(extra).toMatchObject({
      enclosures: [{ url: 'https://cdn.example/extra.m4a?x=1&y=2', length: 34216300, type: 'audio/x-m4a' }],
      itunes: { title: 'Extra', duration: 3723, explicit: true, episodeType: 'bonus' },
      podcast: {
        episode: { number: 12.5 },
        persons: [{ display: 'John Doe' }],
        transcripts: [
          { url: 'https://radio.example/articles/what-was-said', type: 'text/html' },
          {
            url: 'https://cdn.example/extra.json',
            type: 'application/json',
            language: 'tr',
            rel: 'captions',
          },
        ],
        chapters: { type: 'application/json+chapters' },
      },
    });
    expect(extra?.itunes?.episode).toBeUndefined();
    expect(extra?.itunes?.image).toMatch(/^https:\/\/radio\.example\/media\/\w{16}\/cover\.jpg$/);
    expect(horns).toMatchObject({
      title: 'Fog horns & bells',
      enclosures: [{ type: 'audio/mpeg', length: MEDIA['radio/fog.mp3'].length }],
      itunes: { explicit: false, episode: 12, season: 2, episodeType: 'full' },
      podcast: {
        season: { number: 2, name: 'The sea' },
        // A guest alone would stand for the hosts too.
        persons: [{ display: 'Jane Roe' }, { display: 'Max' }, { display: 'Ali Öz', role: 'guest' }],
      },
      psc: {
        chapters: [
          { start: '00:00:00', title: 'Welcome' },
          { start: '01:02:30', title: 'Horns, "bells" & whistles', href: 'https://radio.example/horns' },
        ],
      },
    });
  });

  test.each([
    [
      "<p>Notes with <a href='https://a.example/'>a link</a>.</p>",
      'Notes with [a link](https://a.example/).',
      undefined,
    ],
    [
      'The first. The last.',
      `The first. The last.\n\n${'Long. '.repeat(2000)}`,
      expect.stringContaining('Long.'),
    ],
    ['One', '', undefined],
  ])('describes an episode by %j', async (description, notes, content) => {
    const text = `---\ntitle: One\ndate: 2021-02-03\naudio: fog.mp3\n---\n${notes}\n`;
    const site = siteWith();
    const feed = parseRssFeed(feedOf(await collect([file('radio/one.md', text)], site), site));
    expect(feed.items?.[0]?.description).toBe(description);
    expect(feed.items?.[0]?.content?.encoded).toEqual(content);
  });

  test('would not pass with what directories refuse', async () => {
    const site = siteWith({ image: 'none.jpg', type: 'serial' });
    const document = file(
      'radio/one.md',
      '---\ntitle: One\ndate: 2021-02-03\naudio: https://a.example/a.ogg\n---\nWords.\n',
    );
    expect(podcastFaults(feedOf(await collect([document], site), site))).toEqual([
      'artwork as .jpg or .png',
      'an enclosure: One',
      'the length of the enclosure: One',
      'the type of the enclosure: One',
      'a duration in seconds: One',
      'a number in a serial: One',
    ]);
  });

  test('has a guid that no address changes, unless it has one already', async () => {
    const guidOf = async (site: Site) => (await collect([], site)).podcasts[0]?.guid;
    const guid = await guidOf(siteWith());
    expect(await guidOf(siteWith({ title: 'Renamed' }))).toBe(guid);
    const stated = '917393e3-1b1e-5cef-ace4-edaa54e1f810';
    expect(await guidOf(siteWith({ guid: stated }))).toBe(stated);
  });

  test('has recordings elsewhere, by their names', async () => {
    const site = siteWith({ recordings: 'https://media.example/radio/' });
    const document = file(
      'radio/one.md',
      '---\ntitle: One\ndate: 2021-02-03\npodcast_file: S1 one.mp3\npodcast_bytes: 34216300\npodcast_duration: "54:20"\n---\nWords.\n',
    );
    const { articles, warnings } = await collect([document], site);
    expect(articles[0]?.enclosures).toEqual([
      {
        url: 'https://media.example/radio/S1%20one.mp3',
        type: 'audio/mpeg',
        length: 34216300,
        duration: 3260,
      },
    ]);
    expect(warnings).toEqual([]);
  });

  test('that is complete, serial and in another language says so', async () => {
    const site = siteWith({
      type: 'serial',
      complete: true,
      language: 'tr',
      copyright: '© R',
      link: 'https://r.example/',
    });
    const xml = feedOf(await collect(EPISODES, site), site);
    expect(xml).toContain('<itunes:complete>Yes</itunes:complete>');
    expect(parseRssFeed(xml)).toMatchObject({
      language: 'tr',
      copyright: '© R',
      link: 'https://r.example/',
      itunes: { type: 'serial' },
    });
  });
});

describe('what keeps a podcast out of directories is named:', () => {
  const page = file('radio/page.md', '---\ntitle: A page\ndate: 2021-02-03\n---\nNo sound.\n');
  const episode = (fields: string): SourceFile =>
    file('radio/one.md', `---\ntitle: One\ndate: 2021-02-03\n${fields}\n---\nWords.\n`);

  test.each<[string, Readonly<Record<string, unknown>>, SourceFile, string]>([
    [
      'no artwork',
      { image: 'none.png' },
      episode('audio: fog.mp3'),
      'Cannot use podcasts.radio.image "none.png" in seeds/site.toml: expected a picture in seeds/, or a URL',
    ],
    [
      'artwork that is not square',
      { image: 'wide.jpg' },
      episode('audio: fog.mp3'),
      'Cannot use podcasts.radio.image "wide.jpg" in seeds/site.toml: it has 3000 × 1400 pixels; expected a square of 1400 to 3000',
    ],
    [
      'artwork that is too small',
      { image: 'small.jpg' },
      episode('audio: fog.mp3'),
      'it has 800 × 800 pixels; expected a square of 1400 to 3000',
    ],
    [
      'artwork of another type',
      { image: 'https://a.example/a.gif' },
      episode('audio: fog.mp3'),
      'it is of the type image/gif; expected a JPEG or PNG',
    ],
    [
      'an episode without a recording',
      {},
      page,
      'Cannot find the recording of seeds/radio/page.md: expected audio or video, of at most 200 MiB or as a URL, in the podcast "radio"',
    ],
    [
      'a recording that is not beside it',
      {},
      episode('audio: lost.mp3'),
      'Cannot find "lost.mp3" of seeds/radio/one.md: expected a recording of at most 200 MiB in seeds/, or a URL; left it out',
    ],
    [
      'a recording of unknown length',
      {},
      episode('audio: https://a.example/a.mp3'),
      'Cannot find the length of "https://a.example/a.mp3" in seeds/radio/one.md: expected its bytes, such as length: 34216300',
    ],
    [
      'a recording that Apple does not play',
      {},
      episode('audio: https://a.example/a.ogg\nlength: 3'),
      'Cannot list a recording of the type audio/ogg in seeds/radio/one.md: expected MP3, M4A, MP4, M4V or MOV',
    ],
    [
      'a serial without numbers',
      { type: 'serial' },
      episode('audio: fog.mp3'),
      'Cannot find the episode number of seeds/radio/one.md: expected one in the serial podcast "radio"',
    ],
    [
      'an image of an episode that is too small',
      {},
      episode('audio: fog.mp3\nepisode_image: ../small.jpg'),
      "Cannot use the episode's image in seeds/radio/one.md: it has 800 × 800 pixels",
    ],
  ])('%s', async (_, options, document, warning) => {
    const media = { ...MEDIA, 'wide.jpg': jpeg(3000, 1400), 'small.jpg': jpeg(800, 800) };
    const { warnings, articles } = await collect([document], siteWith(options), media);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(warning);
    expect(articles).toHaveLength(1);
  });

  test('no episode at all', async () => {
    const { warnings } = await collect([file('a.txt', documentOf('A', '3.2.2021'))], siteWith());
    expect(warnings).toEqual([
      'Cannot find an episode of podcasts.radio in seeds/site.toml: expected documents in seeds/radio/',
    ]);
  });

  test('nothing of one that is as it should be', async () => {
    const { warnings } = await collect(EPISODES, siteWith());
    expect(warnings).toEqual([]);
  });
});

describe('an article elsewhere', () => {
  test('with a recording tells players of it; without one, it is no episode', async () => {
    const site = makeSite();
    const { articles } = await collect(
      [
        file('a.md', '---\ntitle: A\ndate: 2021-02-03\naudio: radio/fog.mp3\nepisode: 3\n---\nWords.\n'),
        file('b.md', '---\ntitle: B\ndate: 2021-02-03\nepisode: 3\nseason: 1\n---\nOn a series.\n'),
      ],
      site,
    );
    const [a, b] = articles.map((article) => rssItem(article, site));
    expect(a).toContain('<description>Words.</description>');
    expect(a).toContain('<content:encoded>');
    expect(a).toContain('<itunes:episode>3</itunes:episode>');
    expect(a).toMatch(/<itunes:duration>\d+</);
    expect(b).not.toMatch(/itunes|podcast:/);
  });

  test('whose recording is not there is named', async () => {
    const text = '---\ntitle: A\ndate: 2021-02-03\naudio: [lost.mp3, lost.pdf, radio/fog.mp3]\n---\nWords.\n';
    const { warnings } = await collect([file('a.md', text)], makeSite());
    expect(warnings).toEqual([
      'Cannot find "lost.pdf" of seeds/a.md: expected a file in the folder; left it out',
      'Cannot find "lost.mp3" of seeds/a.md: expected a recording of at most 200 MiB in seeds/, or a URL; left it out',
    ]);
  });
});
