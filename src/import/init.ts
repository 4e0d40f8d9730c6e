/** The command `tidings init`. */
export async function init(_: readonly string[]): Promise<number> {
  return 0;
}
