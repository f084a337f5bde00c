import { ActionError } from 'portico';
import type { Stores } from '../database.ts';
import type { Editor } from './editor.ts';

/**
 * The editor with the rights of this moment, for transactions: files may have taken their time since the request began. Throws
 * 401 for a user who was deleted or whose sessions were ended meanwhile.
 */
export async function currentEditor({ users }: Pick<Stores, 'users'>, editor: Editor): Promise<Editor> {
  if (editor.kind !== 'user') return editor;
  const user = await users.find(editor.user.id);
  if (user?.credentialsVersion === editor.user.credentialsVersion) return { kind: 'user', user };
  throw new ActionError({ code: 'UNAUTHORIZED', message: 'Login Required' });
}
