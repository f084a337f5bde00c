/** @jsxImportSource preact */
import { actions } from 'portico:actions';
import { navigate } from 'astro:transitions/client';

export function LogoutButton() {
  return (
    <button
      onClick={async () => {
        const { error } = await actions.account.logout();
        if (!error) await navigate('/');
      }}
    >
      Log out everywhere
    </button>
  );
}
