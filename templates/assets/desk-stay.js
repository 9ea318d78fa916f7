// Where the focus and the letter are after a swap: what had the focus may have gone with what it did, what was asked for may stand below.
let pane;
let next;

/** What is next to be done after this, as a selector and which of those it fits; undefined where that is the line. */
function nextAfter(pressed) {
  if (pressed.id === 'approve-now') return { fits: '.bar-act :is(a.button, #approve-now)', at: 0 };
  if (pressed.name !== 'add') return undefined;
  return { fits: '[name="add"]', at: [...document.querySelectorAll('[name="add"]')].indexOf(pressed) };
}

document.addEventListener('htmx:beforeSwap', () => {
  pane = document.activeElement.closest('.pane')?.id;
  next = nextAfter(document.activeElement);
});

/** The focus goes to what is next to be done, to the line of the list, else it stays in its pane. */
export function stayInPlace(line) {
  if (document.activeElement !== document.body) return;
  const nexts = next ? [...document.querySelectorAll(next.fits)] : [];
  const place = { 'list-pane': '#lines', 'letter-pane': '#letter-pane' }[pane];
  const target = nexts[Math.min(next?.at ?? 0, nexts.length - 1)] || (pane !== 'letter-pane' && line) || (place && document.querySelector(place)); // prettier-ignore
  target?.focus({ preventScroll: nexts.length === 0 });
}

const shownLetter = () => {
  const proof = document.querySelector('.proof');
  return `${proof?.className} ${proof?.getAttribute('src')}`;
};
let letter = shownLetter();

/** Who chose another reader or another look sees the letter, not only its head. */
export function letterInSight() {
  if (letter === shownLetter()) return;
  letter = shownLetter();
  const proof = document.querySelector('.proof');
  const isChosen = document.activeElement.closest('.proof-head') !== null;
  if (isChosen && proof && proof.getBoundingClientRect().top > innerHeight / 2) document.querySelector('.proof-head').scrollIntoView({ block: 'start' }); // prettier-ignore
}

// Back to another pane loads the page anew; it stands where it was left.
const list = () => document.querySelector('#list-pane');
const placeKey = () => `place ${location.href}`;
document.addEventListener('htmx:beforeSwap', () => {
  if (list()) sessionStorage.setItem(placeKey(), JSON.stringify([scrollY, list().scrollTop]));
});
if (performance.getEntriesByType('navigation')[0]?.type === 'reload') {
  const [page, inList] = JSON.parse(sessionStorage.getItem(placeKey()) ?? '[0, 0]');
  if (page > 0) scrollTo(0, page);
  if (inList > 0) list()?.scrollTo(0, inList);
}
