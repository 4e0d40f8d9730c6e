/**
 * The script of all pages, a progressive enhancement: a button that copies the URL of a feed, a link that opens it in
 * the default feed reader, and a search prefilled with the last words of an unknown URL. The script creates the
 * elements that it needs, so none of them show without it.
 */
export const script = [
  'function offerCopy(root){',
  "for(const box of root.querySelectorAll('.copy')){",
  "const code=box.querySelector('.address');",
  "const button=document.createElement('button');",
  "button.type='button';",
  "button.ariaLive='polite';",
  'button.textContent=box.dataset.copy;',
  'button.onclick=()=>navigator.clipboard.writeText(code.textContent).then(',
  '()=>{button.textContent=box.dataset.copied},',
  '()=>getSelection().selectAllChildren(code));',
  'box.append(button);',
  "const link=document.createElement('a');",
  "link.href='feed:'+code.textContent;",
  'link.textContent=box.dataset.reader;',
  "const item=document.createElement('li');",
  'item.append(link);',
  "box.parentNode.querySelector('.readers').append(item)}}",
  'offerCopy(document);',
  "const field=document.querySelector('input[data-address]');",
  "if(field&&!field.value)try{field.value=decodeURIComponent(location.pathname.match(/[^\\/]*(?=\\/?$)/)[0]).replace(/\\.\\w+$/,'').replace(/[^\\p{L}\\p{M}\\p{N}]+/gu,' ').trim().slice(0,80)}catch{}",
].join('');

/** The script of pages with code: a button that copies it. Without the right to write the clipboard, it selects. */
export const codeScript = [
  "const box=document.querySelector('[data-copy]');",
  "for(const code of document.querySelectorAll('.code>pre')){",
  "const button=document.createElement('button');",
  "button.type='button';",
  'button.lang=box.dataset.lang;',
  "button.ariaLive='polite';",
  'button.textContent=box.dataset.copy;',
  "button.onclick=()=>navigator.clipboard.writeText(code.textContent.replace(/\\n$/,'')).then(",
  '()=>{button.textContent=box.dataset.copied},',
  '()=>getSelection().selectAllChildren(code));',
  'code.after(button)}',
].join('');
