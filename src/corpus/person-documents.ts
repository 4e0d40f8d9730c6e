import type { Instant, Person } from '../article.ts';
import { slugify } from '../documents/addresses.ts';
import type { ParsedDocument } from '../documents/parsed-document.ts';
import { parseHttpUrl } from '../html/url.ts';
import type { LinkIndex } from './link-index.ts';
import type { MediaFile } from './media-files.ts';
import type { Profiles } from './profiles.ts';

interface Document {
  readonly path: string;
  readonly parsed: Pick<ParsedDocument, 'person' | 'language'>;
  readonly pageReason: string | undefined;
  readonly identity: { readonly slug: string };
}

interface Targets {
  readonly people: PersonDocuments;
  readonly all: LinkIndex;
  /** By slug. */
  readonly targets: ReadonlyMap<string, { readonly until: Instant }>;
}

/** A person whom a document describes. */
export interface PersonDocument {
  readonly path: string;
  /** Of its article. */
  readonly slug: string;
  /** With the picture as stated. */
  readonly person: Person;
  /** Whether the document has more than front matter. */
  readonly hasWords: boolean;
}

/** People with documents of their own, such as `authors/jane-roe.md`. */
export interface PersonDocuments {
  /** @param name the key or the name by which other documents refer to a person */
  find(name: string): PersonDocument | undefined;
  readonly all: readonly PersonDocument[];
}

/** @param language of the documents that take precedence over their translations */
export function personDocuments(documents: readonly Document[], language: string): PersonDocuments {
  const byKey = new Map<string, PersonDocument>();
  const describing = documents.filter(({ parsed }) => parsed.person !== undefined);
  const isTranslated = ({ parsed }: Document): number => Number(parsed.language !== language);
  for (const { path, parsed, pageReason, identity } of describing.toSorted(
    (a, b) => isTranslated(a) - isTranslated(b),
  )) {
    if (parsed.person === undefined) continue;
    const { keys, hasWords, ...person } = parsed.person;
    const known = { path, slug: identity.slug, person, hasWords };
    // A dated document may be an article about somebody who has the name of an author.
    for (const name of pageReason === undefined ? keys : [...keys, person.name]) {
      const key = slugify(name);
      if (key !== '' && !byKey.has(key)) byKey.set(key, known);
    }
  }
  // Thousands of documents name the same few people.
  const byName = new Map<string, PersonDocument | undefined>();
  const find = (name: string): PersonDocument | undefined => {
    if (!byName.has(name)) byName.set(name, byKey.get(slugify(name)));
    return byName.get(name);
  };
  return { find, all: [...new Set(byKey.values())] };
}

/** The person with the path of the picture, if that is a file. */
export function withPicture({ path, person }: PersonDocument, index: LinkIndex): Person {
  const { image } = person;
  const lead = image === undefined ? undefined : index.lead(image, { path, translations: [] });
  return lead?.kind === 'file' ? { ...person, image: lead.path } : person;
}

type People = Pick<Profiles, 'find'>;

/** Finds people by their keys and names: those who have documents, and those in other files. */
export function peopleFinder(documents: PersonDocuments, profiles: People): People {
  return { find: (name) => documents.find(name)?.person ?? profiles.find(name) };
}

/** The people whom files and visible documents describe, each once; pictures are URLs or paths on the site. */
export function describedPeople(
  profiles: Profiles,
  { people, all, targets }: Targets,
  files: ReadonlyMap<string, MediaFile>,
  now: Instant,
): Person[] {
  const documents = people.all.filter(({ slug }) => (targets.get(slug)?.until ?? now) > now);
  const byName = new Map<string, Person>();
  // The biography of a document may be its first words.
  for (const person of [...documents.map((document) => withPicture(document, all)), ...profiles.all])
    byName.set(person.name, { ...byName.get(person.name), ...person });
  return [...byName.values()].map(({ image, ...person }) => {
    const address = image === undefined ? undefined : (files.get(image)?.address ?? parseHttpUrl(image));
    return address === undefined ? person : { ...person, image: address };
  });
}
