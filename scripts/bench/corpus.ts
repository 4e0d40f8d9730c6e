import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { capitalized, wordList } from '../../src/strings.ts';

const FIRST_DAY = Date.UTC(2016, 0, 1);
/** The corpus spans ten years, whatever its size. */
const SPAN = 3650 * 86_400_000;
const BLOCKS = 15;

/** The topics of the documents. */
const TAGS = wordList(
  `harbour weather trade fisheries transport council schools health energy housing culture sport history science
  elections budget tourism farming courts technology`,
);
export const AUTHORS = [
  'Jane Roe',
  'John Doe',
  'Ayşe Yılmaz',
  'Wei Chen',
  'Olu Adeyemi',
  'Ana Souza',
  'Nils Berg',
];

/**
 * Writes Markdown documents of about 5 KB, a folder a year, the same ones every time: front matter, headings,
 * paragraphs with emphasis and links, lists, quotations, code and tables. The front matter is in a form that Hugo,
 * Eleventy and Astro all read, and no document contains template code. The newest documents are the same in a corpus of
 * any size.
 */
export async function writeDocuments(folder: string, count: number): Promise<void> {
  const random = generator(5005);
  const nextTopic = topics(random);
  const folders = new Set<string>();
  const dateOf = (number: number): string =>
    new Date(FIRST_DAY + Math.floor((number / count) * SPAN)).toISOString().slice(0, 19);
  const pathOf = (number: number): string => documentPath(number, dateOf(number));
  for (let number = count - 1; number >= 0; number--) {
    const path = pathOf(number);
    const parent = dirname(join(folder, path));
    if (!folders.has(parent)) await mkdir(parent, { recursive: true });
    folders.add(parent);
    const previous = number === 0 ? undefined : pathOf(number - 1);
    const neighbour = previous !== undefined && dirname(previous) === dirname(path) ? previous : undefined;
    await writeFile(join(folder, path), document(`${dateOf(number)}Z`, neighbour, nextTopic(), random));
  }
}

/** The paths of the documents in a folder, the oldest first. */
export function documentsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => join(folder, name));
}

function documentPath(number: number, date: string): string {
  return `${date.slice(0, 4)}/entry-${String(number).padStart(6, '0')}.md`;
}

function document(
  date: string,
  neighbour: string | undefined,
  word: () => string,
  random: () => number,
): string {
  const tags = [...new Set(Array.from({ length: between(1, 3, random) }, () => pick(TAGS, random)))];
  const front = [
    `title: ${JSON.stringify(capitalized(phrase(between(4, 9, random), word)))}`,
    `date: ${date}`,
    `tags: [${tags.join(', ')}]`,
    `author: ${pick(AUTHORS, random)}`,
    `description: ${JSON.stringify(sentence(word, random).replaceAll('"', '’'))}`,
  ];
  const blocks = Array.from({ length: BLOCKS }, (_, index) => block(index, word, random));
  // Every fifth links to another document. Later random choices do not depend on the size.
  if (random() < 0.2) {
    const link = phrase(3, word);
    if (neighbour !== undefined) blocks.push(`See also [${link}](${neighbour.split('/').at(-1)}).`);
  }
  return `---\n${front.join('\n')}\n---\n\n${blocks.join('\n\n')}\n`;
}

function block(index: number, word: () => string, random: () => number): string {
  if (index % 5 === 4) return `## ${capitalized(phrase(between(2, 5, random), word))}`;
  const kind = index === 0 ? 0 : random();
  if (kind < 0.62) return withMarkup(paragraph(word, random), word, random);
  if (kind < 0.74) return list(word, random);
  if (kind < 0.82) return paragraph(word, random).replace(/^/gm, '> ');
  if (kind < 0.92) return code(word, random);
  return table(word, random);
}

/** A paragraph with emphasis, code or a link. */
function withMarkup(text: string, word: () => string, random: () => number): string {
  const markup = [
    `**${phrase(2, word)}**`,
    `_${word()}_`,
    `\`${word()}\``,
    `[${phrase(3, word)}](https://news.example/${word()}/${between(1, 9999, random)})`,
  ];
  return `${text} ${capitalized(phrase(4, word))} ${pick(markup, random)} ${phrase(6, word)}.`;
}

