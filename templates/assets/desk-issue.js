// An issue at the desk: keys, live search, and swaps that keep scroll, focus and what is typed. Without this script every
// form and link does the same by loading the page.
import { letterInSight, stayInPlace } from './desk-stay.js';
import { send, sendStep } from './desk-turns.js';

const { Idiomorph, htmx } = globalThis;
const issue = () => document.querySelector('#issue');
const lines = () => [...document.querySelectorAll('.line[data-story]')];
const wide = matchMedia('(min-width: 72rem)');
// The line the keys act on: ahead of the page while it loads.
let cursor = document.querySelector('.line.is-in-hand[data-story]')?.dataset.story;

// A field that is being typed in is left alone by what comes from the server.
Idiomorph.defaults.callbacks.beforeNodeMorphed = (old) => {
  // A reason that is typed and not sent yet is the curator's.
  if (old instanceof Element && old.matches('.gate .why') && old.value !== '') return false;
  if (old === document.activeElement) return !old.matches('textarea, input:not([type="checkbox"])');
  return !(old instanceof Element && old.matches('form.is-unsaved'));
};

// What somebody opened stays open.
Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node, type) =>
  !(name === 'open' && type === 'remove' && node.matches('details'));

/** The story after a line as the list shows them now, before it at its end: where who works through the list goes on. */
function storyAfter(line) {
  const all = lines();
  const at = all.indexOf(line);
  return (all[at + 1] ?? all[at - 1])?.dataset.story;
}

/** Another story was asked for than the pane shows. */
const isOnItsWay = () => shown() !== undefined && cursor !== undefined && shown() !== cursor;

const current = () => lines().find((line) => line.dataset.story === cursor);

function step(by) {
  const all = lines();
  const at = all.indexOf(current());
  const next = all[Math.min(all.length - 1, Math.max(0, at === -1 && by < 0 ? 0 : at + by))];
  if (!next) return;
  cursor = next.dataset.story;
  const link = next.querySelector('a');
  link.focus();
  next.scrollIntoView({ block: 'nearest' });
  clearTimeout(step.timer);
  step.timer = setTimeout(() => link.click(), 120);
}

// What a link of the page asks for is in hand next, the opening too, where no line is.
document.addEventListener('click', ({ target }) => {
  const link = target.closest?.('#issue a[href]');
  if (link && link.pathname === issue().dataset.issue) cursor = new URL(link.href).searchParams.get('story') ?? undefined; // prettier-ignore
});

/** The story of the pane in the middle; undefined while the opening stands there. */
const shown = () => document.querySelector('#story-pane .in-hand')?.dataset.story;

// A button acts on what it stood beside when it was pressed: by the time its turn comes, another story may be in its place.
document.addEventListener(
  'submit',
  (event) => {
    const { target: form, submitter } = event;
    if (!form.matches('#issue form[method="post"]')) return;
    event.preventDefault();
    event.stopPropagation();
    if (form.matches('#story-pane *')) cursor = shown();
    // Sent, its own answer may change it; what is kept of it goes when the page says the same.
    form.classList.remove('is-unsaved');
    send(form.getAttribute('action'), new FormData(form, submitter));
  },
  true,
);

/** Sends what the button of the story would send; the line need not be the one in hand. */
function change(fields) {
  const line = current();
  const token = document.querySelector('#bulk input[name="_csrf"]')?.value;
  if (!line || !token) return;
  clearTimeout(step.timer);
  const { issue: address, query } = issue().dataset;
  const { role, section } = line.dataset;
  const next = storyAfter(line);
  const seen = role && section && { seen: `${role} ${section}` };
  const values = { _csrf: token, ...seen, ...(next && { next }), ...fields };
  send(`${address}/stories/${line.dataset.story}?${query}`, values);
}

document.addEventListener('desk:place', ({ detail }) => {
  cursor = detail.story;
  change({ change: 'place', before: detail.before });
});

