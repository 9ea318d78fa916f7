// What is typed at an issue's page is kept in this browser until it is saved, whatever happens to the page or the session.
const draftKey = (form) => `draft ${document.querySelector('#issue').dataset.issue} ${form.id}`;
// Several fields of a form may have one name: a summary has one for each sentence.
const fieldsOf = (form) => [...form.querySelectorAll('textarea, input:not([type="hidden"], [type="checkbox"])')];

document.addEventListener('input', ({ target }) => {
  const form = target.closest('form[data-draft]');
  if (!form) return;
  // What was typed and taken back again is no change.
  const isChanged = fieldsOf(form).some(({ value, defaultValue }) => value !== defaultValue);
  form.classList.toggle('is-unsaved', isChanged);
  if (isChanged)
    localStorage.setItem(draftKey(form), JSON.stringify(fieldsOf(form).map(({ name, value }) => [name, value])));
  else localStorage.removeItem(draftKey(form));
});

/** Puts back what was typed and not saved; forgets it once the page says the same. */
function restoreDrafts() {
  for (const form of document.querySelectorAll('form[data-draft]:not(.is-unsaved)')) {
    const kept = JSON.parse(localStorage.getItem(draftKey(form)) ?? 'null');
    const fields = fieldsOf(form);
    // What was kept of another form than this one (a sentence more or less) fits none of its fields.
    const isSame = Array.isArray(kept) && kept.length === fields.length && kept.every(([name], at) => name === fields[at].name); // prettier-ignore
    const changed = isSame ? fields.filter(({ value }, at) => kept[at][1].trim() !== value.trim()) : [];
    if (changed.length === 0) {
      localStorage.removeItem(draftKey(form));
      continue;
    }
    for (const field of changed) field.value = kept[fields.indexOf(field)][1];
    form.classList.add('is-unsaved');
  }
}
restoreDrafts();

document.addEventListener('click', ({ target }) => {
  const form = target.closest('[data-forget]')?.closest('form');
  if (!form) return;
  localStorage.removeItem(draftKey(form));
  form.classList.remove('is-unsaved');
  form.reset();
});

// A comment is not in its field again: once it was taken, it is forgotten here.
document.addEventListener('htmx:beforeSwap', ({ detail: { requestConfig, xhr } }) => {
  if (requestConfig.verb !== 'post' || xhr.status >= 400 || !xhr.responseText.includes('id="issue"')) return;
  for (const form of document.querySelectorAll('form[data-once]')) {
    if (form.getAttribute('action') !== requestConfig.path) continue;
    localStorage.removeItem(draftKey(form));
    form.classList.remove('is-unsaved');
    form.reset();
  }
});

document.addEventListener('htmx:afterSettle', restoreDrafts);