function list(word: () => string, random: () => number): string {
  const isOrdered = random() < 0.3;
  return Array.from(
    { length: between(3, 6, random) },
    (_, index) => `${isOrdered ? `${index + 1}.` : '-'} ${capitalized(phrase(between(4, 12, random), word))}`,
  ).join('\n');
}

function code(word: () => string, random: () => number): string {
  const lines = Array.from(
    { length: between(3, 7, random) },
    (_, index) => `${'  '.repeat(index % 3)}const ${word()} = ${word()}(${between(0, 99, random)}) < 7;`,
  );
  return `\`\`\`js\n${lines.join('\n')}\n\`\`\``;
}

function table(word: () => string, random: () => number): string {
  const row = (): string => `| ${word()} | ${phrase(2, word)} | ${between(1, 999, random)} |`;
  const rows = Array.from({ length: between(3, 5, random) }, row);
  return `| ${word()} | ${word()} | ${word()} |\n| --- | --- | ---: |\n${rows.join('\n')}`;
}

const COMMON = wordList(
  'the of and to in a that is for it with as was on be by at from are this have or an but not which had were their has will one would all there more when who been they about if out so said than its into only other time new some could these two may then do first any my now such like our over me even most made after also did many before must through years where much your way down should because each just those people how too little state good very make world still see men work long here get both between life being under never day same another know while last might us great old year off come since against go came right used take three',
);
const SYLLABLES = wordList(
  'al an ar as at be bel bor ca cal can car ce cen cer co col com con cor cu da de del den der di dis do dor du ed el en er es ex fa fer fi for gan gen gra hal har hen in is ka kel la lan le len li lo lor lu ma man mar me men mi min mo mon mor na ne nel ni no nor o on or pa par pen per pi po por pre pro ra ran re rel ri ro ron ru sa san se sen ser si sol sta ster sul ta tan te tel ten ter ti tion to ton tor tra tri tu ul un ur va val ven ver vi vin vo wel win za',
);
const VOCABULARY = 6000;
/** The number of words of a topic. */
const TOPIC = 40;

/**
 * Creates a generator of words about random topics. It mixes common, rare and topic words so that a text compresses
 * like English prose.
 *
 * @returns a function that chooses a topic and returns a function for its next word
 */
function topics(random: () => number): () => () => string {
  const vocabulary = Array.from({ length: VOCABULARY }, () =>
    Array.from({ length: between(2, 4, random) }, () => pick(SYLLABLES, random)).join(''),
  );
  return () => {
    const topic = Array.from({ length: TOPIC }, () => pick(vocabulary, random));
    return () =>
      random() < 0.5 ? pickEarly(COMMON, random) : pickEarly(random() < 0.4 ? topic : vocabulary, random);
  };
}

/** Two to four sentences. */
function paragraph(word: () => string, random: () => number): string {
  return Array.from({ length: between(2, 4, random) }, () => sentence(word, random)).join(' ');
}

/** With a full stop. */
function sentence(word: () => string, random: () => number): string {
  const first = capitalized(phrase(between(6, 13, random), word));
  const second = phrase(between(5, 11, random), word);
  if (random() < 0.15) return `"${first}," said ${capitalized(word())}, "${second}."`;
  return `${first}${random() < 0.5 ? ',' : ''} ${second}.`;
}

function phrase(length: number, word: () => string): string {
  return Array.from({ length }, word).join(' ');
}

/** A random item, uniformly distributed. */
function pick(choices: readonly string[], random: () => number): string {
  return choices[Math.floor(choices.length * random())] ?? '';
}

/** A random item; earlier ones are more likely. */
function pickEarly(choices: readonly string[], random: () => number): string {
  return pick(choices, () => random() ** 2);
}

/** A whole number within bounds, both included. */
function between(low: number, high: number, random: () => number): number {
  return low + Math.floor((high - low + 1) * random());
}

/** Mulberry32: numbers from 0 to below 1. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The host that requests of the bench go to. */
export const HOST = 'example.org';

export interface BenchSettings {
  /** Whether its address is pinned. */
  readonly isPinned?: boolean;
  /** Whether feeds have no limit of bytes, as that of the peer. */
  readonly isWhole?: boolean;
}

export async function writeSettings(folder: string, { isPinned, isWhole }: BenchSettings): Promise<void> {
  const url = isPinned ? `url = "http://${HOST}"\n` : '';
  const limit = isWhole ? 'feedBytes = 100_000_000\n' : '';
  await writeFile(join(folder, 'site.toml'), url + limit);
}
