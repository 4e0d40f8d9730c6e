/** A cache that holds the `limit` most recently used values. */
export interface LruCache<Value> {
  find(key: string): Value | undefined;
  /** @returns the value */
  add(key: string, value: Value): Value;
}

export function lruCache<Value>(limit: number): LruCache<Value> {
  const values = new Map<string, Value>();
  function add(key: string, value: Value): Value {
    // A map keeps the order of insertion.
    values.delete(key);
    values.set(key, value);
    for (const oldest of values.keys()) {
      if (values.size <= limit) break;
      values.delete(oldest);
    }
    return value;
  }
  return {
    add,
    find(key) {
      const value = values.get(key);
      return value && add(key, value);
    },
  };
}
