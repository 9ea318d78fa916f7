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
