// Shows what a form would do while it is being filled in. Without this script its first button does the same.
for (const form of document.querySelectorAll('form[data-preview]')) {
  const into = document.getElementById(form.dataset.into);
  let timer;
  let newest = 0;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const asked = ++newest;
      const answer = await fetch(`${form.dataset.preview}?${new URLSearchParams(new FormData(form))}`);
      if (answer.ok && asked === newest) into.innerHTML = await answer.text();
    }, 250);
  });
}
