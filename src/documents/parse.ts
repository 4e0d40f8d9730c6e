import { type FrontMatterDefaults, type Generator, isVault, type ListKind } from '../config/generator.ts';
import { root } from '../html/tree.ts';
import { attempt, memoized } from '../memo.ts';
import { wordSet } from '../strings.ts';
import { UNFINISHED, visibilityOfPath } from './file-name.ts';
import { type Field, type Fields, fieldItems, fieldMap, fieldText } from './front-matter/fields.ts';
import { withNestedFields } from './front-matter/read-fields.ts';
import { readVisibility, withStrictest } from './front-matter/visibility.ts';
import { parseYamlFields } from './front-matter/yaml.ts';
import { parseHtmlDocument } from './html-page/html-page.ts';
import { DOCUMENT_ENDINGS, type Kind, kindOf } from './kinds.ts';
import { parseMarkdown } from './markdown/markdown.ts';
import { parseText } from './plain-text/plain-text.ts';
import { type DocumentSource, type Draft, readSource } from './source.ts';
import { DocumentError, defined, type SourceFile, type Visibility } from './stated.ts';
import { titleInGenerator } from './title.ts';

const PARSERS: Readonly<Record<Kind, (source: DocumentSource) => Draft>> = {
  text: parseText,
  markdown: parseMarkdown,
  mdx: parseMarkdown,
  html: parseHtmlDocument,
};

/**
 * Reads a document by its kind. A document that its path or its front matter holds back is not parsed: it has no
 * content.
 *
 * @param showsDrafts whether a draft is read like any other document
 * @param generator may state front matter for it
 * @throws DocumentError when it cannot be read
 */
export function parseDocument(file: SourceFile, showsDrafts = false, generator?: Generator): Draft {
  const { path } = file;
  const kind = kindOf(path);
  if (kind === undefined)
    throw new DocumentError(
      `Cannot read seeds/${path}: expected a name that ends in ${DOCUMENT_ENDINGS.join(', ')}`,
    );
  const visibility = visibilityOfPath(path);
  const isHidden = (value: Visibility | undefined): boolean =>
    value === 'excluded' || (value === 'draft' && !showsDrafts);
  if (isHidden(visibility)) return { visibility: visibility as Visibility, authors: [], content: root([]) };
  const read = readSource(file, generator?.readsMdx);
  const fields = ONLY_COMMAS.has(generator?.name ?? '') ? withWholeTags(read.fields) : read.fields;
  const isNote = isVault(generator) && titleInGenerator(path, generator) !== '';
  const source = { ...read, fields: withDefaults(fields, path, generator), isNote };
  const stated = readVisibility(withNestedFields(source.fields), path);
  const draft: Draft = isHidden(stated.visibility)
    ? { authors: [], content: root([]) }
    : PARSERS[read.isMarkdown ? 'markdown' : kind](source);
  // A copied site was public.
  const isUnfinished =
    kind !== 'html' &&
    UNFINISHED.test(path) &&
    draft.published === undefined &&
    !['draft', 'published'].some((name) => read.fields.has(name));
  const seen: Draft = isUnfinished ? { ...draft, visibility: 'draft' } : draft;
  const { visibility: strict, warnings = [], ...rest } = withStrictest(seen, stated);
  const all = isHidden(stated.visibility) ? warnings : [...read.warnings, ...warnings];
  const isShown = strict === 'draft' && showsDrafts;
  return {
    ...rest,
    ...(all.length > 0 && { warnings: all }),
    ...(!isShown && defined({ visibility: strict })),
  };
}

/** Generators for which a tag may have spaces. */
const ONLY_COMMAS = wordSet('Eleventy Hexo Hugo Middleman Nikola Pelican');

/** Whether a document is not published. */
export function isHeldBack<Held extends { readonly visibility?: Visibility }>(
  document: Held,
): document is Held & { readonly visibility: 'draft' | 'excluded' } {
  return document.visibility === 'draft' || document.visibility === 'excluded';
}

/** Tags that are collections of the generator. */
const COLLECTIONS: ReadonlySet<string> = new Set(['all', 'nav', 'post', 'posts', 'page', 'pages']);

/** Fields by their source text. */
const fieldsOf = memoized((values: string): Fields => attempt(() => parseYamlFields(values, 1)) ?? new Map());

