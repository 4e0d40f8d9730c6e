import { readFileSync } from 'node:fs';

/** Bytes that a process has in memory for itself: without the files that it has mapped, such as its program. */
export function residentMemory(pid: number): number {
  const kilobytes = /^RssAnon:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) * 1024;
}
