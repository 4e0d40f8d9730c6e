/** A setting of `site.ts` that cannot be used; the message names it, quotes it and says what is wanted. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
  constructor(setting: string, value: unknown, wanted: string) {
    super(`Cannot use ${setting} ${JSON.stringify(value) ?? 'undefined'} in src/site.ts: expected ${wanted}`);
  }
}
