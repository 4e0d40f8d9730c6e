import { readFile } from 'node:fs/promises';
import { initWasm, Resvg, type ResvgRenderOptions } from '@resvg/resvg-wasm';
import { libraryFile } from '../package.ts';
import { FAMILY, type Rasterizer } from '../pictures/drawings.ts';

const WASM = '@resvg/resvg-wasm/index_bg.wasm';
const FONTS = ['400Regular/SourceSerif4_400Regular.ttf', '600SemiBold/SourceSerif4_600SemiBold.ttf'].map(
  (file) => `@expo-google-fonts/source-serif-4/${file}`,
);

/** The files of libraries that drawing takes. */
export const DRAWING_FILES = [WASM, ...FONTS];

/** Draws with resvg, compiled to WebAssembly, whose arithmetic is the same on every machine. */
export async function openRasterizer(): Promise<Rasterizer> {
  await initWasm(await readFile(libraryFile(WASM)));
  const fontBuffers = await Promise.all(FONTS.map((font) => readFile(libraryFile(font))));
  const font = { fontBuffers, defaultFontFamily: FAMILY };

  function using<Value>(
    svg: string,
    options: ResvgRenderOptions,
    use: (drawing: InstanceType<typeof Resvg>) => Value,
  ): Value {
    const drawing = new Resvg(svg, { font, ...options });
    try {
      return use(drawing);
    } finally {
      drawing.free();
    }
  }

  return {
    png: (svg, width) =>
      using(svg, { fitTo: { mode: 'width', value: width } }, (drawing) => {
        const image = drawing.render();
        const bytes = image.asPng();
        image.free();
        return bytes;
      }),
    outlined: (svg) => using(svg, {}, (drawing) => drawing.toString()),
    lineWidth: (text, size, weight) => {
      const escaped = text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9999" height="99"><text y="50" font-family="${FAMILY}" font-weight="${weight}" font-size="${size}">${escaped}</text></svg>`;
      return using(svg, {}, (drawing) => drawing.innerBBox()?.width ?? 0);
    },
  };
}
