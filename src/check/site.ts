import type { Instant } from '../article.ts';
import { FEED_FORMATS, type FeedFormat, feedPath, paths } from '../routes/paths.ts';
import { examineAgreement, examineAutodiscovery, examinePermalink } from './agreement.ts';
import { type Ask, textIn } from './answer.ts';
import { examineAtom } from './atom.ts';
import { type Entry, entryReaders } from './entries.ts';
import type { Examination } from './examination.ts';
import type { Finding } from './finding.ts';
import { examineAlias, examineFile, examineHttp, examineNavigation, expectedTypes } from './http.ts';
import { examineJson } from './json.ts';
import { examineHostile, examineUnknown, HOSTILE } from './refusals.ts';
import { examineRss } from './rss.ts';
import { examineSlices } from './slices.ts';

const PAGES_AT_ONCE = 4;

type ExamineFeed = (text: string, url: string, now: Instant) => Finding[];

const examiners: Readonly<Record<FeedFormat, ExamineFeed>> = {
  rss: examineRss,
  atom: examineAtom,
  json: examineJson,
};

/** Examines a site as validators, feed readers, browsers and attackers would, one address after the other. */
export async function* examineSite(
  origin: string,
  ask: Ask,
  clock: () => Instant,
): AsyncIterable<Examination> {
  const addresses = {
    rss: origin + feedPath('rss'),
    atom: origin + feedPath('atom'),
    json: origin + feedPath('json'),
  };
  const page = async (path: string, entry?: Entry): Promise<Examination> => {
    const findings = await examineHttp(ask, path, expectedTypes.html, clock());
    const html = textIn(await ask(path));
    findings.push(...examineAutodiscovery(html, path, addresses));
    if (entry !== undefined) findings.push(...examinePermalink(entry, html, path));
    return { subject: origin + path, findings };
  };

  const examineFeed = async (format: FeedFormat, path: string): Promise<Finding[]> => [
    ...(await examineHttp(ask, path, expectedTypes[format], clock())),
    ...examiners[format](textIn(await ask(path)), origin + path, clock()),
  ];

  const feeds: Partial<Record<FeedFormat, string>> = {};
  for (const format of FEED_FORMATS) {
    const [own, ...aliases] = paths[format];
    const findings = await examineHttp(ask, own, expectedTypes[format], clock());
    findings.push(...(await examineNavigation(ask, own)));
    const answer = await ask(own);
    if (answer.status === 200) {
      const text = textIn(answer);
      feeds[format] = text;
      findings.push(...examiners[format](text, addresses[format], clock()));
    }
    yield { subject: addresses[format], findings };
    for (const alias of aliases)
      yield { subject: origin + alias, findings: await examineAlias(ask, alias, own) };
  }
  yield { subject: 'the feeds together', findings: examineAgreement(feeds) };
  yield await page(paths.home);
  const entries = entriesOf(feeds).filter(({ address = '' }) => URL.canParse(address));
  for (let at = 0; at < entries.length; at += PAGES_AT_ONCE) {
    const some = entries.slice(at, at + PAGES_AT_ONCE);
    yield* await Promise.all(some.map((entry) => page(new URL(entry.address ?? '').pathname, entry)));
  }
  yield* examineSlices(origin, ask, clock, examineFeed);
  for (const file of [paths.icon, paths.favicon])
    yield { subject: origin + file, findings: await examineFile(ask, file, /^image\//) };
  yield { subject: 'unknown addresses', findings: await examineUnknown(ask) };
  for (const target of HOSTILE)
    yield { subject: `hostile ${target.slice(0, 60)}`, findings: await examineHostile(ask, target) };
}

/** The entries of the first feed that there is. */
function entriesOf(feeds: Readonly<Partial<Record<FeedFormat, string>>>): Entry[] {
  for (const format of FEED_FORMATS) {
    const text = feeds[format];
    if (text !== undefined) return entryReaders[format](text);
  }
  return [];
}
