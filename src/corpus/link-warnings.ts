import type { Instant } from '../article.ts';
import { decodeLeniently } from '../routes/former-addresses.ts';
import type { Identified } from './link-targets.ts';
import { isPicture } from './media-files.ts';
import type { Absent, LinksOverTime, Target } from './resolve-links.ts';

const UNPUBLISHED: Readonly<Record<string, string>> = {
  draft: 'is a draft',
  excluded: 'is not published',
  refused: 'was refused',
};
const NO_LINK = 'its words stand without a link';

/**
 * Warns about references of a document to targets that do not exist, or are not visible when the document is.
 *
 * @param outcomes of documents that are no articles, by path
 */
export function linkWarnings(
  { path, parsed, identity }: Identified,
  {
    absent,
    dead,
    unpublishable,
    unknown,
    misspelt,
    later,
  }: Pick<LinksOverTime, 'absent' | 'dead' | 'unpublishable' | 'unknown' | 'misspelt' | 'later'>,
  outcomes: ReadonlyMap<string, { readonly status: string }>,
  now: Instant,
): string[] {
  function consequenceOf(name: string, { from }: Target): string {
    if (parsed.people.includes(name)) return 'it counts from the first build after that';
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
    const verb = parsed.people.includes(name) ? 'names' : 'links to';
    return `${verb} seeds/${other}, which is scheduled for ${show(from)}: ${consequenceOf(name, target)}`;
  }
  const place = (name: string): string => {
    const line = parsed.referenceLines[parsed.references.indexOf(name)] ?? 0;
    return `seeds/${path}${line === 0 ? '' : `:${line}`}`;
  };
  return [
    ...[...absent].map(([name, other]) => `${place(name)} ${tell(name, other)}`),
    ...distinct(dead, place).map((name) => {
      const [wanted, done] = isPicture(name)
        ? ['a picture in the folder', 'left it out']
        : parsed.attached.includes(name)
          ? ['a file in the folder', 'left it out']
          : ['a document or a file in the folder', NO_LINK];
      return `Cannot find ${quote(name)} of ${place(name)}: expected ${wanted}; ${done}`;
    }),
    ...[...unpublishable].map(
      ([name, file]) =>
        `Cannot publish seeds/${file} for ${quote(name)} of ${place(name)}: expected a file, not a link, of at most 25 MiB, and no HTML; ${isPicture(name) || parsed.attached.includes(name) ? 'left it out' : NO_LINK}`,
    ),
    ...[...unknown].map(
      ([key, file]) =>
        `Cannot find author ${JSON.stringify(key)} of seeds/${path}: expected someone in seeds/${file}; took it for a name`,
    ),
    ...[...misspelt].map(
      ([name, found]) =>
        `Took seeds/${found} for ${quote(name)} of ${place(name)}: upper and lower case differ; on most servers that is another file`,
    ),
  ];
}

/** The spellings of one address count once: the text and the lead picture may differ in how they encode it. */
function distinct(names: Iterable<string>, place: (name: string) => string): string[] {
  const spellings = Map.groupBy(names, quote);
  return [...spellings.values()].map((same) =>
    same.reduce((a, b) => (place(a).length < place(b).length ? b : a)),
  );
}

/** A URL as people know it. */
function quote(url: string): string {
  return JSON.stringify(decodeLeniently(url.replace(/^wikilink:/, '')).slice(0, 120));
}

function show(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
