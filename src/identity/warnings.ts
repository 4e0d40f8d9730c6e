import type { Instant } from '../article.ts';
import { adoptedId } from './adopted-id.ts';
import type { Claimant } from './claims.ts';
import { isDistinctive } from './fingerprint.ts';
import { LEDGER_NAME, type LedgerEntry } from './ledger.ts';

/** What a publisher should know of this build; once, for the next finds it in the ledger. */
export function remarks(
  claimants: readonly Claimant[],
  gone: readonly LedgerEntry[],
  now: Instant,
): readonly string[] {
  // Only of new articles, of which there may be none.
  let byText: ReadonlyMap<string, readonly Claimant[]> | undefined;
  const withTextOf = ({ candidate }: Claimant): readonly Claimant[] => {
    byText ??= groupByText(claimants);
    return byText.get(candidate.fingerprint.text) ?? [];
  };
  return [
    ...claimants.flatMap((claimant) =>
      claimant.past === undefined
        ? [...remarksOn(claimant, now), ...copyOf(claimant, withTextOf(claimant))]
        : remarksOn(claimant, now),
    ),
    ...gone.flatMap((entry) => remarkOnAbsence(entry, now)),
  ];
}

function groupByText(claimants: readonly Claimant[]): Map<string, Claimant[]> {
  return Map.groupBy(
    claimants.filter(({ candidate }) => isDistinctive(candidate.fingerprint)),
    ({ candidate }) => candidate.fingerprint.text,
  );
}

function remarksOn(
  { candidate, past, path, id, published, updated, isUndated, lines }: Claimant,
  now: Instant,
): string[] {
  const found: string[] = [];
  if (isUndated && candidate.isPage !== true) {
    found.push(
      `No date in seeds/${path}: it is published as of this build, ${show(published)}; commit seeds/${LEDGER_NAME}, so that every later build says the same, or state a date`,
    );
  }
  if (past === undefined) return found;
  const { published: dating } = candidate;
  if (past.updated > Math.max(past.published, published, now)) {
    found.push(
      `The ledger has a change of seeds/${path} that lies ahead, ${show(past.updated)}: took ${show(updated)}`,
    );
  }
  if (past.path !== path && dating !== undefined && dating.instant !== published) {
    found.push(
      `Kept the date of seeds/${path}, ${show(published)}: the article was published under the name seeds/${past.path}; to change it, state it in the document`,
    );
  }
  const stated = candidate.id === undefined ? id : adoptedId(candidate.id);
  if (stated !== id && stated !== past.statedId) {
    found.push(
      `Kept the id of seeds/${path}, "${id}", under which readers have it; the stated id "${candidate.id}" is not used`,
    );
  }
  if (lines.every((line) => line.id !== id)) {
    found.push(
      `Gave seeds/${path} a new id: two branches gave "${past.id}" to different documents, and the one published first keeps it`,
    );
  }
  return found;
}

function copyOf(claimant: Claimant, sameText: readonly Claimant[]): string[] {
  const original = sameText.find(({ past }) => past !== undefined) ?? sameText[0];
  if (original === undefined || original === claimant) return [];
  return [
    `The text of seeds/${claimant.path} is that of seeds/${original.path}: it is published as an article of its own; delete one of them if that is not meant`,
  ];
}

function remarkOnAbsence({ path, slug, id, published, removed }: LedgerEntry, now: Instant): string[] {
  if (removed !== undefined || published > now) return [];
  return [
    `No document is seeds/${path} any more: the article "${slug}" is removed; if it lives on in another document, state the id "${id}" in it`,
  ];
}

function show(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}
