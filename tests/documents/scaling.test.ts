import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { MOST_GROWTH, type Outcome } from '../support/growth.ts';

const SCRIPT = join(import.meta.dirname, '../support/scaling.ts');
/** A process that takes longer than this hangs; it takes a minute or two. */
const MAX_MINUTES = 20;

/** What became of each case; of one that does not end, that it does not. */
async function outcomesOf(cases: string): Promise<Outcome[]> {
  const child = spawn(process.execPath, [SCRIPT, cases], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: MAX_MINUTES * 60_000,
    killSignal: 'SIGKILL',
  });
  const outcomes: Outcome[] = [];
  let current: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    const said: string | Outcome = JSON.parse(line);
    if (typeof said !== 'string') outcomes.push(said);
    current = typeof said === 'string' ? said : undefined;
  }
  return current === undefined ? outcomes : [...outcomes, { name: current, fault: 'it does not end' }];
}

test.each(['bodies', 'frontMatter', 'fields'])(
  'a document of any size is read in time that grows with its size: %s',
  { timeout: (MAX_MINUTES + 1) * 60_000 },
  async (cases) => {
    const outcomes = await outcomesOf(cases);
    expect(outcomes.length).toBeGreaterThan(15);
    expect(outcomes.filter(({ fault }) => fault !== undefined)).toEqual([]);
    expect(outcomes.filter(({ growth = 0 }) => growth > MOST_GROWTH)).toEqual([]);
  },
);
