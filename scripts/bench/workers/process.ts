import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Server } from './serve.ts';

/** Whether `cpuTime` works here: it needs Linux. */
export const hasCpuTime = existsSync('/proc/self/schedstat');
export const NO_CPU_TIME = 'Skipped: there is no `/proc/PID/schedstat` to read CPU time from.';

/** CPU time that all threads of a process have used, in nanoseconds. */
export function cpuTime(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce(
    (sum, task) => sum + Number.parseInt(readFileSync(`${tasks}/${task}/schedstat`, 'latin1'), 10),
    0,
  );
}

/** The private memory of a process in bytes, without mapped files such as its executable. */
export function residentMemory(pid: number): number {
  const kilobytes = /^RssAnon:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) * 1024;
}

/** `Runtime.getHeapUsage`, in bytes. */
interface Usage {
  readonly usedSize: number;
  readonly embedderHeapUsedSize: number;
  readonly backingStorageSize: number;
}

/**
 * The bytes of an inspected worker's isolate after garbage collection: V8's heap, external memory of the runtime, and
 * the contents of buffers.
 *
 * @param request sends a request to the worker; garbage collection runs at the end of one
 */
export async function liveHeap(server: Server, request: () => Promise<unknown>): Promise<number> {
  const { call, close } = await openInspector(server);
  try {
    await call('HeapProfiler.enable');
    let isCollected = false;
    const collected = call('HeapProfiler.collectGarbage').then(() => {
      isCollected = true;
    });
    while (!isCollected) await request();
    await collected;
    const usage = (await call('Runtime.getHeapUsage')) as Usage; // the protocol says so
    return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
  } finally {
    close();
  }
}

export interface Pinning {
  /** A command prefix that pins a process to the last core, such as `taskset -c 1`; empty if that is not possible. */
  readonly launcher: readonly string[];
  /** Lets this process and its children use every core again. */
  readonly release: () => void;
}

/** Pins this process to its first core. Does nothing without `taskset`, or with only one core. */
export function pin(): Pinning {
  try {
    const before = affinity();
    const cores = coresOf(before);
    const [first, last] = [cores[0], cores.at(-1)];
    if (first === last) return { launcher: [], release: () => {} };
    setAffinity(String(first));
    return { launcher: ['taskset', '-c', String(last)], release: () => setAffinity(before) };
  } catch {
    return { launcher: [], release: () => {} };
  }
}

/** The cores that this process may use, such as `0,2-3`. */
function affinity(): string {
  const output = execFileSync('taskset', ['-c', '-p', String(process.pid)], { encoding: 'utf8' });
  return output.slice(output.lastIndexOf(':') + 1).trim();
}

function coresOf(list: string): number[] {
  return list.split(',').flatMap((range) => range.split('-').map(Number));
}

function setAffinity(list: string): void {
  execFileSync('taskset', ['-a', '-p', '-c', list, String(process.pid)]);
}

/** A session with the inspector of a worker. */
interface Inspector {
  /** Calls a method of the Chrome DevTools Protocol. */
  readonly call: (method: string) => Promise<unknown>;
  readonly close: () => void;
}

/** The name that `serve` gives to the worker. */
const WORKER = 'main';

/** @throws Error if the worker is served without an inspector */
async function openInspector({ inspector }: Server): Promise<Inspector> {
  const socket = new WebSocket(`ws://127.0.0.1:${inspector}/${WORKER}`);
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result }: { id?: number; result?: unknown } = JSON.parse(String(data));
    if (id !== undefined) waiting.get(id)?.(result);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () =>
      reject(new Error('Cannot open an inspector: expected a worker that is inspected')),
    );
  });
  let last = 0;
  return {
    call(method) {
      const id = ++last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        socket.send(JSON.stringify({ id, method }));
      });
    },
    close: () => socket.close(),
  };
}
