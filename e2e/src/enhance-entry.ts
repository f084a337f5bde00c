import { enhance } from 'portico/client';

// One form that stays on its page after a success, the others do what they do by default.
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
