import { join } from 'node:path';
import { feedPath } from '../../../src/routes/paths.ts';
import { type Bundle, bundle, OURS } from '../workers/bundle.ts';
import { helloQuestion } from '../workers/question.ts';
import type { Stand } from '../workers/stand.ts';
import type { Archive } from './archives.ts';
import { readDocuments } from './documents.ts';
import { examineArchive } from './examine.ts';
import { ladenWith } from './laden.ts';
import { type Growing, growthQuestions } from './questions.ts';
import type { Starter } from './starts.ts';

/** The worker of an archive, found right. */
export interface Contender extends Starter {
  readonly archive: Archive;
  readonly questions: readonly Growing[];
  /** A bare hello with the same data beside it. */
  readonly hello: Starter;
  /** Bytes of these data. */
  readonly load: number;
}

/** @throws Error when an archive is served wrongly */
export async function prepareContenders(
  { folder, serve }: Stand,
  archives: readonly Archive[],
  empty: Bundle,
): Promise<Contender[]> {
  const contenders: Contender[] = [];
  for (const archive of archives) {
    const { size, out, documents } = archive;
    const made = await bundle(OURS, out, join(folder, `worker-${size}`));
    const server = await serve(made);
    const questions = growthQuestions(await examineArchive(server, await readDocuments(documents)));
    server.stop();
    const { made: laden, load } = await ladenWith(made, empty, join(folder, `hello-${size}`));
    const hello = { made: laden, first: '/', questions: [helloQuestion()] };
    contenders.push({ archive, made, first: feedPath('rss'), questions, hello, load });
  }
  return contenders;
}
