import type { Instant } from '../article.ts';
import type { Identified } from './link-indexes.ts';
import type { Absent, Target } from './neighbourhood.ts';
import type { NeighbourhoodChanges } from './neighbourhood-changes.ts';

const UNPUBLISHED: Readonly<Record<string, string>> = {
  draft: 'is a draft',
  excluded: 'is not published',
  refused: 'was refused',
};
const NO_LINK = 'its words stand without a link';

/**
 * Tells which documents a document names that are not visible when it is, and what becomes of its links.
 *
 * @param outcomes of documents that are no articles, by path
 */
export function linkWarnings(
  { path, facts, identity }: Identified,
  { absent, later }: Pick<NeighbourhoodChanges, 'absent' | 'later'>,
  outcomes: ReadonlyMap<string, { readonly status: string }>,
  now: Instant,
): string[] {
  function consequenceOf(name: string, { from }: Target): string {
    if (facts.people.includes(name)) return 'it counts from the first build after that';
    return later.some((each) => each.from === from)
      ? 'the link appears with it'
      : 'the link appears with the first build after that';
  }
  function tell(name: string, { path: other, target }: Absent): string {
    if (target === undefined) {
      const reason = UNPUBLISHED[outcomes.get(other)?.status ?? ''] ?? 'is not published';
      return `links to seeds/${other}, which ${reason}: ${NO_LINK}`;
    }
    const { from, until } = target;
    if (until <= Math.max(now, identity.published))
      return `links to seeds/${other}, which ${until > now ? 'expires' : 'expired'} on ${show(until)}: ${NO_LINK}`;
    const verb = facts.people.includes(name) ? 'names' : 'links to';
    return `${verb} seeds/${other}, which is scheduled for ${show(from)}: ${consequenceOf(name, target)}`;
  }
  return [...absent].map(([name, other]) => {
    const line = facts.referenceLines[facts.references.indexOf(name)] ?? 0;
    return `seeds/${path}${line === 0 ? '' : `:${line}`} ${tell(name, other)}`;
  });
}

function show(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
