import { foldName } from '../../dates/names.ts';
import { wordList, wordSet } from '../../strings.ts';
import { defined, type Visibility } from '../stated.ts';
import {
  type Field,
  type Fields,
  fieldItems,
  fieldMap,
  fieldText,
  findField,
  findText,
  foldFieldName,
} from './fields.ts';

interface StatedVisibility {
  /** Absent: visible to everybody. */
  readonly visibility?: Visibility;
  readonly noindex?: true;
  readonly unmapped?: true;
  /** The URL to which it redirects, as stated. */
  readonly leadsTo?: string;
  readonly warnings: readonly string[];
}

/** The places from which a field with a certain answer withholds a document. */
interface Sign {
  readonly hides: Visibility | 'noindex' | 'unmapped';
  readonly when: boolean;
  /** Whether the field also has other meanings; a value that is neither yes nor no is then ignored. */
  readonly isAmbiguous: boolean;
}

/** Fields that hold a document back until a date, or until they are removed. */
export const EMBARGO = wordList('embargo embargoed embargountil embargoeduntil embargodate notbefore');

const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ...signs('draft', true, 'draft isdraft saveasdraft private isprivate wip unpublished confidential'),
  ...signs('draft', true, 'nopublish donotpublish dontpublish'),
  ...signs('draft', true, EMBARGO.join(' ')),
  ...signs('draft', false, 'published ispublished publish dgpublish'),
  ...signs('draft', false, 'public ispublic visible isvisible enabled active live show', true),
  ...signs('draft', true, 'protected passwordprotected encrypted encrypt membersonly', true),
  ...signs('excluded', true, 'exclude excluded eleventyexcludefromcollections headless ignore'),
  ...signs('excluded', true, 'trash trashed istrashed intrash isdeleted', true),
  ...signs('excluded', false, 'permalink render', true),
  ...signs('unlisted', true, 'unlisted hidden excludefromfeed excludefromrss feedexclude rssexclude'),
  ...signs('unlisted', true, 'nofeed norss disablefeed disablerss hidefromfeed hidefromrss skipfeed skiprss'),
  ...signs('unlisted', true, 'hide', true),
  ...signs('unlisted', false, 'listed infeed inrss includeinfeed includeinrss showinfeed'),
  ...signs('unlisted', false, 'feed rss list', true),
  ...signs('noindex', true, 'noindex robotsnoindex'),
  ...signs('unmapped', true, 'sitemapexclude excludefromsitemap sitemapignore nositemap'),
  ...signs('unmapped', false, 'sitemap', true),
]);

function signs(hides: Sign['hides'], when: boolean, names: string, isAmbiguous = false): [string, Sign][] {
  return wordList(names).map((name) => [name, { hides, when, isAmbiguous }]);
}

const STATUSES = wordSet('status visibility poststatus publishstatus publicationstatus');
/** Fields that state a status, or something else. */
const AMBIGUOUS_STATUSES: ReadonlySet<string> = new Set(['state', 'stage', 'access', 'audience']);
/** Fields below `sitemap` and the like that leave a page out. */
const EXCLUDING: readonly string[] = ['exclude', 'ignore', 'disable', 'disabled'];
/** Fields that may have a date instead. */
const DATES: ReadonlySet<string> = new Set(['published', 'publish', ...EMBARGO]);
/** Fields that may have a list with another meaning. */
const LISTS: ReadonlySet<string> = new Set(['exclude', 'eleventyexcludefromcollections', 'ignore']);
/** Fields with a password, which feed readers cannot send. */
const PASSWORDS: readonly string[] = ['password', 'postpassword', 'passphrase'];
/** The strictest first. */
const ORDER: readonly Visibility[] = ['draft', 'excluded', 'unlisted'];

/** The folded name of a field that states only visibility; undefined for any other field. */
export function visibilityField(name: string): string | undefined {
  const folded = foldFieldName(name);
  const isPlain = STATUSES.has(folded) || SIGNS.get(folded)?.isAmbiguous === false;
  return isPlain ? folded : englishName(name);
}

