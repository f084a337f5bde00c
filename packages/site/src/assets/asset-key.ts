/** Where the storage has the file of an asset: `assets/3f/3f2c….pdf`, spread over 256 folders. */
export function assetKey(uid: string, extension: string): string {
  return `assets/${uid.slice(0, 2)}/${uid}.${extension}`;
}
