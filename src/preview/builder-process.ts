import { fork } from 'node:child_process';
import { modulePath } from '../package.ts';
import type { BuildMessage } from './builder.ts';

/** A child process that builds. */
export interface Builder {
  /** Builds, and returns whether there is something new to show. Wait for one build to end before you start another. */
  build(): Promise<boolean>;
  /** Whether the process is running; it may have exited by itself. */
  isRunning(): boolean;
  terminate(): void;
}

/** @param args the arguments of a build */
export function spawnBuilder(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Builder {
  const child = fork(modulePath('preview/builder'), args, {
    env: { ...process.env, ...environment, PREVIEW: '1' },
  });
  return {
    build: () =>
      new Promise((resolve) => {
        const end = (isBuilt: boolean): void => {
          child.off('message', onMessage).off('exit', onExit);
          resolve(isBuilt);
        };
        const onMessage = (message: unknown): void => end((message as BuildMessage).isBuilt); // builder.ts sends nothing else
        const onExit = (): void => end(false);
        child.on('message', onMessage).on('exit', onExit);
        if (child.connected) child.send('build');
        else onExit();
      }),
    isRunning: () => child.connected,
    terminate: () => void child.kill(),
  };
}
