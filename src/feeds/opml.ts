import type { Instant } from '../article.ts';
import { EVERYTHING, type Slice, sliceOfValue } from '../facets.ts';
import { slicePath } from '../routes/paths.ts';
import type { FacetGroup } from '../store/facets-format.ts';
import { escapeXml, type XmlAttributes, xmlElement } from './xml.ts';

/** The metadata of an OPML list. */
interface OpmlMetadata {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  readonly owner: string;
  /** When a feed of the list last changed. */
  readonly updated: Instant;
  /** Such as `https://example.org`. */
  readonly origin: string;
}

/** Every feed of the site as a subscription list (OPML 2.0, "Subscription lists"), grouped by facet. */
export function opml(metadata: OpmlMetadata, groups: readonly FacetGroup[]): string {
  const { title, description, language, owner, updated, origin } = metadata;
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
    <ownerName>${escapeXml(owner)}</ownerName>
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
