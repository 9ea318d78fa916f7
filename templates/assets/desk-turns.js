// What a curator does to an issue is sent in its turn. An undo is of what was last when its turn comes, not of what the page
// still shows as last: until the answer to an earlier key is there, it waits, and what follows waits behind it.
const { htmx } = globalThis;
const waiting = [];
let underway = 0;

function post({ address, values }) {
  // An error stands in its place: it says what became of what was sent.
  if (!document.getElementById('issue')) return;
  underway += 1;
  htmx.ajax('post', address, { source: '#issue', target: '#issue', values });
}

/** What it says was taken when it was said, whatever the page shows by then. */
export function send(address, values) {
  if (waiting.length > 0) waiting.push(() => ({ address, values }));
  else post({ address, values });
}

/** Presses a button of the trail, as the page has it then; nothing when there is nothing to undo or redo. */
export function sendStep(id) {
  waiting.push(() => {
    const form = document.getElementById(id);
    return form && { address: form.getAttribute('action'), values: new FormData(form) };
  });
  goOn();
}

function goOn() {
  while (underway === 0 && waiting.length > 0) {
    const asked = waiting.shift()();
    if (asked) post(asked);
  }
}

document.addEventListener('htmx:afterRequest', ({ detail: { requestConfig, failed } }) => {
  if (requestConfig.verb !== 'post' || requestConfig.elt?.id !== 'issue') return;
  underway -= 1;
  // Of what comes after something that was not taken nobody knows whether it is still meant.
  if (failed) waiting.length = 0;
});

document.addEventListener('htmx:afterSettle', goOn);
