// What is typed at the desk is kept in this browser until it is saved, whatever happens to the page or the session.
// A form that was refused comes back under the address it was sent to: it is the same form there.
const pageOf = (form) => document.querySelector('#issue')?.dataset.issue ?? form.getAttribute('action') ?? location.pathname; // prettier-ignore
// Another curator at this browser is not shown it.
const draftKey = (form) => `draft ${document.body.dataset.curator} ${pageOf(form)} ${form.id}`;
// Several fields of a form may have one name: a summary has one for each sentence. A secret is kept nowhere.
const fieldsOf = (form) => [...form.querySelectorAll('textarea, input:not([type="hidden"], [type="checkbox"], [type="password"], [type="file"])')]; // prettier-ignore

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

// What was sent waits to be taken: a page that asks first, or shows both texts, sends it once more.
document.addEventListener(
  'submit',
  ({ target: form }) => {
    const sent = form.matches('[data-draft]') ? draftKey(form) : form.matches('[data-asks]') && sessionStorage.getItem('asked'); // prettier-ignore
    if (sent) sessionStorage.setItem('sent', sent);
  },
  true,
);

/** The answer to what was sent: taken, it is forgotten here, though the page may say something else by then; else it stays. */
function hearAnswer() {
  const sent = sessionStorage.getItem('sent');
  if (!sent) return;
  sessionStorage.removeItem('sent');
  if (document.querySelector('form[data-asks]')) return sessionStorage.setItem('asked', sent);
  sessionStorage.removeItem('asked');
  if (document.querySelector('[data-untaken], [aria-invalid="true"]')) return;
  localStorage.removeItem(sent);
  for (const form of document.querySelectorAll('form[data-once]')) if (draftKey(form) === sent) form.reset();
}

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

/** Who was signed out is told that nothing is lost. */
function tellKept() {
  const told = document.querySelector('[data-kept]');
  if (told) told.hidden = !Object.keys(localStorage).some((key) => key.startsWith('draft '));
}
hearAnswer();
restoreDrafts();
tellKept();

document.addEventListener('click', ({ target }) => {
  const form = target.closest('[data-forget]')?.closest('form');
  if (!form) return;
  localStorage.removeItem(draftKey(form));
  form.classList.remove('is-unsaved');
  form.reset();
});

let isAnswer = false;
document.addEventListener('htmx:afterRequest', ({ detail }) => {
  isAnswer = detail.requestConfig.verb === 'post';
});
document.addEventListener('htmx:afterSettle', () => {
  if (isAnswer) hearAnswer();
  restoreDrafts();
  tellKept();
});
