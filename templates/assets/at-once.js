// Saves a form as soon as something in it was chosen, and says so with its undo; without this script its button does the same.
for (const form of document.querySelectorAll('form[data-at-once]')) {
  const said = document.getElementById(form.dataset.atOnce);
  const buttons = form.querySelectorAll('[data-unless-at-once]');
  const show = (isAtOnce) => {
    for (const button of buttons) button.hidden = isAtOnce;
    for (const hint of form.querySelectorAll('[data-if-at-once]')) hint.hidden = !isAtOnce;
  };
  show(true);
  let last = Promise.resolve();
  const save = async () => {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // A refusal is a page of its own, which says what does not fit.
    if (!answer.ok) throw new Error([...page.querySelectorAll('main .lede')].map((one) => one.textContent).join(' ')); // prettier-ignore
    said.replaceChildren(...page.getElementById(said.id).childNodes);
  };
  form.addEventListener('change', () => {
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
