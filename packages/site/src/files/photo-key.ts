// RFC 9562 version 4, in lower case: one spelling for each photo.
const PHOTO_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * Where the storage has the photo of an id: `photos/3f/3f2c….webp`, spread over 256 folders. `undefined` for a text that is
 * no id of a photo, so that a client's can be looked up without asking the database.
 */
export function photoKey(id: string): string | undefined {
  return PHOTO_ID.test(id) ? `photos/${id.slice(0, 2)}/${id}.webp` : undefined;
}
