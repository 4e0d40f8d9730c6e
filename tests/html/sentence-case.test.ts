import { expect, test } from 'vitest';
import { sentenceCase } from '../../src/html/text.ts';
import { file, makeApp, makeSite } from '../support/app.ts';

test.each([
  [
    'ISIS HAS BEEN MILITARILY DEFEATED IN IRAQ AND SYRIA',
    'Last month, troops drove ISIS out of Iraq. They also left Syria.',
    'en',
    'ISIS has been militarily defeated in Iraq and Syria',
  ],
  ['THE MAYOR’S BOAT: NOBODY KNOWS', 'It is the mayor’s.', 'en', 'The mayor’s boat: Nobody knows'],
  ['U.S.-LED FORCES LEFT', 'The U.S. left.', 'en', 'U.S.-led forces left'],
  ['IŞIK SERGİSİ İSTANBUL’DA', 'Bu sergi İstanbul’da açıldı.', 'tr', 'Işık sergisi İstanbul’da'],
  ['GROẞE FLUT AN DER ELBE', 'Wasser der Elbe.', 'de', 'Große flut an der Elbe'],
  ['МОСТ ЧЕРЕЗ НЕВУ ОТКРЫТ', 'Над рекой Невой и через Неву.', 'ru', 'Мост через Неву открыт'],
  ['WAR IS OVER. PEACE CAME', '', 'en', 'War is over. Peace came'],
])('%s is a sentence', (headline, text, language, sentence) => {
  expect(sentenceCase(headline, text, language)).toBe(sentence);
});

test.each(['A Boat', 'NATO', 'נמל', '港', 'NASA and ESA', 'iPHONE'])('%s stays as it is', (headline) => {
  const text = 'It was NATO that came.';
  expect(sentenceCase(headline, text, 'en')).toBe(headline);
});

test('pages show headlines so if the site asks for it, and feeds do not', async () => {
  const text = 'FOG STOPS THE ALBA\n\n3.2.2021\n\nThe ferry is the Alba.\n';
  const { ask } = await makeApp([file('fog.txt', text)], { site: makeSite({ sentenceCase: true }) });
  const read = async (path: string): Promise<string> => (await ask(path)).text();
  expect(await read('/articles/fog-stops-the-alba')).toContain('<h1 class="p-name">Fog stops the Alba</h1>');
  expect(await read('/')).toContain('>Fog stops the Alba</a>');
  expect(await read('/feed.json')).toContain('"title":"FOG STOPS THE ALBA"');
});
