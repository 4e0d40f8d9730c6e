import { columnsOf, wrap } from './wrap.ts';

const GAP = '  ';

/**
 * A table as lines: in columns where they fit, else each row as lines of its own, every cell behind its column's name.
 *
 * @param head the names of the columns; may be empty
 */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): string[] {
  const all = head.length === 0 ? rows : [head, ...rows];
  const count = all.reduce((most, row) => Math.max(most, row.length), 0);
  const widths = Array.from({ length: count }, (_, column) =>
    all.reduce((most, row) => Math.max(most, columnsOf(row[column] ?? '')), 0),
  );
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (count - 1));
  if (total <= columns && !all.some((row) => row.some((cell) => cell.includes('\n'))))
    return all.map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    );
  return rows.flatMap((row, index) => [
    ...(index === 0 ? [] : ['']),
    ...row.flatMap((cell, column) => {
      const name = head[column] ?? '';
      const named = name === '' || name === cell ? cell : `${name}: ${cell}`;
      return cell === '' ? [] : wrap(named.replaceAll('\n', ' '), columns);
    }),
  ]);
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - columnsOf(cell));
}
