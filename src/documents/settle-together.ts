import type { Site } from '../settings.ts';
import type { Draft } from './document.ts';
import { languagesOfFolders } from './language-folders.ts';
import { type Outline, outline as outlineOf } from './outline.ts';
import { settleAddresses } from './own-pages.ts';
import { withoutTemplateClaims } from './template-claims.ts';

/** A document and what it says. */
interface Told {
  readonly path: string;
  readonly draft: Draft;
  readonly outline: Outline;
}

/** What documents mean that only all of them together tell. */
export function settleTogether<Document extends Told>(
  documents: readonly Document[],
  site: Site,
): Document[] {
  const drafts = withoutTemplateClaims(documents);
  const own = documents.map((document) => {
    const draft = drafts.get(document.path);
    return draft === undefined
      ? document
      : { ...document, draft, outline: outlineOf(draft, document.path, site) };
  });
  const languages = languagesOfFolders(own);
  const told = own.map((document) => {
    const language = languages.get(document.path);
    return language === undefined ? document : { ...document, outline: { ...document.outline, language } };
  });
  return settleAddresses(told, site);
}
