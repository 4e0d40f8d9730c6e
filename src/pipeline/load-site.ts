import { resolve } from 'node:path';
import type { Instant } from '../article.ts';
import type { Generator } from '../config/generator.ts';
import type { Site } from '../config/site.ts';
import { parseSite, SITE_FILE, titleOfFolder } from '../config/site-file.ts';
import { withFrontMatterData } from '../import/front-matter-data.ts';
import { copiedFrom, detectGenerator } from '../import/generator.ts';
import { readText } from './files.ts';

interface LoadedSite {
  readonly site: Site;
  /** Whether the folder has a file of settings. */
  readonly isStated: boolean;
}

/**
 * The settings of a folder of documents.
 *
 * @param now of a build; without it, `copiedFrom` is not determined
 * @throws Error with one line for each setting that cannot be used
 */
export function loadSite(seeds: string, showsDrafts = false, now?: Instant): LoadedSite {
  const text = readText(seeds, SITE_FILE, 'expected UTF-8');
  const generator = withFrontMatterData(detectGenerator(seeds), seeds);
  const title = plainTitle(generator?.title) ?? titleOfFolder(resolve(seeds));
  const site = parseSite(text ?? settingsOf(generator), `seeds/${SITE_FILE}`, title);
  return {
    site: known({
      ...site,
      ...(generator && { generator }),
      ...(generator === undefined && now !== undefined && { copiedFrom: copiedFrom(seeds, now) }),
      ...(showsDrafts && { showsDrafts }),
    }),
    isStated: text !== undefined,
  };
}

/** Sites by their sources. Equal sources give the same object, which serves as a key within a process. */
const sites = new Map<string, Site>();

function known(site: Site): Site {
  const key = JSON.stringify(site);
  const same = sites.get(key) ?? site;
  sites.set(key, same);
  return same;
}

/** The settings that only the configuration of a generator states, as TOML. */
function settingsOf(generator: Generator | undefined): string {
  const { language = '', timeZone = '' } = generator ?? {};
  const isZone = timeZone !== '' && Intl.supportedValuesOf('timeZone').includes(timeZone);
  const isLanguage = /^[a-z]{2,3}(?:[-_][a-z\d]{2,8})*$/i.test(language);
  return [
    isLanguage ? `language = ${JSON.stringify(language.replaceAll('_', '-'))}` : '',
    isZone ? `timeZone = ${JSON.stringify(timeZone)}` : '',
    isZone ? `timeOfDay = ${JSON.stringify(beginOfDay(timeZone))}` : '',
  ].join('\n');
}

/** The earliest local time that is on the same day in UTC, the zone of dates in feeds, all year round. */
function beginOfDay(timeZone: string): string {
  const offsets = [0, 6].map((month) => {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    const parts = format.formatToParts(Date.UTC(2026, month, 15));
    return (
      /\+(\d\d:\d\d)/.exec(parts.find(({ type }) => type === 'timeZoneName')?.value ?? '')?.[1] ?? '00:00'
    );
  });
  return offsets.sort().at(-1) ?? '00:00';
}

function plainTitle(title: string | undefined): string | undefined {
  const plain = title?.replace(/\p{Cc}/gu, ' ').trim();
  return plain === '' ? undefined : plain;
}

/** One line about the defaults of a folder without a settings file. */
export function describeDefaults({ title, language, timeZone }: Site): string {
  return `seeds/${SITE_FILE} is missing: title ${JSON.stringify(title)}, language "${language}", time zone "${timeZone}"`;
}
