import type { Person } from '../../article.ts';
import { decodeReferences } from '../../html/parse.ts';
import { isObject } from '../../json.ts';
import { countLineBreaks } from '../../strings.ts';
import { readSeconds } from '../front-matter/media.ts';
import { defined, type StatedMedia } from '../stated.ts';
import { type PageMetadata, readNames, readPerson, readTags, type Sourced } from './metadata.ts';

export interface JsonLd {
  readonly claims: PageMetadata;
  /** The text of the article, for pages that only scripts would fill. */
  readonly articleBody: string | undefined;
  /** Scripts that are not JSON, and why. */
  readonly broken: readonly { readonly line: number | undefined; readonly reason: string }[];
}

type Thing = Readonly<Record<string, unknown>>;

/** Types of schema.org for an article, and for the page around it. */
const ARTICLE = /(?:Article|Posting|Report|Review|Recipe|HowTo|Episode|Chapter|APIReference|CreativeWork)$/;
const PAGE = /(?:Web|Item|About|FAQ|Medical|Collection)Page$/;
/** Properties that lead to the article from what is around it. */
const LEADING = ['@graph', 'mainEntity', 'mainEntityOfPage'];
const MAX_THINGS = 10_000;

/** Reads the article that a page describes in JSON-LD with the words of schema.org. */
export function readJsonLd(scripts: readonly Sourced[]): JsonLd {
  const broken: { line: number | undefined; reason: string }[] = [];
  const found: { thing: Thing; script: Sourced }[] = [];
  for (const script of scripts) {
    try {
      for (const thing of collectThings(parseScript(script.text))) found.push({ thing, script });
    } catch (error) {
      broken.push({ line: script.line, reason: reasonOf(error) });
    }
  }
  const best = found.toSorted((one, other) => rank(other.thing) - rank(one.thing))[0];
  if (best === undefined || rank(best.thing) === 0) return { claims: {}, articleBody: undefined, broken };
  const graph = new Map<unknown, Thing>();
  for (const { thing } of found) {
    if (Object.keys(thing).length > 1 && !graph.has(thing['@id'])) graph.set(thing['@id'], thing);
  }
  const read = reader(graph);
  return {
    claims: metadataOf(best.thing, best.script, read),
    articleBody: read(best.thing, 'articleBody').flatMap(textsOf)[0],
    broken,
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ (?:in JSON )?at position .*$/u, '') : String(error);
}

/** A string, or a comma at the end of a list. */
const STRING_OR_COMMA = /"(?:[^"\\]+|\\.)*"?|,(?=\s{0,100}[}\]])/gs;

/**
 * JSON, in the wrappings that XHTML needed, with the line breaks in strings and the commas at the end of lists that
 * templates leave there.
 */
function parseScript(text: string): unknown {
  const json = text
    .replace(/^\s*(?:<!--|(?:\/\/\s*|\/\*\s*)?<!\[CDATA\[(?:\s*\*\/)?)/u, '')
    .replace(/(?:-->|(?:\/\/\s*|\/\*\s*)?\]\]>(?:\s*\*\/)?|;)\s*$/u, '')
    .replace(/[\n\t]/gu, ' ');
  try {
    return JSON.parse(json);
  } catch (error) {
    const repaired = json.replace(STRING_OR_COMMA, (token) => (token === ',' ? '' : token));
    if (repaired.length === json.length) throw error;
    return JSON.parse(repaired);
  }
}

function collectThings(json: unknown): Thing[] {
  const things: Thing[] = [];
  const waiting = [json];
  while (waiting.length > 0 && things.length < MAX_THINGS) {
    const value = waiting.shift();
    if (Array.isArray(value)) waiting.unshift(...value.slice(0, MAX_THINGS));
    else if (isObject(value)) {
      things.push(value);
      waiting.push(...LEADING.map((name) => value[name]));
    }
  }
  return things;
}

/** The likelihood that a thing is the article of the page; 0: it is not. */
function rank(thing: Thing): number {
  const types = [thing['@type']].flat().map(String);
  const kind = types.some((type) => ARTICLE.test(type)) ? 10 : types.some((type) => PAGE.test(type)) ? 1 : 0;
  if (kind === 0) return 0;
  const said = ['headline', 'datePublished', 'author', 'articleBody', 'mainEntityOfPage'];
  return kind + said.filter((name) => name in thing).length;
}

