import { type Author, Feed } from 'feed';
import type { Article, Media, Person } from '../article.ts';
import { articlePath } from '../routes.ts';
import { HOLES } from '../store/template.ts';
import { type Envelope, type FeedFacts, GENERATOR, NEVER, otherFormats } from './facts.ts';
import { mediaContent } from './media.ts';
import { escapeXml, Slots } from './slots.ts';

const NAMESPACES = [
  'xmlns="http://www.w3.org/2005/Atom"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
].join(' ');
const TOMBSTONES = 'xmlns:at="http://purl.org/atompub/tombstones/1.0"';

/** An `entry` (RFC 4287 §4.1.2), with holes for the origin and the body. */
export function atomEntry(article: Article): string {
  const slots = new Slots();
  const feed = new Feed({ title: '', updated: new Date(NEVER) });
  feed.addItem({
    title: slots.text(article.title),
    id: slots.text(article.id),
    link: slots.text(HOLES.origin + articlePath(article.slug)),
    date: new Date(article.updated),
    published: new Date(article.published),
    description: slots.text(article.summary),
    content: slots.markup(`<![CDATA[${HOLES.body}]]>`),
    ...(article.authors.length === 0
      ? {}
      : { author: article.authors.map((author) => person(author, slots)) }),
  });
  const xml = feed.atom1();
  const entry = slots
    .fill(xml.slice(xml.indexOf('<entry>'), xml.lastIndexOf('</entry>')))
    .replace('<entry>', `<entry xml:lang="${escapeXml(article.language)}">`)
    .replace(/<(title|summary) type="html">/g, '<$1>');
  return `${entry}${moreOfEntry(article)
    .map((element) => `    ${element}\n    `)
    .join('')}</entry>`;
}

function moreOfEntry({ source, image, enclosures }: Article): string[] {
  return [
    ...(source === undefined ? [] : [`<dc:source>${escapeXml(source.title)}</dc:source>`]),
    ...(source?.uri === undefined ? [] : [`<link rel="via" href="${escapeXml(source.uri)}"/>`]),
    ...enclosures.map(enclosureLink),
    ...(image === undefined ? [] : [mediaContent(image)]),
  ];
}

/** RFC 4287 §4.2.7.2 */
function enclosureLink({ url, type, length, title }: Media): string {
  const size = length === undefined ? '' : ` length="${length}"`;
  const name = title === undefined ? '' : ` title="${escapeXml(title)}"`;
  return `<link rel="enclosure" href="${escapeXml(url)}" type="${escapeXml(type)}"${size}${name}/>`;
}

/** RFC 6721 §3 */
function deletedEntry({ id, removed }: FeedFacts['removed'][number]): string {
  return `<at:deleted-entry ref="${escapeXml(id)}" when="${new Date(removed).toISOString()}"/>\n    `;
}

/** The `feed` (RFC 4287 §4.1.1) without its entries. */
export function atomEnvelope(facts: FeedFacts): Envelope {
  const slots = new Slots();
  const [author, ...contributors] = facts.authors;
  const feed = new Feed({
    id: slots.text(facts.id),
    title: slots.text(facts.title),
    description: slots.text(facts.description),
    link: slots.text(facts.homeUrl),
    updated: new Date(facts.updated ?? NEVER),
    generator: GENERATOR,
    feedLinks: { atom: slots.text(facts.feedUrls.atom) },
    favicon: slots.text(facts.iconUrl),
    ...(facts.copyright === undefined ? {} : { copyright: slots.text(facts.copyright) }),
    ...(author === undefined ? {} : { author: person(author, slots) }),
  });
  for (const contributor of contributors) feed.addContributor(person(contributor, slots));
  const alternates = otherFormats(facts, 'atom').map(
    ({ type, url }) => `<link rel="alternate" type="${type}" href="${escapeXml(url)}"/>\n    `,
  );
  const tombstones = facts.removed.map(deletedEntry);
  const namespaces = tombstones.length === 0 ? NAMESPACES : `${NAMESPACES} ${TOMBSTONES}`;
  const root = `<feed ${namespaces} xml:lang="${escapeXml(facts.language)}">`;
  const xml = slots.fill(feed.atom1()).replace(/<feed [^>]*>/, root);
  const end = xml.indexOf('</feed>');
  return {
    head: `${xml.slice(0, end)}    ${alternates.join('')}${tombstones.join('')}`,
    separator: '\n',
    tail: `\n${xml.slice(end)}\n`,
  };
}

function person({ name, uri, email }: Person, slots: Slots): Author {
  return {
    name: slots.text(name),
    ...(uri === undefined ? {} : { link: slots.text(uri) }),
    ...(email === undefined ? {} : { email: slots.text(email) }),
  };
}
