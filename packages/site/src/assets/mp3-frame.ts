// ISO/IEC 11172-3 and 13818-3, layer III, by index of the header; 0 is free or forbidden. Kilobits a second, hertz.
const BITRATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
} as const;
const RATES = [44_100, 48_000, 32_000, 0] as const;

/** Whether bytes begin with two frames of MP3: twelve bits alone stand at the start of much else. */
export function isMp3Start(bytes: Uint8Array): boolean {
  const length = frameLength(bytes, 0);
  return length !== undefined && frameLength(bytes, length) !== undefined;
}

function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  const isLayer3 = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) === 0x02;
  const version = (second >> 3) & 3;
  if (!isLayer3 || version === 1) return undefined;
  const isFirst = version === 3;
  const bitrate = BITRATES[isFirst ? 1 : 2][third >> 4] ?? 0;
  const rate = (RATES[(third >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4);
  if (bitrate === 0 || rate === 0) return undefined;
  return Math.floor(((isFirst ? 144 : 72) * bitrate * 1000) / rate) + ((third >> 1) & 1);
}
