// Puts a file that somebody chooses into the field it belongs to; it leaves the browser only with the form.
for (const hint of document.querySelectorAll('[data-file-into]')) {
  const field = document.getElementById(hint.dataset.fileInto);
  const label = document.createElement('label');
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.bib,.ris,.json,.opml,.xml,.txt';
  label.append(hint.dataset.says, input);
  hint.replaceWith(label);
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (file) field.value = await file.text();
  });
}
