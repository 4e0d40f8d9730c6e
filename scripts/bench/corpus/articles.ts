import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { capital, generator, paragraph, phrase, pick, topics } from './prose.ts';

/** Paragraphs and headings of an article. */
const BLOCKS = 13;
const FIRST_DAY = Date.UTC(2021, 0, 1);
const DAY = 86_400_000;

/** The newspapers that publish the articles. */
export const PAPERS = ['The Harbour Courier', 'Northern Post', 'Review of Trade', 'City Ledger'];

/**
 * Writes articles in the plain-text layout that `npm run build` reads, the same ones every time, one every second day.
 */
export async function writeArticles(folder: string, count: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const random = generator(20211);
  const nextTopic = topics(random);
  for (let number = 0; number < count; number++) {
    const word = nextTopic();
    const name = `${String(number).padStart(3, '0')}.txt`;
    await writeFile(join(folder, name), article(number, word, random));
  }
}

function article(number: number, word: () => string, random: () => number): string {
  const date = new Date(FIRST_DAY + 2 * number * DAY).toISOString().slice(0, 10);
  const [year, month, day] = date.split('-');
  const blocks = [
    capital(phrase(7, word)),
    `- ${day}.${month}.${year}`,
    `${pick(PAPERS, random)}, ${date}`,
    ...Array.from({ length: BLOCKS }, (_, index) =>
      index % 4 === 3 ? capital(phrase(4, word)) : paragraph(word, random),
    ),
    `Kaynak/Source: https://news.example/${year}/${number}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
