import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type } from 'node:os';

const require = createRequire(import.meta.url);

/** The machine and versions that the figures depend on, in one line. */
export function describeMachine(): string {
  const cores = cpus();
  const today = new Date().toISOString().slice(0, 10);
  const workerd: { version: string } = require('workerd/package.json');
  return [
    `Measured on ${today}: ${cores[0]?.model.trim() ?? 'unknown CPU'}, ${cores.length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`,
    `${distribution()}${type()} ${release()}, ${process.arch}`,
    `workerd ${workerd.version}, Node ${process.versions.node}.`,
  ].join('; ');
}

/** The name of the operating system with a trailing comma; empty if unknown. */
function distribution(): string {
  try {
    const name = /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
    return name === undefined ? '' : `${name}, `;
  } catch {
    return '';
  }
}
