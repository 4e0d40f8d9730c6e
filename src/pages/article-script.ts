/**
 * The script of articles, a progressive enhancement: a button that opens the share sheet of the system, where there is
 * one.
 */
export const articleScript = [
  "const share=document.querySelector('.share');",
  'if(share&&navigator.share){',
  "const button=document.createElement('button');",
  "button.type='button';",
  'button.textContent=share.dataset.share;',
  "button.onclick=()=>navigator.share({title:document.querySelector('h1').textContent,url:document.querySelector('link[rel=canonical]').href}).catch(()=>{});",
  'share.prepend(button)}',
].join('');
