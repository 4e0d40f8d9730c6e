import { type Answer, type Ask, textIn } from './answer.ts';
import type { Finding } from './finding.ts';
import { httpRules } from './http-rules.ts';

/** Addresses at which nothing is. The mark in them must not come back. */
const MARK = 'nothing-7d1f';
const UNKNOWN = [`/${MARK}`, `/articles/${MARK}`, `/${MARK}/rss.xml?q=${MARK}`];

/** What a client may accept, and in which type it is to be told. */
const FORMATS = [
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', type: 'text/html; charset=utf-8' },
  { accept: 'application/json', type: 'application/problem+json' },
  { accept: 'text/plain', type: 'text/plain; charset=utf-8' },
  { accept: '*/*', type: 'text/plain; charset=utf-8' },
] as const;

/** Requests that nobody makes in good faith. */
export const HOSTILE = [
  '/articles/%E0%A4%A',
  '/articles/%',
  '/articles/%00',
  '/articles/%FF%FE',
  '/articles/../../etc/passwd',
  '/articles/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/articles/..%5c..%5cetc%5cpasswd',
  '/articles/__proto__',
  '/articles/constructor',
  '//etc/passwd',
  '/.git/config',
  '/_headers',
  '/store.bin',
  `/articles/${'a'.repeat(4000)}`,
  `/${'a/'.repeat(2000)}`,
] as const;

/** Unknown addresses, in every format in which a client can be told. */
export async function examineUnknown(ask: Ask): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const target of UNKNOWN) {
    for (const { accept, type } of FORMATS) {
      const answer = await ask(target, { Accept: accept });
      findings.push(...examineRefusal(answer, `GET ${target} Accept: ${accept}`, type, MARK));
    }
  }
  return findings;
}

export async function examineHostile(ask: Ask, target: string): Promise<Finding[]> {
  const { status } = await ask(target, { Accept: 'text/html' });
  return status >= 400 && status <= 499 ? [] : [httpRules.hostile(`GET ${target}`, String(status))];
}

export function* examineRefusal(
  answer: Answer,
  where: string,
  type: string,
  mark: string,
): Iterable<Finding> {
  const found = answer.headers.get('content-type') ?? '';
  if (answer.status !== 404 || found.toLowerCase() !== type)
    yield httpRules['not-found'](where, `${answer.status} ${found}`);
  if (textIn(answer).includes(mark)) yield httpRules.echo(where, mark);
}
