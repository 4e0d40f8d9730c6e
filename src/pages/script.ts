/**
 * The one script, for comfort only: a button that copies the address of a feed, and the words of an address that leads
 * nowhere put into the search.
 */
export const script = [
  "for(const button of document.querySelectorAll('.copy button')){",
  'const code=button.previousElementSibling;',
  'button.hidden=false;',
  'button.onclick=()=>navigator.clipboard.writeText(code.textContent).then(',
  '()=>{button.textContent=button.dataset.done},',
  '()=>getSelection().selectAllChildren(code))}',
  "const field=document.querySelector('input[data-address]');",
  "if(field)try{field.value=decodeURIComponent(location.pathname).replace(/[^\\p{L}\\p{N}]+/gu,' ').trim().slice(0,80)}catch{}",
].join('');
