/** A cache that drops the least recently used values. */
export interface LruCache<Key, Value> {
  find(key: Key): Value | undefined;
  /** @returns the value */
  add(key: Key, value: Value): Value;
  remove(key: Key): void;
}

/**
 * @param limit the maximum total size; the last value is kept, whatever its size
 * @param sizeOf by default, every value has the size 1
 */
export function lruCache<Key, Value>(
  limit: number,
  sizeOf: (value: Value) => number = () => 1,
): LruCache<Key, Value> {
  // A map keeps the order of insertion.
  const values = new Map<Key, Value>();
  let total = 0;
  function remove(key: Key): void {
    const value = values.get(key);
    if (value !== undefined) total -= sizeOf(value);
    values.delete(key);
  }
  return {
    remove,
    find(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      values.delete(key);
      values.set(key, value);
      return value;
    },
    add(key, value) {
      remove(key);
      values.set(key, value);
      total += sizeOf(value);
      for (const oldest of values.keys()) {
        if (total <= limit || values.size === 1) break;
        remove(oldest);
      }
      return value;
    },
  };
}
