import type { ByteWriter } from '../store/byte-writer.ts';
import { compareBytes } from '../store/compare-bytes.ts';
import { ChunkReader, type ChunkSource } from './chunk.ts';
import { Tournament } from './tournament.ts';

/**
 * Merges chunks whose articles follow each other, term by term in byte order.
 *
 * @param postings where those of a term, sparse, are put in place of what was there
 * @param places where those of a term are put behind what is there
 * @param visit gets each term, UTF-8, for keeps, and in how many articles it is
 */
export function mergeChunks(
  chunks: readonly ChunkSource[],
  postings: ByteWriter,
  places: ByteWriter,
  visit: (term: Uint8Array, articles: number) => void,
): void {
  let firstArticle = 0;
  const entrants = chunks.map((chunk) => {
    const entrant = { reader: new ChunkReader(chunk), firstArticle };
    firstArticle += chunk.articles;
    return entrant;
  });
  const tournament = new Tournament(entrants.map(({ reader }) => reader));
  for (;;) {
    let entrant = entrants[tournament.winner];
    if (entrant === undefined || entrant.reader.isAtEnd) return;
    const { key } = entrant.reader;
    const term = entrant.reader.term.slice();
    let [articles, next] = [0, 0];
    postings.clear();
    do {
      const { reader, firstArticle } = entrant;
      reader.copyPostings(postings, firstArticle - next);
      reader.copyPlaces(places);
      next = firstArticle + reader.lastArticle + 1;
      articles += reader.articles;
      reader.next();
      tournament.playAgain();
      entrant = entrants[tournament.winner];
    } while (entrant?.reader.key === key && compareBytes(entrant.reader.term, term) === 0);
    visit(term, articles);
  }
}