type Read = (thing: Thing, ...names: readonly string[]) => unknown[];

/** Reads properties as a list, with references to other things of the page followed. */
function reader(graph: ReadonlyMap<unknown, Thing>): Read {
  return (thing, ...names) =>
    names
      .flatMap((name) => [thing[name]].flat())
      .filter((value) => value !== undefined && value !== null)
      .map((value) => (isObject(value) && '@id' in value ? (graph.get(value['@id']) ?? value) : value));
}

function metadataOf(thing: Thing, script: Sourced, read: Read): PageMetadata {
  const texts = (...names: readonly string[]): string[] => read(thing, ...names).flatMap(textsOf);
  const dates = (...names: readonly string[]): Sourced[] =>
    texts(...names).map((text) => ({ text, line: lineInScript(text, script) }));
  return {
    title: texts('headline', 'name'),
    published: dates('datePublished', 'dateCreated'),
    updated: dates('dateModified'),
    expires: dates('expires'),
    summary: texts('description', 'abstract'),
    language: texts('inLanguage'),
    authors: read(thing, 'author', 'creator').flatMap((value) => peopleIn(value, read)),
    tags: read(thing, 'keywords').flatMap((value) =>
      isObject(value) ? read(value, 'name').flatMap(textsOf) : textsOf(value).flatMap(readTags),
    ),
    section: texts('articleSection'),
    image: read(thing, 'image', 'primaryImageOfPage', 'thumbnailUrl')
      .flatMap((value) => urlsOf(value, read))
      // A reference to a thing that the page does not describe is no file.
      .filter((url) => !url.includes('#'))
      .map((url) => ({ url })),
    enclosures: read(thing, 'audio', 'video', 'associatedMedia').flatMap((value) => mediaIn(value, read)),
    address: read(thing, 'url', 'mainEntityOfPage').flatMap((value) => urlsOf(value, read)),
    original: read(thing, 'isBasedOn', 'isBasedOnUrl').flatMap((value) => urlsOf(value, read)),
    site: read(thing, 'publisher').flatMap((value) =>
      isObject(value) ? read(value, 'name').flatMap(textsOf) : textsOf(value),
    ),
  };
}

/** A string, or `{"@value": …}`; templates write HTML character references into it. */
function textsOf(value: unknown): string[] {
  const text = isObject(value) ? value['@value'] : value;
  if (typeof text !== 'string' && typeof text !== 'number') return [];
  const plain = decodeReferences(String(text)).trim();
  return plain === '' ? [] : [plain];
}

function urlsOf(value: unknown, read: Read): string[] {
  if (!isObject(value)) return textsOf(value);
  const urls = read(value, 'url', 'contentUrl').flatMap(textsOf);
  return urls.length > 0 ? urls : textsOf(value['@id']);
}

function peopleIn(value: unknown, read: Read): Person[] {
  if (!isObject(value) || '@value' in value) return textsOf(value).flatMap(readNames);
  const [uri] = read(value, 'url').flatMap(textsOf);
  const [email] = read(value, 'email').flatMap(textsOf);
  return read(value, 'name')
    .flatMap(textsOf)
    .flatMap((name) => readPerson(name, uri, email) ?? []);
}

function mediaIn(value: unknown, read: Read): StatedMedia[] {
  if (!isObject(value)) return [];
  const said = (name: string): string | undefined => read(value, name).flatMap(textsOf)[0];
  const url = said('contentUrl');
  if (url === undefined) return [];
  const [type, title] = [said('encodingFormat'), said('name')];
  const duration = readSeconds(said('duration') ?? '') || undefined;
  const length = said('contentSize') ?? '';
  return [
    {
      url,
      ...(type?.includes('/') && { type }),
      ...(/^\d+$/.test(length) && { length: Number(length) }),
      ...defined({ duration, title }),
    },
  ];
}

function lineInScript(text: string, { text: script, line }: Sourced): number | undefined {
  const before = script.slice(0, Math.max(script.indexOf(`"${text}"`), 0));
  return line === undefined ? undefined : line + countLineBreaks(before);
}
