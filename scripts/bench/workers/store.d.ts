/** The article store, as a build wrote it. */
declare module '#store' {
  const bytes: ArrayBuffer;
  export default bytes;
}
