/** Makes something when it is first asked for. */
export interface Lazy<Value> {
  (): Value;
  readonly made: Value | undefined;
}

export function lazy<Value>(make: () => Value): Lazy<Value> {
  let made: Value | undefined;
  const get = (): Value => {
    made ??= make();
    return made;
  };
  return Object.defineProperty(get, 'made', { get: () => made }) as Lazy<Value>; // has both now
}
