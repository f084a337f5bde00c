/** The stylesheet of the dev mailbox. */
export const MAILBOX_STYLE = `
:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{margin:0;padding:2rem 1rem;background:Canvas;color:CanvasText}
main{max-width:48rem;margin:0 auto}
h1{font-size:1.6rem;line-height:1.2;overflow-wrap:anywhere}
h2{font-size:1rem;margin:2rem 0 .5rem}
a{color:LinkText;overflow-wrap:anywhere}
ul{list-style:none;margin:0;padding:0}
ul li{display:flex;flex-wrap:wrap;gap:.2rem 1rem;padding:.8rem 0;border-bottom:1px solid color-mix(in srgb,CanvasText 20%,transparent)}
ul a{flex:1 1 100%}
ul time{margin-left:auto}
li span,time,dt{opacity:.75}
dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1rem}
dd{margin:0;overflow-wrap:anywhere}
iframe{width:100%;height:32rem;border:1px solid color-mix(in srgb,CanvasText 20%,transparent);border-radius:.5rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:1rem;border-radius:.5rem;background:color-mix(in srgb,CanvasText 8%,transparent)}
`;
