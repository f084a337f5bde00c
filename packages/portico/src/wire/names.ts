/** Path segment of the RPC door: `POST {base}/_actions/users.saveUser`. */
export const RPC_SEGMENT = '_actions';
/** Query parameter of the page door: `POST /page?_action=newsletter`. */
export const PAGE_PARAM = '_action';
/** Body field that tells two forms of one action on a page apart. */
export const FORM_ID_FIELD = '_form';
/** Body field of a button that adds, removes or moves a row of a list instead of submitting. */
export const LIST_FIELD = '_list';
/** Body field of the CSRF token, unless `csrfTokenName` renames it. */
export const CSRF_FIELD = 'PORTICO_CSRF_TOKEN';
export const CSRF_HEADER = 'x-csrf-token';

/**
 * What `enhance()` sends where the browser goes to a page after a success (`always`, or `redirect`: if it is told where):
 * flash and result then wait for that page.
 */
export const NAVIGATES_HEADER = 'x-portico-navigates';

export const JSON_TYPE = 'application/json';
export const DEVALUE_TYPE = 'application/json+devalue';
/** Media type parameter of an RPC answer whose body is `{ data, redirect }`. */
export const REDIRECT_MARK = 'portico=redirect';

/** Body fields of a form that are for Portico and never reach a schema. */
export const RESERVED_FIELDS: ReadonlySet<string> = new Set([
  'redirect',
  'successMessage',
  'failMessage',
  FORM_ID_FIELD,
  LIST_FIELD,
]);
