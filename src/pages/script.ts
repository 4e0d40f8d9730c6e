/**
 * The one script, for comfort only: a button that copies the address of a feed, a link that opens it in a reader of this
 * device, and the last words of an address that leads nowhere put into the search. What it needs is made by it, so that
 * nothing idle is shown without it.
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
