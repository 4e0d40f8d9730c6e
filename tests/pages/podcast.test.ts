import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { file, makeApp, makeSite } from '../support/app.ts';
import { dataBlocks, schemaFaults } from '../support/schema-org.ts';

const SETTINGS = {
  podcasts: {
    radio: {
      title: 'Foghorn',
      description: 'People talk about <fog>.',
      image: 'radio/a.png',
      category: 'Technology',
      explicit: false,
      people: [{ name: 'Jane Roe' }],
      directories: [{ label: 'Apple & Co.', url: 'https://podcasts.example/foghorn' }],
      funding: { uri: 'https://foghorn.example/give', text: 'Support us' },
    },
  },
};
const MEDIA = {
  ...Object.fromEntries(
    ['a.mp3', 'a.png', 'a.mp4'].map((name) => [
      `radio/${name}`,
      readFileSync(join(import.meta.dirname, '../fixtures/media', name)),
    ]),
  ),
  'radio/fog.vtt': Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\n<v Jane Roe>Welcome.\n'),
  'radio/fog.srt': Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nWelcome.\n'),
};
const FOG = `---
title: Fog horns
date: 2026-03-05
lang: en
audio: a.mp3
season: 2
episode: 12
guests: [{ name: Ali Öz, url: "https://ali.example/", image: a.png }]
transcript: [fog.vtt, fog.srt]
chapters: ["00:00 Welcome", "1:02:03 Three <horns>"]
image: a.png
---

We talk about fog horns.
`;

const { ask } = await makeApp(
  [
    file('radio/fog-horns.md', FOG),
    file(
      'radio/nebelhorner.md',
      FOG.replace('lang: en', 'lang: de').replace('title: Fog horns', 'title: Nebelhörner'),
    ),
    file(
      'radio/a-film.md',
      '---\ntitle: A film\ndate: 2026-03-04\nvideo: a.mp4\nepisodeType: trailer\n---\n\nText.\n',
    ),
    file(
      'radio/alone.md',
      '---\ntitle: Alone\ndate: 2026-03-01\naudio: a.mp3\nguests: [Jane Roe]\nattachments: [fog.srt]\ntranscript: fog.srt\n---\n\nText.\n',
    ),
    file('radio/inline.md', '---\ntitle: Inline\ndate: 2026-03-03\nepisode: 3\n---\n\n![](a.mp3)\n'),
    file('posts/a-post.md', '---\ntitle: A post\ndate: 2026-03-02\naudio: ../radio/a.mp3\n---\n\nText.\n'),
  ],
  { media: MEDIA, site: makeSite(SETTINGS) },
);

const read = async (path: string): Promise<string> => (await ask(path)).text();

describe('the page of a podcast', () => {
  test('shows its cover, what it is, where else it is, and its episodes with players', async () => {
    const page = await read('/collections/radio');
    expect(page).toMatch(
      /<h1 class="p-name">Foghorn<\/h1>\n<p class="lead">People talk about &#60;fog&#62;\.<\/p>/,
    );
    expect(page).toMatch(/<img class="cover u-photo" src="\/media\/[\da-f]{16}\/a\.png"/);
    expect(page).toContain('<a href="https://podcasts.example/foghorn">Apple &#38; Co.</a>');
    expect(page).toContain('<a href="https://foghorn.example/give">Support us</a>');
    expect(page).toMatch(
      /<span class="when"><time [^<]*<\/time> · <\/span><span>Season 2 · Episode 12 · 1 min<\/span><\/span><\/p>\n<audio /,
    );
    expect(page.match(/<audio class="u-audio" controls preload="none"/g)).toHaveLength(4);
    expect(page).not.toContain('class="day"');
    expect((await ask('/collections/radio/rss.xml')).status).toBe(200);
    expect(await read('/collections/posts')).not.toContain('class="show"');
  });

  test('and of an episode are what schema.org has words for', async () => {
    const blocks = [
      ...dataBlocks(await read('/collections/radio')),
      ...dataBlocks(await read('/articles/fog-horns')),
    ];
    expect(blocks.flatMap((block) => schemaFaults(block))).toEqual([]);
    expect(blocks).toMatchObject([
      { '@type': 'PodcastSeries', url: 'https://news.example/collections/radio', name: 'Foghorn' },
      {
        '@type': 'PodcastEpisode',
        episodeNumber: 12,
        partOfSeason: { seasonNumber: 2 },
        partOfSeries: { url: 'https://news.example/collections/radio' },
      },
      {
        '@type': 'BreadcrumbList',
        itemListElement: [{ name: 'Example News' }, { name: 'Foghorn', position: 2 }, { name: 'Fog horns' }],
      },
    ]);
  });
});

