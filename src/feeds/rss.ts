import { Feed } from 'feed';
import type { Article, Media } from '../article.ts';
import { articlePath, paths } from '../routes.ts';
import type { Site } from '../settings.ts';
import { HOLES } from '../store/template.ts';
import { feedUrls, GENERATOR, NEVER, otherFormats } from './facts.ts';
import { mediaContent } from './media.ts';
import { escapeXml, Slots } from './slots.ts';

const NAMESPACES = [
  'xmlns:atom="http://www.w3.org/2005/Atom"',
  'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
  'xmlns:dc="http://purl.org/dc/elements/1.1/"',
  'xmlns:media="http://search.yahoo.com/mrss/"',
  'xmlns:fh="http://purl.org/syndication/history/1.0"',
].join(' ');

/** An `item` of RSS 2.0, with holes for the origin and the body. */
export function rssItem(article: Article): string {
  const slots = new Slots();
  const feed = new Feed({ title: '', link: 'slot:', updated: new Date(NEVER) });
  feed.addItem({
    title: slots.text(article.title),
    link: slots.text(HOLES.origin + articlePath(article.slug)),
    guid: slots.text(article.id),
    date: new Date(article.published),
    // RSS 2.0 reads it as HTML.
    description: slots.text(escapeXml(article.summary)),
    content: slots.markup(`<![CDATA[${HOLES.body}]]>`),
    ...(article.tags.length === 0
      ? {}
      : { category: article.tags.map((tag) => ({ name: slots.text(tag) })) }),
  });
  const xml = feed.rss2();
  const item = slots.fill(xml.slice(xml.indexOf('<item>'), xml.lastIndexOf('</item>')));
  return `${item}${moreOfItem(article)
    .map((element) => `    ${element}\n        `)
    .join('')}</item>`;
}

/**
 * RSS 2.0 wants an e-mail address in `author` and the address of the source's feed in `source`. An article knows names
 * and the page where it first stood, so these go where Dublin Core and RFC 4287 §4.2.7.2 put them.
 */
function moreOfItem({ authors, language, source, image, enclosures }: Article): string[] {
  const [enclosure, ...others] = enclosures;
  return [
    ...authors.map(({ name }) => `<dc:creator>${escapeXml(name)}</dc:creator>`),
    `<dc:language>${escapeXml(language)}</dc:language>`,
    ...(source === undefined ? [] : [`<dc:source>${escapeXml(source.title)}</dc:source>`]),
    ...(source?.uri === undefined ? [] : [`<atom:link rel="via" href="${escapeXml(source.uri)}"/>`]),
    ...(enclosure === undefined ? [] : [enclosureElement(enclosure)]),
    ...(image === undefined ? [] : [mediaContent(image)]),
    ...others.map(mediaContent),
  ];
}

/** RSS 2.0 allows one in an item, and wants a length: 0 where nobody knows it. */
function enclosureElement({ url, type, length = 0 }: Media): string {
  return `<enclosure url="${escapeXml(url)}" length="${length}" type="${escapeXml(type)}"/>`;
}

/** The `channel` of RSS 2.0, with holes for what is known when it is asked for. */
export function rssEnvelope(site: Site): string {
  const slots = new Slots();
  const feed = new Feed({
    title: slots.markup(HOLES.title),
    description: slots.markup(HOLES.description),
    link: slots.markup(HOLES.origin + HOLES.homePath),
    language: slots.markup(HOLES.language),
    updated: new Date(NEVER),
    docs: 'https://www.rssboard.org/rss-specification',
    generator: GENERATOR,
    feedLinks: { rss: slots.markup(feedUrls.rss) },
    image: slots.markup(HOLES.origin + paths.icon),
    ...(site.copyright === undefined ? {} : { copyright: slots.text(site.copyright) }),
  });
  const alternates = otherFormats('rss').map(
    ({ type, url }) => `    <atom:link rel="alternate" type="${type}" href="${url}"/>\n    `,
  );
  return slots
    .fill(feed.rss2())
    .replace(/<rss [^>]*>/, `<rss version="2.0" ${NAMESPACES}>`)
    .replace(/(?<=<lastBuildDate>)[^<]*/, HOLES.updated)
    .replace('</channel>', `${alternates.join('')}    ${HOLES.history}${HOLES.list}\n    </channel>`)
    .concat('\n');
}
