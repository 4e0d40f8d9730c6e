import { absoluteUrl } from './url.ts';

/** The address that a text is, in its normal form and without `<>` around it; `undefined` when it is none. */
export function httpAddress(text: string): string | undefined {
  const bare = text.replace(/^<|>$/gu, '');
  return /^https?:\/\/\S+$/iu.test(bare) ? absoluteUrl(bare) : undefined;
}
