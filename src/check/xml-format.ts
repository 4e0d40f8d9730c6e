import type { Instant } from '../article.ts';
import { wordList } from '../strings.ts';
import { type Issue, type Rule, repeated } from './report.ts';
import { childrenOf, readXml, type XmlElement } from './xml.ts';

type CommonRule = 'root' | 'required' | 'unknown' | 'once' | 'order' | 'self-missing' | 'self-address';

/** What a value must match. */
type Expectation = RegExp | ((value: string, rawText: string, now: Instant) => boolean);

/** A check of an element beyond its children and values. */
type Check = (element: XmlElement, where: string, parent: XmlElement) => Iterable<Issue>;

/** A format of feeds in XML. A place is `element`, `parent/element`, `element@attribute` or `@attribute`. */
interface XmlFormat<Name extends string> {
  readonly rules: Readonly<Record<Name | CommonRule, Rule>>;
  readonly root: string;
  /** The element of an article. */
  readonly entry: string;
  /** Matches the names of the format's own elements; all others are extensions. */
  readonly own: RegExp;
  readonly trimsText: boolean;
  /** The children of an element: `!` is required, `*` is repeatable. */
  readonly elements: Readonly<Record<string, string>>;
  /** Only the first expectation that a value does not meet is reported. An attribute with `!` is required. */
  readonly values: readonly (readonly [rule: Name | CommonRule, expected: Expectation, places: string])[];
  /** By place. */
  readonly checks: Readonly<Record<string, Check>>;
}

/** The check of the text of a feed that came from an address. */
export function feedCheck<Name extends string>(
  format: XmlFormat<Name>,
): (text: string, url: string, now: Instant) => Issue[] {
  const { rules, entry, own } = format;
  const vocabularies = new Map(
    Object.entries(format.elements).map(([name, elements]) => [
      name,
      new Map(wordList(elements).map((word) => [word.replace(/[!*]/, ''), word.at(-1)])),
    ]),
  );
  const values = format.values.flatMap(([rule, expected, places]) =>
    wordList(places).map((place) => ({ rule, expected, place: place.replace('!', ''), written: place })),
  );
  const checks = new Map(Object.entries(format.checks));
  const valuesAt = Map.groupBy(values, ({ place }) => place);
  const requiredAttributes = values.flatMap(({ place, written }) => (written === place ? [] : [place]));

  return (text, url, now) => {
    const { root, issues } = readXml(text);
    if (root === undefined) return [...issues];
    if (root.name !== format.root) return [...issues, rules.root(`<${root.name}>`)];
    return [...issues, ...checkElement(root, root.name, root)];

    function* checkElement(element: XmlElement, where: string, parent: XmlElement): Iterable<Issue> {
      const { name, text, rawText, attributes, children } = element;
      const places = [name, `${parent.name}/${name}`];
      yield* checkElements(element, where);
      yield* checkValue(places, format.trimsText ? text.trim() : text, rawText, where);
      for (const place of requiredAttributes) {
        const [owner, attribute = ''] = place.split('@');
        if (owner === name && !attributes.has(attribute))
          yield* checkValue([place], '', '', `${where} ${attribute}`);
      }
      for (const [attribute, value] of attributes)
        yield* checkValue([`${name}@${attribute}`, `@${attribute}`], value, value, `${where} ${attribute}`);
      for (const place of places) yield* checks.get(place)?.(element, where, parent) ?? [];
      let entries = 0;
      for (const child of children) {
        const at = child.name === entry ? `${entry} ${++entries}` : `${where} ${child.name}`;
        yield* checkElement(child, at, element);
      }
    }

    function* checkValue(
      places: readonly string[],
      value: string,
      rawText: string,
      where: string,
    ): Iterable<Issue> {
      const broken = places
        .flatMap((place) => valuesAt.get(place) ?? [])
        .find(
          ({ expected }) =>
            !(expected instanceof RegExp ? expected.test(value) : expected(value, rawText, now)),
        );
      if (broken !== undefined) yield rules[broken.rule](where, value);
    }

    function* checkElements(element: XmlElement, where: string): Iterable<Issue> {
      const vocabulary = vocabularies.get(element.name);
      if (vocabulary === undefined) return;
      const names = element.children.map(({ name }) => name);
      for (const [name, mark] of vocabulary)
        if (mark === '!' && !names.includes(name)) yield rules.required(`${where} ${name}`);
      for (const name of names)
        if (own.test(name) && !vocabulary.has(name)) yield rules.unknown(`${where} ${name}`);
      for (const name of repeated(names))
        if (vocabulary.has(name) && vocabulary.get(name) !== '*') yield rules.once(`${where} ${name}`);
      if (vocabulary.has(entry)) yield* checkFeed(element, names, where);
    }

    /** Checks the element that contains the entries: their position, and its self links. */
    function* checkFeed(feed: XmlElement, names: readonly string[], where: string): Iterable<Issue> {
      const late = names.includes(entry) ? names.slice(names.indexOf(entry)) : [];
      for (const name of late) if (own.test(name) && name !== entry) yield rules.order(`${where} ${name}`);
      const selves = linksOf(feed, 'self');
      if (selves.length === 0) yield rules['self-missing'](where);
      for (const { href = '' } of selves)
        if (href !== url) yield rules['self-address'](`${where} atom:link`, href);
    }
  };
}

/** The attributes of an element's links. */
export function linksOf(parent: XmlElement, rel: string): Record<string, string>[] {
  return childrenOf(parent, 'atom:link')
    .map(({ attributes }) => Object.fromEntries(attributes))
    .filter((attributes) => (attributes.rel ?? 'alternate') === rel);
}
