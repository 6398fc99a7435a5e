// What every page gains from a script; each page is whole without it.
// Nothing is asked of anybody but the server that the page came from.

const stale = document.querySelector('[data-stale]');
const news = new EventSource('/news');
let isFirst = true;
news.addEventListener('changed', () => {
  // The first word tells how it stands now; every later one is news.
  if (isFirst) { isFirst = false; return; }
  if (!stale || document.querySelector('dialog[open], form :focus')) return;
  stale.hidden = false;
  stale.textContent = 'Something new is known. ';
  const again = document.createElement('a');
  again.href = location.pathname + location.search;
  again.textContent = 'Show it';
  stale.append(again);
});
