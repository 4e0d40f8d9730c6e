/*
 * The scripts of pages: progressive enhancements. They create the elements that need them, or show hidden ones that
 * reserve their space (class `scripted`). So nothing is shown without scripts, and nothing moves when they run.
 */

/** A script in a scope of its own, without indentation and comments. */
function script(strings: TemplateStringsArray): string {
  const lines = String.raw(strings).split('\n');
  const kept = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('//'));
  return `{${kept.join('\n')}}`;
}

/** For the address of a feed: a button that copies it, and a link that opens it in the default feed reader. */
export const copyScript = script`
const code = document.querySelector('.address');
const button = code.nextElementSibling;
button.onclick = () => navigator.clipboard.writeText(code.textContent).then(
  () => { button.textContent = button.dataset.done },
  () => getSelection().selectAllChildren(code),
);
document.querySelector('.readers .scripted a').href = 'feed:' + code.textContent;
for (const hidden of document.querySelectorAll('.scripted')) hidden.classList.remove('scripted');`;

/** For unknown addresses: a search prefilled with the last words of the address. */
export const prefillScript = script`
const field = document.querySelector('input[data-address]');
if (!field.value) try {
  const [segment] = location.pathname.match(/[^\/]*(?=\/?$)/);
  const name = decodeURIComponent(segment).replace(/\.\w+$/, '');
  field.value = name.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim().slice(0, 80);
} catch {}`;

/** For code: a button that copies it. Without the right to write the clipboard, it selects. */
export const codeScript = script`
const box = document.querySelector('[data-copy]');
for (const code of document.querySelectorAll('.code>pre')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.lang = box.dataset.lang;
  button.ariaLive = 'polite';
  button.textContent = box.dataset.copy;
  button.onclick = () => navigator.clipboard.writeText(code.textContent.replace(/\n$/, '')).then(
    () => { button.textContent = box.dataset.copied },
    () => getSelection().selectAllChildren(code),
  );
  code.after(button);
}`;

/** For articles: the button opens the share sheet of the system, where there is one. */
export const articleScript = script`
const button = document.querySelector('.share button');
if (button && navigator.share) {
  button.classList.remove('scripted');
  button.onclick = () => navigator.share({
    title: document.querySelector('h1').textContent,
    url: document.querySelector('link[rel=canonical]').href,
  }).catch(() => {});
}`;

/**
 * For episodes: chapters and `#t=` in the address seek in the player, the chapter that plays is marked, and a
 * transcript in WebVTT or SubRip is shown and follows the recording.
 */
export const playerScript = script`
const player = document.querySelector('article audio,article video');
const chapters = [...document.querySelectorAll('.chapters li>a:first-child')];
const timeOf = (url) => Number(/#t=(\d+)/.exec(url)?.[1] ?? -1);

let whole;
const seek = (time) => {
  // Before a recording is loaded, browsers forget where it is to begin.
  if (!player.readyState) player.addEventListener('loadedmetadata', () => seek(time), { once: true });
  else if (player.seekable.length && player.seekable.end(0) > 0) player.currentTime = time;
  // A server that sends no ranges: only the whole recording can be sought in.
  else if (!whole) (whole = fetch(player.currentSrc).then((response) => response.blob())).then((blob) => {
    const isPlaying = !player.paused;
    player.src = URL.createObjectURL(blob);
    seek(time);
    if (isPlaying) player.play().catch(() => {});
  }).catch(() => {});
};
const seekAddress = () => {
  const time = timeOf(location.hash);
  if (time >= 0) seek(time);
};

const showCues = (cues, list) => {
  let speaker = '';
  for (const cue of cues) {
    const line = document.createElement('p');
    const link = document.createElement('a');
    const time = Math.floor(cue.startTime);
    link.href = '#t=' + time;
    link.textContent = Math.floor(time / 60) + ':' + String(time % 60).padStart(2, '0');
    line.append(link, ' ');
    const who = /^<v(?:\.\S+)? ([^>]+)>/.exec(cue.text)?.[1] ?? '';
    if (who && who !== speaker) {
      const name = document.createElement('b');
      name.textContent = (speaker = who) + ': ';
      line.append(name);
    }
    line.append(cue.getCueAsHTML());
    cue.onenter = () => { line.ariaCurrent = 'true' };
    cue.onexit = () => { line.ariaCurrent = null };
    list.append(line);
  }
};
// Browsers read WebVTT themselves.
const showWebVtt = (list) => {
  const element = player.querySelector('track');
  const show = () => showCues(element.track.cues, list);
  if (element.readyState === 2) show();
  else element.addEventListener('load', show);
  if (element.track.mode === 'disabled') element.track.mode = 'hidden';
};
const secondsOf = (stamp) => stamp.replace(',', '.').split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
const showSubRip = async (address, list) => {
  const response = await fetch(address);
  if (!response.ok) throw response.status;
  const text = await response.text();
  const track = player.addTextTrack('metadata');
  track.mode = 'hidden';
  for (const block of text.replaceAll('\r', '').split('\n\n')) {
    const [, from, to, words] = /([\d:,.]+) --> ([\d:,.]+).*\n([^]+)/.exec(block) ?? [];
    if (words) track.addCue(new VTTCue(secondsOf(from), secondsOf(to), words.trim()));
  }
  showCues(track.cues, list);
};

if (player) {
  seekAddress();
  addEventListener('hashchange', seekAddress);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('.chapters li>a:first-child,.transcript a');
    const time = link ? timeOf(link.href) : -1;
    if (time < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, '', '#t=' + time);
    seek(time);
    player.play().catch(() => {});
  });
  player.addEventListener('timeupdate', () => {
    const now = chapters.findLast((link) => timeOf(link.href) <= player.currentTime);
    for (const link of chapters) link.ariaCurrent = link === now ? 'true' : null;
  });
  const place = document.querySelector('.transcript[data-cues]');
  if (place) {
    const [box, summary, list] = ['details', 'summary', 'div'].map((name) => document.createElement(name));
    box.className = 'transcript';
    summary.textContent = place.textContent;
    box.append(summary, list);
    place.replaceWith(box);
    box.addEventListener('toggle', () => {
      if (place.dataset.cues === 'vtt') showWebVtt(list);
      else showSubRip(place.querySelector('a').href, list).catch(() => box.replaceWith(place));
    }, { once: true });
  }
}`;

