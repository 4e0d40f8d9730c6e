import { escapeXml } from './slots.ts';

/**
 * An element as XML; attributes that are undefined are left out.
 *
 * @param content markup
 */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  content = '',
): string {
  const written = Object.entries(attributes).flatMap(([attribute, value]) =>
    value === undefined ? [] : [` ${attribute}="${escapeXml(value)}"`],
  );
  const start = `<${name}${written.join('')}`;
  return content === '' ? `${start}/>` : `${start}>${content}</${name}>`;
}
