import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that start processes, servers or browsers, draw many examples, or read large documents. */
const SLOW = [
  'tests/app/{hidden,history,large-sites}.test.ts',
  'tests/documents/{hostile-sizes,scaling}.test.ts',
  'tests/fuzz/*.test.ts',
  'tests/html/sanitize.test.ts',
  'tests/http/{delta,shared-cache}.test.ts',
  'tests/identity/{git-memory,ledger-history,upgrade}.test.ts',
  'tests/import/init.test.ts',
  'tests/media/publishing.test.ts',
  'tests/package/*.test.ts',
  'tests/pictures/*.test.ts',
  'tests/pipeline/{bad-input,build,deploy-limits,ledger-on-disk}.test.ts',
  'tests/pipeline/{picture-variants,refusal,reproducible,static-feeds}.test.ts',
  'tests/preview/*.test.ts',
  'tests/root/*.test.ts',
  'tests/search/{layout,oracle,partial-index}.test.ts',
  'tests/store/segments.test.ts',
  'tests/templates/gzip.test.ts',
  'tests/worker/*.test.ts',
];

/** Tests that put other modules or globals in the place of ours. */
const MOCKING = globSync('tests/**/*.test.ts').filter((path) =>
  /\bvi\.(?:mock|stubGlobal)\(/.test(readFileSync(path, 'utf8')),
);

/** The longest test begins first, so that the others run beside it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification): boolean => moduleId.endsWith('/scaling.test.ts');
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

export default defineConfig({
  test: {
    execArgv: ['--no-memory-protection-keys'],
    // By default, Vitest leaves one processor to itself: of two, one would wait for the other.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A busy machine takes so long.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    sequence: { sequencer: LongestFirst },
    // A process reads our modules once for all of its files.
    isolate: false,
    projects: [
      { extends: true, test: { name: 'mocking', include: MOCKING, isolate: true } },
      { extends: true, test: { name: 'slow', include: SLOW, exclude: MOCKING } },
      {
        extends: true,
        test: { name: 'quick', include: ['tests/**/*.test.ts'], exclude: [...SLOW, ...MOCKING] },
      },
    ],
  },
});
