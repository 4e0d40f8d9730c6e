import { createHash } from 'node:crypto';

/** RFC 9562 §6.6: the namespace of the names that Tidings makes ids from. */
const NAMESPACE = Buffer.from('6f0f2a3c5d1e4b7a9c8d0e1f2a3b4c5d', 'hex');

/**
 * A `urn:uuid:` of version 5 (RFC 9562 §5.5): the same name gives the same id on every machine.
 *
 * @param name says what kind of thing it names first, such as `hash:e57ca9b3374e5dac` or `path:2021/news.txt`
 */
export function mintId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest();
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex', 0, 16);
  return `urn:uuid:${hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`;
}

/** The name of a document that brings no id: the hash in its file name, else its path. */
export function documentName(path: string): string {
  const hash = /(?:^|[/_.-])([0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})\.[^./]+$/.exec(path)?.[1];
  return hash === undefined ? `path:${path}` : `hash:${hash}`;
}