/**
 * For the search page: searches as the user types. It requests the same pages as the form, so results, URL and feeds
 * are the same as without it; each response replaces the former results. The last word may be incomplete: if it has no
 * results, the script searches for it as a prefix. If a request fails, nothing changes and the form still works.
 */
export const searchScript = script`
const form = document.querySelector('main form');
const field = form.q;
const status = document.createElement('p');
status.role = 'status';
status.className = 'skip';
form.after(status);
const LINKS = 'link[rel=canonical],link[rel=alternate]';
const resultsIn = (page) => page.querySelector('.found');
const mark = (busy) => {
  const region = resultsIn(document);
  region.ariaBusy = busy;
  region.style = busy ? 'opacity:.5;transition:opacity .2s .3s' : '';
};
let timer, asking, asked = field.defaultValue.trim(), shown = asked;
const stop = () => {
  clearTimeout(timer);
  asking?.abort();
  mark(null);
};
const ask = async (words, signal) => {
  const response = await fetch(form.action + (words && '?' + new URLSearchParams({ q: words })), { signal });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (!response.ok || !resultsIn(page)) throw response.status;
  return { page, words, url: response.url, isEmpty: !page.querySelector('.articles') };
};
const search = async () => {
  stop();
  const words = field.value.trim();
  if (words === asked) return;
  const { signal } = asking = new AbortController();
  mark(true);
  try {
    let answer = await ask(words, signal);
    if (answer.isEmpty && /[\p{L}\p{N}]{2}$/u.test(words)) {
      const more = await ask(words + '*', signal);
      if (!more.isEmpty) answer = more;
    }
    // Keep the results if the user has moved on to them.
    if (!resultsIn(document).contains(document.activeElement)) {
      asked = words;
      shown = answer.words;
      resultsIn(document).replaceWith(resultsIn(answer.page));
      document.querySelectorAll(LINKS).forEach((link) => link.remove());
      document.head.append(...answer.page.querySelectorAll(LINKS));
      document.title = answer.page.title;
      history.replaceState(null, '', answer.url);
      status.textContent = document.querySelector('.said')?.textContent ?? '';
    }
  } catch {}
  if (!signal.aborted) mark(null);
};
for (const type of ['input', 'compositionend']) field.addEventListener(type, (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(search, 200);
});
form.addEventListener('submit', () => {
  stop();
  if (field.value.trim() === asked) field.value = shown;
});`;

/** All of them, for the content security policy. */
export const SCRIPTS = [copyScript, prefillScript, codeScript, articleScript, playerScript, searchScript];
