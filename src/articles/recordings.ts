import type { StatedMedia } from '../documents/draft.ts';
import { plainText } from '../html/character-references.ts';

/** The audio and video that canonical HTML plays; of the sources of one player, the first. */
export function findRecordings(contentHtml: string): StatedMedia[] {
  return [...contentHtml.matchAll(/<(audio|video)\b([^<>]*)>(.*?)<\/\1>/gu)].flatMap(
    ([, , player = '', inside = '']) => {
      const source = /<source\b([^<>]*)>/u.exec(inside)?.[1] ?? '';
      const url = attributeValue('src', player) ?? attributeValue('src', source);
      const type = attributeValue('src', player) === undefined ? attributeValue('type', source) : undefined;
      if (url === undefined) return [];
      return [{ url, ...(type !== undefined && /^(?:audio|video)\//.test(type) && { type: bare(type) }) }];
    },
  );
}

function attributeValue(name: string, attributes: string): string | undefined {
  const value = new RegExp(` ${name}='([^']*)'`, 'u').exec(attributes)?.[1];
  return value === undefined ? undefined : plainText(value);
}

/** Without parameters such as `codecs`. */
function bare(type: string): string {
  return (type.split(';', 1)[0] ?? '').trimEnd().toLowerCase();
}
