// While checks of the gate run, its page looks again by itself: one look at a time, and none while something else is asked
// for. A look costs the server a whole page, and on a busy one more of them would keep what the curator asks for waiting.
const { htmx } = globalThis;
const everyMs = 2000;
let timer;
// How often anything but a look was asked for, in all and when the last look was.
let asked = 0;
let askedAtLook = 0;
let lastLook;

const watch = () => document.querySelector('#gate-watch');

function lookSoon() {
  clearTimeout(timer);
  if (watch()) timer = setTimeout(look, everyMs);
}

function look() {
  // The marks of a look go with its place in the page when another page comes meanwhile, and it runs on.
  const isLooking = lastLook && lastLook.readyState !== XMLHttpRequest.DONE;
  if (isLooking || document.querySelector('.htmx-request')) return lookSoon();
  askedAtLook = asked;
  htmx.trigger(watch(), 'look');
}

document.addEventListener('htmx:beforeSend', ({ detail }) => {
  if (detail.target.id === 'gate') lastLook = detail.xhr;
  else asked++;
});

// What a look found is of the page as it was then.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target.id === 'gate' && asked !== askedAtLook) detail.shouldSwap = false;
});

document.addEventListener('htmx:afterSettle', lookSoon);
// Nothing is settled by a look that failed, or came too late.
document.addEventListener('htmx:afterRequest', lookSoon);
lookSoon();
