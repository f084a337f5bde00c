import { deflateSync, crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

/** What sharp has: its buffers are ours to change. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A picture whose left half is red and whose right half is blue. */
export function redBlue(width: number, height: number): Sharp {
  const half = Math.floor(width / 2);
  return sharp({ create: { width, height, channels: 3, background: '#0000ff' } }).composite([
    {
      input: { create: { width: half, height, channels: 3, background: '#ff0000' } },
      left: 0,
      top: 0,
    },
  ]);
}

export async function jpeg(width = 60, height = 40): Promise<Bytes> {
  return Uint8Array.from(await redBlue(width, height).jpeg({ quality: 95 }).toBuffer());
}

/** The colour at a point: which of red, green and blue is strongest. */
export async function colourAt(picture: Uint8Array, x: number, y: number): Promise<'red' | 'green' | 'blue'> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
  const strongest = Math.max(red, green, blue);
  if (strongest === red) return 'red';
  return strongest === blue ? 'blue' : 'green';
}

/** A PNG of chunks (PNG specification, section 5.3). */
export function png(...chunks: ReadonlyArray<readonly [type: string, data: Uint8Array]>): Bytes {
  const parts = chunks.map(([type, data]) => {
    const chunk = Buffer.alloc(12 + data.length);
    chunk.writeUInt32BE(data.length, 0);
    chunk.write(type, 4, 'latin1');
    chunk.set(data, 8);
    chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
    return chunk;
  });
  return Uint8Array.from(Buffer.concat([Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'), ...parts]));
}

/** The chunk of a PNG that says how large it is: 8 bits of grey. */
export function pngHeader(width: number, height: number): readonly [string, Uint8Array] {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = 8;
  return ['IHDR', data];
}

/** Under a kilobyte that says it is 30000 by 30000 pixels, 900 MB of grey. */
export function pixelBomb(): Bytes {
  return png(
    pngHeader(30_000, 30_000),
    ['IDAT', deflateSync(Buffer.alloc(30_001))],
    ['IEND', Buffer.alloc(0)],
  );
}

/** A segment of a JPEG right after its start (ISO/IEC 10918-1 B.1.1.4): a comment, or what a marker says. */
export function withSegment(picture: Uint8Array, marker: number, content: string): Bytes {
  const body = Buffer.from(content, 'latin1');
  const head = Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  return Uint8Array.from(Buffer.concat([picture.subarray(0, 2), head, body, picture.subarray(2)]));
}
