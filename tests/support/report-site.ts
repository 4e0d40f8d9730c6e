import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { file, fixtureFiles, makeApp } from './app.ts';
import { dataBlocks } from './schema-org.ts';

/* A site with the fixtures, a report with pictures and recordings, and a document that is in no list. */

/** The header fields of a browser that navigates. */
export const BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };

/** An article from plain text. */
export const SEED = '/articles/isis-has-been-militarily-defeated-in-iraq-and-syria';

const REPORT = `---
title: 'High water </script> & "more"'
date: 2026-11-20 10:00
updated: 2026-11-21
tags: [Harbour, Öl]
author: [{ name: Jane Roe, url: "https://jane.example/" }, John Doe]
image: quay.png
audio: quay.mp3
video: https://video.example/quay.mp4
---

The harbour is closed.

| gauge | noon |
| --- | --- |
| Quay | 7.42 m |
`;

export const MEDIA = Object.fromEntries(
  ['png', 'mp3'].map((kind) => [
    `reports/quay.${kind}`,
    readFileSync(join(import.meta.dirname, `../fixtures/media/a.${kind}`)),
  ]),
);

export const { ask } = await makeApp(
  [
    ...fixtureFiles(),
    file('reports/high-water-script-more.md', REPORT),
    file('hidden.md', '---\ntitle: Hidden\ndate: 2026-01-01\nunlisted: true\ntags: [Harbour]\n---\nText.\n'),
  ],
  { media: MEDIA },
);

export const REPORT_PATH = '/articles/high-water-script-more';

export async function read(
  path: string,
  headers: Readonly<Record<string, string>> = BROWSER,
): Promise<string> {
  return (await ask(path, headers)).text();
}

/** The first data block that a page holds for machines. */
export function structuredData(page: string): Record<string, unknown> {
  return dataBlocks(page)[0] ?? {};
}
