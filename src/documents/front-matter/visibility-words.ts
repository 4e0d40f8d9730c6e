import { foldName } from '../dates/calendar-names.ts';
import type { Visibility } from '../stated.ts';

/* The words for drafts, yes, no and other statuses, in the languages of plain-text/labels.ts. */

/** A longer text is none of these. */
const MAX_LENGTH = 40;

/** Other languages' names of the fields about visibility. */
const NAMES: Readonly<Record<string, string>> = {
  draft:
    'taslak, entwurf, brouillon, borrador, rascunho, bozza, черновик, чернетка, szkic, kladde, utkast, luonnos, مسودة, پیش‌نویس, טיוטה, 草稿, 下書き, 초안',
  private: 'privat, privé, privado, privato, özel, приватно, prywatne, خاص, 非公開, 비공개',
  status: 'durum, statut, статус, الحالة, 状态, 狀態, ステータス, 상태',
  visibility:
    'görünürlük, sichtbarkeit, visibilité, visibilidad, visibilidade, visibilità, видимость, 可见性',
};

const YES =
  'true, t, yes, y, on, 1, evet, ja, oui, sí, sim, да, так, tak, kyllä, ano, igen, ναι, نعم, بله, כן, 是, はい, 예, 네';
const NO =
  'false, f, no, n, off, 0, never, hayır, nein, non, não, нет, ні, nie, nee, nej, nei, ei, ne, nem, όχι, لا, خیر, לא, 否, いいえ, 아니요, 아니오';

const STATUSES: Readonly<Record<Visibility | 'shown', string>> = {
  draft:
    'draft, drafts, drafting, auto draft, pending, pending review, review, in review, private, wip, work in progress, in progress, todo, idea, unpublished, on hold, internal, protected, password, members, paid, tiers, subscribers, friends, followers, direct, restricted, confidential, secret, taslak, özel, gizli, entwurf, privat, unveröffentlicht, brouillon, privé, borrador, privado, rascunho, bozza, privato, черновик, чернетка, szkic, concept, kladde, utkast, luonnos, مسودة, پیش‌نویس, טיוטה, 草稿, 下書き, 非公開, 초안, 비공개',
  excluded: 'trash, trashed, deleted, removed, ignored',
  unlisted: 'unlisted, hidden',
  shown:
    'published, publish, public, live, online, active, current, final, finished, done, complete, completed, closed, resolved, accepted, approved, released, stable, visible, listed, everyone, all, posted, scheduled, future, inherit, open, evergreen, budding, seedling, yayında, yayınlandı, veröffentlicht, öffentlich, publié, publicado, público, pubblicato, pubblico, опубликовано, опубликован, публично, opublikowano, opublikowany, gepubliceerd, publicerad, publiceret, publisert, julkaistu, منشور, 已发布, 公开, 公開, 공개',
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
    split(STATUSES[status]).map((word): [string, Visibility | 'shown'] => [word, status]),
  ),
);

/** The name in English of a field about visibility that has another. */
export function englishName(name: string): string | undefined {
  return names.get(fold(name));
}

/** Yes or no; undefined when it is neither. */
export function readAnswer(text: string): boolean | undefined {
  return answers.get(fold(text));
}

/** The meaning of a status; undefined if it is unknown. */
export function readStatus(text: string): Visibility | 'shown' | undefined {
  const answer = readAnswer(text);
  return answer === undefined ? statuses.get(fold(text)) : answer ? 'shown' : 'draft';
}

function split(words: string): string[] {
  return words.split(', ').map(fold);
}

function fold(text: string): string {
  const word = text.trim();
  if (word.length > MAX_LENGTH) return word;
  // Most are ASCII, and that is folded sooner.
  const folded = /^[ -~]*$/.test(word) ? word.toLowerCase() : foldName(word);
  return folded.replace(/[-_\s]+/g, '');
}
