import type { Instant, Mention, Person, SeriesPlace, Translation } from '../article.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { absoluteUrl, withoutQuery } from '../html/url.ts';
import { memoized } from '../memo.ts';
import { articlePath } from '../routes/paths.ts';
import { HOLES } from '../templates/holes.ts';
import type { LinkOrigin } from './file-index.ts';
import type { Lead, LinkIndex } from './link-index.ts';
import { embeddedFile, type MediaFile, mediaTypeOf } from './media-files.ts';
import { type PersonDocuments, type Profiles, withPicture } from './profiles.ts';
import { MAX_RELATED, placeInSeries, type SeriesMember } from './related.ts';
import { nameIn, partOf } from './stated-url.ts';

/** The targets of a document's links, and the files that it refers to, at one instant. */
export interface ResolvedLinks {
  /** The targets of the relative URLs in its content; dead ones are absent. */
  readonly links: ReadonlyMap<string, string>;
  /** The titles of the targets of links whose words they are, by its references. */
  readonly titles: ReadonlyMap<string, string>;
  /** The published files that it refers to, by its references. */
  readonly files: ReadonlyMap<string, MediaFile>;
  /** The addresses of the articles that are its transcripts, by its references. */
  readonly pages: ReadonlyMap<string, string>;
  /** The people with documents of their own, by its references. */
  readonly people: ReadonlyMap<string, Person>;
  /** The visible ones. */
  readonly translations: readonly Translation[];
  readonly related: readonly Mention[];
  readonly series: SeriesPlace | undefined;
}

export interface LaterLinks {
  readonly from: Instant;
  /** Whether only articles that its page mentions appear or expire. */
  readonly isPageOnly: boolean;
  readonly links: ResolvedLinks;
}

/** An article that may not always be visible. */
export interface Target {
  readonly path: string;
  readonly title: string;
  /** Visible from this instant on, */
  readonly from: Instant;
  /** until just before this one; Infinity: for good. */
  readonly until: Instant;
}

export interface LinkTargets {
  /** The targets of published documents, whose links no scheduled document may change. */
  readonly published: LinkIndex;
  /** The targets of scheduled documents. */
  readonly all: LinkIndex;
  /** Documents that are not articles. */
  readonly unpublished: LinkIndex;
  /** All articles, by slug. */
  readonly targets: ReadonlyMap<string, Target>;
  /** People who have a published document of their own, by its name; and all of them. */
  readonly people: PersonDocuments;
  readonly allPeople: PersonDocuments;
  /** The people that files describe, by whose keys documents refer to them. */
  readonly profiles: Pick<Profiles, 'find' | 'missing'>;
  /** Published files, by their paths. */
  readonly files: ReadonlyMap<string, MediaFile>;
  /** Paths of files that exist and cannot be published, which another warning reports. */
  readonly faulty: ReadonlySet<string>;
}

interface LinkingDocument extends LinkOrigin {
  readonly slug: string;
  readonly isScheduled: boolean;
  readonly parsed: Pick<
    ParsedDocument,
    'references' | 'ownLinks' | 'attached' | 'transcripts' | 'people' | 'embedded'
  >;
  readonly others: readonly Translation[];
  /** Articles about the same, the nearest first. */
  readonly related: readonly Mention[];
  readonly series: SeriesMember | undefined;
}

interface Findings {
  /** When something that the document refers to appears or expires. */
  readonly turns: Set<Instant>;
  /** When an article that its page mentions appears or expires. */
  readonly mentionTurns: Set<Instant>;
  /** Targets that are not visible, by the words of the document. */
  readonly absent: Map<string, Absent>;
  /** Targets that do not exist. */
  readonly dead: Set<string>;
  /** The paths of files that are not published, by its references. */
  readonly unpublishable: Map<string, string>;
  /** Unknown keys of people, each with the file in which it is expected. */
  readonly unknown: Map<string, string>;
  /** Targets whose letters differ in case; the path by the words of the document. */
  readonly misspelt: Map<string, string>;
  readonly files: Set<string>;
  /** The parts of articles that it links to: slug and fragment, with the mark between. */
  readonly parts: Set<string>;
}

export interface Absent {
  readonly path: string;
  /** Absent if it is not an article. */
  readonly target?: Target;
}

