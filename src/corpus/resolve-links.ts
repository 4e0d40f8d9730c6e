import type { Instant, Mention, Person, SeriesPlace, Translation } from '../article.ts';
import { ownPath } from '../documents/addresses.ts';
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
  /** The titles of targets that are the text of their links, by its references. */
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
  /** The site that the folder is a copy of: a link to it leads to the folder. */
  readonly copiedFrom?: string | undefined;
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
  readonly changes: Set<Instant>;
  /** When an article that its page mentions appears or expires. */
  readonly mentionChanges: Set<Instant>;
  /** Targets that are not visible, by its references. */
  readonly absent: Map<string, Absent>;
  /** Targets that do not exist. */
  readonly dead: Set<string>;
  /** The paths of files that are not published, by its references. */
  readonly unpublishable: Map<string, string>;
  /** Unknown keys of people, each with the file in which it is expected. */
  readonly unknown: Map<string, string>;
  /** Targets whose names differ in case; their paths, by its references. */
  readonly misspelt: Map<string, string>;
  readonly files: Set<string>;
  /** The parts of articles that it links to: slug, `#` and fragment. */
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
  const { links, findings } = resolveLinks(document, targets, first);
  const changes = [...findings.changes].sort((a, b) => a - b);
  return {
    ...findings,
    links,
    later: [...new Set([...findings.changes, ...findings.mentionChanges])]
      .filter((change) => change > first && change < expires)
      .sort((a, b) => a - b)
      .slice(0, MAX_LATER)
      .map((from) => ({
        from,
        isPageOnly: !findings.changes.has(from),
        links: resolveLinks(document, targets, from).links,
      })),
    renewed: changes.findLast((change) => change > published && change <= first),
  };
}

/** The targets of one document's references at one instant, at which other targets count as absent. */
interface Resolution {
  readonly document: LinkingDocument;
  readonly targets: LinkTargets;
  readonly at: Instant;
  readonly embedded: ReadonlyMap<string, MediaFile>;
  /** The target of a reference, visible or not. */
  readonly leadOf: (url: string) => Lead | undefined;
  readonly findings: Findings;
}

function resolveLinks(
  document: LinkingDocument,
  targets: LinkTargets,
  at: Instant,
): { readonly links: ResolvedLinks; readonly findings: Findings } {
  const { parsed } = document;
  const { published, all } = targets;
  const index = document.isScheduled ? all : published;
  const findings: Findings = {
    changes: new Set(),
    mentionChanges: new Set(),
    absent: new Map(),
    dead: new Set(),
    unpublishable: new Map(),
    unknown: new Map(),
    misspelt: new Map(),
    files: new Set(),
    parts: new Set(),
  };
  const resolution: Resolution = {
    document,
    targets,
    at,
    embedded: new Map(parsed.embedded.map((picture) => [picture.url, embeddedFile(picture)])),
    leadOf: memoized((url: string) => {
      const found = index.lead(url, document);
      // A list with only scheduled articles does not exist yet. A link to a scheduled article appears with the article.
      const later = found === undefined && index !== all ? all.lead(url, document) : undefined;
      return later?.kind === 'site' ? undefined : (found ?? later);
    }),
    findings,
  };
  const isMentioned = (slug: string): boolean => {
    const target = targets.targets.get(slug);
    return target !== undefined && isVisible(target, at, findings.mentionChanges);
  };
  const links: ResolvedLinks = {
    links: mapped([...parsed.references, ...parsed.ownLinks], (url) => findLink(url, resolution)),
    titles: mapped(parsed.references, (url) => findTitle(url, resolution)),
    files: mapped([...parsed.references, ...parsed.attached], (url) => findFile(url, resolution)),
    pages: mapped(parsed.transcripts, (url) => findTranscript(url, resolution)),
    people: mapped(parsed.people, (id) => findPerson(id, resolution)),
    translations: document.others.filter(({ slug }) => isVisibleArticle(slug, resolution)),
    related: document.related.filter(({ slug }) => isMentioned(slug)).slice(0, MAX_RELATED),
    series: document.series && placeInSeries(document.series, isMentioned),
  };
  for (const url of parsed.attached) {
    const isHere = isAbsolute(url) || links.files.has(url) || links.pages.has(url);
    if (!isHere && mayBeFile(url) && resolution.leadOf(url)?.kind !== 'document')
      reportMissing(url, resolution);
  }
  return { links, findings };
}

/** @param changes collects when it appears or expires */
function isVisible({ from, until }: Target, at: Instant, changes: Set<Instant>): boolean {
  changes.add(from).add(until);
  return from <= at && at < until;
}

function isVisibleArticle(slug: string, { targets, at, findings }: Resolution): boolean {
  const target = targets.targets.get(slug);
  return target === undefined || isVisible(target, at, findings.changes);
}

function articleUrl(url: string, slug: string, suffix: string, resolution: Resolution): string | undefined {
  const { targets, findings } = resolution;
  if (suffix.startsWith('#')) findings.parts.add(slug + suffix);
  if (isVisibleArticle(slug, resolution)) return HOLES.origin + articlePath(slug) + suffix;
  const target = targets.targets.get(slug);
  if (target !== undefined && !isAbsolute(url)) findings.absent.set(url, { path: target.path, target });
  return undefined;
}

