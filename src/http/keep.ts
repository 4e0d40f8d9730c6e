/** Remembers the last values asked for, at most `limit` of them; the one not asked for longest goes first. */
export function keep<Value>(limit: number): (key: string, make: () => Value) => Value {
  const values = new Map<string, Value>();
  let newest: string | undefined;
  return (key, make) => {
    const value = values.get(key) ?? make();
    if (key === newest) return value;
    newest = key;
    values.delete(key);
    values.set(key, value);
    for (const oldest of values.keys()) {
      if (values.size <= limit) break;
      values.delete(oldest);
    }
    return value;
  };
}
