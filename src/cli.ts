import { UsageError } from './config/errors.ts';
import { packageVersion } from './package.ts';

interface Command {
  /** Its arguments, such as `DIR`. */
  readonly usage: string;
  readonly summary: string;
  /** One line each: flag, meaning. */
  readonly options: readonly (readonly [string, string])[];
  /** @returns the exit code */
  readonly run: (args: readonly string[]) => Promise<number>;
}

const FOLDERS = [
  ['--seeds DIR', 'the folder of documents; default "seeds", or SEEDS_DIR'],
  ['--out DIR', 'the output folder; default "dist", or OUT_DIR'],
  ['--cache DIR', 'the cache of builds; default "node_modules/.cache/tidings", or CACHE_DIR'],
] as const;

const COMMANDS: Readonly<Record<string, Command>> = {
  init: {
    usage: 'DIR',
    summary: 'creates a publication',
    options: [
      ['--title TEXT', 'its title'],
      ['--language TAG', 'the language of its documents, such as "en" or "pt-BR"'],
      ['--time-zone ZONE', 'the time zone of its dates, such as "Europe/Istanbul"'],
      ['--name NAME', 'the name of its worker at Cloudflare'],
      ['--from DIR', 'copies documents, media and settings from the folder of another generator'],
      ['--yes', 'asks no questions: what is not stated gets its default'],
    ],
    run: async (args) => {
      const { init } = await import('./import/init.ts');
      const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
      return init(args, {
        version: packageVersion(),
        now: Date.now(),
        locale: { language: locale.split('-')[0] ?? 'en', timeZone },
        terminal: process.stdin.isTTY ? { input: process.stdin, output: process.stdout } : undefined,
      });
    },
  },
  start: {
    usage: '',
    summary: 'builds, serves the site on this machine, and shows every change',
    options: [
      ...FOLDERS,
      ['--port NUMBER', 'the port; default 8787, or PORT. The next free one is used if it is taken'],
      ['--drafts', 'shows drafts, too'],
      ['--future', 'shows scheduled articles, too'],
    ],
    run: async (args) => (await import('./preview/command.ts')).start(args),
  },
  build: {
    usage: '',
    summary: 'compiles the documents; "wrangler deploy" calls it',
    options: [
      ...FOLDERS,
      ['--now ISO', 'the instant of the build; default: SOURCE_DATE_EPOCH, or now'],
      ['--frozen', 'fails if the ledger would change, and shows the lines'],
      ['--verbose', 'lists every document and every message'],
    ],
    run: async (args) => (await import('./pipeline/command.ts')).runBuild(args),
  },
  check: {
    usage: '[URL]',
    summary: 'checks a build, or a live site, as validators and feed readers do',
    options: [...FOLDERS.slice(0, 1), ['--live', 'checks the site at the url of site.toml']],
    run: async (args) => (await import('./check/command.ts')).check(args),
  },
};

/** Runs a command; sets the exit code. */
export async function main([name, ...args]: readonly string[]): Promise<void> {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (name === '--version' || name === '-v') console.log(packageVersion());
  else if (name === undefined || isHelp(name) || name === 'help') console.log(help());
  else if (command === undefined) {
    console.error(`Cannot find the command "${name}": expected ${Object.keys(COMMANDS).join(', ')}`);
    process.exitCode = 2;
  } else if (args.some(isHelp)) console.log(helpOf(name, command));
  else process.exitCode = await run(command, args);
}

async function run(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function isHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

function help(): string {
  const commands = Object.entries(COMMANDS).map(
    ([name, { usage, summary }]) => [`${name} ${usage}`, summary] as const,
  );
  return `Tidings ${packageVersion()}: a folder of documents in, feeds on the edge out

${columns(commands, 'tidings ')}

"tidings COMMAND --help" explains a command.`;
}

function helpOf(name: string, { usage, summary, options }: Command): string {
  return `tidings ${name} ${usage ? `${usage} ` : ''}[options]: ${summary}\n\n${columns(options, '')}`;
}

function columns(rows: readonly (readonly [string, string])[], prefix: string): string {
  const width = Math.max(...rows.map(([first]) => first.length)) + 2;
  return rows.map(([first, second]) => `  ${prefix}${first.padEnd(width)}${second}`).join('\n');
}
