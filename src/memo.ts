/** The value of an action; undefined if it fails. */
export function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Makes a value when it is first needed. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A map, or a weak map. */
interface Results<Key, Value> {
  has(key: Key): boolean;
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

/** Makes the value of each key once. */
export function memoized<Key, Value>(
  make: (key: Key) => Value,
  results: Results<Key, Value> = new Map(),
): (key: Key) => Value {
  return (key) => {
    if (!results.has(key)) results.set(key, make(key));
    return results.get(key) as Value; // it has the key
  };
}
