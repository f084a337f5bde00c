import sharp from 'sharp';

/** A small picture. */
export async function png(): Promise<Uint8Array<ArrayBuffer>> {
  const plain = sharp({ create: { width: 8, height: 6, channels: 3, background: '#336699' } });
  return new Uint8Array(await plain.png().toBuffer());
}
