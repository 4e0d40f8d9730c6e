/** A call in template code: `name "a" key="b"`, `name(key="b")`, `name a, key: b`. */
export interface TemplateCall {
  readonly name: string;
  readonly positional: readonly string[];
  readonly named: ReadonlyMap<string, string>;
}

const ARGUMENT =
  /(?:([\w-]+)\s*[=:](?!\/\/)\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`|([^\s,"'`()=]+))/g;

/** Reads what stands between the marks of template code; undefined when it begins with no name. */
export function readCall(inside: string): TemplateCall | undefined {
  const [head = '', name] = /^\s*([A-Za-z_][\w./-]*)/.exec(inside) ?? [];
  if (name === undefined) return undefined;
  const positional: string[] = [];
  const named = new Map<string, string>();
  for (const [, key, double, single, raw, bare] of inside.slice(head.length).matchAll(ARGUMENT)) {
    const value = (double ?? single)?.replace(/\\(["'\\])/g, '$1') ?? raw ?? bare ?? '';
    if (key === undefined) positional.push(value);
    else named.set(key.toLowerCase(), value);
  }
  return { name: name.toLowerCase().replace(/\/$/, ''), positional, named };
}
