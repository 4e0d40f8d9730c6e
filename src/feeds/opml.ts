import type { Instant } from '../article.ts';
import type { Site } from '../config/site.ts';
import { EVERYTHING, type Slice, sliceOfValue } from '../facets.ts';
import { slicePath } from '../routes/paths.ts';
import type { FacetGroup } from '../store/facets-format.ts';
import { escapeXml, type XmlAttributes, xmlElement } from './xml.ts';

/**
 * Every feed of the site as a subscription list (OPML 2.0, "Subscription lists"), grouped by facet.
 *
 * @param updated when a feed of the list last changed
 */
export function opml(
  { title, description, language, authors: [owner] }: Site,
  origin: string,
  updated: Instant,
  groups: readonly FacetGroup[],
): string {
  const everything = outline(EVERYTHING, title, origin, { description, language });
  const grouped = groups.map(({ facet, name, values }) => {
    const outlines = values.map(({ key, label }) =>
      outline(sliceOfValue(facet, key), `${label} – ${title}`, origin),
    );
    return `    <outline text="${escapeXml(name)}" title="${escapeXml(name)}">\n${outlines.join('')}    </outline>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>
    <title>${escapeXml(title)}</title>
    <dateModified>${new Date(updated).toUTCString()}</dateModified>
    <ownerName>${escapeXml(owner.name)}</ownerName>
  </head>
  <body>
${everything}${grouped.join('')}  </body>
</opml>
`;
}

function outline(slice: Slice, text: string, origin: string, more: XmlAttributes = {}): string {
  const element = xmlElement('outline', {
    type: 'rss',
    version: 'RSS2',
    text,
    title: text,
    xmlUrl: origin + slicePath(slice, 'rss'),
    htmlUrl: origin + slicePath(slice, 'page'),
    ...more,
  });
  return `      ${element}\n`;
}
