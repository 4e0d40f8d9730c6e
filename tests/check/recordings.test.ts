import { expect, test } from 'vitest';
import { checkRecordings } from '../../src/check/site.ts';
import { file, makeApp, makeSite } from '../support/app.ts';

const ORIGIN = 'https://news.example';

function episode(folder: string, day: number, url: string): ReturnType<typeof file> {
  const audio = `{ url: "${url}", length: 1000, duration: 60 }`;
  return file(
    `${folder}/${day}.md`,
    `---\ntitle: ${folder} ${day}\ndate: 2026-01-0${day}\naudio: ${audio}\n---\n\nText.\n`,
  );
}

test('the newest recording of each podcast on the site is sent in parts', async () => {
  const show = { category: 'Technology', explicit: false, image: 'https://a.example/c.jpg' };
  const { ask } = await makeApp(
    [
      episode('one', 1, `${ORIGIN}/old.mp3`),
      episode('one', 2, `${ORIGIN}/a.mp3?b=1&c=2`),
      episode('two', 1, `${ORIGIN}/b.mp3`),
      episode('far', 1, 'https://cdn.example/c.mp3'),
      episode('clips', 1, `${ORIGIN}/d.mp3`),
    ],
    { site: makeSite({ podcasts: { one: show, two: show, far: show } }) },
  );
  const asked: string[] = [];
  const { issues } = await checkRecordings(ORIGIN, async (target, headers = {}) => {
    if (!target.includes('.mp3')) {
      const response = await ask(target, headers);
      return { status: response.status, headers: response.headers, body: await response.bytes() };
    }
    asked.push(`${target} ${headers.Range}`);
    return { status: target === '/b.mp3' ? 206 : 200, headers: new Headers(), body: new Uint8Array(2) };
  });
  expect(asked.sort()).toEqual(['/a.mp3?b=1&c=2 bytes=0-1', '/b.mp3 bytes=0-1']);
  expect(issues).toEqual([
    expect.objectContaining({
      rule: 'recordings/ranges',
      message: expect.stringContaining('GET /a.mp3?b=1&c=2, Range: bytes=0-1 "200": expected 206'),
    }),
  ]);
});
