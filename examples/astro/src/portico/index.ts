import { createPortico } from 'portico';
import { logout, signIn } from './account.ts';
import { comment } from './comment.ts';
import { getGreeting } from './get-greeting.ts';
import { getUserSettings } from './get-user-settings.ts';
import { likePost, reactToPost } from './like-post.ts';
import { newsletter } from './newsletter.ts';
import { addToCart, createProduct, findProduct } from './products.ts';

export const server = {
  getGreeting,
  newsletter,
  comment,
  getUserSettings,
  likePost,
  reactToPost,
  createProduct,
  addToCart,
  findProduct,
  account: { signIn, logout },
};

declare module 'portico' {
  interface PorticoUser {
    name: string;
  }
}

export const portico = createPortico({
  actions: server,
  base: import.meta.env.BASE_URL,
  user: ({ session }) => (session.userId === undefined ? null : { name: session.userId }),
});
