/**
 * What the samples about @portico/site take for granted: names that they use without importing or declaring them.
 * Only scripts/check-docs-code.mjs reads this file.
 */
import { createSite, entryType, field, section } from '@portico/site';
import type * as Portico from 'portico';
import { createPortico } from 'portico';
import type * as Html from 'portico/html';
import type * as Zod from 'zod';

const site = createSite({
  users: {
    allowPublicRegistration: true,
    groups: { editors: { name: 'Editors', permissions: ['viewUsers'] } },
    fields: {
      bio: field.text({ frontend: true, multiline: true }),
      newsletter: field.lightswitch({ frontend: true }),
    },
  },
  sections: [
    section({
      handle: 'posts',
      type: 'channel',
      uriFormat: 'posts/{slug}',
      entryTypes: [
        entryType('post', {
          body: field.text({ frontend: true, multiline: true }),
          rating: field.number({ frontend: true }),
          happens: field.date({ frontend: true }),
          colours: field.checkboxes({ frontend: true, options: ['red', 'blue'] }),
          cover: field.assets({ frontend: true, max: 1 }),
          tags: field.tags({ frontend: true, section: 'tags' }),
        }),
      ],
    }),
    section({ handle: 'tags', type: 'channel', maxAuthors: 0, entryTypes: [entryType('tag', {})] }),
  ],
});
const portico = createPortico({ plugins: [site] });

type Given = { site: typeof site; portico: typeof portico };

interface Queue {
  publish(id: string): Promise<void>;
}

declare global {
  const site: Given['site'];
  const portico: Given['portico'];
  const ctx: Portico.PorticoContext;
  const db: { readonly posts: Queue };
  const z: typeof Zod.z;
  const createPortico: typeof Portico.createPortico;
  const defineAction: typeof Portico.defineAction;
  const form: typeof Html.form;
  const html: typeof Html.html;
  const renderErrors: typeof Html.renderErrors;
  const renderForm: typeof Html.renderForm;
  const renderInput: typeof Html.renderInput;
  const csrfInput: typeof Html.csrfInput;
  const actionInput: typeof Html.actionInput;
  const redirectInput: typeof Html.redirectInput;
  const hiddenInput: typeof Html.hiddenInput;
}
