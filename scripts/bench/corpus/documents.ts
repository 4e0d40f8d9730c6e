import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { between, capital, generator, paragraph, phrase, pick, sentence, topics } from './prose.ts';

const FIRST_DAY = Date.UTC(2016, 0, 1);
/** The corpus spans ten years, whatever its size. */
const SPAN = 3650 * 86_400_000;
const BLOCKS = 15;

/** The topics of the documents. */
const TAGS =
  'harbour weather trade fisheries transport council schools health energy housing culture sport history science elections budget tourism farming courts technology'.split(
    ' ',
  );
const AUTHORS = ['Jane Roe', 'John Doe', 'Ayşe Yılmaz', 'Wei Chen', 'Olu Adeyemi', 'Ana Souza', 'Nils Berg'];

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
    `title: ${JSON.stringify(capital(phrase(between(4, 9, random), word)))}`,
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
  if (index % 5 === 4) return `## ${capital(phrase(between(2, 5, random), word))}`;
  const kind = index === 0 ? 0 : random();
  if (kind < 0.62) return marked(paragraph(word, random), word, random);
  if (kind < 0.74) return list(word, random);
  if (kind < 0.82) return paragraph(word, random).replace(/^/gm, '> ');
  if (kind < 0.92) return code(word, random);
  return table(word, random);
}

/** A paragraph with emphasis, code or a link. */
function marked(text: string, word: () => string, random: () => number): string {
  const marks = [
    `**${phrase(2, word)}**`,
    `_${word()}_`,
    `\`${word()}\``,
    `[${phrase(3, word)}](https://news.example/${word()}/${between(1, 9999, random)})`,
  ];
  return `${text} ${capital(phrase(4, word))} ${pick(marks, random)} ${phrase(6, word)}.`;
}

function list(word: () => string, random: () => number): string {
  const isOrdered = random() < 0.3;
  return Array.from(
    { length: between(3, 6, random) },
    (_, index) => `${isOrdered ? `${index + 1}.` : '-'} ${capital(phrase(between(4, 12, random), word))}`,
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
