// The desk's pages say more where scripts run.
document.documentElement.classList.add('has-keys');

// A chosen file is shown in the field that is sent, in the encoding that its mark or its first line names.
async function readText(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [first, second] = bytes;
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)["']/i.exec(start)?.[1];
  // UTF-16 has a mark, or a zero beside its first sign.
  const isLittle = first === 0xff ? second === 0xfe : second === 0 && first !== 0;
  const isBig = first === 0xfe ? second === 0xff : first === 0 && second !== 0;
  const wide = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : undefined;
  for (const label of [wide, 'utf-8', declared, 'windows-1252'].filter(Boolean)) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // Another encoding, or one that this browser does not know.
    }
  }
  return new TextDecoder().decode(bytes);
}

for (const input of document.querySelectorAll('input[type="file"][data-into]')) {
  input.addEventListener('change', async () => {
    const [file] = input.files;
    const most = Number(input.dataset.most ?? Infinity);
    const isTooLarge = file !== undefined && file.size > most;
    input.setCustomValidity(isTooLarge ? `This file is larger than ${most / 1e6} MB.` : '');
    input.reportValidity();
    if (file && !isTooLarge) document.getElementById(input.dataset.into).value = await readText(file);
  });
}

// From every page back to the one before it, in the view that it had; a form that comes back to its own page is no step.
const own = () => [location.href, document.title.split(' · the desk of')[0]];
// Whoever signs in next in this tab is not told where the last one was.
const { curator = '' } = document.body.dataset;
const cameFrom = `came from ${curator} ${location.pathname}`;
const pageBefore = `page before ${curator}`;
const before = JSON.parse(sessionStorage.getItem(pageBefore) ?? 'null');
if (before && new URL(before[0]).pathname !== location.pathname)
  sessionStorage.setItem(cameFrom, JSON.stringify(before));
addEventListener('pagehide', () => {
  if (document.body.matches('.at-desk')) sessionStorage.setItem(pageBefore, JSON.stringify(own()));
});
const wayBack = document.querySelector('.way-back');
const from = JSON.parse(sessionStorage.getItem(cameFrom) ?? 'null');
// Where the page has that way already, one is enough.
const hasWay = () =>
  [...document.querySelectorAll('#main > p.meta:not(.way-back) a')].some(({ href }) => href === from[0]);
if (wayBack && from && !hasWay()) {
  const [href, title] = from;
  Object.assign(wayBack.firstElementChild, {
    href,
    textContent: `Back to ${title.length > 60 ? `${title.slice(0, 59)}…` : title}`,
  });
  wayBack.hidden = false;
}
