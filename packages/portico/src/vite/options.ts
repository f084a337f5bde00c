export interface PorticoViteOptions {
  /**
   * The file of actions, from the project's root. Default: the first there is of `src/actions/index` and `src/actions`, with
   * `.ts`, `.mts`, `.js` or `.mjs`.
   */
  readonly actions?: string | undefined;
  /** What stands before `/_actions` in calls. Default: the `base` of the app that the file exports as `portico`. */
  readonly base?: string | undefined;
  /**
   * What else must never reach a browser: packages (`pg`), and files or folders from the project's root (`src/server`).
   * The file of actions and Portico's own server code are always of it.
   */
  readonly server?: readonly string[] | undefined;
  /**
   * Whether `vite dev` and `vite preview` answer the actions. Default: yes, unless another program than Vite serves the
   * pages (`appType: 'custom'`, middleware mode).
   */
  readonly mount?: boolean | undefined;
  /** Where the types of `portico:actions` are written, from the project's root. Default `src/portico-env.d.ts`, or in the folder that the actions are in. */
  readonly types?: string | false | undefined;
}
