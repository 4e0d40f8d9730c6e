import { attempt } from './memo.ts';

/** A map of data: an object of JSON, a table of TOML, a mapping of YAML. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined if the text is not JSON. */
export function parseJson(text: string): unknown {
  return attempt((): unknown => JSON.parse(text));
}
