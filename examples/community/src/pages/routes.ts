import type { Hono } from 'hono';
import type { PorticoEnv } from 'portico/hono';
import { accountPage } from './account/account.ts';
import { addressPage } from './account/address.ts';
import { addressesPage } from './account/addresses.ts';
import { confirmPasswordPage } from './account/confirm-password.ts';
import { profilePage } from './account/profile.ts';
import { securityPage } from './account/security.ts';
import { sessionsPage } from './account/sessions.ts';
import { usersPage } from './admin/users.ts';
import { checkMailPage } from './door/check-mail.ts';
import { forgotPasswordPage } from './door/forgot-password.ts';
import { loginPage } from './door/login.ts';
import { logoutPage } from './door/logout.ts';
import { registerPage } from './door/register.ts';
import { setPasswordPage } from './door/set-password.ts';
import { signInPage } from './door/sign-in.ts';
import { verifyEmailPage } from './door/verify-email.ts';
import { galleryPage } from './gallery.ts';
import { homePage } from './home.ts';
import { newPostPage } from './new-post.ts';
import { newProductPage } from './new-product.ts';
import { postPage } from './post.ts';
import { productPage } from './product.ts';
import { productsPage } from './products.ts';
import { searchPage } from './search.ts';
import { uploadedFile } from './uploaded-file.ts';

/** Every page by its path. Those of accounts stand in for the plain ones that `@portico/site` has at the same paths. */
export function mountPages(app: Hono<PorticoEnv>): void {
  app.get('/', homePage);
  app.get('/posts/new', newPostPage);
  app.get('/posts/:slug', postPage);
  app.get('/products', productsPage);
  app.get('/products/new', newProductPage);
  app.get('/products/:id', productPage);
  app.get('/gallery', galleryPage);
  app.get('/search', searchPage);
  app.get('/uploads/:file', uploadedFile);

  app.get('/sign-in', signInPage);
  app.get('/login', loginPage);
  app.get('/logout', logoutPage);
  app.get('/register', registerPage);
  app.get('/check-mail', checkMailPage);
  app.get('/verifyemail', verifyEmailPage);
  app.get('/forgot-password', forgotPasswordPage);
  app.get('/setpassword', setPasswordPage);

  app.get('/account', accountPage);
  app.get('/account/profile', profilePage);
  app.get('/account/addresses', addressesPage);
  app.get('/account/addresses/new', addressPage);
  app.get('/account/addresses/:id', addressPage);
  app.get('/account/sessions', sessionsPage);
  app.get('/account/security', securityPage);
  app.get('/account/confirm-password', confirmPasswordPage);
  app.get('/admin/users', usersPage);
}
