// Shows what a form would do while it is being filled in. Without this script its first button does the same.
for (const form of document.querySelectorAll('form[data-preview]')) {
  const into = document.getElementById(form.dataset.into);
  let timer;
  let newest = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const asked = ++newest;
      // An address of a reader never stands in one of ours: only the fields that the form names travel.
      const fields = form.dataset.fields?.split(' ');
      const typed = [...new FormData(form)].filter(([name]) => !fields || fields.includes(name));
      const answer = await fetch(`${form.dataset.preview}?${new URLSearchParams(typed)}`);
      if (answer.ok && asked === newest) into.innerHTML = await answer.text();
    }, 250);
  });
}
