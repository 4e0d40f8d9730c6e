import { isVault } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { type Content, plain, shorten, textWithoutNotes } from '../html/text.ts';
import {
  attribute,
  contains,
  type Element,
  findAll,
  HEADINGS,
  isBlank,
  isElement,
  type Parent,
  type RootContent,
  root,
} from '../html/tree.ts';
import { baseName } from '../strings.ts';
import { isSection } from './file-name.ts';
import { withoutTex } from './plain-formulas.ts';
import type { Draft } from './source.ts';
import { EmptyDocumentError } from './stated.ts';

const MAX_MADE_TITLE = 80;

/** Whether a generator's document has only a title and a template: a list, a search, an archive. */
export function hasOnlyTitle(
  { published, image, enclosures = [], content, address, person }: Draft,
  references: readonly string[],
  { generator }: Site,
  path: string,
): boolean {
  // The document of a person may consist of front matter only.
  if (person !== undefined) return false;
  if (references.length > 0 || image !== undefined || enclosures.length > 0 || address !== undefined)
    return false;
  if (contains(content, 'img', 'audio', 'video')) return false;
  // Other notes link to an empty note.
  return isSection(path) || (generator !== undefined && !isVault(generator) && published === undefined);
}

/** @throws DocumentError when there is nothing to publish */
export function titleOf(
  draft: Draft,
  content: Parent,
  hasReferences: boolean,
  path: string,
  { generator }: Site,
): string {
  const isPicture = hasReferences || contains(content, 'img', 'audio', 'video');
  const words = firstWords(content);
  const title =
    plain(draft.title) ||
    (words !== '' && titleInGenerator(draft.slug ?? path, generator)) ||
    words ||
    firstAlternative(content) ||
    (isPicture ? titleOfName(draft.slug ?? path) : '');
  if (title !== '') return withoutTex(title);
  throw new EmptyDocumentError(
    `Cannot publish seeds/${path}: it has no text; expected a headline or a paragraph`,
  );
}

/** The title that a generator makes of a file name; empty if it makes none. */
export function titleInGenerator(path: string, generator: Site['generator']): string {
  const stem = baseName(path).replace(/\.[^.]+$/, '');
  if (!/\p{L}/u.test(stem) || /^_?(?:index|readme)$/i.test(stem)) return '';
  switch (generator?.name) {
    case 'Obsidian':
    case 'Quartz':
      return stem;
    case 'Logseq':
      return stem.replaceAll('___', '/');
    case 'Bridgetown':
    case 'Jekyll':
    case 'MkDocs':
      return titleOfName(path).replace(/(?<!\S)\p{Ll}/gu, (letter) => letter.toUpperCase());
    default:
      return '';
  }
}

/** The first words up to a heading, or the heading if it begins the text. */
function firstWords(content: Parent): string {
  for (const part of partsOf(content)) {
    // Adjacent inline nodes belong together; blocks are separate.
    const isLoose = part.some((node) => node.type === 'text' && node.value.trim() !== '');
    const blocks = isLoose ? [part] : part.flatMap(firstBlocks);
    const words = blocks.map(textWithoutNotes).find((each) => each !== '');
    if (words !== undefined) return shorten(words.replace(/^[☐☑] /, ''), MAX_MADE_TITLE);
  }
  return '';
}

/** The blocks of a quotation; the first row of a table; the first item of a list, without the list within it. */
function firstBlocks(node: RootContent): readonly Content[] {
  if (isElement(node, 'blockquote')) return [...withoutLabel(node).children.flatMap(firstBlocks), node];
  const [first] = isElement(node, 'ul', 'ol', 'table') ? findAll(node, 'li', 'tr') : [];
  return [first?.children.filter((child) => !isElement(child, 'ul', 'ol')) ?? node];
}

/** A quotation without the bold label of an admonition, such as "Note". */
export function withoutLabel(block: Element): Parent {
  const [first, ...rest] = block.children.filter((child) => !isBlank(child));
  if (block.tagName !== 'blockquote' || rest.length === 0 || !isElement(first, 'p')) return block;
  return first.children.every((child) => isElement(child, 'strong')) ? root(rest) : block;
}

/** The alternative text of the first picture that has one. */
function firstAlternative(content: Parent): string {
  const words = findAll(content, 'img').map((picture) => plain(attribute(picture, 'alt')));
  return shorten(words.find((each) => each !== undefined) ?? '', MAX_MADE_TITLE);
}

/** A content split at its headings. */
function* partsOf({ children }: Parent): Generator<readonly RootContent[]> {
  let part: RootContent[] = [];
  for (const child of children) {
    if (child.type !== 'element' || !(HEADINGS.includes(child.tagName) || contains(child, ...HEADINGS))) {
      part.push(child);
      continue;
    }
    yield part;
    part = [];
    if (HEADINGS.includes(child.tagName)) yield [child];
    else yield* partsOf(child);
  }
  yield part;
}

/** The words of a file's name, for what has none of its own: a picture, a recording. */
function titleOfName(path: string): string {
  const name = baseName(path.replace(/(?:\/index)?\.[^./]+$/, ''));
  return plain(name.replace(/[-_]+/g, ' ')) ?? '';
}
