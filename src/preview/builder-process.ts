import { fork } from 'node:child_process';
import { join } from 'node:path';
import { MODULE_ENDING } from '../package.ts';
import type { BuildMessage } from './builder.ts';

/** A process that builds. */
export interface Builder {
  /** Tells whether there is something new to show; one build is to end before another is asked for. */
  build(): Promise<boolean>;
  /** Whether it can be asked; it may have ended by itself. */
  isThere(): boolean;
  terminate(): void;
}

/** @param args of a build */
export function spawnBuilder(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Builder {
  const child = fork(join(import.meta.dirname, `builder${MODULE_ENDING}`), args, {
    env: { ...process.env, ...environment, PREVIEW: '1' },
  });
  return {
    build: () =>
      new Promise((resolve) => {
        const end = (isBuilt: boolean): void => {
          child.off('message', hear).off('exit', fail);
          resolve(isBuilt);
        };
        const hear = (message: unknown): void => end((message as BuildMessage).isBuilt); // builder.ts says nothing else
        const fail = (): void => end(false);
        child.on('message', hear).on('exit', fail);
        if (child.connected) child.send('build');
        else fail();
      }),
    isThere: () => child.connected,
    terminate: () => void child.kill(),
  };
}