/**
 * The strictest of all statements. A value that is not understood holds the document back, since publishing cannot be
 * undone.
 *
 * @param stated fields by folded name; a name may be repeated
 * @param path of the document
 */
export function readVisibility(stated: Iterable<readonly [string, Field]>, path: string): StatedVisibility {
  const fields = [...stated].map(([name, field]) => [englishName(name) ?? name, field] as const);
  const found = new Set<Sign['hides']>();
  const warnings: string[] = [];
  const misread = (name: string, field: Field, wanted: string, done: string): void => {
    const quoted = JSON.stringify(quotedValue(field).slice(0, 80));
    warnings.push(
      `Cannot parse ${name} ${quoted} in seeds/${path}:${field.line}: expected ${wanted}; ${done}`,
    );
  };

  for (const [name, field] of fields) {
    const sign = SIGNS.get(name);
    if (sign !== undefined && !hasOtherMeaning(name, field)) {
      const { hides, when, isAmbiguous } = sign;
      const answer = readAnswer(fieldText(field) ?? '');
      if (answer === when) found.add(hides);
      if (answer !== undefined || isAmbiguous) continue;
      const isSeen = hides === 'noindex' || hides === 'unmapped';
      const done = isSeen ? 'kept it out of the sitemap' : 'held it back';
      found.add(isSeen ? hides : 'draft');
      misread(name, field, EMBARGO.includes(name) ? 'a date' : 'true or false', done);
    }
    const isAmbiguous = AMBIGUOUS_STATUSES.has(name);
    for (const item of STATUSES.has(name) || isAmbiguous ? fieldItems(field) : []) {
      const status = readStatus(fieldText(item) ?? '');
      if (status === undefined && isAmbiguous) continue;
      if (status === undefined) misread(name, item, 'a status such as draft or published', 'held it back');
      if (status !== 'shown') found.add(status ?? 'draft');
    }
  }
  const all: Fields = new Map(fields);
  const leadsTo = redirectTarget(all);
  if (leadsTo !== undefined || findText(all, ['layout']) === 'redirect') found.add('excluded');
  const deleted = findText(all, ['deleted', 'deletedat']);
  if (deleted !== undefined && readAnswer(deleted) !== false) found.add('draft');
  for (const name of PASSWORDS) {
    const field = all.get(name);
    const password = fieldText(field);
    if (field === undefined || password === undefined || readAnswer(password) === false) continue;
    found.add('draft');
    warnings.push(
      `Cannot protect seeds/${path}:${field.line} by a ${name}: expected a document for everybody; held it back`,
    );
  }
  const build = fieldMap(all.get('build'));
  if (/^(?:never|false|link)$/.test(findText(build, ['render']) ?? '')) found.add('excluded');
  if (/^(?:never|false|local)$/.test(findText(build, ['list']) ?? '')) found.add('unlisted');

  const visibility = ORDER.find((each) => found.has(each));
  return {
    ...(visibility !== undefined && { visibility }),
    ...((found.has('noindex') || statesNoindex(all)) && { noindex: true }),
    ...((found.has('unmapped') || statesUnmapped(all)) && { unmapped: true }),
    ...(leadsTo !== undefined && { leadsTo }),
    warnings,
  };
}

/** The draft with the stricter of both visibilities, and the warnings of both. */
export function withStrictest<D extends Partial<StatedVisibility>>(
  draft: D,
  { visibility, noindex, unmapped, leadsTo, warnings }: StatedVisibility,
): D {
  const strict = ORDER.find((each) => each === draft.visibility || each === visibility);
  return {
    ...draft,
    ...defined({ visibility: strict, noindex, unmapped, leadsTo }),
    warnings: [...(draft.warnings ?? []), ...warnings],
  };
}

