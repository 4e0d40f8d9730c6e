import { httpRules } from './http.ts';
import { type HttpClient, type RawResponse, textIn } from './http-client.ts';
import type { Issue } from './report.ts';

/** Paths that do not exist. The response must not echo the marker in them. */
const MARK = 'nothing-7d1f';
const UNKNOWN = [`/${MARK}`, `/articles/${MARK}`, `/${MARK}/page.xml?q=${MARK}`];

/** `Accept` headers, and the media type that the error must have. */
const FORMATS = [
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', type: 'text/html; charset=utf-8' },
  { accept: 'application/json', type: 'application/problem+json' },
  { accept: 'text/plain', type: 'text/plain; charset=utf-8' },
  { accept: '*/*', type: 'text/plain; charset=utf-8' },
] as const;

/** Malicious requests. */
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

/** Unknown paths, in every format of an error. */
export async function checkUnknown(fetchRaw: HttpClient): Promise<Issue[]> {
  const issues: Issue[] = [];
  for (const target of UNKNOWN) {
    for (const { accept, type } of FORMATS) {
      const response = await fetchRaw(target, { Accept: accept });
      issues.push(...checkRefusal(response, `GET ${target} Accept: ${accept}`, type, MARK));
    }
  }
  return issues;
}

export async function checkHostile(fetchRaw: HttpClient, target: string): Promise<Issue[]> {
  const { status } = await fetchRaw(target, { Accept: 'text/html' });
  return status >= 400 && status <= 499 ? [] : [httpRules.hostile(`GET ${target}`, String(status))];
}

function* checkRefusal(response: RawResponse, where: string, type: string, mark: string): Iterable<Issue> {
  const found = response.headers.get('content-type') ?? '';
  if (response.status !== 404 || found.toLowerCase() !== type)
    yield httpRules['not-found'](where, `${response.status} ${found}`);
  if (textIn(response).includes(mark)) yield httpRules.echo(where, mark);
}
