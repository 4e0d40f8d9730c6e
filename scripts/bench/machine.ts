import { createRequire } from 'node:module';
import { cpus } from 'node:os';

const require = createRequire(import.meta.url);

/** What the figures depend on, in one line. */
export function describeMachine(): string {
  const cores = cpus();
  const today = new Date().toISOString().slice(0, 10);
  const workerd: { version: string } = require('workerd/package.json');
  return `Measured on ${today}: ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores; workerd ${workerd.version}, Node ${process.versions.node}.`;
}
