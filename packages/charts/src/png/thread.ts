import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parentPort } from "node:worker_threads";
import { palettePng } from "./palette-png.ts";

/** What crosses to the drawing thread, and what comes back. */
export interface ToDraw {
  readonly id: number;
  readonly svg: string;
}
export type Drawn =
  | { readonly id: number; readonly png: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly fault: string };

const fonts = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");

// Without a font resvg draws no text, and says nothing of it; those of the machine would look different on each.
const options: ResvgRenderOptions = {
  fitTo: { mode: "zoom", value: 2 },
  background: "#fff",
  font: {
    loadSystemFonts: false,
    fontFiles: [join(fonts, "DejaVuSans.ttf"), join(fonts, "DejaVuSans-Bold.ttf")],
    defaultFontFamily: "DejaVu Sans",
    sansSerifFamily: "DejaVu Sans",
  },
};

parentPort?.on("message", ({ id, svg }: ToDraw) => {
  try {
    const drawn = new Resvg(svg, options).render();
    // A buffer of its own, which changes hands.
    const png = new Uint8Array(palettePng(drawn) ?? drawn.asPng());
    parentPort?.postMessage({ id, png } satisfies Drawn, [png.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, fault: error instanceof Error ? error.message : String(error) } satisfies Drawn, []);
  }
});
