import { copyFileSync, type Dirent, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Generator } from '../config/generator.ts';
import { kindOf } from '../documents/kinds.ts';

export interface CopiedSources {
  readonly documents: number;
  readonly others: number;
  /** Folders and files that were left out, those at the top only. */
  readonly left: readonly string[];
}

/** Program sources, templates, styles, and files that tools write for themselves. */
const NO_CONTENT =
  /(?:\.(?:[cm]?[jt]sx?|astro|vue|svelte|css|s[ac]ss|less|styl|map|lock|lockb|liquid|njk|ejs|hbs|pug|haml|slim|tmpl|gemspec|py|pyc|rb|sh|toml|ya?ml|json5?|xml|ini|env)|^Gemfile.*|^Makefile|^Rakefile|^CNAME|^LICENSE.*|^README\.\w+|^CHANGELOG.*|^CONTRIBUTING.*|^CODE_OF_CONDUCT.*)$/i;
/** Data that documents refer to, that gives them front matter, or that says where they are. */
const DATA =
  /(?:^|\/)(?:_data\/[^/]+|(?:authors|contributors|people)\/[^/]+|\.?authors?|people|tags)\.(?:ya?ml|json|toml)$|(?:^|\/)([^/]+)\/\1\.json$|\.11tydata\.\w+$|(?:^|\/)_data(?:\.(?:ya?ml|json)|\/(?:metadata|site|meta)\.[cm]?[jt]s)$|^config\/_default\/[^/]+\.(?:toml|ya?ml|json)$/i;
/** Folders of Hugo that have people, and files that its themes serve. */
const OWN_CONTENT = /^(?:data(?:\/authors)?|themes(?:\/[^/]+(?:\/static(?:\/.*)?)?)?)$/;

/**
 * Copies the documents and media of another generator, with their paths and its configuration. It never changes the
 * source.
 *
 * @param generator undefined: every folder may have documents
 */
export function copySources(from: string, to: string, generator: Generator | undefined): CopiedSources {
  const counts = { documents: 0, others: 0 };
  const left: string[] = [];
  const { file, ownFolders = [], staticRoots = [] } = generator ?? {};
  const isOwn = (path: string): boolean =>
    path === 'node_modules' ||
    (ownFolders.includes(`${path}/`) && !staticRoots.some((root) => root.startsWith(`${path}/`)));
  const isWithinOwn = (path: string): boolean =>
    generator?.name === 'Hugo' && /^(?:data|themes)(?:\/|$)/.test(path);
  const copy = (path: string): void => {
    const target = join(to, path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(from, path), target);
    if (kindOf(path) === undefined) counts.others++;
    else counts.documents++;
  };
  const visit = (parent: string): void => {
    for (const entry of entriesOf(join(from, parent))) {
      const path = parent === '' ? entry.name : `${parent}/${entry.name}`;
      // A link may lead out of the folder.
      if (entry.isSymbolicLink() || (!entry.isFile() && !entry.isDirectory())) continue;
      const isData = entry.isFile() && DATA.test(path);
      if ((entry.name.startsWith('.') && !isData && entry.name !== '.vuepress') || path === file) continue;
      if (isData) copy(path);
      else if (entry.isDirectory() && isWithinOwn(path)) {
        if (OWN_CONTENT.test(path)) visit(path);
      } else if (entry.isDirectory() && !isOwn(path)) visit(path);
      else if (isWithinOwn(parent) && !/^themes\/[^/]+\/static(?:\/|$)/.test(parent)) continue;
      else if (entry.isFile() && !isProgram(path, generator)) copy(path);
      else if (parent === '') left.push(path);
    }
  };
  // That of Medium has personal data.
  if (file !== undefined && generator?.name !== 'Medium') copy(file);
  visit('');
  return { ...counts, left };
}

/** In a vault, a README is a note; elsewhere it describes the program. */
function isProgram(path: string, generator: Generator | undefined): boolean {
  const isTop = !path.includes('/');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (generator === undefined || generator.name === 'Obsidian') return false;
  if (
    generator.staticRoots.some((root) => path.startsWith(root)) &&
    !/\.(?:[cm]?[jt]sx?|css|s[ac]ss|map)$/i.test(name)
  )
    return false;
  return NO_CONTENT.test(name) && (isTop || !/^(?:README|LICENSE|CHANGELOG|CONTRIBUTING)/i.test(name));
}

function entriesOf(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}