/** How the links of an article change while it is visible. */
export interface LinksOverTime extends Findings {
  /** The first ones. */
  readonly links: ResolvedLinks;
  /** Ascending. */
  readonly later: readonly LaterLinks[];
  /** The last change before; undefined if there was none since the article was published. */
  readonly renewed: Instant | undefined;
}

/** An article with more renditions gets the others from a later build. */
const MAX_LATER = 31;
/** One empty map for all, since most documents have no references. */
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/** Resolves the links of a document, now and for all later instants. */
export function resolveOverTime(
  document: LinkingDocument,
  targets: LinkTargets,
  { published, expires, now }: { published: Instant; expires: Instant; now: Instant },
): LinksOverTime {
  const first = Math.max(published, now);
  const findings: Findings = {
    turns: new Set(),
    mentionTurns: new Set(),
    absent: new Map(),
    dead: new Set(),
    unpublishable: new Map(),
    unknown: new Map(),
    misspelt: new Map(),
    files: new Set(),
    parts: new Set(),
  };
  const links = resolveLinks(document, targets, first, findings);
  const turns = [...findings.turns].sort((a, b) => a - b);
  return {
    ...findings,
    links,
    later: [...new Set([...findings.turns, ...findings.mentionTurns])]
      .filter((turn) => turn > first && turn < expires)
      .sort((a, b) => a - b)
      .slice(0, MAX_LATER)
      .map((from) => ({
        from,
        isPageOnly: !findings.turns.has(from),
        links: resolveLinks(document, targets, from),
      })),
    renewed: turns.findLast((turn) => turn > published && turn <= first),
  };
}

/**
 * Resolves the references of a document. Targets that are not visible at that instant count as absent.
 *
 * @param findings collects the findings
 */
