import type { PorticoContext } from 'portico';
import { GUEST, type Editor } from '../../entries/editor.ts';
import { currentUser } from '../../users/current-user.ts';

/** Who reads or writes content by this request. */
export function editorOf(ctx: Pick<PorticoContext, 'user'>): Editor {
  return ctx.user === null ? GUEST : { kind: 'user', user: currentUser(ctx) };
}
