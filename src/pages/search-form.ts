import type { Site } from '../config/site.ts';
import { paths } from '../routes/paths.ts';
import { type Html, html } from './html.ts';
import { languageAttributes } from './language.ts';
import { messagesFor } from './messages/messages-for.ts';

/**
 * A form for a search.
 *
 * @param value plain text in the field
 * @param attributes of the field
 */
export function searchForm(site: Site, value = '', attributes?: Html): Html {
  const messages = messagesFor(site.language);
  return html`<form role="search" action="${paths.search}"${languageAttributes(messages, site.language)}>
<input type="search" name="q" value="${value}" placeholder="${messages.searchHint}" aria-label="${messages.searchHint}" maxlength="200" dir="auto"${attributes}>
<button type="submit">${messages.search}</button>
</form>`;
}

/**
 * Finds while one types, on the page to search on. It asks for the same pages as the form does, so that what is shown,
 * its address and what can be subscribed to are those without it; an answer takes the place of what was found before.
 * The last word may be half a word yet: where nothing has it, what begins with it is looked for. Where anything fails,
 * nothing happens, and the form does as always.
 *
 * It stands on one page only, behind script.ts, of which it takes `offerCopy`.
 */
export const searchScript = [
  '{',
  "const form=document.querySelector('main form');",
  'const field=form.q;',
  "const status=document.createElement('p');",
  "status.role='status';",
  "status.className='skip';",
  'form.after(status);',
  "const LINKS='link[rel=canonical],link[rel=alternate]';",
  "const found=(page)=>page.querySelector('.found');",
  "const mark=(busy)=>{const region=found(document);region.ariaBusy=busy;region.style=busy?'opacity:.5;transition:opacity .2s .3s':''};",
  'let timer,asking,asked=field.defaultValue.trim(),shown=asked;',
  'const stop=()=>{',
  'clearTimeout(timer);',
  'asking?.abort();',
  'mark(null)};',
  'const ask=async(words,signal)=>{',
  "const response=await fetch(form.action+(words&&'?'+new URLSearchParams({q:words})),{signal});",
  "const page=new DOMParser().parseFromString(await response.text(),'text/html');",
  'if(!response.ok||!found(page))throw response.status;',
  "return{page,words,url:response.url,isEmpty:!page.querySelector('.articles')}};",
  'const search=async()=>{',
  'stop();',
  'const words=field.value.trim();',
  'if(words===asked)return;',
  'const{signal}=asking=new AbortController();',
  'mark(true);',
  'try{',
  'let answer=await ask(words,signal);',
  "if(answer.isEmpty&&/[\\p{L}\\p{N}]{2}$/u.test(words)){const more=await ask(words+'*',signal);if(!more.isEmpty)answer=more}",
  // Whoever went on to the results keeps them.
  'if(!found(document).contains(document.activeElement)){',
  'asked=words;',
  'shown=answer.words;',
  'found(document).replaceWith(found(answer.page));',
  'offerCopy(found(document));',
  'document.querySelectorAll(LINKS).forEach((link)=>link.remove());',
  'document.head.append(...answer.page.querySelectorAll(LINKS));',
  'document.title=answer.page.title;',
  "history.replaceState(null,'',answer.url);",
  "status.textContent=document.querySelector('.said')?.textContent??''}}",
  'catch{}',
  'if(!signal.aborted)stop()};',
  "for(const type of['input','compositionend'])field.addEventListener(type,(event)=>{",
  'clearTimeout(timer);',
  'if(!event.isComposing)timer=setTimeout(search,200)});',
  "form.addEventListener('submit',()=>{",
  'stop();',
  'if(field.value.trim()===asked)field.value=shown})}',
].join('');
