import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slugify } from '../../src/documents/addresses.ts';
import { type Fingerprint, fingerprint } from '../../src/documents/fingerprint.ts';
import { type Candidate, mintId } from '../../src/identity/ledger.ts';
import { readLedger, writeLedger } from '../../src/identity/ledger-file.ts';
import { type Reconciliation, reconcile } from '../../src/identity/reconcile.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2021, 0, 1);

/** A document as its publisher knows it, through everything that is done to its file. */
interface Doc {
  readonly key: string;
  /** What it was copied from, in the end. */
  readonly family: string;
  readonly path: string;
  readonly title: string;
  readonly words: readonly string[];
  readonly tags: number;
  readonly published: number | undefined;
  readonly id: string | undefined;
  readonly slug: string | undefined;
  readonly aliases: readonly string[];
}

/** A machine with a checkout, and what readers have seen of what it built. */
interface World {
  readonly docs: Map<string, Doc>;
  readonly removed: Map<string, Doc>;
  readonly ids: Map<string, string>;
  readonly published: Map<string, number>;
  /** Of each document, its text and the date of its last update. */
  readonly updated: Map<string, { readonly text: string; readonly at: number }>;
  /** Every address that ever answered, and for which document. */
  readonly addresses: Map<string, string>;
  /** Families of documents that were touched since the last build, and paths that they left or took. */
  readonly touched: Set<string>;
  readonly branch: string;
  ledger: string | undefined;
  now: number;
  /** Counts everything that is to be new. */
  count: number;
}

function newWorld(): World {
  return {
    docs: new Map(),
    removed: new Map(),
    ids: new Map(),
    published: new Map(),
    updated: new Map(),
    addresses: new Map(),
    touched: new Set(),
    branch: 'main',
    ledger: undefined,
    now: START,
    count: 0,
  };
}

/** @param touched what may not be touched there, because it is touched here */
function branchOff(world: World, branch: string, touched: Iterable<string> = []): World {
  const { docs, removed, ids, published, updated, addresses } = world;
  return {
    ...world,
    docs: new Map(docs),
    removed: new Map(removed),
    ids: new Map(ids),
    published: new Map(published),
    updated: new Map(updated),
    addresses: new Map(addresses),
    touched: new Set(touched),
    branch,
  };
}

const KINDS = [
  'add',
  'add',
  'add',
  'add',
  'edit',
  'rewrite',
  'rename',
  'move',
  'move and edit',
  'retitle',
  're-tag',
  'pin',
  'alias',
  'state id',
  'remove',
  'restore',
  'restore edited',
  'copy',
  'swap',
  'replace',
] as const;

interface Act {
  readonly kind: (typeof KINDS)[number];
  /** Which document, and which other one. */
  readonly which: number;
  readonly other: number;
  readonly variant: number;
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...KINDS),
  which: fc.nat(20),
  other: fc.nat(20),
  variant: fc.nat(11),
});

const acts = fc.array(act, { minLength: 1, maxLength: 5 });

/** What happens between two builds, on one machine, or on two whose branches then merge. */
const step = fc.record({ ours: acts, theirs: fc.option(acts, { freq: 4, nil: undefined }) });

