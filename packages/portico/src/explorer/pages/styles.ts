/** The explorer's style sheet, light and dark. */
export const STYLES: string = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#fbfaf8, #15161a);
  --panel: light-dark(#fff, #1d1f25);
  --line: light-dark(#dedad3, #363a44);
  --text: light-dark(#22242a, #e6e6ea);
  --quiet: light-dark(#5d6069, #a3a7b3);
  --accent: light-dark(#7a3b12, #f0a878);
  --good: light-dark(#1b6b3a, #7bd39b);
  --bad: light-dark(#a3212b, #ff9a9a);
  --code: light-dark(#f3f0ea, #24272f);
  font: 16px/1.5 system-ui, sans-serif;
  background: var(--ground);
  color: var(--text);
}
* { box-sizing: border-box; }
body { margin: 0; }
[hidden] { display: none !important; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
main:focus, [data-answer]:focus { outline: none; }
code, pre, .target, .json, kbd { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875rem; }
code { overflow-wrap: anywhere; }
th code { overflow-wrap: normal; }
pre { margin: 0.5rem 0; padding: 0.75rem 1rem; background: var(--code); border-radius: 0.5rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0.25rem 0 0.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 1.75rem 0 0.5rem; }
h3 { font-size: 1rem; margin: 0 0 0.5rem; }
.visually-hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); }
.skip:focus { position: absolute; padding: 0.5rem 1rem; background: var(--panel); z-index: 1; }
.bar { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; padding: 0.625rem max(1rem, calc(50vw - 36rem)); background: var(--panel); border-bottom: 1px solid var(--line); }
.brand { font-weight: 700; color: var(--text); text-decoration: none; }
.brand span { color: var(--accent); }
nav { display: flex; gap: 0.25rem; flex: 1; }
nav a { padding: 0.25rem 0.75rem; border-radius: 0.5rem; text-decoration: none; color: var(--quiet); }
nav a:hover { color: var(--text); }
nav a[aria-current] { background: var(--code); color: var(--text); font-weight: 600; }
.search { position: relative; flex: 0 1 18rem; }
.search kbd { position: absolute; right: 0.625rem; top: 0.375rem; color: var(--quiet); }
.search input:focus + kbd { display: none; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
.lead { color: var(--quiet); margin-top: 0; max-width: 60ch; }
.crumbs { margin: 0; font-size: 0.875rem; }
.columns { display: grid; gap: 0 2.5rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 60rem) { .columns { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } .call { align-self: start; } }
.actions { list-style: none; margin: 0; padding: 0; background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem; }
.actions li { padding: 0.625rem 1rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline; }
.actions li + li { border-top: 1px solid var(--line); }
.actions a { font-weight: 600; }
.actions p { margin: 0; flex-basis: 100%; color: var(--quiet); font-size: 0.9375rem; }
.badge { display: inline-block; padding: 0 0.5rem; border-radius: 1rem; background: var(--code); color: var(--quiet); font-size: 0.8125rem; font-weight: 600; border: 1px solid var(--line); white-space: nowrap; }
.good, .outcome-success { color: var(--good); border-color: currentColor; }
.danger, .outcome-error { color: var(--bad); border-color: currentColor; }
.method-post { color: var(--accent); }
.doors { list-style: none; margin: 0 0 1rem; padding: 0; }
.doors li { margin: 0.375rem 0; }
.facts { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: 0.375rem 1rem; margin: 0; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; min-width: 0; }
.facts p, .facts pre { margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
th, td { text-align: start; vertical-align: top; padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid var(--line); }
thead th { color: var(--quiet); font-weight: 600; font-size: 0.8125rem; }
.call { background: var(--panel); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1rem 1.25rem 1.25rem; margin-top: 1.5rem; }
.call > h2 { margin-top: 0; }
.call[aria-busy] { opacity: 0.7; }
.choices-of-call { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); padding-bottom: 0.5rem; margin-bottom: 0.75rem; border-bottom: 1px solid var(--line); }
.field { margin: 0.75rem 0; min-width: 0; }
.filter { display: flex; flex-wrap: wrap; gap: 0 1rem; align-items: end; }
.filter button { margin-bottom: 0.75rem; }
label { display: block; font-weight: 600; font-size: 0.9375rem; }
label.check, .choices label { font-weight: 400; display: flex; gap: 0.5rem; align-items: center; }
input:not([type=checkbox], [type=radio], [type=file]), select, textarea { width: 100%; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet); border-radius: 0.5rem; padding: 0.375rem 0.625rem; min-height: 2.375rem; }
textarea.json { font: 0.875rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
[aria-invalid] { border-color: var(--bad) !important; }
.required, .errors, .form-errors { color: var(--bad); }
.errors, .form-errors ul { margin: 0.25rem 0 0; padding: 0; list-style: none; font-size: 0.9375rem; }
.form-errors p { margin: 0.25rem 0; }
.hint { color: var(--quiet); font-size: 0.875rem; margin: 0.125rem 0; }
.hint:empty { display: none; }
.notice { border-inline-start: 4px solid var(--accent); padding-inline-start: 0.75rem; }
fieldset { border: 1px solid var(--line); border-radius: 0.5rem; margin: 0.75rem 0; padding: 0.25rem 0.875rem 0.75rem; min-width: 0; }
legend { font-weight: 600; font-size: 0.9375rem; padding: 0 0.375rem; }
.rows { list-style: none; padding: 0; margin: 0; }
.row { display: flex; gap: 0.5rem; align-items: end; }
.row > :first-child { flex: 1; }
.row-buttons { display: flex; gap: 0.25rem; padding-bottom: 0.75rem; }
button, .button { font: inherit; font-weight: 600; cursor: pointer; display: inline-block; padding: 0.375rem 0.875rem; min-height: 2.375rem; border-radius: 0.5rem; border: 1px solid var(--quiet); background: var(--panel); color: var(--text); text-decoration: none; }
button:hover:not(:disabled), .button:hover { border-color: var(--accent); }
button:disabled { opacity: 0.45; cursor: default; }
.form-actions button { background: var(--accent); border-color: var(--accent); color: var(--ground); }
.row-button { padding: 0.25rem 0.625rem; min-height: 2rem; font-size: 0.875rem; }
.copies { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; margin-top: 0.75rem; }
.copies button { font-size: 0.875rem; min-height: 2rem; padding: 0.25rem 0.75rem; }
details { margin: 0.5rem 0; }
summary { cursor: pointer; color: var(--quiet); }
[data-answer] { margin-top: 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
[data-answer] p { margin: 0.25rem 0; }
.target { overflow-wrap: anywhere; }
`;
