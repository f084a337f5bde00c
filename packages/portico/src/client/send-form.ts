import { JSON_TYPE, NAVIGATES_HEADER, ONCE_RENEWED_HEADER } from '../wire/names.ts';
import { answerOf, type Answer } from './answer.ts';

/** By which a form's door answers a script. */
export const SCRIPT_HEADERS: Readonly<Record<string, string>> = {
  Accept: JSON_TYPE,
  'X-Requested-With': 'XMLHttpRequest',
};

export interface FormAnswer extends Answer {
  /** The one-time id for what the form sends next. */
  readonly once: string | null;
}

/** Bytes of an upload. `total` counts the whole body. */
export interface PorticoProgress {
  readonly loaded: number;
  readonly total: number;
}

/**
 * Posts a form. `onProgress` is called where there is a file to wait for: `fetch` cannot tell how far an
 * upload is. `navigates`: when a page follows a success, and finds its flash and result as after a plain form.
 */
export async function sendForm(
  url: string,
  body: FormData,
  onProgress: (progress: PorticoProgress) => void,
  navigates: 'always' | 'redirect',
): Promise<FormAnswer> {
  const headers = { ...SCRIPT_HEADERS, [NAVIGATES_HEADER]: navigates };
  const hasFile = [...body.values()].some((value) => typeof value !== 'string' && value.size > 0);
  if (hasFile) return upload(url, body, onProgress, headers);
  const response = await fetch(url, { method: 'POST', body, headers });
  return { ...(await answerOf(response, url)), once: response.headers.get(ONCE_RENEWED_HEADER) };
}

function upload(
  url: string,
  body: FormData,
  onProgress: (progress: PorticoProgress) => void,
  headers: Readonly<Record<string, string>>,
): Promise<FormAnswer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress({ loaded, total });
    request.onload = () =>
      resolve({
        status: request.status,
        type: request.getResponseHeader('Content-Type') ?? '',
        text: request.responseText,
        url: request.responseURL,
        once: request.getResponseHeader(ONCE_RENEWED_HEADER),
      });
    request.onerror = request.onabort = () => reject(new TypeError('The upload was broken off.'));
    request.send(body);
  });
}
