const REGISTERED = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
/** Languages that may be stated by their names. */
const NAMED =
  'en tr de fr es it pt nl sv da nb nn no fi is et lv lt pl cs sk sl hu ro sq hr bs sr mk bg be uk ru el ca gl eu ga cy mt az uz kk ky tt ka hy id ms sw af fil ar he fa ur ku ckb ps hi ne bn ta vi th ja ko zh';

/**
 * The canonical BCP 47 tag for a stated language: a tag in any case (`EN-us`), a POSIX locale (`tr_TR.UTF-8`), or a name
 * in English or in the language itself; `undefined` for anything else.
 */
export function parseLanguageTag(stated: string): string | undefined {
  const words = stated.split(/[.@(;,]/u, 1)[0]?.trim() ?? '';
  const named = languageNames().get(words.toLowerCase());
  if (named !== undefined) return named;
  try {
    const locale = new Intl.Locale(words.replaceAll('_', '-'));
    return REGISTERED.of(locale.language) !== undefined && locale.language !== 'und'
      ? locale.baseName
      : undefined;
  } catch {
    return undefined;
  }
}

let names: ReadonlyMap<string, string> | undefined;

function languageNames(): ReadonlyMap<string, string> {
  names ??= new Map(
    NAMED.split(' ').flatMap((tag) =>
      [tag, 'en'].map((words): [string, string] => [
        new Intl.DisplayNames(words, { type: 'language' }).of(tag)?.toLowerCase() ?? tag,
        tag,
      ]),
    ),
  );
  return names;
}
