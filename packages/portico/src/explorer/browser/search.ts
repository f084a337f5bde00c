/** "/" goes to the search; on the list of actions each letter narrows it. Runs in browsers, by its source alone. */
export function search(): void {
  const input = document.querySelector<HTMLInputElement>('#search');
  if (!input) return;
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    const types = /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
    if (event.key !== '/' || types || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  const items = [...document.querySelectorAll<HTMLElement>('[data-search]')];
  const count = document.querySelector('#count');
  if (items.length === 0) return;
  input.addEventListener('input', () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) {
      item.hidden = !words.every((word) => item.dataset['search']?.includes(word));
    }
    for (const section of document.querySelectorAll<HTMLElement>('.group-of-actions')) {
      section.hidden = section.querySelector('[data-search]:not([hidden])') === null;
    }
    const shown = items.filter((item) => !item.hidden).length;
    if (count) count.textContent = `${shown} ${shown === 1 ? 'action' : 'actions'}`;
  });
}
