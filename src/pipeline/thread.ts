import { parentPort } from 'node:worker_threads';
import { openRunner, type TaskBatch, type TaskOptions, type TaskRunner } from './tasks.ts';

/*
 * A thread of the worker pool. It runs the tasks of messages in order and sends their results.
 */

export type ThreadMessage = TaskOptions | TaskBatch | 'drain';

let runner: TaskRunner | undefined;

// Node delivers queued messages in one turn of the event loop, and satteri frees its trees only between turns.
parentPort?.on('message', (message: ThreadMessage) => void setImmediate(take, message));

function take(message: ThreadMessage): void {
  if (message === 'drain') {
    runner?.close();
    runner = undefined;
    parentPort?.postMessage(undefined);
  } else if (!('task' in message)) {
    runner = openRunner(message);
  } else if (runner !== undefined) {
    parentPort?.postMessage(runner.run(message));
  }
}
