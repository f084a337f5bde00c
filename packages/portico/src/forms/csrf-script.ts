import { createHash } from 'node:crypto';

/**
 * Fills the hidden input in front of the script with a token. One request serves all forms of a page: two at once would
 * begin two sessions for a guest, and only the last one's token would fit.
 */
export const CSRF_SCRIPT: string =
  '{let i=document.currentScript.previousElementSibling;' +
  '(window.porticoCsrf??=fetch(i.dataset.csrf,{headers:{Accept:"application/json"},cache:"no-store"}).then(r=>r.json()))' +
  '.then(s=>{i.value=s.csrfTokenValue??""})}';

/** What a Content-Security-Policy lists under `script-src` to let `csrfInput(ctx, { async: true })` run its script. */
export const csrfScriptHash: string = `'sha256-${createHash('sha256').update(CSRF_SCRIPT).digest('base64')}'`;
