import { enhance, live } from 'portico/client';

// Forms that are checked while they are filled in, one that leaves a failure to the page, one that stays on its page after a success.
// The others do what they do by default.
const forms = enhance('#live form', { live });
Object.assign(window, { forms });
enhance('#paged form', { showPageFor: ({ code }) => code === 'TAKEN' });
const staying = document.querySelector<HTMLElement>('#staying form');
if (staying) {
  enhance(staying, {
    onSuccess: ({ data }) => {
      const line = document.createElement('p');
      line.id = 'stayed';
      line.textContent = (data as { id: string }).id;
      staying.after(line);
    },
  });
}
enhance();
document.documentElement.dataset['enhanced'] = 'true';
