import type { Context } from 'hono';
import { html } from 'hono/html';
import type { CurrentUser } from '@portico/site';
import type { PorticoContext } from 'portico';
import type { PorticoEnv } from 'portico/hono';
import { attributes, form, hiddenInput, hiddenInputs } from 'portico/html';
import { publicName } from '../../accounts/public-name.ts';
import { userFields } from '../../accounts/user-fields.ts';
import { actionButton } from '../../components/action-button.ts';
import { avatar } from '../../components/avatar.ts';
import { customFields } from '../../components/custom-field.ts';
import { errorBanner } from '../../components/error-banner.ts';
import { field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';
import { accountOwner, room } from './room.ts';

const HERE = '/account/profile';

/** GET /account/profile */
export function profilePage(c: Context<PorticoEnv>): Response | Promise<Response> {
  const ctx = c.var.portico;
  const user = accountOwner(ctx);
  return c.html(
    room(ctx, user, {
      title: 'Profile',
      lead: 'What the others get to know of you, and what only the studio does.',
      body: html`${photoSection(ctx, user)} ${profileForm(ctx, user)}`,
    }),
  );
}

function photoSection(ctx: PorticoContext, user: CurrentUser): Markup {
  const { actions, services } = ctx.locals.accounts;
  const upload = form(ctx, actions.users.uploadUserPhoto, { redirect: HERE });
  const limit = `${Math.floor(services.settings.photos.maxBytes / 1024 / 1024)} MB`;
  return html`<section class="photo" aria-labelledby="photo-title">
    ${avatar({ name: publicName(user), photoUrl: user.photoUrl }, 'avatar-huge')}
    <div>
      <h2 id="photo-title">Photo</h2>
      <form class="form" ${attributes(upload.attributes)}>
        ${hiddenInputs(upload)} ${hiddenInput('userId', user.id)} ${errorBanner(upload)}
        ${field(upload.field('photo'), {
          label: user.photoUrl === null ? 'Choose a picture' : 'Choose another picture',
          hint: `A square of your face, or of your best pot. At most ${limit}; the place where it was taken is removed from the file.`,
          attributes: { accept: 'image/*', required: true },
        })}
        <progress data-portico-progress max="1" value="0" aria-label="Upload"></progress>
        <button class="quiet-button">Use this picture</button>
      </form>
      ${
        user.photoUrl === null
          ? ''
          : actionButton(ctx, {
              action: 'users/delete-user-photo',
              label: 'Delete the photo',
              values: { userId: user.id },
              redirect: HERE,
            })
      }
    </div>
  </section>`;
}

function profileForm(ctx: PorticoContext, user: CurrentUser): Markup {
  const { fullName, username, fields } = user;
  const profile = form(ctx, ctx.locals.accounts.actions.users.saveUser, {
    id: 'profile',
    values: { fullName, username, fields },
    redirect: HERE,
    successMessage: 'Your profile is saved.',
    failMessage: 'Your profile is not saved yet: see the form.',
  });
  return html`<form class="form" ${attributes(profile.attributes)}>
    ${hiddenInputs(profile)} ${hiddenInput('userId', user.id)} ${errorBanner(profile)}
      ${field(profile.field('fullName'), {
        label: 'Your name',
        hint: 'It stands under what you write.',
        attributes: { autocomplete: 'name', required: true, maxlength: 255 },
      })}
      ${field(profile.field('username'), {
        label: 'Username',
        hint: 'You can sign in with it instead of your e-mail address.',
        attributes: {
          autocomplete: 'username',
          autocapitalize: 'none',
          spellcheck: 'false',
          required: true,
          maxlength: 255,
        },
      })}
      ${customFields(profile, userFields)}
      <button class="button">Save the profile</button>
  </form>`;
}
