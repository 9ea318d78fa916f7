// Numbers for how much an interest counts become sliders that a hand moves; without this script the numbers do the same.
for (const input of document.querySelectorAll('input[data-slider]')) {
  input.type = 'range';
  const tell = () => input.setAttribute('aria-valuetext', input.dataset.slider.replace('#', input.value));
  input.addEventListener('input', tell);
  tell();
}
