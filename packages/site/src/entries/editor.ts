import type { User } from '../users/user.ts';

/** Who reads or writes content. Server code may do everything; what it makes is `userId`'s, or nobody's. */
export type Editor =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'guest' }
  | { readonly kind: 'server'; readonly userId: number | null };

export const GUEST: Editor = { kind: 'guest' };

/** Whose the editor's work is. */
export function editorId(editor: Editor): number | null {
  if (editor.kind === 'user') return editor.user.id;
  return editor.kind === 'server' ? editor.userId : null;
}
