/** Path segment of the RPC door: `POST {base}/_actions/users.saveUser`. */
export const RPC_SEGMENT = '_actions';
/** Query parameter of the page door: `POST /page?_action=newsletter`. */
export const PAGE_PARAM = '_action';
/** Body field that tells two forms of one action on a page apart. */
export const FORM_ID_FIELD = '_form';
/** Body field of a button that adds, removes or moves a row of a list instead of submitting. */
export const LIST_FIELD = '_list';
/** Body field of a form's signed one-time id. */
export const ONCE_FIELD = '_once';
/** A script's own id of a submission (draft-ietf-httpapi-idempotency-key-header). */
export const ONCE_HEADER = 'idempotency-key';
/** On an answer to a script that sent a form: the id for what the form sends next. */
export const ONCE_RENEWED_HEADER = 'x-portico-once';
/** On the answer to a repeat. */
export const REPLAYED_HEADER = 'idempotency-replayed';
/** Body field of the CSRF token, unless `csrfTokenName` renames it. */
export const CSRF_FIELD = 'PORTICO_CSRF_TOKEN';
export const CSRF_HEADER = 'x-csrf-token';

/**
 * What `enhance()` sends where the browser goes to a page after a success (`always`, or `redirect`: if it is told where):
 * flash and result then wait for that page.
 */
export const NAVIGATES_HEADER = 'x-portico-navigates';

/** A request that says `true` asks what would be refused, and wants nothing done (Laravel's Precognition). */
export const PRECOGNITION_HEADER = 'precognition';
/** The fields that such a request is about, with commas between. Without it: all. */
export const VALIDATE_ONLY_HEADER = 'precognition-validate-only';

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
  ONCE_FIELD,
]);
