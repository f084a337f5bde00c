import { defineAction } from 'portico';

export const signOut = defineAction({
  accept: 'form',
  redirect: '/',
  handler: (_input, ctx) => {
    ctx.session.destroy();
    ctx.flash.set('notice', 'You are signed out.');
  },
});
