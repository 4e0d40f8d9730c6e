/** A number with a space between thousands, such as `12 345.6`. */
export function grouped(value: number, decimals = 0): string {
  return value
    .toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replaceAll(',', ' ');
}
