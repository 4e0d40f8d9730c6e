const END_TAG =
  /<\/(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|ol|p|pre|q|s|samp|script|small|span|strike|strong|style|sub|sup|table|td|th|tr|tt|u|ul|var)>/i;
const REFERENCE =
  /&(?:#\w+|amp|lt|gt|quot|apos|nbsp|copy|reg|trade|hellip|[lr][sd]quo|[mn]dash|[a-z](?:uml|acute|grave|circ|tilde))\b/i;

/**
 * The first end tag or reference in plain text, for which readers would take it for HTML; a reference less so when the
 * document writes it with a hexadecimal one (RSS Best Practices Profile, "Character Data").
 *
 * @param rawText the same text with its references as the document has them
 */
export function findMarkup(text: string, rawText: string): string | undefined {
  const found = END_TAG.exec(text) ?? (rawText.includes('&#x') ? null : REFERENCE.exec(text));
  return found?.[0];
}
