import { grouped } from './measure.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line of a plot, with its name at its end. */
export interface Series {
  readonly name: string;
  /** From left to right, at least one. */
  readonly points: readonly Point[];
}

export interface Plot {
  readonly title: string;
  /** The text alternative of the plot. */
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
}

const [WIDTH, HEIGHT] = [760, 400];
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 560, 48, 348];
/** The minimum distance between the names of two lines. */
const LINE_HEIGHT = 15;
/** The colour-blind-safe palette of Okabe and Ito; the first is the text colour. */
const LIGHT = ['#1b1b1b', '#0072b2', '#d55e00', '#009e73', '#b0649a', '#8a6d00', '#3f88b8', '#8a8a8a'];
const DARK = ['#ececec', '#56b4e9', '#f0853a', '#2fc39a', '#dd9cc4', '#e0c545', '#8cc5e8', '#9a9a9a'];

/** A plot with logarithmic axes: linear growth is a straight line, and a constant is horizontal. */
export function logPlot({ title, description, xLabel, yLabel, series }: Plot): string {
  const points = series.flatMap((line) => line.points);
  const horizontal = logScale(points.map(({ x }) => x));
  const vertical = logScale(points.map(({ y }) => y));
  const x = (value: number): number => tenth(LEFT + horizontal.place(value) * (RIGHT - LEFT));
  const y = (value: number): number => tenth(BOTTOM - vertical.place(value) * (BOTTOM - TOP));
  const labels = apart(series.map((line) => y(line.points.at(-1)?.y ?? Number.NaN)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">${escapeXml(title)}</title>
<desc id="desc">${escapeXml(description)}</desc>
<style>
${colorRules(LIGHT)}
@media (prefers-color-scheme: dark) {
${colorRules(DARK)}
}
text, circle { fill: currentColor }
text { font: 12px system-ui, sans-serif }
.title { font-size: 15px; font-weight: 600 }
path, polyline { fill: none; stroke: currentColor }
path { stroke-opacity: .16 }
polyline { stroke-width: 2 }
</style>
<text x="${LEFT}" y="24" class="title">${escapeXml(title)}</text>
<text x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escapeXml(xLabel)}</text>
<text x="${LEFT}" y="${TOP - 8}" text-anchor="end">${escapeXml(yLabel)}</text>
${grid(
  horizontal,
  x,
  (at) => `M${at} ${TOP}V${BOTTOM}`,
  (at) => `x="${at}" y="${BOTTOM + 18}" text-anchor="middle"`,
)}
${grid(
  vertical,
  y,
  (at) => `M${LEFT} ${at}H${RIGHT}`,
  (at) => `x="${LEFT - 8}" y="${at + 4}" text-anchor="end"`,
)}
${series
  .map((line, index) => {
    const color = `c${index % LIGHT.length}`;
    const dashes = index < LIGHT.length ? '' : ' stroke-dasharray="4 3"';
    const dots = line.points.map((point) => `<circle cx="${x(point.x)}" cy="${y(point.y)}" r="3"/>`).join('');
    const path = line.points.map((point) => `${x(point.x)},${y(point.y)}`).join(' ');
    const end = x(line.points.at(-1)?.x ?? Number.NaN);
    return `<g class="${color}"><polyline points="${path}"${dashes}/>${dots}<text x="${end + 10}" y="${(labels[index] ?? 0) + 4}">${escapeXml(line.name)}</text></g>`;
  })
  .join('\n')}
</svg>
`;
}

function colorRules([text, ...others]: readonly string[]): string {
  return [
    `svg, .c0 { color: ${text} }`,
    ...others.map((color, index) => `.c${index + 1} { color: ${color} }`),
  ].join('\n');
}

function grid(
  { ticks }: LogScale,
  place: (value: number) => number,
  line: (at: number) => string,
  label: (at: number) => string,
): string {
  const lines = ticks.map((tick) => line(place(tick))).join('');
  const labels = ticks.map((tick) => `<text ${label(place(tick))}>${tickText(tick)}</text>`).join('');
  return `<path d="${lines}"/>${labels}`;
}

function tickText(tick: number): string {
  return tick < 1 ? String(tick) : grouped(tick);
}

/** Moves labels apart that are too close, and keeps their order. */
function apart(heights: readonly number[]): number[] {
  const moved = [...heights];
  const order = heights.map((_, index) => index).sort((a, b) => (heights[b] ?? 0) - (heights[a] ?? 0));
  let above = Number.POSITIVE_INFINITY;
  // From the bottom: there is space at the top, below the title.
  for (const index of order) {
    above = Math.min(moved[index] ?? 0, above - LINE_HEIGHT);
    moved[index] = tenth(above);
  }
  return moved;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A logarithmic axis. */
export interface LogScale {
  /** The ticks, ascending, including both ends. */
  readonly ticks: readonly number[];
  /** The position of a value: from 0 at the lowest to 1 at the highest tick. */
  readonly place: (value: number) => number;
}

const STEPS = [1, 2, 5];
const MAX_TICKS = 8;

/** An axis for positive values, with round numbers at both ends. */
export function logScale(values: readonly number[]): LogScale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const fine = ticksAround(least, most, STEPS);
  const ticks = fine.length > MAX_TICKS ? ticksAround(least, most, [1]) : fine;
  const low = Math.log(ticks[0] ?? 1);
  const high = Math.log(ticks.at(-1) ?? 10);
  return { ticks, place: (value) => (Math.log(value) - low) / (high - low) };
}

function ticksAround(least: number, most: number, steps: readonly number[]): number[] {
  // One more power on both sides, since logarithms are rounded.
  const [first, last] = [Math.floor(Math.log10(least)) - 1, Math.ceil(Math.log10(most)) + 1];
  const all: number[] = [];
  for (let power = first; power <= last; power++)
    for (const step of steps) all.push(Number(`${step}e${power}`));
  const from = all.findLastIndex((tick) => tick <= least);
  // At least two, so that the axis has a length.
  const to = Math.max(
    from + 1,
    all.findIndex((tick) => tick >= most),
  );
  return all.slice(from, to + 1);
}
