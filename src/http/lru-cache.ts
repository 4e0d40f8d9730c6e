/** A cache that holds the `limit` most recently used values. */
export interface LruCache<Value> {
  find(key: string): Value | undefined;
  /** @returns the value */
  add(key: string, value: Value): Value;
}

export function lruCache<Value>(limit: number): LruCache<Value> {
  const values = new Map<string, Value>();
  let newest: string | undefined;
  return {
    find(key) {
      const value = values.get(key);
      if (value === undefined || key === newest) return value;
      newest = key;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    add(key, value) {
      newest = key;
      values.delete(key);
      values.set(key, value);
      for (const oldest of values.keys()) {
        if (values.size <= limit) break;
        values.delete(oldest);
      }
      return value;
    },
  };
}
