// The stories of an issue are dragged into their order; keys and buttons do the same.
const draggable = () => document.querySelector('#bulk') !== null;
let dragged;

/** Only before a story of its own section: another section is chosen beside the story. */
function goalOf(target) {
  const line = target.closest?.('.line[data-section]');
  return dragged && line && line !== dragged && line.dataset.section === dragged.dataset.section ? line : undefined;
}

function mark(line) {
  for (const other of document.querySelectorAll('.line.is-goal')) if (other !== line) other.classList.remove('is-goal');
  line?.classList.add('is-goal');
}

function offer() {
  if (draggable()) for (const line of document.querySelectorAll('.line[data-section]')) line.draggable = true;
}

document.addEventListener('dragstart', (event) => {
  dragged = event.target.closest?.('.line[draggable="true"]') ?? undefined;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.story);
});
document.addEventListener('dragover', (event) => {
  const goal = goalOf(event.target);
  mark(goal);
  if (goal) event.preventDefault();
});
document.addEventListener('drop', (event) => {
  const goal = goalOf(event.target);
  if (!goal) return;
  event.preventDefault();
  document.dispatchEvent(new CustomEvent('desk:place', { detail: { story: dragged.dataset.story, before: goal.dataset.story } })); // prettier-ignore
});
document.addEventListener('dragend', () => {
  mark(undefined);
  dragged = undefined;
});
document.addEventListener('htmx:afterSettle', offer);
offer();
