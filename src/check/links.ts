import type { Entry } from './entries.ts';
import { tagsIn } from './html.ts';
import type { HttpClient } from './http-client.ts';
import { defineRules, type Issue } from './report.ts';

const linkRules = defineRules('links', {
  'dead-link': ['error', 'a page, or a redirect to one', 'RFC 9110 §15.5.5'],
  'missing-file': ['error', 'a picture or a recording', 'HTML §4.8.3'],
});

const MAX_REDIRECTS = 5;
/** The maximum number of URLs to request. */
const MAX_ADDRESSES = 1000;
const AT_ONCE = 8;

/** Checks that the internal links, pictures and recordings of articles exist. */
export async function checkLinks(
  entries: readonly Entry[],
  origin: string,
  fetchRaw: HttpClient,
): Promise<Issue[]> {
  const wanted = new Map<string, Issue>();
  for (const { title = '', content = '' } of entries) {
    for (const { attributes } of tagsIn(content)) {
      for (const [name, rule] of [
        ['href', linkRules['dead-link']],
        ['src', linkRules['missing-file']],
        ['poster', linkRules['missing-file']],
      ] as const) {
        const address = attributes.get(name) ?? '';
        if (!URL.canParse(address) || new URL(address).origin !== origin) continue;
        const { pathname, search } = new URL(address);
        if (!wanted.has(pathname + search)) wanted.set(pathname + search, rule(title, address));
      }
    }
  }
  const targets = [...wanted.keys()].slice(0, MAX_ADDRESSES);
  const issues: Issue[] = [];
  for (let at = 0; at < targets.length; at += AT_ONCE) {
    const some = targets.slice(at, at + AT_ONCE);
    const found = await Promise.all(some.map((target) => leadsSomewhere(target, origin, fetchRaw)));
    issues.push(...some.flatMap((target, index) => (found[index] ? [] : (wanted.get(target) ?? []))));
  }
  return issues;
}

async function leadsSomewhere(target: string, origin: string, fetchRaw: HttpClient): Promise<boolean> {
  let path = target;
  for (let step = 0; step <= MAX_REDIRECTS; step++) {
    const { status, headers } = await fetchRaw(path);
    const location = headers.get('location');
    if (status < 300 || status > 399 || location === null) return status < 400;
    const next = new URL(location, origin + path);
    if (next.origin !== origin) return true;
    path = next.pathname + next.search;
  }
  return false;
}
