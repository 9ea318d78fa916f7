// Of a text of an issue one save at a time: what is pressed meanwhile would send what the page had before the answer, and the
// desk would take it for somebody else's. Its buttons say so by their look; what is typed meanwhile stays.
const saving = new Map();

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!form.matches('#issue form[data-draft]')) return;
    if (saving.has(form.id)) {
      event.preventDefault();
      return event.stopImmediatePropagation();
    }
    saving.set(form.id, form.getAttribute('action'));
    form.classList.add('is-saving');
  },
  true,
);

document.addEventListener('htmx:afterRequest', ({ detail: { requestConfig } }) => {
  for (const [id, action] of saving) {
    if (requestConfig.verb !== 'post' || requestConfig.path !== action) continue;
    saving.delete(id);
    document.getElementById(id)?.classList.remove('is-saving');
  }
});
