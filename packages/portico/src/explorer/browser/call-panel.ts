import type { AnswerErrors, CallAnswer } from '../call/call-answer.ts';

/** Sends the form of an action, changes its lists, copies it as text. Runs in browsers, by its source alone. */
export function callPanel(): void {
  const panel = document.querySelector<HTMLElement>('[data-call]');
  const holder = panel?.querySelector<HTMLElement>('[data-form]');
  const place = panel?.querySelector<HTMLElement>('[data-answer]');
  const snippet = panel?.querySelector<HTMLElement>('[data-snippet]');
  const copied = panel?.querySelector<HTMLElement>('[data-copied]');
  const whole = panel?.querySelector<HTMLTextAreaElement>('#whole');
  const user = panel?.querySelector<HTMLInputElement>('#user');
  if (!panel || !holder || !place || !snippet || !copied || !whole || !user) return;
  const root = document.body.dataset['root'] ?? '';

  const formNow = (): HTMLFormElement => holder.querySelector('form') as HTMLFormElement;

  const orderNow = (): FormData => {
    const order = new FormData();
    order.append('order:action', panel.dataset['call'] ?? '');
    for (const control of panel.querySelectorAll<HTMLInputElement>('[data-order]')) {
      order.append(`order:${control.dataset['order'] ?? ''}`, control.value);
    }
    if (whole.value.trim() !== '') {
      order.append('json:', whole.value);
      return order;
    }
    const form = formNow();
    const written = [...form.querySelectorAll<HTMLTextAreaElement>('[data-json]')];
    for (const area of written) order.append(`json:${area.dataset['json'] ?? ''}`, area.value);
    const asJson = new Set(written.map(({ name }) => name));
    for (const [name, value] of new FormData(form)) {
      if (!asJson.has(name)) order.append(`input:${name}`, value);
    }
    return order;
  };

  const ask = (path: string, order: FormData): Promise<Response> =>
    fetch(`${root}/${path}`, { method: 'POST', body: order });

  const made = (tag: string, text: string | readonly Node[], className = ''): HTMLElement => {
    const node = document.createElement(tag);
    if (typeof text === 'string') node.textContent = text;
    else node.append(...text);
    if (className !== '') node.className = className;
    return node;
  };

  const details = (title: string, text: string): HTMLElement =>
    made('details', [made('summary', title), made('pre', text)]);

  const showProblem = (message: string): void => {
    place.replaceChildren(made('h3', 'The call was not made'), made('p', message));
    place.hidden = false;
    place.focus();
  };

  const showErrors = (errors: AnswerErrors | undefined): void => {
    const form = formNow();
    for (const list of form.querySelectorAll('ul.errors, .form-errors')) list.replaceChildren();
    for (const control of form.querySelectorAll('[aria-invalid]')) control.removeAttribute('aria-invalid');
    if (!errors) return;
    const dotted = (name: string): string => name.replaceAll(/\[(\w*)\]/g, '.$1').replace(/\.$/, '');
    const fields = [...form.querySelectorAll<HTMLElement>('[data-field]')];
    const general = [...errors.formErrors];
    for (const [path, messages] of Object.entries(errors.fields)) {
      // An element of a group of boxes has no field of its own.
      const field =
        fields.find((one) => dotted(one.dataset['field'] ?? '') === path) ??
        fields.find((one) => dotted(one.dataset['field'] ?? '') === path.replace(/\.\d+$/, ''));
      const list = field?.querySelector(':scope > ul.errors');
      if (!field || !list) {
        general.push(...messages.map((message) => `${path}: ${message}`));
        continue;
      }
      list.append(...messages.map((message) => made('li', message)));
      if (field.tagName === 'FIELDSET') continue;
      const control = field.querySelector('input:not([type=hidden]),select,textarea');
      control?.setAttribute('aria-invalid', 'true');
      const about = control?.getAttribute('aria-describedby')?.split(' ') ?? [];
      if (!about.includes(list.id)) control?.setAttribute('aria-describedby', [...about, list.id].join(' '));
    }
    form.querySelector('.form-errors')?.append(...general.map((message) => made('p', message)));
    form.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  };

  const showAnswer = (answer: CallAnswer): void => {
    const { status, errors, body, steps, flashes, cookies, headers, notes, sent } = answer;
    const isGood = errors === undefined && (status ?? 200) < 400;
    const what =
      status === undefined
        ? errors
          ? errors.code
          : 'Answered'
        : `${status}${errors ? ` ${errors.code}` : ''}`;
    const nodes: HTMLElement[] = [
      made('h3', [
        made('span', what, isGood ? 'badge good' : 'badge danger'),
        made('span', ` in ${answer.milliseconds} ms`),
      ]),
    ];
    if (sent) nodes.push(made('p', `${sent.method} ${sent.target}`, 'target'));
    for (const note of notes) nodes.push(made('p', note, 'notice'));
    for (const { location } of steps) nodes.push(made('p', `Redirects to ${location}`, 'target'));
    for (const [key, message] of Object.entries(flashes))
      nodes.push(made('p', `Flash ${key}: ${message}`, 'target'));
    const kind = body.type === '' ? 'no body' : `${body.type}, ${body.bytes} bytes${body.cut ? ', cut' : ''}`;
    nodes.push(made('p', kind, 'hint'));
    if (body.text !== '') {
      const text = made('pre', body.text, 'body');
      text.tabIndex = 0;
      nodes.push(text);
    }
    if (headers.length > 0) nodes.push(details('Headers', headers.map((pair) => pair.join(': ')).join('\n')));
    if (cookies.length > 0) nodes.push(details('Cookies', cookies.join('\n')));
    place.replaceChildren(...nodes);
    place.hidden = false;
    showErrors(errors);
    if (!formNow().querySelector('[aria-invalid]')) place.focus();
  };

  const problemIn = async (response: Response): Promise<string> => {
    const text = await response.text();
    try {
      return (JSON.parse(text) as { problem?: string }).problem ?? text;
    } catch {
      return text;
    }
  };

  const send = async (): Promise<void> => {
    panel.setAttribute('aria-busy', 'true');
    try {
      const response = await ask('call', orderNow());
      if (response.ok) showAnswer((await response.json()) as CallAnswer);
      else showProblem(await problemIn(response));
    } catch (error) {
      showProblem(`The server could not be reached: ${String(error)}`);
    } finally {
      panel.removeAttribute('aria-busy');
    }
  };

  const changeList = async (pressed: HTMLButtonElement): Promise<void> => {
    const order = orderNow();
    order.append('order:list', pressed.value);
    const response = await ask('form', order);
    if (!response.ok) return showProblem(await problemIn(response));
    const before = formNow();
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const after = page.querySelector('form');
    if (!after) return;
    // The server hands back no secret and no file: outside of rows, what was there stays there.
    for (const kept of before.querySelectorAll<HTMLInputElement>('[type=file],[type=password]')) {
      const fresh = after.querySelector<HTMLElement>(`#${CSS.escape(kept.id)}`);
      if (!kept.name.includes('[')) fresh?.replaceWith(kept);
    }
    before.replaceWith(document.adoptNode(after));
    const again = [...after.querySelectorAll<HTMLButtonElement>('[name=_list]')].find(
      ({ value }) => value === pressed.value,
    );
    again?.focus();
  };

  const copy = async (kind: string): Promise<void> => {
    const response = await ask('snippets', orderNow());
    if (!response.ok) return showProblem(await problemIn(response));
    const text = ((await response.json()) as Record<string, string>)[kind] ?? '';
    snippet.textContent = text;
    snippet.hidden = false;
    try {
      await navigator.clipboard.writeText(text);
      copied.textContent = 'Copied.';
    } catch {
      copied.textContent = 'The browser keeps its clipboard shut: copy it from below.';
    }
  };

  panel.addEventListener('submit', (event) => {
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed instanceof HTMLButtonElement && pressed.name === '_list') void changeList(pressed);
    else void send();
  });
  for (const button of panel.querySelectorAll<HTMLElement>('[data-copy]')) {
    button.addEventListener('click', () => void copy(button.dataset['copy'] ?? ''));
  }
  user.addEventListener('input', async () => {
    const response = await fetch(`${root}/people?q=${encodeURIComponent(user.value)}`);
    if (!response.ok) return;
    const { people } = (await response.json()) as { people: ReadonlyArray<{ id: string; label: string }> };
    const options = people.map(({ id, label }) => {
      const option = document.createElement('option');
      option.value = id;
      option.textContent = label;
      return option;
    });
    document.querySelector('#people')?.replaceChildren(...options);
  });
}
