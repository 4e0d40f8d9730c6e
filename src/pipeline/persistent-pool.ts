import type { Staff } from './scan-sources.ts';
import { type Crew, hireThreads, workHere } from './worker-pool.ts';

/** Those who were called for one build, and are there for the next. */
export interface KeptStaff extends Staff {
  /** Lets them go; they can be called again. */
  dismiss(): Promise<void>;
}

export function keepStaff(): KeptStaff {
  let threads: Crew | undefined;
  let here: Crew | undefined;
  return {
    hireThreads(most) {
      threads ??= hireThreads(most);
      return threads;
    },
    workHere() {
      here ??= workHere();
      return here;
    },
    async dismiss() {
      await Promise.all([threads?.dismiss(), here?.dismiss()]);
    },
  };
}
