import { expect, test } from 'vitest';
import type { Generator } from '../../src/config/generator.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { file, makeGenerator, makeSite } from '../support/app.ts';

const VAULT = makeGenerator('Obsidian', { file: '.obsidian/app.json' });

function tagsOf(text: string, generator?: Generator): readonly string[] | undefined {
  const reading = readDocument(file('a.md', text), { ...makeSite(), generator });
  return reading.status === 'read' ? reading.content.draft.tags : undefined;
}

const TAGGED = '---\ntags: [sea]\n---\nThe #fog and issue #help.\n';

test('hashtags are the tags of a document that states none', () => {
  expect(tagsOf('The #fog and the #sea.\n')).toEqual(['fog', 'sea']);
});

test('hashtags are words in a document that states tags', () => {
  expect(tagsOf(TAGGED)).toEqual(['sea']);
});

test('hashtags are tags in a vault', () => {
  expect(tagsOf(`${TAGGED}See [[b]].\n`)).toEqual(['sea', 'fog', 'help']);
  expect(tagsOf(TAGGED, VAULT)).toEqual(['sea', 'fog', 'help']);
});
