import type { KeyPath, Problem } from './types.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Locate = (path: KeyPath) => number | undefined;

/** Invalid settings; the message has a line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], file = 'site.toml', locate: Locate = () => undefined) {
    const located = problems.map((problem) => ({ problem, line: locate(problem.path) }));
    located.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    super(located.map(({ problem, line }) => describeProblem(problem, file, line)).join('\n'));
    this.problems = problems;
  }
}

function describeProblem(
  { path, value, expected, isUnknownKey }: Problem,
  file: string,
  line: number | undefined,
): string {
  const place = line === undefined ? file : `${file}:${line}`;
  const key = path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : at > 0 ? `.${part}` : part))
    .join('');
  if (isUnknownKey) return `Cannot use the key "${key}" in ${place}: expected ${expected}`;
  if (value === undefined) return `Cannot find ${key} in ${place}: expected ${expected}`;
  return `Cannot use ${key} = ${quotedJson(value)} in ${place}: expected ${expected}`;
}

/** @returns JSON, cut to 80 characters */
function quotedJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
