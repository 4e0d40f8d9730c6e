import { on } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { openRunner, type TaskBatch, type TaskOptions, type TaskRunner } from './tasks.ts';

/*
 * A thread of the worker pool. It runs the tasks of messages in order and sends their results.
 */

export type ThreadMessage = TaskOptions | TaskBatch | 'drain';

let runner: TaskRunner | undefined;

async function take(message: ThreadMessage): Promise<void> {
  if (message === 'drain') {
    runner?.close();
    runner = undefined;
    parentPort?.postMessage(undefined);
  } else if (!('task' in message)) {
    runner = openRunner(message);
  } else if (runner !== undefined) {
    parentPort?.postMessage(await runner.run(message));
  }
}

if (parentPort)
  for await (const [message] of on(parentPort, 'message')) {
    // Node delivers queued messages in one turn of the event loop, and satteri frees its trees only between turns.
    await setImmediate();
    await take(message);
  }
