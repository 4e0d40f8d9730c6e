import type { BundledSegment, PackedSegment, SegmentPlan } from '../store/plan-segments.ts';
import { reuseAsset } from './assets.ts';
import type { Cache } from './cache.ts';
import type { CachedArticle } from './cache-index.ts';
import { digestOf } from './cache-key.ts';
import { batchesOf, mapOrdered } from './map-ordered.ts';
import type { Output } from './output.ts';
import type { PackingJob, PackingResult } from './task-requests.ts';

/** How many segments are handed over at once. */
const BATCH = 4;

interface Packing {
  readonly cache: Cache;
  readonly output: Output;
  /** Packs what is not remembered. */
  readonly pack: (jobs: readonly PackingJob[]) => Promise<readonly (PackingResult | undefined)[]>;
  /** How many batches may be under way. */
  readonly ahead: number;
  /** The articles of a plan, rendered. */
  readonly articlesOf: (plan: SegmentPlan) => readonly CachedArticle[];
  /** Renders those articles of a plan again of which something was lost. */
  readonly repair: (plan: SegmentPlan) => Promise<void>;
}

export interface Packed {
  readonly segments: readonly PackedSegment[];
  /** For the next build, by name. */
  readonly memory: ReadonlyMap<string, PackingResult>;
}

/** Packs articles into segments; those that are remembered, and are there, stay as they are. */
export async function packSegments(plans: readonly SegmentPlan[], packing: Packing): Promise<Packed> {
  const { cache, output, pack, ahead, articlesOf, repair } = packing;
  const names = new Map(plans.map((plan) => [plan, nameOf(plan, articlesOf(plan))]));
  const nameFor = (plan: SegmentPlan): string => names.get(plan) ?? '';
  const memory = new Map<string, PackingResult>();
  const hot = new Map<string, BundledSegment>();

  const take = (name: string, result: PackingResult): boolean => {
    if (result.hot !== undefined) {
      const bytes = cache.read(result.hot.bytes);
      if (bytes === undefined) return false;
      hot.set(name, { bytes, gzipLength: result.hot.gzipLength });
    }
    memory.set(name, result);
    output.need(result.forms.digest);
    if (result.hot === undefined) output.need(result.digest);
    return true;
  };
  const loadCached = (plan: SegmentPlan): boolean => {
    const remembered = cache.memory.segments.get(nameFor(plan));
    const kept = remembered && stillThere(remembered, output);
    return kept !== undefined && take(nameFor(plan), kept);
  };
  const make = async (batch: readonly SegmentPlan[]): Promise<void> => {
    const jobs = (some: readonly SegmentPlan[]) => some.map((plan) => jobOf(plan, articlesOf(plan)));
    const results = await pack(jobs(batch));
    for (const [index, plan] of batch.entries()) {
      const result = results[index];
      if (result !== undefined && take(nameFor(plan), result)) continue;
      await repair(plan);
      const [repaired] = await pack(jobs([plan]));
      if (repaired === undefined || !take(nameFor(plan), repaired))
        throw new Error('Cannot read back what was made of the documents');
    }
  };

  const missing = plans.filter((plan) => !loadCached(plan));
  for await (const _ of mapOrdered(batchesOf(missing, BATCH), make, ahead));
  const segments = plans.flatMap((plan): PackedSegment[] => {
    const result = memory.get(nameFor(plan));
    if (result === undefined) return [];
    const { digest, checksum, forms } = result;
    return [
      {
        digest,
        checksum,
        textFormatsDigest: forms.digest,
        textFormatsChecksum: forms.checksum,
        bundled: hot.get(nameFor(plan)),
      },
    ];
  });
  return { segments, memory };
}

function nameOf({ mayBeBundled }: SegmentPlan, articles: readonly CachedArticle[]): string {
  return digestOf([String(mayBeBundled), ...articles.map(({ name }) => name)]);
}

function jobOf({ mayBeBundled }: SegmentPlan, articles: readonly CachedArticle[]): PackingJob {
  return {
    mayBeHot: mayBeBundled,
    records: articles.map(({ record }) => record),
    forms: articles.map(({ forms }) => forms),
  };
}

/** The same with new marks; undefined when a part of it is not as it was. */
function stillThere(result: PackingResult, { parts }: Output): PackingResult | undefined {
  const formsMark = reuseAsset(parts, result.forms.digest, result.forms.mark);
  if (formsMark === undefined) return undefined;
  const forms = { ...result.forms, mark: formsMark };
  if (result.mark === undefined) return { ...result, forms };
  const mark = reuseAsset(parts, result.digest, result.mark);
  return mark === undefined ? undefined : { ...result, forms, mark };
}