function setRole(wanted, otherwise) {
  const line = current();
  if (!line) return;
  const { was = '', role: is } = line.dataset;
  const role = is === wanted ? otherwise : wanted;
  change({ change: 'role', role });
  // The next key is of what this one made; what was rejected before this page the server alone knows.
  Object.assign(line.dataset, role === 'restored' ? { role: was } : { role, was: is });
}

function setSection(section) {
  change({ change: 'section', section });
  const line = current();
  if (line?.dataset.section) line.dataset.section = section;
}

function setLead() {
  const line = current();
  if (line && line.dataset.role !== 'removed' && !line.matches('.is-lead')) change({ change: 'lead' });
}

/** Opens the summary where it can be edited, and goes to what is to be typed in. */
function edit() {
  const opens = document.querySelector('#story-pane [data-edit]');
  edit.isWaiting = isOnItsWay();
  edit.isOpening = opens !== null || edit.isWaiting;
  if (edit.isWaiting) return;
  if (opens) return void opens.click();
  const field = document.querySelector('#story-pane [data-first], #story-pane textarea, #story-pane select, #story-pane input:not([type="hidden"])'); // prettier-ignore
  field?.focus();
}

/** Opens the note of the story that is asked for, and goes to it. */
function writeNote() {
  writeNote.isWaiting = isOnItsWay();
  const note = document.querySelector('#story-pane details.note-of');
  if (writeNote.isWaiting || !note) return;
  note.open = true;
  note.querySelector('textarea').focus();
}

/** To what stands between the issue and its approval: what stops it, else a reason nobody gave yet, else the button. */
function goToGate() {
  const [stops, asks, button] = ['.gate .is-red a', '.gate .why:placeholder-shown', '#approve-now'].map((what) => document.querySelector(what)); // prettier-ignore
  (stops ?? asks ?? button)?.focus();
}

/** From the search to the first story that it finds, as soon as the list is of what was typed. */
function goToFound(event) {
  event?.preventDefault();
  const field = document.querySelector('#q');
  goToFound.isWaiting = document.activeElement === field;
  if (!goToFound.isWaiting) return;
  if ((new URLSearchParams(issue().dataset.query).get('q') ?? '') !== field.value.trim()) {
    if (!event) return;
    clearTimeout(field.form.timer);
    return field.form.requestSubmit();
  }
  goToFound.isWaiting = false;
  cursor = undefined;
  step(1);
}

function takeStep(id) {
  cursor = shown();
  sendStep(id);
}

const keys = {
  '?': () => document.querySelector('#keys')?.showModal(),
  '/': () => document.querySelector('#q')?.select(),
  j: () => step(1),
  k: () => step(-1),
  p: () => setRole('pick', 'pool'),
  x: () => setRole('removed', 'restored'),
  e: edit,
  n: writeNote,
  g: goToGate,
  l: setLead,
  u: () => takeStep('undo'),
  U: () => takeStep('redo'),
};

function act(event) {
  const arrow = { ArrowUp: 'up', ArrowDown: 'down' }[event.key];
  if (event.shiftKey && arrow) return () => change({ change: 'move', direction: arrow });
  const section = document.querySelectorAll('#bulk select[name="section"] option')[Number(event.key) - 1];
  if (section) return () => setSection(section.value);
  return keys[event.key];
}

document.addEventListener('keydown', (event) => {
  // Of what is being put together, as Chinese is, Enter and the arrows choose the characters.
  if (event.isComposing) return;
  if (event.key === 'Escape' && event.target.closest('#issue')) {
    // Some browsers empty the field, and tell nobody: the list would be of words that stand nowhere.
    if (event.target.matches('#q')) event.preventDefault();
    return void event.target.blur();
  }
  // What is typed is saved without the mouse; a form of sentences has its plain button first.
  const form = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.closest('form[data-draft]');
  if (form) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.target.matches('#q') && ['Enter', 'ArrowDown'].includes(event.key)) return void goToFound(event);
  if (event.target.closest('input:not([type="checkbox"]), textarea, select, dialog')) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const does = act(event);
  if (!does) return;
  event.preventDefault();
  does();
});

