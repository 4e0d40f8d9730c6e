import { join } from 'node:path';
import type { Instant } from '../article.ts';
import { slugify } from '../documents/addresses.ts';
import { isMarkdown, kindOf, withoutEnding } from '../documents/kinds.ts';
import { attempt } from '../memo.ts';
import { baseName, decodeLeniently } from '../strings.ts';
import { entriesOf, readConfiguration, trimSlashes } from './configuration-values.ts';

/** A folder name that is a host name. */
const HOST = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/;
/** The home page in it, which may have the extension of a script: `index.php.html`. */
const HOME = /^(?:index|default|home)(?:\.\w{3,4})?\.html?$/i;
/** The maximum number of folders, of pages, and of links of a page that are examined. */
const MAX_COPIED = 100;
/** An absolute link to a page or a picture. */
const LINK = /\b(?:href|src)=["']?(https?:\/\/[^\s"'<>#?]{3,200}\.\w{2,5})(?=["'\s>#])/gi;
/** The minimum number of files in the folder to which a page's absolute links lead. */
const MIN_LINKED = 2;
/** The element in which a page states its address. */
const ADDRESS = /<(?:link|meta)\b[^<>]{0,500}?\b(?:rel|property)=["']?(?:canonical|og:url)\b[^<>]{0,500}>/i;

/** The short address of an article in WordPress, in its front matter. */
const SHORT = /^guid:\s*["']?(https?:\/\/[^\s"'?]{3,200})\/\?(?:p|page_id)=\d+/m;
const ADDRESS_IN_TEXT = /\bhttps?:\/\/[^\s"'`<>()[\]#?]{3,300}/g;
const MAX_FRONT_MATTER = 2000;
/** Years and months in an address. */
const DATED = /\/(?:19|20)\d\d\/\d{1,2}\//;
/** Front matter that hides a document. */
const HIDING =
  /^(?:draft|private): *["']?(?:true|yes|1)\b|^publish(?:ed)?: *["']?(?:false|no|0)\b|^status: *(?!["']?publish)/m;

/**
 * The origin of the site that a folder is a copy of: that of a page whose address has the same path as its file, or
 * whose folder is named after its host, or that an export of WordPress states, or else the one at which most absolute
 * links would lead to files of the folder. Documents that may be hidden are ignored.
 */
export function copiedFrom(folder: string, now: Instant): string | undefined {
  const folders = [''];
  const files = new Set<string>();
  const linked = new Map<string, Set<string>>();
  const notes = new Map<string, string>();
  let pages = 0;
  for (const parent of folders) {
    for (const entry of attempt(() => entriesOf(join(folder, parent))) ?? []) {
      const path = join(parent, entry.name);
      if (HOST.test(parent) && HOME.test(entry.name)) return `https://${parent}`;
      if (entry.isDirectory() && folders.length < MAX_COPIED && !/^[._]|^node_modules$/.test(entry.name))
        folders.push(path);
      const kind = kindOf(path);
      if (entry.isFile() && kind === undefined) files.add(`/${path}`);
      if (entry.isFile() && isMarkdown(path) && notes.size < MAX_COPIED) {
        const text = readConfiguration(join(folder, path)) ?? '';
        const days = `${path} ${text.slice(0, MAX_FRONT_MATTER)}`.match(DAYS) ?? [];
        if (HIDING.test(text) || days.some((day) => Date.parse(day) > now)) continue;
        const short = URL.parse(SHORT.exec(text)?.[1] ?? '');
        if (short !== null) return short.origin;
        notes.set(nameOf(path), text);
      }
      if (!entry.isFile() || kind !== 'html' || pages++ >= MAX_COPIED) continue;
      const text = readConfiguration(join(folder, path)) ?? '';
      if (mayBeHidden(path, text, now)) continue;
      files.add(`/${path}`);
      const element = ADDRESS.exec(text)?.[0] ?? '';
      const [, address] = /\b(?:href|content)=["']?(https?:[^\s"'<>]+)/i.exec(element) ?? [];
      const [, mirrored = ''] = MIRRORED.exec(text) ?? [];
      const url = URL.parse(address ?? (mirrored && `https://${mirrored}`));
      const page = pagePath(url?.pathname ?? '');
      if (url !== null && page !== '' && `/${pagePath(path)}`.endsWith(`/${page}`)) return url.origin;
      for (const [, link = ''] of text.matchAll(LINK).take(MAX_COPIED)) {
        const { origin = '', pathname = '' } = URL.parse(link) ?? {};
        const paths = linked.get(origin) ?? new Set();
        linked.set(origin, paths.add(decodeLeniently(pathname)));
      }
    }
  }
  const found = [...linked].flatMap(([origin, paths]) => {
    const count = [...paths].filter((each) => files.has(each)).length;
    return count < MIN_LINKED ? [] : [{ origin, count }];
  });
  return found.toSorted((one, other) => other.count - one.count)[0]?.origin ?? linkedSite(notes);
}

/**
 * The origin of the site of notes, to which they link.
 *
 * @param notes by their names
 */
function linkedSite(notes: ReadonlyMap<string, string>): string | undefined {
  const links = [...notes.values()].flatMap((text) =>
    [...text.matchAll(ADDRESS_IN_TEXT).take(MAX_COPIED)].flatMap(([address]) => {
      const { origin = '', pathname = '' } = URL.parse(address) ?? {};
      const name = nameOf(decodeLeniently(pathname));
      return notes.has(name) ? [{ origin, name, isDated: DATED.test(pathname) }] : [];
    }),
  );
  // Another site may have an article with the same name, but hardly two of them, or one behind a date.
  const [own] = [...Map.groupBy(links, ({ origin }) => origin)].filter(([, group]) => {
    const names = new Set(group.map(({ name }) => name).filter((name) => name.includes('-')));
    return names.size >= MIN_LINKED || group.some(({ isDated }) => isDated);
  });
  return own?.[0];
}

/** What HTTrack writes into each page. */
const MIRRORED = /<!-- Mirrored from ([^\s<>]{4,300}) by HTTrack/;

const DAYS = /\b20\d\d-\d\d-\d\d/g;

/** The name of an article at a path, without its date. */
function nameOf(path: string): string {
  const whole = pagePath(kindOf(path) === undefined ? path : withoutEnding(path));
  return slugify(baseName(whole).replace(/^\d{4}-\d\d-\d\d-/, ''));
}

/** A page that states a later day may be scheduled, and one with front matter may be a draft. */
function mayBeHidden(path: string, page: string, now: Instant): boolean {
  const days = `${path} ${page}`.match(DAYS) ?? [];
  return /^(?:---|\+\+\+)/.test(page) || days.some((day) => Date.parse(day) > now);
}

/** The path of a page in its address, which may lack the ending and `index`. */
function pagePath(path: string): string {
  return trimSlashes(path.replace(/\.\w+$/, '').replace(/(?:^|\/)index$/, ''));
}