/** Whether a field has a meaning other than visibility. */
function hasOtherMeaning(name: string, field: Field): boolean {
  if (LISTS.has(name)) return typeof field.value !== 'string';
  if (!DATES.has(name)) return false;
  const text = fieldText(field) ?? '';
  if (typeof field.value !== 'string') return fieldMap(field) !== undefined;
  return readAnswer(text) === undefined && (text === '' || /\p{Nd}/u.test(text));
}

function quotedValue(field: Field): string {
  if (fieldMap(field) !== undefined) return '{…}';
  const isList = typeof field.value !== 'string';
  const text = fieldItems(field).map((item) => fieldText(item) ?? '…');
  return isList ? `[${text.join(', ')}]` : (text[0] ?? '');
}

function statesNoindex(fields: Fields): boolean {
  const nested = ['seo', 'robots'].flatMap((name) => fieldMap(fields.get(name)) ?? []);
  return (
    fieldItems(fields.get('robots')).some((item) => isNoindex(fieldText(item) ?? '')) ||
    nested.some(
      (map) =>
        ['noindex', ...EXCLUDING].some((name) => answerOf(map, name) === true) ||
        answerOf(map, 'index') === false ||
        isNoindex(findText(map, ['robots']) ?? ''),
    )
  );
}

function statesUnmapped(fields: Fields): boolean {
  const map = fieldMap(fields.get('sitemap'));
  return map !== undefined && EXCLUDING.some((name) => answerOf(map, name) === true);
}

/** Whether directives for search engines, such as those of `<meta name="robots">`, exclude a page. */
function isNoindex(directives: string): boolean {
  return directives
    .toLowerCase()
    .split(/[\s,]+/)
    .some((directive) => directive === 'noindex' || directive === 'none');
}

function answerOf(fields: Fields, name: string): boolean | undefined {
  return readAnswer(fieldText(fields.get(name)) ?? '');
}

function redirectTarget(fields: Fields): string | undefined {
  const [first] = fieldItems(findField(fields, ['redirectto', 'redirecturl']));
  const target = fieldText(first);
  return target === undefined || readAnswer(target) !== undefined ? undefined : target;
}

/* The words for drafts, yes, no and other statuses, in the languages of plain-text/labels.ts. */

const MAX_LENGTH = 40;

/** Other languages' names of the fields about visibility. */
const NAMES: Readonly<Record<string, string>> = {
  draft:
    'taslak, entwurf, brouillon, borrador, rascunho, bozza, черновик, чернетка, szkic, kladde, utkast, luonnos, مسودة, پیش‌نویس, טיוטה, 草稿, 下書き, 초안, πρόχειρο, piszkozat, ciornă, чернова, нацрт, nacrt, osnutek, esborrany, zirriborro, drög, drafft, dréacht, juodraštis, melnraksts, mustand, qaralama, malneto, nháp, bản nháp, ฉบับร่าง, draf, मसौदा, খসড়া, வரைவு, مسودہ',
  private: 'privat, privé, privado, privato, özel, приватно, prywatne, خاص, 非公開, 비공개',
  status: 'durum, statut, статус, الحالة, 状态, 狀態, ステータス, 상태',
  visibility:
    'görünürlük, sichtbarkeit, visibilité, visibilidad, visibilidade, visibilità, видимость, 可见性',
};

const YES =
  'true, t, yes, y, on, 1, evet, ja, oui, sí, sim, да, так, tak, kyllä, ano, igen, ναι, نعم, بله, כן, da, bai, já, jah, taip, jes, bəli, ya, có, ใช่, हाँ, हो, হ্যাঁ, ஆம், ہاں, 是, はい, 예, 네';
const NO =
  'false, f, no, n, off, 0, never, hayır, nein, non, não, нет, ні, nie, nee, nej, nei, ei, ne, nem, όχι, لا, خیر, לא, ez, yox, tidak, không, ไม่, नहीं, না, இல்லை, نہیں, 否, いいえ, 아니요, 아니오';

