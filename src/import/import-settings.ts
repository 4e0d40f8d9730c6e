import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator } from '../config/generator.ts';
import { type Site, site } from '../config/site.ts';
import { isObject, type JsonObject } from '../json.ts';
import { unlessEmpty, wordList } from '../strings.ts';
import { parseData, rootOf } from './configuration-values.ts';
import { detectGenerator } from './generator.ts';

/** The settings of `site.toml` that a generator's configuration can have. */
type KnownSettings = Partial<
  Pick<Site, 'title' | 'description' | 'language' | 'timeZone' | 'url' | 'permalink' | 'authors' | 'nav'>
>;

export interface ImportedSettings {
  readonly generator: Generator | undefined;
  readonly settings: KnownSettings;
}

/** The settings in the configuration of a generator's folder that `site.toml` has, too. */
export function importSettings(folder: string): ImportedSettings {
  const generator = detectGenerator(folder);
  if (generator === undefined) return { generator, settings: {} };
  const { title, description, language, timeZone, url, authors, permalinks } = generator;
  const stated: Readonly<Record<string, unknown>> = {
    title: collapsed(title),
    description: collapsed(description),
    language: language?.replaceAll('_', '-'),
    timeZone,
    url,
    permalink: permalinks.find(({ section }) => section === undefined || section === '_posts')?.pattern,
    authors: unlessEmpty(authors),
    nav: menuOf(join(rootOf(generator, folder), generator.file), generator),
  };
  return { generator, settings: usable(stated) };
}

/** The settings that are valid in `site.toml`: generators accept invalid ones. */
function usable(stated: Readonly<Record<string, unknown>>): KnownSettings {
  return Object.fromEntries(
    Object.entries(stated).flatMap(([key, value]) => {
      const type = site.settings?.[key]?.type;
      if (type === undefined || value === undefined) return [];
      const problems: unknown[] = [];
      const read = type.read(value, { path: [key], report: (problem) => problems.push(problem) });
      return problems.length > 0 ? [] : [[key, read]];
    }),
  );
}

function collapsed(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, ' ').trim() || undefined;
}

/** The keys of menus in the configuration of generators and of widespread themes. */
const MENUS = wordList(
  `menu.main menus.main languages.en.menu.main languages.en.menus.main extra.main_menu extra.menu
  extra.menu_links extra.navbar_items params.menu nav navigation nav_links menu`,
);
const LABELS = ['label', 'name', 'title', 'text'];
const ADDRESSES = ['url', 'link', 'href', 'path', 'pageRef', 'page'];

/** The menu in a configuration that is data, not a script; undefined if there is none. */
function menuOf(file: string, { base }: Generator): { label: string; url: string }[] | undefined {
  const configuration = parseData(file, readFileSync(file, 'utf8'));
  const menus = MENUS.map((path) =>
    path
      .split('.')
      .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), configuration),
  );
  for (const menu of menus) {
    const items = menuItems(menu)
      .map(({ label, url }) => ({ label, url: rooted(url, base) }))
      .filter(({ url }) => url !== '/');
    if (items.length > 0) return items;
  }
  return undefined;
}

function menuItems(menu: unknown): { label: string; url: string }[] {
  if (Array.isArray(menu)) {
    const items = menu.filter(isObject);
    return items
      .toSorted((a, b) => Number(a.weight ?? 0) - Number(b.weight ?? 0))
      .flatMap((item) => {
        const [label, url] = [firstText(item, LABELS), firstText(item, ADDRESSES)];
        return label !== undefined && url !== undefined
          ? [{ label, url }]
          : Object.keys(item).length === 1
            ? menuItems(item)
            : [];
      });
  }
  if (!isObject(menu)) return [];
  return Object.entries(menu).flatMap(([label, url]) =>
    typeof url === 'string' ? [{ label, url: url.split('||')[0]?.trim() ?? '' }] : [],
  );
}

function firstText(item: JsonObject, keys: readonly string[]): string | undefined {
  const value = keys.map((key) => item[key]).find((each) => typeof each === 'string' && each !== '');
  return typeof value === 'string' ? value : undefined;
}

/** A path from the root of the new site, which has no `base`. */
function rooted(url: string, base: string): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return url;
  const path = `/${url.replace(/^[@.]?\/+/, '').replace(/(?:\/?_?index)?\.(?:md|html?)$/, '')}`;
  return base !== '' && path.startsWith(`/${base}/`) ? path.slice(base.length + 1) : path;
}
