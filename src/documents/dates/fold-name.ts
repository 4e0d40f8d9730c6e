/** Letters without case and, where they are decoration, without marks; compatible forms made equal. */
export function foldName(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}])\p{M}+/gu, '')
    .replace(/(?<=[\p{Script=Arabic}\p{Script=Hebrew}])\p{Mn}+/gu, '')
    .normalize('NFC')
    .replace(/ı/g, 'i');
}