const STATUS_WORDS: Readonly<Record<Visibility | 'shown', string>> = {
  draft:
    'draft, drafts, drafting, auto draft, pending, pending review, review, in review, private, wip, work in progress, in progress, todo, idea, unpublished, on hold, internal, protected, password, members, members only, paid, premium, tiers, subscribers, subscribers only, friends, followers, direct, restricted, confidential, secret, withdrawn, expired, inactive, disabled, not started, needs review, ready for review, backlog, someday, taslak, özel, gizli, entwurf, privat, unveröffentlicht, brouillon, privé, borrador, privado, rascunho, bozza, privato, черновик, чернетка, szkic, concept, kladde, utkast, luonnos, مسودة, پیش‌نویس, טיוטה, 草稿, 下書き, 非公開, 초안, 비공개, koncept, πρόχειρο, piszkozat, ciornă, чернова, нацрт, nacrt, osnutek, esborrany, zirriborro, drög, drafft, dréacht, juodraštis, melnraksts, mustand, qaralama, malneto, nháp, bản nháp, ร่าง, ฉบับร่าง, draf, मसौदा, খসড়া, வரைவு, مسودہ',
  excluded: 'trash, trashed, deleted, removed, ignored',
  // An archived document of a CMS is in no list, but keeps its address.
  unlisted:
    'unlisted, hidden, archive, archived, retired, archivé, archivado, archiviato, arquivado, archiviert, arşiv, в архиве, 存档, アーカイブ',
  shown:
    'published, publish, public, featured, live, online, active, current, final, finished, done, complete, completed, closed, resolved, accepted, approved, released, stable, visible, listed, everyone, all, posted, scheduled, future, inherit, open, evergreen, budding, seedling, growing, sprouting, permanent, ready, ready to publish, started, reviewed, translated, maintained, deprecated, superseded, obsolete, outdated, experimental, proposed, provisional, informational, preview, alpha, beta, recommended, supported, updated, new, yayında, yayınlandı, veröffentlicht, öffentlich, publié, publicado, público, pubblicato, pubblico, опубликовано, опубликован, публично, opublikowano, opublikowany, gepubliceerd, publicerad, publiceret, publisert, julkaistu, publikováno, zveřejněno, publikované, közzétéve, publicat, publikuota, publicēts, avaldatud, objavljeno, објављено, публикувано, опубліковано, δημοσιευμένο, פורסם, đã xuất bản, เผยแพร่, diterbitkan, dipublikasikan, प्रकाशित, প্রকাশিত, منتشر شده, منشور, 已发布, 公开, 公開, 공개',
};

const names = new Map(
  Object.entries(NAMES).flatMap(([name, words]) =>
    split(words).map((word): [string, string] => [word, name]),
  ),
);
const answers = new Map([
  ...split(YES).map((word): [string, boolean] => [word, true]),
  ...split(NO).map((word): [string, boolean] => [word, false]),
]);
const statuses = new Map(
  (['draft', 'excluded', 'unlisted', 'shown'] as const).flatMap((status) =>
    split(STATUS_WORDS[status]).map((word): [string, Visibility | 'shown'] => [word, status]),
  ),
);

/** The English name of a field about visibility in another language. */
function englishName(name: string): string | undefined {
  return names.get(foldWord(name));
}

/** Yes or no; undefined if it is neither. */
export function readAnswer(text: string): boolean | undefined {
  return answers.get(foldWord(text));
}

/** The meaning of a status; undefined if it is unknown. */
export function readStatus(text: string): Visibility | 'shown' | undefined {
  const answer = readAnswer(text);
  return answer === undefined ? statuses.get(foldWord(text)) : answer ? 'shown' : 'draft';
}

function split(words: string): string[] {
  return words.split(', ').map(foldWord);
}

function foldWord(text: string): string {
  const word = text.trim();
  return word.length > MAX_LENGTH ? word : foldName(word).replace(/[-_\s]+/g, '');
}
