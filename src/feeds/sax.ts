/** Stands in for the XML parser that `feed` brings and never uses; wrangler.toml puts it in its place. */
export default {};
