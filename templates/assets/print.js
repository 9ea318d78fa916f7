// A page that can be printed says so where a script can do it; the browser's own menu does the same without.
for (const offer of document.querySelectorAll('[data-print]')) {
  offer.hidden = false;
  offer.querySelector('button').addEventListener('click', () => window.print());
}
