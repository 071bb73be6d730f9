import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { pngOf } from "./png.ts";

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50" font-family="Frutiger W01, Arial, sans-serif"><rect width="200" height="50" fill="#fff"/>${content}</svg>`;

/** Size and rows of palette indices of a PNG that was made here. */
function read(png: Buffer) {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(8);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.of());
  const palette = chunks.get("PLTE") ?? Buffer.of();
  const dark = (index: number) => (palette[3 * index] ?? 255) < 128;
  const inked = (from: number, to: number) => {
    let count = 0;
    for (let y = 0; y < height; y++)
      for (let x = from; x < to; x++) if (dark(rows[y * (width + 1) + 1 + x] ?? 0)) count++;
    return count;
  };
  return { width, height, inked };
}

const words = `<text x="10" y="30" font-size="16" fill="#000">Mean 74.6%</text><text x="110" y="30" font-size="16" font-weight="bold" fill="#000">Mean 74.6%</text>`;

test("a picture has two pixels for one, and its words are drawn, plain and bold: without a font they would not be", async () => {
  const { width, height, inked } = read(await pngOf(svg(words)));
  expect({ width, height }).toEqual({ width: 400, height: 100 });
  const [plain, bold] = [inked(0, 200), inked(200, 400)];
  expect(plain).toBeGreaterThan(500);
  expect(bold).toBeGreaterThan(plain * 1.1);
  expect(read(await pngOf(svg(""))).inked(0, 400)).toBe(0);
});

test("a picture asked for again, or by many at once, is drawn once", async () => {
  const [one, other] = await Promise.all([pngOf(svg(words)), pngOf(svg(words))]);
  expect(other).toBe(one);
});

test("a picture that cannot be drawn says so, and the next is drawn", async () => {
  await expect(pngOf("<svg")).rejects.toThrow("could not be drawn");
  expect((await pngOf(svg(`${words}<rect/>`))).length).toBeGreaterThan(500);
});

test("one with more colours than a palette holds is drawn in full colour", async () => {
  const colours = `<linearGradient id="a"><stop stop-color="#f00"/><stop offset=".3" stop-color="#0f0"/><stop offset=".6" stop-color="#00f"/><stop offset="1" stop-color="#ff0"/></linearGradient>
    <linearGradient id="b" x2="0" y2="1"><stop stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000"/></linearGradient>
    <rect width="200" height="50" fill="url(#a)"/><rect width="200" height="50" fill="url(#b)"/>`;
  const png = await pngOf(svg(colours));
  expect(png[25]).toBe(6);
});

test("the service goes on while a picture is drawn", async () => {
  const parts = Array.from({ length: 400 }, (_, at) => `<text x="${at}" y="30">${at}</text>`).join("");
  let turns = 0;
  const turning = setInterval(() => turns++, 1);
  await pngOf(svg(parts));
  clearInterval(turning);
  expect(turns).toBeGreaterThan(3);
});
