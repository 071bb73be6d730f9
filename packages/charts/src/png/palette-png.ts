import { crc32, deflateSync } from "node:zlib";

/** A drawn picture: four bytes a pixel, red, green, blue and how opaque. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PALETTE = 3;
const MOST_COLOURS = 256;
/** Shades nearer than this are one: the soft edges of letters and lines have hundreds that no eye tells apart. */
const NEAR = 0xf8f8f8;

/**
 * An opaque drawing as PNG with at most 256 colours, less than half as large as in full colour and as quickly made. Null
 * where it has more colours than that; a chart has some 150.
 */
export function palettePng({ width, height, pixels }: Drawing): Buffer | null {
  const colours = new Map<number, number>();
  const palette: number[] = [];
  const rows = new Uint8Array((width + 1) * height);
  let to = 0;
  let from = 0;
  let last = -1;
  let index = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = 0;
    for (let x = 0; x < width; x++, from += 4) {
      const colour = ((pixels[from] ?? 0) << 16) | ((pixels[from + 1] ?? 0) << 8) | (pixels[from + 2] ?? 0);
      if (colour !== last) {
        last = colour;
        const near = colour & NEAR;
        const known = colours.get(near);
        if (known === undefined) {
          index = colours.size;
          if (index === MOST_COLOURS) return null;
          colours.set(near, index);
          palette.push(colour >> 16, (colour >> 8) & 0xff, colour & 0xff);
        } else index = known;
      }
      rows[to++] = index;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, PALETTE, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array()),
  ]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
