import { parentPort } from 'node:worker_threads';
import type { Drain, TaskRequest, Tasks } from './task-requests.ts';
import { createTasks, runTask, type TaskOptions } from './tasks.ts';

/* What a thread of the pool runs: it is told who it is, then does what it is told, in order, until it is let go. */

export type Message = TaskOptions | TaskRequest | Drain;

let tasks: Tasks | undefined;
parentPort?.on('message', (message: Message) => {
  if (message === 'drain') {
    tasks?.close();
    tasks = undefined;
    parentPort?.postMessage(undefined);
  } else if (!('task' in message)) {
    tasks = createTasks(message);
  } else if (tasks !== undefined) {
    parentPort?.postMessage(runTask(tasks, message));
  }
});
