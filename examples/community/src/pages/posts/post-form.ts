import { html } from 'hono/html';
import type { AssetRecord, EntryFormOptions } from '@portico/site';
import type { PorticoContext } from 'portico';
import { attributes, hiddenInputs, type Form } from 'portico/html';
import { cover } from '../../components/cover.ts';
import { errorBanner } from '../../components/error-banner.ts';
import { checkbox, field } from '../../components/field.ts';
import type { Markup } from '../../components/markup.ts';

export interface PostForm {
  /** As the form begins: the post, or one's draft of it. None: a new one. */
  readonly entry?: EntryFormOptions['entry'];
  readonly cover: AssetRecord | undefined;
  /** Titles. */
  readonly tags: readonly string[];
  /** What the button that makes it public says. */
  readonly publish: string;
}

/** The form that writes a post, for a page of its own. Each of its buttons saves all of it. */
export function postForm(ctx: PorticoContext, { entry, cover: picture, tags, publish }: PostForm): Markup {
  const made = ctx.locals.accounts.entryForm(ctx, 'posts', {
    entry,
    values: { enabled: entry?.enabled ?? true, fields: { tags: tags.join(', ') } },
    redirect: '/posts/{id}/saved',
    successMessage: 'Your post is saved.',
  });
  return html`<form class="form" data-post ${attributes(made.attributes)}>
    ${hiddenInputs(made, { style: null, class: 'unseen' })} ${errorBanner(made)}
    ${field(made.field('title'), { label: 'Title', attributes: { required: true } })}
    ${field(made.field('fields[body]'), {
      label: 'Text',
      hint: 'Markdown: an empty line begins a paragraph, *so* it is stressed, [so](https://example.org) it leads somewhere.',
      type: 'textarea',
      attributes: { rows: 16 },
    })}
    ${coverField(made, picture)}
    ${field(made.field('fields[pictured]'), { label: 'What do we see?', hint: 'Read out to those who cannot see the picture.' })}
    ${field(made.field('fields[tags]'), { label: 'Tags', hint: 'With commas between them. New ones are made.', attributes: { maxlength: 500 } })}
    <details class="more-fields" ${openIf(made)}>
      <summary>Address, date and who sees it</summary>
      ${field(made.field('slug'), { label: 'Address', hint: 'The end of its link. Made of the title if left empty.' })}
      ${field(made.field('postDate'), {
        label: 'Comes out on',
        hint: 'UTC. At once if left empty.',
        type: 'datetime-local',
      })}
      ${checkbox(made.field('enabled'), 'Everybody sees it. Else it is hidden from all but you and the moderators.')}
      ${entry === undefined ? '' : field(made.field('notes'), { label: 'What did you change?', hint: 'For the list of versions.' })}
    </details>
    <progress data-portico-progress max="1" value="0" aria-label="Upload"></progress>
    <div class="buttons">
      <button class="button">${publish}</button>
      <button class="quiet-button" name="provisional" value="1" formnovalidate>Save as draft</button>
    </div>
  </form>`;
}

/** Open where something in there is wrong. */
function openIf(made: Form): Markup {
  const names = ['slug', 'postDate', 'enabled', 'notes'];
  return names.some((name) => made.field(name).errors.length > 0) ? 'open' : '';
}

/**
 * The picture there is, with a box that keeps it, and an input for another one: all under one name. The empty hidden input
 * says that this is the whole list, so that without a tick there is none.
 */
function coverField(made: Form, picture: AssetRecord | undefined): Markup {
  const of = made.field('fields[cover]');
  const name = 'fields[cover][]';
  const file = { ...of, attributes: { ...of.attributes, name } };
  return html`${
    picture === undefined
      ? ''
      : html`<fieldset class="kept-cover">
          <legend>The picture above it</legend>
          ${cover(picture, '')}
          <input type="hidden" name="${name}" value="" />
          <div class="check">
            <input type="checkbox" id="keep-cover" name="${name}" value="${picture.id}" checked />
            <label for="keep-cover">Keep this picture</label>
          </div>
        </fieldset>`
  }
  ${field(file, { label: picture === undefined ? 'Picture' : 'Another picture', hint: 'The place where it was taken is removed from the file.' })}`;
}
