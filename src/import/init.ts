import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Instant } from '../article.ts';
import { SettingsError, UsageError } from '../config/errors.ts';
import { defineSite } from '../config/site.ts';
import { titleOfFolder } from '../config/site-file.ts';
import { slugify } from '../documents/addresses.ts';
import { defined } from '../documents/stated.ts';
import { isObject } from '../json.ts';
import { listInMessage } from '../locale.ts';
import { counted, trimOf } from '../strings.ts';
import { type ImportedSettings, importSettings } from './import-settings.ts';
import { type CopiedSources, copySources, publicationFiles } from './publication-files.ts';

const OPTIONS = {
  title: { type: 'string' },
  language: { type: 'string' },
  'time-zone': { type: 'string' },
  name: { type: 'string' },
  from: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
} as const;

/** The files that a folder may already contain before `init`. */
const HARMLESS =
  /^(?:\.git|\.github|\.gitignore|\.gitattributes|\.DS_Store|LICENSE.*|README.*|node_modules|package(?:-lock)?\.json)$/i;

interface Answers {
  readonly title: string;
  readonly language: string;
  readonly timeZone: string;
  /** The name of the worker. */
  readonly name: string;
}

interface InitContext {
  /** The version of Tidings that the publication depends on. */
  readonly version: string;
  /** The date of the first document is the day of this instant in the publication's time zone. */
  readonly now: Instant;
  readonly locale: { readonly language: string; readonly timeZone: string };
  /** Undefined if nobody can answer. */
  readonly terminal: Terminal | undefined;
}

interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: { write(text: string): unknown };
}

/**
 * The command `tidings init`.
 *
 * @returns the exit code
 */
export async function init(args: readonly string[], context: InitContext): Promise<number> {
  const { folder, from, flags, isAsking } = parseOptions(args);
  refuseUsedFolder(folder);
  if (from !== undefined) refuseNestedFolders(folder, from);
  const imported = from === undefined ? undefined : importSettings(from);
  const { locale } = context;
  const defaults: Answers = {
    title: imported?.settings.title ?? titleOfFolder(folder),
    language: imported?.settings.language ?? locale.language,
    timeZone: imported?.settings.timeZone ?? locale.timeZone,
    name: workerName(basename(folder)),
  };
  const stated = check({ ...defaults, ...flags });
  const answers =
    isAsking && context.terminal !== undefined ? await ask(stated, flags, context.terminal) : stated;
  const files = publicationFiles({
    ...answers,
    settings: { ...imported?.settings, ...settingsOf(answers) },
    version: context.version,
    // Swedish writes dates as ISO 8601 does.
    today: new Date(context.now).toLocaleDateString('sv', { timeZone: answers.timeZone }),
    hasFirstDocument: from === undefined,
  });
  const created: string[] = [];
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    // A folder that is a repository or a package may already have this file.
    const isThere = existsSync(file) && !path.startsWith('seeds/');
    if (isThere && path !== 'package.json') continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, isThere ? addToPackage(file, content) : content);
    created.push(path);
  }
  const copied =
    from === undefined ? undefined : copySources(from, join(folder, 'seeds'), imported?.generator);
  report(folder, created, imported, copied);
  return 0;
}

function parseOptions(args: readonly string[]) {
  const { values, positionals } = parseFlags(args);
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0)
    throw new UsageError(
      `Cannot create "${positionals.join(' ')}": expected the name of one new folder, such as "tidings init my-news"`,
    );
  const { title, language, 'time-zone': timeZone, name, from, yes = false } = values;
  return {
    folder: resolve(folder),
    from: from === undefined ? undefined : resolve(from),
    flags: defined({ title, language, timeZone, name }),
    isAsking: !yes,
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    const names = Object.keys(OPTIONS).map((name) => `--${name}`);
    throw new UsageError(`${reason}; expected ${names.join(', ')}`);
  }
}

/** Adds the fields that a `package.json` lacks; keeps stated ones, such as the dependency on a local Tidings. */
function addToPackage(file: string, content: string): string {
  let stated: Readonly<Record<string, unknown>>;
  try {
    stated = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`Cannot read "${file}": expected JSON`);
  }
  const merged: Record<string, unknown> = { ...stated };
  for (const [key, own] of Object.entries<unknown>(JSON.parse(content))) {
    const there = stated[key];
    merged[key] = isObject(own) && isObject(there) ? { ...own, ...there } : (there ?? own);
  }
  return `${JSON.stringify(merged, undefined, 2)}\n`;
}

function refuseUsedFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const found = readdirSync(folder).filter((name) => !HARMLESS.test(name));
  if (found.length > 0)
    throw new UsageError(
      `Cannot create a publication in "${folder}": it contains ${listInMessage(found, 3)}; expected a new or an empty folder`,
    );
}

function refuseNestedFolders(folder: string, from: string): void {
  if (!existsSync(from)) throw new UsageError(`Cannot read "${from}": expected the folder of a site`);
  const path = relative(from, folder);
  if (path === '' || !path.startsWith('..'))
    throw new UsageError(
      `Cannot create a publication in "${folder}": it is in "${from}"; expected a folder outside it`,
    );
}

function settingsOf({ title, language, timeZone }: Answers) {
  return { title, language, timeZone };
}

/** @throws UsageError if a value is invalid */
function check(answers: Answers): Answers {
  const problem = problemOf(answers);
  if (problem !== undefined) throw new UsageError(problem);
  return answers;
}

function problemOf(answers: Answers): string | undefined {
  if (!/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(answers.name))
    return `Cannot use the name "${answers.name}" for a worker: expected at most 63 lower-case letters, digits and hyphens`;
  try {
    defineSite(settingsOf(answers), '');
    return undefined;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.replaceAll(' in site.toml', '');
  }
}

const QUESTIONS: readonly (readonly [keyof Answers, string])[] = [
  ['title', 'Title'],
  ['language', 'Language'],
  ['timeZone', 'Time zone'],
  ['name', 'Name of the worker'],
];

/** Asks for values that no flag states. At the end of the input, the defaults apply. */
async function ask(
  defaults: Answers,
  flags: Partial<Answers>,
  { input, output }: Terminal,
): Promise<Answers> {
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  let answers = defaults;
  for (const [key, question] of QUESTIONS) {
    let isSettled = flags[key] !== undefined;
    while (!isSettled) {
      output.write(`${question} (${answers[key]}): `);
      const { value, done } = await lines.next();
      const answer = done ? '' : String(value).trim();
      const next = answer === '' ? answers : { ...answers, [key]: answer };
      const problem = problemOf(next);
      if (problem === undefined) answers = next;
      else output.write(`${problem}\n`);
      isSettled = problem === undefined;
    }
  }
  await lines.return?.();
  return answers;
}

function workerName(folder: string): string {
  const letters = slugify(folder).replace(/[^a-z0-9]+/g, '-');
  const name = trimOf(letters.slice(0, 63), /-/);
  return name === '' ? 'news' : name;
}

function report(
  folder: string,
  files: readonly string[],
  imported: ImportedSettings | undefined,
  copied: CopiedSources | undefined,
): void {
  const path = relative('.', folder);
  const name = path || '.';
  console.log(`Created ${path || 'here'}${path ? ' with' : ':'} ${files.join(', ')}`);
  if (copied !== undefined) {
    const generator = imported?.generator;
    console.log(
      `Copied ${counted(copied.documents, 'document')} and ${counted(copied.others, 'other file')} of ${
        generator === undefined ? 'a folder without a known generator' : `a site of ${generator.name}`
      } to ${join(name, 'seeds')}`,
    );
    if (copied.left.length > 0)
      console.log(`Left out the files of the generator: ${listInMessage(copied.left, MAX_NAMED)}`);
    if (copied.links.length > 0)
      console.log(
        `Left out symbolic links; copy what they lead to if it belongs here: ${listInMessage(copied.links, MAX_NAMED)}`,
      );
  }
  const url = imported?.settings.url;
  if (url !== undefined)
    console.log(
      `Links lead to ${url}, the URL of the old site; remove url from seeds/site.toml until the domain has moved`,
    );
  console.log(
    `\nNext:\n${path === '' ? '' : `  cd ${/^[\p{L}\p{N}_./-]+$/u.test(path) ? path : JSON.stringify(path)}\n`}  npm install\n  npm start`,
  );
}

const MAX_NAMED = 8;
