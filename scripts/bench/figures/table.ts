/** A Markdown table: columns of names, then columns of figures. */
export function markdownTable(
  names: readonly string[],
  figures: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const rule = [...names.map(() => '---'), ...figures.map(() => '---:')];
  return [[...names, ...figures], rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