function findLink(url: string, resolution: Resolution): string | undefined {
  const { document, targets, embedded, leadOf, findings } = resolution;
  const part = url.startsWith('#') ? partOf(url) : url;
  const inside = within(part, document.slug);
  if (inside !== undefined) {
    if (part.startsWith('#')) findings.parts.add(document.slug + part);
    return inside;
  }
  const picture = embedded.get(url);
  if (picture !== undefined) return HOLES.origin + picture.address;
  const lead = leadOf(url);
  if (lead?.kind === 'document') return articleUrl(url, lead.document.slug, lead.suffix, resolution);
  if (lead?.kind === 'site') return HOLES.origin + lead.path;
  const file = lead && publishedFile(url, lead, resolution);
  if (lead !== undefined && file !== undefined) return HOLES.origin + file.address + lead.suffix;
  const isElsewhere = isAbsolute(url);
  // A URL on another site needs no change.
  if (isElsewhere && (targets.copiedFrom === undefined || ownPath(url, targets) === undefined))
    return undefined;
  const held = lead === undefined ? targets.unpublished.lead(url, document) : undefined;
  if (isElsewhere) {
    if (lead === undefined && held === undefined) findings.dead.add(url);
  } else if (held?.kind === 'document') findings.absent.set(url, { path: held.document.path });
  else reportMissing(url, resolution);
  return undefined;
}

function reportMissing(url: string, { targets, leadOf, findings }: Resolution): void {
  const lead = leadOf(url);
  if (lead?.kind !== 'file') {
    if (!LEADS_AWAY.test(url)) findings.dead.add(url);
  } else if (!targets.faulty.has(lead.path)) findings.unpublishable.set(url, lead.path);
}

function publishedFile(url: string, lead: Lead, { targets, findings }: Resolution): MediaFile | undefined {
  const file = lead.kind === 'file' ? targets.files.get(lead.path) : undefined;
  if (lead.kind !== 'file' || file === undefined) return undefined;
  findings.files.add(lead.path);
  if (lead.isMisspelt) findings.misspelt.set(url, lead.path);
  return file;
}

function findTitle(url: string, { targets, leadOf }: Resolution): string | undefined {
  const stated = nameIn(url);
  if (stated === undefined || !(stated.isTitled || stated.words)) return undefined;
  const lead = leadOf(url);
  // In Gollum, the words precede the name.
  if (stated.words && lead !== undefined)
    return leadOf(url.replace(/\?[^#]*/, '')) === undefined ? stated.name : undefined;
  return lead?.kind === 'document' ? targets.targets.get(lead.document.slug)?.title : undefined;
}

function findFile(url: string, resolution: Resolution): MediaFile | undefined {
  const lead = resolution.leadOf(url);
  return resolution.embedded.get(url) ?? (lead && publishedFile(url, lead, resolution));
}

function findTranscript(url: string, resolution: Resolution): string | undefined {
  const lead = isAbsolute(url) ? undefined : resolution.leadOf(url);
  return lead?.kind === 'document' ? articleUrl(url, lead.document.slug, '', resolution) : undefined;
}

/** A person with the fields that are visible. The name is the same in all renditions: it is a facet. */
function findPerson(id: string, resolution: Resolution): Person | undefined {
  const { all, people, allPeople, profiles, targets, files } = resolution.targets;
  const known = (resolution.document.isScheduled ? allPeople : people).find(id);
  const profile = profiles.find(id);
  if (known === undefined) {
    const target = targets.get(allPeople.find(id)?.slug ?? '');
    const file = profiles.missing(id);
    if (target !== undefined) resolution.findings.absent.set(id, { path: target.path, target });
    else if (file !== undefined) resolution.findings.unknown.set(id, file);
    return profile && withAddress(profile, files);
  }
  const { name } = known.person;
  if (!isVisibleArticle(known.slug, resolution)) return { name };
  const uri = HOLES.origin + articlePath(known.slug);
  const person = { ...(known.hasWords && { uri }), ...withPicture(known, all), ...profile, name };
  return withAddress(person, files);
}

/** A person with the address of the picture instead of its path; without the picture, if it is not published. */
function withAddress({ image, ...rest }: Person, files: LinkTargets['files']): Person {
  if (image === undefined) return rest;
  if (isAbsolute(image)) return { ...rest, image };
  const file = files.get(image);
  const address = file?.variants?.[0]?.address ?? file?.address;
  return address === undefined ? rest : { ...rest, image: HOLES.origin + address };
}

/** A link to another site, but not to a file on the author's machine; or template code, which has its own warning. */
const LEADS_AWAY =
  /^(?!(?:wikilink|pathname|link|page|statamic|file|[a-z]):)[a-z][a-z\d+.-]*:|^\/\/|\{\{|\{%|<%/i;

/**
 * Whether it may be the path of a file, with or without an ending: front matter may state a picture without one.
 * Missing recordings are reported separately: they may be in the folder of the podcast's recordings.
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
