import { describe, expect, test } from 'vitest';
import { type Screen, showProgress } from '../../src/pipeline/progress.ts';

/** What is shown of a build that does one document each 10 ms. */
function shownOf(documents: number, isTTY: boolean): string[] {
  const shown: string[] = [];
  const screen: Screen = { isTTY, write: (text) => shown.push(text) };
  let now = 0;
  const progress = showProgress(screen, () => now);
  progress.begin('Reading', documents);
  for (let done = 0; done < documents; done += 10) {
    now += 100;
    progress.advance(10);
  }
  progress.end();
  return shown;
}

describe('progress', () => {
  test('says nothing of a short build', () => {
    expect(shownOf(100, true)).toEqual([]);
    expect(shownOf(100, false)).toEqual([]);
  });

  test('is one line on a terminal, with what is done, the rate and the time left', () => {
    const shown = shownOf(1000, true);
    expect(shown[0]).toBe('\r\u001b[KReading 200 of 1000 documents, 100 a second, 8 s left');
    expect(shown.length).toBeGreaterThan(50);
    expect(shown.at(-1)).toBe('\r\u001b[K');
    expect(shown.join('')).not.toContain('\n');
  });

  test('is a plain line now and then elsewhere, ever more seldom', () => {
    expect(shownOf(4000, false)).toEqual([
      'Reading 200 of 4000 documents, 100 a second, 38 s left\n',
      'Reading 700 of 4000 documents, 100 a second, 33 s left\n',
      'Reading 1700 of 4000 documents, 100 a second, 23 s left\n',
      'Reading 3700 of 4000 documents, 100 a second, 3 s left\n',
    ]);
  });
});
