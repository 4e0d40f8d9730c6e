/** The article store, as `npm run build` wrote it. */
declare module '#store' {
  const bytes: ArrayBuffer;
  export default bytes;
}

/** What wrangler.toml binds. */
declare namespace Cloudflare {
  interface Env {
    readonly ASSETS: Fetcher;
  }
}
