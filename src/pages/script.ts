/**
 * The one script, for comfort only: a button that copies the address of a feed, a link that opens it in a reader of this
 * device, and the words of an address that leads nowhere put into the search.
 */
export const script = [
  "for(const code of document.querySelectorAll('.address')){",
  'const button=code.nextElementSibling;',
  'button.hidden=false;',
  'button.onclick=()=>navigator.clipboard.writeText(code.textContent).then(',
  '()=>{button.textContent=button.dataset.done},',
  '()=>getSelection().selectAllChildren(code));',
  "const link=code.closest('.kinds').querySelector('[data-scheme]');",
  'link.href=link.dataset.scheme+code.textContent;',
  'link.parentNode.hidden=false}',
  "const field=document.querySelector('input[data-address]');",
  "if(field)try{field.value=decodeURIComponent(location.pathname).replace(/[^\\p{L}\\p{N}]+/gu,' ').trim().slice(0,80)}catch{}",
].join('');