/** Adds the fields that the configuration of a generator states for a document. */
function withDefaults(own: Fields, path: string, generator: Generator | undefined): Fields {
  const stated = generator === undefined ? own : inKnownTerms(own, generator);
  if (generator === undefined) return stated;
  const whole = generator.prefix + path;
  const stem = whole.replace(/\.[^./]+$/, '');
  const fields = new Map<string, Field>();
  const tags: Field[] = [];
  const { folders, documents } = byScope(generator);
  const inFolders = folders.filter(
    ({ scope, section }) =>
      whole.startsWith(scope) && (section === undefined || `/${whole}`.includes(`/${section}/`)),
  );
  for (const { values, addsTags } of [...inFolders, ...(documents.get(stem) ?? [])]) {
    for (const [name, field] of fieldsOf(values)) {
      if (name === 'tags' && addsTags)
        tags.push(...fieldItems(field).filter((tag) => !COLLECTIONS.has(fieldText(tag) ?? '')));
      else fields.set(name, field);
    }
  }
  for (const [name, field] of stated) fields.set(name, field);
  // PHP reads a date with slashes in the American order.
  const date = fields.get('date');
  const [, clock = '', month, day, year] =
    /^(\d\d?:\d\d )?(\d\d?)\/(\d\d?)\/(\d{4})$/.exec(fieldText(date)?.trim() ?? '') ?? [];
  if (generator.name === 'Grav' && date !== undefined && year !== undefined)
    fields.set('date', { ...date, value: `${clock}${year}-${month}-${day}` });
  const category = generator.name === 'Pelican' ? PELICAN_CATEGORY.exec(whole)?.[1] : undefined;
  if (category !== undefined && !fields.has('category') && !FOLDERS.test(category))
    fields.set('category', { line: 1, value: category });
  const all = fields.get('tags');
  if (tags.length > 0) fields.set('tags', { line: all?.line ?? 1, value: [...fieldItems(all), ...tags] });
  return fields;
}

/** In Pelican, the folder of a document is its category. */
const PELICAN_CATEGORY = /^content\/(?:[^/]+\/)*([^/]+)\/[^/]+$/;
/** Folders of documents that are no categories. */
const FOLDERS = /^(?:pages|articles|posts|blog|drafts|extra|\d+)$/i;

const FIELD_OF: Readonly<Partial<Record<ListKind, string>>> = {
  tag: 'tags',
  author: 'authors',
  series: 'series',
};

/** Fields of the taxonomies of a generator count as tags, authors or series, and tags have their labels. */
function inKnownTerms(stated: Fields, { taxonomies, tagLabels }: Generator): Fields {
  const fields = new Map(stated);
  const terms = fieldMap(stated.get('taxonomies'));
  for (const [name, kind] of Object.entries(taxonomies)) {
    const field = stated.get(name) ?? terms?.get(name);
    const known = FIELD_OF[kind] ?? name;
    if (field === undefined || name === known || KNOWN_TAXONOMIES.has(name)) continue;
    const others = fields.get(known) ?? terms?.get(known);
    fields.set(known, { line: field.line, value: [...fieldItems(others), ...fieldItems(field)] });
  }
  const tags = fields.get('tags');
  if (tags !== undefined && Object.keys(tagLabels).length > 0)
    fields.set('tags', {
      ...tags,
      value: fieldItems(tags).map((tag) => ({ ...tag, value: tagLabels[fieldText(tag) ?? ''] ?? tag.value })),
    });
  return fields;
}

/** Those that are read as they are. */
const KNOWN_TAXONOMIES = wordSet('categories topics labels authors series');

interface Scopes {
  /** Of folders and of the whole site. */
  readonly folders: readonly FrontMatterDefaults[];
  /** Of single documents, by their paths without their endings. */
  readonly documents: ReadonlyMap<string, readonly FrontMatterDefaults[]>;
}

const byScope = memoized((generator: Generator): Scopes => {
  const isOfFolder = ({ scope }: FrontMatterDefaults): boolean => scope === '' || scope.endsWith('/');
  const ofDocuments = generator.defaults.filter((each) => !isOfFolder(each));
  return {
    folders: generator.defaults.filter(isOfFolder),
    documents: Map.groupBy(ofDocuments, ({ scope }) => scope),
  };
}, new WeakMap());

/** Makes one tag of a text without commas, as in Eleventy; in other generators, its words are tags. */
function withWholeTags(fields: Fields): Fields {
  const whole = ['tags', 'categories'].flatMap((name): [string, Field][] => {
    const field = fields.get(name);
    return field === undefined || /[,;，、；،]/.test(fieldText(field) ?? ',')
      ? []
      : [[name, { ...field, value: [field] }]];
  });
  return whole.length === 0 ? fields : new Map([...fields, ...whole]);
}
