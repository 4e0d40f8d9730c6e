import type { Instant, Person, Translation } from '../article.ts';
import type { Podcast } from '../config/site.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { absoluteUrl } from '../html/url.ts';
import { HOLES } from '../templates/template.ts';
import {
  articleUrl,
  filePath,
  findAt,
  findLead,
  type Lead,
  type Library,
  mediaOf,
  ownAddress,
  passingAt,
  seedPath,
  within,
} from './link-resolver.ts';
import type { MediaFile } from './media-files.ts';
import type { Surroundings } from './resolved-links.ts';

/** What a document needs of the others and of the files beside them, as it stands at one instant. */
export interface Neighbourhood {
  /** Where the relative URLs of its content lead; those that lead nowhere are absent. */
  readonly links: ReadonlyMap<string, string>;
  /** The published files that it names, by what it names them. */
  readonly files: ReadonlyMap<string, MediaFile>;
  /** The addresses of the articles that it names as transcripts, by what it names them. */
  readonly pages: ReadonlyMap<string, string>;
  /** Whom it names that have documents of their own, by what it names them. */
  readonly people: ReadonlyMap<string, Person>;
  /** Those that are visible. */
  readonly translations: readonly Translation[];
}

/** An article that may not always be visible. */
export interface Target {
  readonly path: string;
  /** Visible from this instant on, */
  readonly from: Instant;
  /** until just before this one; Infinity: for good. */
  readonly until: Instant;
}

/** All that documents can name. */
export interface Libraries {
  /** What the documents see that are out; no scheduled one may change where their links lead. */
  readonly out: Library;
  /** What the scheduled ones see. */
  readonly all: Library;
  /** Documents that are no articles; they have their paths for slugs. */
  readonly unpublished: Library;
  /** All articles, by slug. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Slugs of the articles that are not always visible, by the paths that lead to them, as `spellPath` spells them. */
  readonly passing: ReadonlyMap<string, string>;
}

/** A document that names others. */
export interface NamingDocument {
  readonly path: string;
  /** Of its article. */
  readonly slug: string;
  readonly isScheduled: boolean;
  readonly facts: Pick<ParsedDocument, 'references' | 'ownLinks' | 'attached' | 'transcripts' | 'people'>;
  readonly translations: readonly Translation[];
}

/** What comes to light when names are looked up. */
export interface Findings {
  /** When something that the document names appears or goes. */
  readonly turns: Set<Instant>;
  /** What it names that is not visible, by what it names it. */
  readonly absent: Map<string, Absent>;
}

/** A document that is not visible. */
export interface Absent {
  readonly path: string;
  /** Absent when it is no article. */
  readonly target?: Target;
}

/** One for all, since most documents name nothing. */
const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * Looks up what a document names. What is not visible at that instant is not there.
 *
 * @param findings takes what is found out on the way
 */
export function neighbourhoodOf(
  { path, slug, isScheduled, facts, translations }: NamingDocument,
  { out, all, unpublished, targets, passing }: Libraries,
  at: Instant,
  findings?: Findings,
): Neighbourhood {
  const library = isScheduled ? all : out;
  const others = library === all ? [] : [all];

  function isVisible(target: Target | undefined): boolean {
    if (target === undefined) return true;
    findings?.turns.add(target.from).add(target.until);
    return target.from <= at && at < target.until;
  }
  function urlOf(name: string, { url, slug: lead = '' }: Lead): string | undefined {
    const target = targets.get(lead);
    if (target === undefined || isVisible(target)) return url;
    findings?.absent.set(name, { path: target.path, target });
    return undefined;
  }
  function link(url: string): string | undefined {
    const inside = within(url, slug);
    if (inside !== undefined) return inside;
    for (const each of [library, ...others]) {
      const lead = findLead(url, path, each);
      if (lead !== undefined) return urlOf(url, lead);
    }
    const held = findLead(url, path, unpublished)?.slug;
    if (held !== undefined) {
      findings?.absent.set(url, { path: held });
      return undefined;
    }
    const address = ownAddress(url, path);
    return address && urlOf(url, passingAt(address, passing));
  }
  function transcript(url: string): string | undefined {
    const target = absoluteUrl(url) === undefined ? seedPath(url, path) : undefined;
    if (target === undefined) return undefined;
    const found = findAt(target, library.slugs) ?? findAt(target, all.slugs);
    return found === undefined ? undefined : urlOf(url, { url: articleUrl(found), slug: found });
  }
  /** Only the link comes and goes: the name is a facet, which is the same in all renditions. */
  function person(id: string): Person | undefined {
    const known = library.people.get(id);
    if (known === undefined) {
      const target = targets.get(all.people.get(id)?.slug ?? '');
      if (target !== undefined) findings?.absent.set(id, { path: target.path, target });
      return undefined;
    }
    const { name } = known;
    return isVisible(targets.get(known.slug)) ? { name, uri: articleUrl(known.slug) } : { name };
  }
  return {
    links: mapped([...facts.references, ...facts.ownLinks], link),
    files: mapped([...facts.references, ...facts.attached], (url) =>
      library.files.get(filePath(url, path, library.vault) ?? ''),
    ),
    pages: mapped(facts.transcripts, transcript),
    people: mapped(facts.people, person),
    translations: translations.filter((other) => isVisible(targets.get(other.slug))),
  };
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

/**
 * Where the links of a document lead.
 *
 * @param slug of its article
 */
export function surroundingsOf(
  { links, files, pages, people, translations }: Neighbourhood,
  slug: string,
  podcast: Podcast | undefined,
): Surroundings {
  const link = (url: string): string | undefined => absoluteUrl(url) ?? links.get(url) ?? within(url, slug);
  const filesByAddress = new Map([...files.values()].map((file) => [HOLES.origin + file.address, file]));
  return {
    link,
    media: link,
    size: (url) => sizeOf(files.get(url)),
    page: (url) => pages.get(url),
    person: (name) => people.get(name),
    file: (stated) => mediaOf(stated, filesByAddress.get(stated.url) ?? files.get(stated.url)),
    podcast,
    translations,
  };
}

function sizeOf(file: MediaFile | undefined): { width: number; height: number } | undefined {
  const { width, height } = file ?? {};
  return width === undefined || height === undefined ? undefined : { width, height };
}
