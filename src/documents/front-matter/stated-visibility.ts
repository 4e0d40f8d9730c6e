import type { Visibility } from '../draft.ts';
import { type Fields, findText, mapOf, truthOf } from './field.ts';

/** What says so when it is true, and what when it is false. */
const SIGNS: readonly (readonly [Visibility, readonly string[], readonly string[]])[] = [
  ['draft', ['draft', 'isdraft', 'private', 'wip'], ['published', 'publish', 'dgpublish']],
  [
    'excluded',
    ['exclude', 'excluded', 'eleventyexcludefromcollections', 'headless', 'ignore'],
    ['permalink', 'render'],
  ],
  [
    'unlisted',
    [
      'unlisted',
      'hidden',
      'excludefromfeed',
      'excludefromrss',
      'feedexclude',
      'rssexclude',
      'nofeed',
      'disablefeed',
      'noindex',
    ],
    ['feed', 'rss', 'sitemap', 'listed', 'list'],
  ],
];

const STATUSES: ReadonlyMap<string, Visibility> = new Map([
  ['draft', 'draft'],
  ['pending', 'draft'],
  ['private', 'draft'],
  ['trash', 'excluded'],
  ['unlisted', 'unlisted'],
  ['hidden', 'unlisted'],
]);

/** The strictest wish in front matter. */
export function findVisibility(fields: Fields): Visibility | undefined {
  const status = STATUSES.get(findText(fields, ['status', 'visibility'])?.toLowerCase() ?? '');
  for (const [visibility, whenTrue, whenFalse] of SIGNS) {
    if (
      status === visibility ||
      whenTrue.some((name) => truthOf(fields.get(name)) === true) ||
      whenFalse.some((name) => truthOf(fields.get(name)) === false)
    ) {
      return visibility;
    }
    if (visibility === 'excluded' && isRedirect(fields)) return visibility;
  }
  const build = mapOf(fields.get('build'));
  if (build === undefined) return undefined;
  if (/^(?:never|false|link)$/.test(findText(build, ['render']) ?? '')) return 'excluded';
  return /^(?:never|false|local)$/.test(findText(build, ['list']) ?? '') ? 'unlisted' : undefined;
}

/** A page that only sends its visitors elsewhere. */
function isRedirect(fields: Fields): boolean {
  return (
    findText(fields, ['redirectto', 'redirecturl']) !== undefined ||
    findText(fields, ['layout']) === 'redirect'
  );
}
