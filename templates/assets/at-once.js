// Saves what was chosen in a form at once, and says so with its undo; without this script the form's button saves all of it.
for (const form of document.querySelectorAll('form[data-at-once]')) {
  const said = document.getElementById(form.dataset.atOnce);
  const buttons = form.querySelectorAll('[data-unless-at-once]');
  const show = (isAtOnce) => {
    for (const button of buttons) button.hidden = isAtOnce;
    for (const hint of form.querySelectorAll('[data-if-at-once]')) hint.hidden = !isAtOnce;
  };
  show(true);
  // The fields that go together: of the rest of the form another tab may have said something else since.
  const partOf = (field) => field.closest('fieldset, li') ?? field;
  const chosen = new Set();
  const fieldsOf = (parts) =>
    [...form.elements].filter((field) => field.name && parts.some((part) => part.contains(field)) && (field.type !== 'radio' || field.checked)); // prettier-ignore
  let last = Promise.resolve();
  const save = async () => {
    const parts = [...chosen];
    if (parts.length === 0) return;
    chosen.clear();
    try {
      const body = new URLSearchParams(fieldsOf(parts).map(({ name, value }) => [name, value]));
      const answer = await fetch(form.action, { method: 'POST', body });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      // A refusal is a page of its own, which says what does not fit.
      if (!answer.ok) throw new Error([...page.querySelectorAll('main .lede')].map((one) => one.textContent).join(' ')); // prettier-ignore
      said.replaceChildren(...page.getElementById(said.id).childNodes);
    } catch (error) {
      // It goes along with what is chosen next.
      for (const part of parts) chosen.add(part);
      throw error;
    }
  };
  form.addEventListener('change', ({ target }) => {
    chosen.add(partOf(target));
    if (!form.reportValidity()) return;
    // One after the other, so that what was chosen last is what stays.
    last = last.then(save).catch((error) => {
      show(false);
      const words = document.createElement('p');
      words.className = 'warned';
      words.textContent = `${form.dataset.failed} ${error instanceof TypeError ? '' : error.message}`.trim();
      said.replaceChildren(words);
    });
  });
}
