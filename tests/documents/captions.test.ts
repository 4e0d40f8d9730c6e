import { expect, test } from 'vitest';
import { parseDocument } from '../../src/documents/parse.ts';
import { readable } from '../support/content.ts';

/** The element that a line becomes among paragraphs. */
function elementOf(line: string): string | undefined {
  const text = `Headline\n\n3.2.2021\n\nThe boat was sold.\n\n${line}\n\nNobody dives any more.\n`;
  const { html } = readable(parseDocument({ path: 'a.txt', bytes: new TextEncoder().encode(text) }));
  return /<p>The boat was sold.<\/p><(\w+)>/.exec(html)?.[1];
}

test.each([
  'Selim Ada with the last sponge on the mole. İHA Photo',
  'The boat at Karatepe, June 4, 2019. AP Photo',
  'The bridge behind the rope works. Photograph: D. Okafor',
  'The bridge. Photo by D. Okafor',
  'The bridge. Photo courtesy of the museum',
  'The mole, 1931. Courtesy of the harbour museum',
  'Photograph by D. Okafor',
  'Archivbild: Jo Kai',
  'Symbolfoto: Jo Kai',
  '[Photo: D. Okafor / Reuters]',
  'Archive photo',
  'The mole. Reuters file photo',
  'The mole, 1931. Harbour museum archive',
  'The mole. AP Photo/Jane Roe, File',
  'The mole. Photo taken on June 4, 2019',
  'The mole (Photo/Jane Roe)',
  'The mole. REUTERS/Jane Roe',
  'The bridge from above. Drone image by Ann Dock',
  'Graphic: BBC',
  'Map: The Economist',
  'Figure 1: The bridge',
  'Resim 2: Köprü',
  'Abb. 3. Die Brücke',
  'File photo of the bridge',
  'Pictured: the bridge in May',
  'From left to right: Jane Roe and Ann Dock',
  'Soldan sağa: Ali Veli ve Ayşe Kaya',
  'Anadolu Ajansı',
  'The bridge © D. Okafor',
  'The bridge (AP)',
  'Benoit Tessier/Reuters',
  'Die Brücke. Foto: privat',
  'Die Brücke. Foto: dpa/Jane Roe',
  'Le pont. Photo DR',
  'Il ponte. Foto Ansa',
  'Le pont. Photo : J. Roe',
  'Le pont (crédit photo : Jean Roe)',
  'El puente. Fotografía de J. Roe',
  'Il ponte. Foto di Mario Rossi',
  'Köprü (Fotoğraf: AA)',
  'Мост. Фото: И. Иванов',
  'Мост. Фото автора',
  'Мост (фото И. Иванова)',
  'Мост. Фото из архива музея',
  'Most za powroźnią. Fot. Jan Kowalski',
  'Silta. Kuva: Lehtikuva',
  'Γέφυρα. Φωτογραφία: Γ. Παπάς',
  'הגשר. צילום: דוד כהן',
  'الجسر. تصوير: علي حسن',
  'الجسر خلف المصنع (رويترز)',
  'پل. عکس: علی رضایی',
  '绳厂后面的桥。图片来源：新华社',
  '图为绳厂后面的桥。新华社记者 李明 摄',
  'ロープ工場の裏の橋（撮影：山田太郎）',
  'ロープ工場の裏の橋＝共同通信',
  '밧줄 공장 뒤의 다리. 사진=연합뉴스',
  '밧줄 공장 뒤의 다리 ⓒ연합뉴스',
])('a line that ends in a credit is a caption: %s', (line) => {
  expect(elementOf(line)).toBe('figure');
});

test.each([
  'A boat without a crew',
  'Photo finish in the final race',
  'The photographer who came by night',
  'Photos by the sea',
  'Getty buys the mole',
  'Image is everything',
  'Credit where credit is due',
  'Courtesy on the quay',
  'Map of the future',
  'Charts: how a newspaper draws them',
  'Above all, patience',
  'File photos in court',
  'Fotografía de Madrid en invierno',
  'Fotos aus dem Archiv',
  'How to photograph a bridge',
  'The picture: a history',
  'Images: how a newspaper chooses them',
])('a line about pictures is a heading: %s', (line) => {
  expect(elementOf(line)).toBe('h2');
});