function resolveLinks(
  document: LinkingDocument,
  { published, all, unpublished, targets, people, allPeople, profiles, files, faulty }: LinkTargets,
  at: Instant,
  findings?: Findings,
): ResolvedLinks {
  const { slug, isScheduled, parsed } = document;
  const index = isScheduled ? all : published;
  const embedded = new Map(parsed.embedded.map((picture) => [picture.url, embeddedFile(picture)]));
  const leadOf = memoized((url: string) => {
    const found = index.lead(url, document);
    // A list with only scheduled articles does not exist yet. A link to a scheduled article appears with the article.
    const later = found === undefined && index !== all ? all.lead(url, document) : undefined;
    return later?.kind === 'site' ? undefined : (found ?? later);
  });
  function isVisible(target: Target | undefined): boolean {
    if (target === undefined) return true;
    findings?.turns.add(target.from).add(target.until);
    return target.from <= at && at < target.until;
  }
  function isMentioned(other: string): boolean {
    const target = targets.get(other);
    if (target === undefined) return false;
    findings?.mentionTurns.add(target.from).add(target.until);
    return target.from <= at && at < target.until;
  }
  function article(url: string, to: string, suffix: string): string | undefined {
    const target = targets.get(to);
    if (suffix.startsWith('#')) findings?.parts.add(to + suffix);
    if (isVisible(target)) return HOLES.origin + articlePath(to) + suffix;
    if (target !== undefined && !isAbsolute(url)) findings?.absent.set(url, { path: target.path, target });
    return undefined;
  }
  function link(url: string): string | undefined {
    const part = url.startsWith('#') ? partOf(url) : url;
    const inside = within(part, slug);
    if (inside !== undefined) {
      if (part.startsWith('#')) findings?.parts.add(slug + part);
      return inside;
    }
    const picture = embedded.get(url);
    if (picture !== undefined) return HOLES.origin + picture.address;
    const lead = leadOf(url);
    if (lead?.kind === 'document') return article(url, lead.document.slug, lead.suffix);
    if (lead?.kind === 'site') return HOLES.origin + lead.path;
    const file = lead && fileOf(url, lead);
    if (lead !== undefined && file !== undefined) return HOLES.origin + file.address + lead.suffix;
    // It stays as it is.
    if (isAbsolute(url)) return undefined;
    const held = lead === undefined ? unpublished.lead(url, document) : undefined;
    if (held?.kind === 'document') findings?.absent.set(url, { path: held.document.path });
    else miss(url);
    return undefined;
  }
  function miss(url: string): void {
    const lead = leadOf(url);
    if (lead?.kind !== 'file') {
      if (!LEADS_AWAY.test(url)) findings?.dead.add(url);
    } else if (!faulty.has(lead.path)) findings?.unpublishable.set(url, lead.path);
  }
  function fileOf(url: string, lead: Lead): MediaFile | undefined {
    if (lead.kind !== 'file') return undefined;
    const file = files.get(lead.path);
    if (file === undefined) return undefined;
    findings?.files.add(lead.path);
    if (lead.isMisspelt) findings?.misspelt.set(url, lead.path);
    return file;
  }
  function title(url: string): string | undefined {
    const lead = nameIn(url)?.isTitled ? leadOf(url) : undefined;
    return lead?.kind === 'document' ? targets.get(lead.document.slug)?.title : undefined;
  }
  function attachment(url: string): MediaFile | undefined {
    const lead = leadOf(url);
    return embedded.get(url) ?? (lead && fileOf(url, lead));
  }
  function transcript(url: string): string | undefined {
    const lead = absoluteUrl(url) === undefined ? leadOf(url) : undefined;
    return lead?.kind === 'document' ? article(url, lead.document.slug, '') : undefined;
  }
  function pictured({ image, ...rest }: Person): Person {
    if (image === undefined || isAbsolute(image)) return image === undefined ? rest : { ...rest, image };
    const file = files.get(image);
    const address = file?.variants?.[0]?.address ?? file?.address;
    return { ...rest, ...(address === undefined ? {} : { image: HOLES.origin + address }) };
  }
  /** The name is the same in all renditions: it is a facet. */
  function person(id: string): Person | undefined {
    const known = (isScheduled ? allPeople : people).find(id);
    const profile = profiles.find(id);
    if (known === undefined) {
      const target = targets.get(allPeople.find(id)?.slug ?? '');
      const file = profiles.missing(id);
      if (target !== undefined) findings?.absent.set(id, { path: target.path, target });
      else if (file !== undefined) findings?.unknown.set(id, file);
      return profile && pictured(profile);
    }
    const { name } = known.person;
    return isVisible(targets.get(known.slug))
      ? pictured({
          ...(known.hasWords && { uri: HOLES.origin + articlePath(known.slug) }),
          ...withPicture(known, all),
          ...profile,
          name,
        })
      : { name };
  }
  const resolved = {
    links: mapped([...parsed.references, ...parsed.ownLinks], link),
    titles: mapped(parsed.references, title),
    files: mapped([...parsed.references, ...parsed.attached], attachment),
    pages: mapped(parsed.transcripts, transcript),
    people: mapped(parsed.people, person),
    translations: document.others.filter((other) => isVisible(targets.get(other.slug))),
    related: document.related.filter((other) => isMentioned(other.slug)).slice(0, MAX_RELATED),
    series: document.series && placeInSeries(document.series, isMentioned),
  };
  for (const url of parsed.attached) {
    const isHere = absoluteUrl(url) !== undefined || resolved.files.has(url) || resolved.pages.has(url);
    if (!isHere && mayBeFile(url) && leadOf(url)?.kind !== 'document') miss(url);
  }
  return resolved;
}

/** A link to elsewhere, but not to a file of the author's machine; or template code, which is reported elsewhere. */
const LEADS_AWAY = /^(?!(?:wikilink|pathname|link|file|[a-z]):)[a-z][a-z\d+.-]*:|^\/\/|\{\{|\{%|<%/i;

/**
 * Whether it names a file with an ending, or without one, as front matter may name its picture. Missing recordings are
 * reported elsewhere: they may be in the folder of the podcast's recordings.
 */
function mayBeFile(url: string): boolean {
  const type = mediaTypeOf(withoutQuery(url));
  return type === undefined ? /^\S*\/[^\s./]+$/.test(url) : !/^(?:audio|video)\//.test(type);
}

function isAbsolute(url: string): boolean {
  return absoluteUrl(url) !== undefined;
}

function mapped<Found>(
  names: readonly string[],
  find: (name: string) => Found | undefined,
): ReadonlyMap<string, Found> {
  if (names.length === 0) return NOTHING;
  const found = names.flatMap((name): [string, Found][] => {
    const one = find(name);
    return one === undefined ? [] : [[name, one]];
  });
  return found.length === 0 ? NOTHING : new Map(found);
}

/** The target of a URL without a path, which is within the article. */
export function within(url: string, slug: string): string | undefined {
  return /^(?:[?#]|$)/.test(url) ? HOLES.origin + articlePath(slug) + url : undefined;
}