// A list is searched and a letter chosen while one types or picks.
document.addEventListener('input', ({ target }) => {
  const form = target.closest('form[data-live]');
  if (!form) return;
  clearTimeout(form.timer);
  form.timer = setTimeout(() => form.requestSubmit(), target.matches('select') ? 0 : 250);
});

let stayed;
// The address of a form is no page to load again.
document.addEventListener('htmx:replacedInHistory', () => {
  if (!issue() && stayed) history.replaceState(history.state, '', stayed);
});

// What comes back and is no issue (an error, the sign-in page) stands in the page's place.
document.addEventListener('htmx:beforeSwap', ({ detail }) => {
  const { xhr } = detail;
  if (xhr.responseText.includes('id="issue"')) {
    // Refused by the gate: the page says so in its bar.
    if (xhr.status === 409) Object.assign(detail, { shouldSwap: true, isError: false });
    return;
  }
  if (detail.target.matches('.intro-preview')) {
    // A page instead of an intro: the session ended, which the next saving says.
    detail.shouldSwap = xhr.status === 200 && !xhr.responseText.includes('<!doctype');
    return;
  }
  stayed = location.href;
  // What is still asked for the issue would come back to a page that has none.
  for (const asking of document.querySelectorAll('#issue [hx-get]')) htmx.trigger(asking, 'htmx:abort');
  detail.shouldSwap = true;
  detail.isError = false;
  detail.target = document.querySelector('#main');
  detail.selectOverride = '#main';
  detail.swapOverride = 'outerHTML';
});

/** Checks take seconds: while the page waits for them it asks again by itself what pressing the button again would. */
function askAgain() {
  clearTimeout(askAgain.timer);
  const form = document.querySelector('#approve[data-again]');
  if (form) askAgain.timer = setTimeout(() => form.requestSubmit(), 2000);
}

// A link to what a check of the gate found leads to the field, too.
document.addEventListener('click', ({ target }) => {
  const { focus } = target.closest?.('a[data-focus]')?.dataset ?? {};
  if (focus) goTo.field = focus;
});
function goTo() {
  const field = document.getElementById(goTo.field ?? '');
  if (!field) return;
  goTo.field = undefined;
  const typed = field.matches('input, textarea') ? field : field.querySelector('textarea, input:not([type="hidden"]), button:not([tabindex])'); // prettier-ignore
  typed?.focus();
}

/** What stands where there was something else is seen from its beginning, and the list where one was in it. */
const inSight = () => `${document.querySelector('#story-pane .in-hand')?.id} ${wide.matches || issue()?.dataset.pane}`;
let sight = inSight();
function comeInSight() {
  if (sight === inSight()) return;
  sight = inSight();
  document.querySelector('#story-pane')?.scrollTo(0, 0);
  if (wide.matches) return;
  const inHand = issue()?.dataset.pane === 'list' && document.querySelector('.line.is-in-hand');
  if (inHand) inHand.scrollIntoView({ block: 'center' });
  else scrollTo(0, 0);
}

/** Where the line of the cursor went away, the next one is the one in hand; an answer to an earlier key does not take the cursor back. */
function followInHand() {
  const inHand = document.querySelector('.line.is-in-hand[data-story]');
  if (!inHand || current()) return;
  if (inHand.dataset.story !== cursor) inHand.scrollIntoView({ block: 'nearest' });
  cursor = inHand.dataset.story;
}
// At once: a key that is pressed before all is settled is meant for what stands there.
document.addEventListener('htmx:afterSwap', followInHand);

document.addEventListener('htmx:afterSettle', () => {
  comeInSight();
  askAgain();
  goTo();
  if (edit.isOpening && (edit.isWaiting ? !isOnItsWay() : document.querySelector('#story-pane [data-first]'))) edit();
  if (writeNote.isWaiting && !isOnItsWay()) writeNote();
  stayInPlace(wide.matches && current()?.querySelector('a'));
  if (wide.matches) letterInSight();
  if (goToFound.isWaiting) goToFound();
});