test('llms.txt names podcasts', async () => {
  expect(await read('/llms.txt')).toContain(
    '- [Foghorn](https://news.example/collections/radio/rss.xml): the podcast, as RSS: People talk about \\<fog>.',
  );
});

describe('the page of an episode', () => {
  test('has the player above the text, with chapters, transcripts and people', async () => {
    const page = await read('/articles/fog-horns');
    expect(page).toContain('<a href="/collections/radio">Foghorn</a> · <span>Season 2 · Episode 12</span>');
    expect(page.indexOf('<audio')).toBeLessThan(page.indexOf('class="content'));
    expect(page.match(/<audio/g)).toHaveLength(1);
    expect(page).toMatch(/<track kind="captions" src="[^"]*\/fog\.vtt" srclang="en" label="Transcript">/);
    expect(page).toMatch(
      /href="[^"]*\/a\.mp3#t=3723"><time datetime="PT3723S">1:02:03<\/time> Three &#60;horns&#62;<\/a>/,
    );
    const transcripts = page.matchAll(/<p class="transcript".*?>(?<name>[^<>]+)<\/a>/g);
    expect([...transcripts].map(({ groups }) => groups?.name)).toEqual(['Transcript', 'Transcript (SRT)']);
    expect(page).toMatch(/<a href="https:\/\/ali\.example\/">Ali Öz<\/a><br><small>Guest<\/small>/);
    expect(page).toContain('<span>Jane Roe</span><br><small>Host</small>');
  });

  test('leads to the feed of its podcast, as an article to those of the site', async () => {
    expect(await read('/articles/fog-horns')).toContain(
      '<a class="button quiet" href="/collections/radio/rss.xml">Subscribe to Foghorn</a>',
    );
    expect(await read('/articles/a-post')).toContain('href="/feeds">Subscribe to Example News</a>');
  });

  test('is in the language of the episode', async () => {
    const page = await read('/articles/nebelhorner');
    for (const words of ['Staffel 2 · Folge 12', '>Kapitel<', '>Transkript<', '<small>Gast</small>'])
      expect(page).toContain(words);
  });

  test('links the recording at the player, not as an attachment', async () => {
    const page = await read('/articles/fog-horns');
    expect(page).toMatch(/<\/audio>\n<p class="meta">1 min · <a href="[^"]*\/a\.mp3" type="audio\/mpeg"/);
    expect(page).not.toContain('tidings_files');
    const alone = await read('/articles/alone');
    expect(alone.slice(alone.indexOf('tidings_files')).match(/rel="enclosure"/g)).toHaveLength(1);
    const inline = await read('/articles/inline');
    expect(inline.slice(inline.indexOf('tidings_files'))).toContain('a.mp3</a>');
  });

  test('shows the transcript that browsers read, else one in SubRip', async () => {
    const cuesOf = async (slug: string): Promise<string[]> =>
      [...(await read(`/articles/${slug}`)).matchAll(/data-cues="(\w+)"><a href="[^"]*\/(fog\.\w+)"/g)].map(
        ([, cues, name]) => `${cues} ${name}`,
      );
    expect(await cuesOf('fog-horns')).toEqual(['vtt fog.vtt']);
    expect(await cuesOf('alone')).toEqual(['srt fog.srt']);
  });

  test('names a host who is the guest once', async () => {
    expect((await read('/articles/alone')).match(/<span>Jane Roe<\/span><br>/g)).toHaveLength(1);
  });

  test('plays a film, and a recording that its text plays only there', async () => {
    expect(await read('/articles/a-film')).toMatch(
      /Trailer.*<video class="u-video" controls preload="none"/s,
    );
    expect((await read('/articles/inline')).match(/<audio/g)).toHaveLength(1);
  });

  test('is that of any article with a recording', async () => {
    const page = await read('/articles/a-post');
    expect(page.indexOf('<audio')).toBeLessThan(page.indexOf('class="content'));
    expect(page).not.toContain('Foghorn');
  });
});
