import { defineSite } from './config/site.ts';

/** The one file that a publisher edits; `SiteOptions` in settings.ts explains every setting. */
export const site = defineSite({
  title: 'Tidings',
  description: 'A folder of documents in, feeds on the edge out.',
  language: 'en',
  timeZone: 'UTC',
  copyright: 'Each article belongs to the source that it names.',
});
