import { createHash } from 'node:crypto';

/** The stylesheet of all fallback pages. It stands inline; the policy lets this very text through and no other. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--page:#f3f4f6;--card:#fff;--ink:#1f2430;--soft:#5b6170;--line:#8a90a0;--accent:#2747b8;--on-accent:#fff;--bad:#b3261e;--bad-wash:#fbe9e7;--good:#176639;--good-wash:#e6f4ea}
@media (prefers-color-scheme:dark){:root{--page:#14161c;--card:#1e212a;--ink:#eceef3;--soft:#a9b0bf;--line:#727a8c;--accent:#a9bcff;--on-accent:#10142a;--bad:#ffb4ab;--bad-wash:#3b1d1b;--good:#9fe0b5;--good-wash:#183323}}
*,::before,::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:1.25rem;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main{width:100%;max-width:25rem;padding:clamp(1.25rem,6vw,2.25rem);border-radius:.9rem;background:var(--card);box-shadow:0 1px 2px #0002,0 8px 30px #0001}
h1{margin:0 0 1.25rem;font-size:1.5rem;line-height:1.25;text-wrap:balance}
p{margin:0 0 1rem}
a{color:var(--accent)}
.site{margin:0 0 .25rem;font-size:.9rem;color:var(--soft);overflow-wrap:anywhere}
.alert{padding:.75rem .9rem;border-radius:.5rem;border-left:.25rem solid;overflow-wrap:anywhere}
.alert.bad{background:var(--bad-wash);color:var(--bad)}
.alert.good{background:var(--good-wash);color:var(--good)}
.field{margin:0 0 1.1rem}
.field label{display:block;margin-bottom:.3rem;font-weight:600}
.field input{width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:transparent;color:inherit;font:inherit}
.field input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.hint,.wrong{margin:.3rem 0 0;font-size:.9rem}
.hint{color:var(--soft)}
.alert+.hint{margin:0 0 1rem}
code{overflow-wrap:anywhere}
.wrong{color:var(--bad)}
.check{display:flex;align-items:center;gap:.6rem;min-height:2.75rem;margin:0 0 .75rem}
.check input{width:1.15rem;height:1.15rem;margin:0;accent-color:var(--accent)}
button{width:100%;min-height:2.9rem;padding:.6rem 1rem;border:0;border-radius:.5rem;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}
button:hover{filter:brightness(1.08)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.more{margin:1.1rem 0 0;text-align:center}
@media (forced-colors:active){button,.alert{border:1px solid}}
`;

/** The source expression that lets the stylesheet through a Content-Security-Policy (CSP 3, section 2.3.1). */
export const PAGE_STYLE_HASH: string = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
