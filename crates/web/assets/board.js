// Moving cards on the board: by dragging, and by [ and ]. The form behind it is the page's own.

const board = document.querySelector('[data-board]');
const mover = document.querySelector('[data-mover]');
const said = document.querySelector('[data-said]');
const columns = [...board.querySelectorAll('[data-stage]')];
document.querySelectorAll('[data-with-script]').forEach((hint) => { hint.hidden = false; });

function move(card, stage) {
  if (card.closest('[data-stage]').dataset.stage === stage) return;
  mover.elements.deal.value = card.dataset.deal;
  mover.elements.version.value = card.dataset.version;
  mover.elements.stage.value = stage;
  sessionStorage.setItem('moved', card.dataset.deal);
  mover.submit();
}

let dragged;
board.addEventListener('dragstart', (event) => {
  dragged = event.target.closest('[data-deal]');
  if (!dragged) return;
  event.dataTransfer.setData('text/plain', dragged.dataset.deal);
  event.dataTransfer.effectAllowed = 'move';
  dragged.classList.add('dragged');
});
board.addEventListener('dragend', () => {
  dragged?.classList.remove('dragged');
  columns.forEach((column) => column.classList.remove('over'));
  dragged = undefined;
});
columns.forEach((column) => {
  column.addEventListener('dragover', (event) => {
    if (!dragged) return;
    event.preventDefault();
    columns.forEach((other) => other.classList.toggle('over', other === column));
  });
  column.addEventListener('drop', (event) => {
    if (!dragged) return;
    event.preventDefault();
    move(dragged, column.dataset.stage);
  });
});

document.addEventListener('keydown', (event) => {
  const step = { '[': -1, ']': 1 }[event.key];
  const card = document.activeElement?.closest?.('[data-deal]');
  if (!step || !card || document.querySelector('dialog[open]')) return;
  const at = columns.indexOf(card.closest('[data-stage]')) + step;
  if (!columns[at]) { said.textContent = 'There is no stage beyond.'; return; }
  event.preventDefault();
  move(card, columns[at].dataset.stage);
});

// The card that was moved keeps the focus, so that the next key goes on with it.
const moved = sessionStorage.getItem('moved');
if (moved) {
  sessionStorage.removeItem('moved');
  const card = board.querySelector(`[data-deal="${CSS.escape(moved)}"]`);
  if (card) { card.tabIndex = -1; card.focus(); }
}
