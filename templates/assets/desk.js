// Keys for the desk. Everything they do is a button on the page: without this script nothing is missing but speed.
document.documentElement.classList.add('has-keys');

const stories = () => [...document.querySelectorAll('.left .story[tabindex]')];
const current = () => document.activeElement?.closest('.story') ?? document.querySelector('.story:target');

function step(by) {
  const all = stories();
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + by))];
  next?.focus();
}

function press(name, value) {
  const values = [value].flat();
  const button = [...(current()?.querySelectorAll(`button[name="${name}"]`) ?? [])].find((one) =>
    values.includes(one.value),
  );
  if (button && !button.disabled) button.click();
}

const keys = {
  '?': () => document.querySelector('#keys')?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  p: () => press('role', ['pick', 'pool']),
  x: () => press('role', 'removed'),
};

document.addEventListener('keydown', (event) => {
  if (event.target.closest('input, textarea, select, dialog') || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
  const act = event.shiftKey && arrow ? () => press('direction', arrow) : keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

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
