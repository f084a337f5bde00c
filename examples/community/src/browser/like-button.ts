import { actions } from './actions.ts';

/** Likes by a typed call. The form stays what it is for those without a script. */
export function likeButtons(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset['like'] === undefined) return;
    // Before `enhance()`, which leaves alone what is prevented already.
    event.preventDefault();
    void like(form, form.dataset['like']);
  });
}

async function like(form: HTMLFormElement, postId: string): Promise<void> {
  const button = form.querySelector('button');
  const count = form.querySelector('[data-count]');
  const message = form.querySelector('[data-like-message]');
  if (!button || !count || !message || button.ariaBusy === 'true') return;
  button.ariaBusy = 'true';
  const liked = button.ariaPressed !== 'true';
  const { data, error } = await actions.likePost({ postId, liked });
  button.ariaBusy = null;
  message.replaceChildren();
  if (error?.code === 'UNAUTHORIZED') return message.append(signInLink());
  if (error) return message.append('That did not work. Try again.');
  button.ariaPressed = String(liked);
  count.textContent = String(data);
  const next = form.elements.namedItem('liked');
  if (next instanceof HTMLInputElement) next.value = String(!liked);
}

function signInLink(): HTMLAnchorElement {
  const link = document.createElement('a');
  link.href = `/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = 'Sign in to like a post';
  return link;
}