test('whatever a publisher does, ids stay, none is shared, and every permalink answers', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let world = newWorld();
      for (const { ours, theirs } of steps) {
        if (theirs === undefined) {
          for (const each of ours) perform(world, each);
        } else {
          world = meet(world, ours, theirs);
        }
        publish(world);
        rebuildElsewhere(world);
      }
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

function words(subject: string): string[] {
  return Array.from({ length: 60 }, (_, i) => `${subject}${(i * 37) % 61}`);
}

/** Long or short; with an id, a hash in its name, or neither; dated or not; one of a series that is alike, or not. */
function newDoc(world: World, variant: number, path?: string): Doc {
  const key = `${world.branch}${world.count}`;
  // Different for each document: two of a series that also had one date would be one.
  const age =
    world.count++ * 3 + ['main', 'ours', 'theirs'].findIndex((name) => world.branch.startsWith(name));
  const isShort = variant === 1;
  const isSeries = variant === 2 || variant === 3;
  const name = variant === 4 ? `000_${mintId(key).slice(-16).replaceAll('-', '0')}.txt` : `${key}.md`;
  return {
    key,
    family: key,
    path: path ?? (variant % 2 === 0 ? `2021/${name}` : name),
    title: isShort || isSeries ? `Part ${key}` : `News ${variant % 3}`,
    words: isShort ? ['Listen', key] : isSeries ? [...words('series'), ...words(key).slice(40)] : words(key),
    tags: 0,
    published: variant === 6 ? undefined : START - age * HOUR + (variant % 2),
    id: variant === 5 ? `tag:example.org,2021:${key}` : variant === 7 ? key : undefined,
    slug: variant === 8 ? `pinned-${key}` : undefined,
    aliases: [],
  };
}

function pick(docs: ReadonlyMap<string, Doc>, which: number): Doc | undefined {
  return [...docs.values()][which % Math.max(1, docs.size)];
}

/** Acts on documents that nothing else touches before the next build: that many at once are tests in ledger.test.ts. */
function perform(world: World, { kind, which, other, variant }: Act): void {
  const { docs, removed, touched } = world;
  const isFree = (path: string): boolean =>
    !touched.has(path) && [...docs.values()].every((doc) => doc.path !== path);
  const fresh = (): string => `${world.branch}-${world.count++}`;
  const change = (doc: Doc, changes: Partial<Doc>): void => {
    docs.set(doc.key, { ...doc, ...changes });
    touched.add(doc.family).add(doc.path);
  };
  const edit = ({ words: text }: Doc): string[] =>
    text.length > 2 ? text.toSpliced(variant * 4, 2, fresh(), fresh()) : [...text, fresh()];

  if (kind === 'add') {
    const gone = variant % 4 === 3 ? pick(removed, which) : undefined;
    const reuses = gone !== undefined && !touched.has(gone.family) && isFree(gone.path) && !isHashed(gone);
    const doc = newDoc(world, variant, reuses ? gone.path : undefined);
    if (reuses) touched.add(gone.family).add(gone.path);
    docs.set(doc.key, doc);
    touched.add(doc.family);
    return;
  }
  if (kind === 'restore' || kind === 'restore edited') {
    const doc = pick(removed, which);
    if (doc === undefined || touched.has(doc.family)) return;
    // Elsewhere, only its text can tell it from its copies.
    const hasCopy = [...removed.values()].some(({ key, family }) => family === doc.family && key !== doc.key);
    if (!isFree(doc.path) && (kind === 'restore edited' || isHashed(doc) || hasCopy)) return;
    removed.delete(doc.key);
    change(doc, {
      path: isFree(doc.path) ? doc.path : `restored/${fresh()}.md`,
      words: kind === 'restore' ? doc.words : edit(doc),
    });
    return;
  }
  const doc = pick(docs, which);
  if (doc === undefined || touched.has(doc.family) || !world.ids.has(doc.key)) return;
  const second = pick(docs, other);
  const newPath = isHashed(doc) ? `${fresh()}/${doc.path.split('/').at(-1)}` : `${fresh()}.md`;
  switch (kind) {
    case 'edit':
      change(doc, { words: edit(doc) });
      break;
    case 'rewrite':
      change(doc, {
        words: words(fresh()),
        title: variant % 2 === 0 ? doc.title : `Rewritten ${fresh()}`,
      });
      break;
    case 'rename':
      change(doc, { path: newPath });
      break;
    case 'move':
      change(doc, { path: `moved-${fresh()}/${doc.path.split('/').at(-1)}` });
      break;
    case 'move and edit':
      if (doc.words.length <= 2 && (doc.published === undefined || doc.id !== undefined)) return;
      change(doc, { path: newPath, words: edit(doc) });
      break;
    case 'retitle':
      change(doc, { title: `${doc.title} ${fresh()}` });
      break;
    case 're-tag':
      change(doc, { tags: doc.tags + 1 });
      break;
    case 'pin':
      change(doc, { slug: variant % 3 === 0 ? slugify(second?.title ?? '') : `pinned-${fresh()}` });
      break;
    case 'alias':
      change(doc, {
        aliases: [...doc.aliases, variant % 2 === 0 ? `/old/${fresh()}` : `old-${fresh()}`],
      });
      break;
    case 'state id':
      change(doc, { id: doc.id ?? `tag:example.org,2021:${fresh()}` });
      break;
    case 'remove':
      docs.delete(doc.key);
      removed.set(doc.key, doc);
      touched.add(doc.family).add(doc.path);
      return;
    case 'copy': {
      if ([...removed.values()].some(({ family }) => family === doc.family)) return;
      const key = `${world.branch}${world.count++}`;
      const copy = { ...doc, key, path: `copy-${key}.md`, slug: undefined, aliases: [] };
      docs.set(key, variant % 2 === 0 ? { ...copy, id: undefined } : copy);
      touched.add(doc.family);
      return;
    }
    case 'swap':
      if (second === undefined || second.family === doc.family || touched.has(second.family)) return;
      if (!world.ids.has(second.key) || isHashed(doc) || isHashed(second)) return;
      change(doc, { path: second.path });
      change(second, { path: doc.path });
      return;
    case 'replace': {
      if (isHashed(doc)) return;
      change(doc, { path: newPath });
      const successor = newDoc(world, variant, doc.path);
      docs.set(successor.key, successor);
      touched.add(successor.family);
    }
  }
}

function isHashed({ path }: Doc): boolean {
  return /_[0-9a-f]{16}\.txt$/.test(path);
}

const fingerprints = new WeakMap<readonly string[], Fingerprint>();

function fingerprintOf(text: readonly string[]): Fingerprint {
  const known = fingerprints.get(text) ?? fingerprint(text.join(' '));
  fingerprints.set(text, known);
  return known;
}

function candidate({ path, title, words: text, published, id, slug, aliases }: Doc): Candidate {
  return {
    path,
    headline: slugify(title),
    title,
    fingerprint: fingerprintOf(text),
    aliases,
    ...(published === undefined ? {} : { published: { instant: published, stated: published % 2 === 0 } }),
    ...(id === undefined ? {} : { id }),
    ...(slug === undefined ? {} : { slug }),
  };
}

/** Builds as another machine would: from the files, which it lists in its own order. */
function build(world: World, ledger: string | undefined, now = world.now): Reconciliation {
  const candidates = [...world.docs.values()].map(candidate);
  const isReversed = now % 2 === 0;
  return reconcile(readLedger(ledger, 'seeds/ledger.json'), isReversed ? candidates.reverse() : candidates, {
    now,
    timeZone: 'Europe/Istanbul',
    unread: [],
  });
}

/** Builds, corrects what is refused, and checks what readers see against what they have seen. */
function publish(world: World, isMerged = false): void {
  let built = build(world, world.ledger);
  for (let tries = 0; built.refused.size > 0; tries++) {
    expect(tries).toBeLessThan(10);
    world.ledger = writeLedger(built.ledger);
    for (const doc of [...world.docs.values()]) {
      if (!built.refused.has(doc.path)) continue;
      if (!world.ids.has(doc.key)) world.docs.delete(doc.key);
      else world.docs.set(doc.key, { ...doc, slug: undefined });
    }
    built = build(world, world.ledger);
  }

  const owners = new Map<string, string>();
  const answers = new Map<string, string>();
  for (const doc of world.docs.values()) {
    const identity = built.identities.get(doc.path);
    if (identity === undefined) throw new Error(`${doc.key} is not published`);
    const { id, slug, redirects, published, updated } = identity;

    expect(id, `the id of ${doc.key}`).toBe(world.ids.get(doc.key) ?? id);
    expect(owners.get(id), `who else has the id of ${doc.key}`).toBeUndefined();
    owners.set(id, doc.key);
    world.ids.set(doc.key, id);

    for (const address of [slug, ...redirects]) {
      expect(answers.get(address), `who else has the address "${address}" of ${doc.key}`).toBeUndefined();
      answers.set(address, doc.key);
    }

    expect(published, `when ${doc.key} was published`).toBe(world.published.get(doc.key) ?? published);
    world.published.set(doc.key, published);
    expect(updated).toBeGreaterThanOrEqual(published);
    const text = doc.words.join(' ');
    const last = world.updated.get(doc.key);
    if (last?.text === text) expect(updated, `when ${doc.key} was updated`).toBe(last.at);
    else if (last !== undefined && !isMerged) expect(updated).toBe(world.now);
    world.updated.set(doc.key, { text, at: updated });
  }
  for (const { id, addresses } of built.removals) {
    for (const address of addresses) {
      expect(answers.get(address), `who has the address "${address}" of a removed article`).toBeUndefined();
      answers.set(address, [...world.ids].find(([, known]) => known === id)?.[0] ?? id);
    }
  }
  for (const key of world.removed.keys()) {
    world.updated.delete(key);
    expect(built.removals.map(({ id }) => id)).toContain(world.ids.get(key));
  }
  for (const [address, key] of world.addresses) {
    if (isMerged) expect(answers.has(address), `"${address}", the address of ${key}, answers`).toBe(true);
    else expect(answers.get(address), `who has "${address}"`).toBe(key);
  }
  expect(new Set(world.ids.values()).size).toBe(world.ids.size);
  for (const [address, key] of answers) world.addresses.set(address, key);

  world.ledger = writeLedger(built.ledger);
  world.touched.clear();
  world.now += HOUR + 1;
}

/** On a clean machine, with the ledger and without. */
function rebuildElsewhere(world: World): void {
  const again = build(world, world.ledger, world.now + HOUR);
  expect(writeLedger(again.ledger)).toBe(world.ledger);
  expect(again.warnings.filter((warning) => !warning.startsWith('Ignored'))).toEqual([]);

  const without = build(world, undefined);
  const onAnother = build({ ...world, docs: new Map([...world.docs].reverse()) }, undefined);
  expect(writeLedger(onAnother.ledger)).toBe(writeLedger(without.ledger));
  expect(new Set([...without.identities.values()].map(({ id }) => id)).size).toBe(without.identities.size);
  for (const doc of world.docs.values()) {
    const minted = isHashed(doc)
      ? mintId(`hash:${/[0-9a-f]{16}/.exec(doc.path)?.[0]}`)
      : mintId(`path:${doc.path}`);
    const known = world.ids.get(doc.key);
    const isItsOwn = doc.id === undefined ? known === minted : known === doc.id;
    if (isItsOwn && !without.refused.has(doc.path)) {
      expect(without.identities.get(doc.path)?.id, `the id of ${doc.key} without the ledger`).toBe(known);
    }
  }
}

/** Two machines that go on from one checkout, each with its own documents, and meet again by a merge line by line. */
function meet(world: World, ours: readonly Act[], theirs: readonly Act[]): World {
  const one = branchOff(world, `ours${world.count}x`);
  for (const each of ours) perform(one, each);
  const two = branchOff(world, `theirs${world.count}x`, one.touched);
  for (const each of theirs) perform(two, each);
  const changed = new Set([...two.touched].filter((family) => !one.touched.has(family)));
  publish(one);
  publish(two);

  const merged = branchOff(one, world.branch);
  const mine = (key: string): boolean => {
    const family = two.docs.get(key)?.family ?? two.removed.get(key)?.family ?? world.docs.get(key)?.family;
    return family !== undefined && changed.has(family);
  };
  for (const kind of ['docs', 'removed'] as const) {
    for (const key of [...merged[kind].keys()]) if (mine(key)) merged[kind].delete(key);
    for (const [key, doc] of two[kind]) if (mine(key)) merged[kind].set(key, doc);
  }
  for (const kind of ['ids', 'published'] as const) {
    for (const [key, value] of two[kind] as Map<string, never>) merged[kind].set(key, value);
  }
  for (const [key, value] of two.updated) if (mine(key)) merged.updated.set(key, value);
  for (const [key, value] of two.addresses) merged.addresses.set(key, value);
  merged.now = Math.max(one.now, two.now) + 1;
  merged.count = one.count + two.count;
  merged.ledger = mergeLines(world.ledger ?? '', one.ledger ?? '', two.ledger ?? '');
  publish(merged, true);
  return merged;
}

function mergeLines(base: string, ours: string, theirs: string): string {
  const lines = (text: string): string[] => text.split('\n').map((line) => line.replace(/,$/, ''));
  const [before, one, two] = [lines(base), lines(ours), lines(theirs)];
  const kept = one.filter((line) => two.includes(line) || !before.includes(line));
  const added = two.filter((line) => !before.includes(line) && !one.includes(line));
  return [...kept.slice(0, 1), ...added, ...kept.slice(1)].join('\n');
}
