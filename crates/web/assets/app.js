// What every page gains from a script; each page is whole without it.
// Nothing is asked of anybody but the server that the page came from, and no text becomes markup.

import { offer } from '/palette.js';

const $ = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- Sheets: a link to a form shows the form where one is. ---

async function part(address, selector) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector(selector);
}

async function showSheet(link) {
  const sheet = await part(link.href, '[data-sheet]').catch(() => null);
  if (!sheet) { location.assign(link.href); return; }
  const dialog = document.createElement('dialog');
  dialog.className = 'sheet-dialog';
  const title = $('h1', sheet);
  if (title) { title.id = 'sheet-title'; dialog.setAttribute('aria-labelledby', title.id); }
  dialog.append(document.adoptNode(sheet));
  all('[data-close]', dialog).forEach((close) => close.addEventListener('click', (event) => {
    event.preventDefault();
    dialog.close();
  }));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  // A dialog gives the focus back to where it was when it opened: to the link that asked for it.
  link.focus();
  dialog.showModal();
  ($('[autofocus]', dialog) ?? $('input:not([type=hidden]), textarea, select, button', dialog))?.focus();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest?.('a[data-dialog]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  showSheet(link);
});

// On a narrow screen the places go on beyond its edge: the one where one is comes into sight.
$('nav.places [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// --- Keys: j and k go from row to row, a letter does what the row offers. ---

const rows = () => all('[data-row]').filter((row) => row.offsetParent !== null);
const current = () => document.activeElement?.closest?.('[data-row]');

function go(step) {
  const list = rows();
  if (!list.length) return;
  const at = list.indexOf(current());
  const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1)];
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

const PLACES = { t: '/', d: '/deals', o: '/touches', p: '/people', c: '/coach', s: '/search', l: '/lessons', b: '/backtest', y: '/playbook', i: '/import', e: '/settings', h: '/help' };
let afterG = 0;

function isTyping(target) {
  return target.closest?.('input, textarea, select, [contenteditable]') !== null;
}

document.addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 'k') { event.preventDefault(); offer(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if ($('dialog[open]')) return;
  if (Date.now() - afterG < 1200 && PLACES[event.key]) { event.preventDefault(); location.assign(PLACES[event.key]); return; }
  const row = current();
  const wanted = row && $(`[data-key="${CSS.escape(event.key)}"]`, row);
  switch (true) {
    case event.key === 'j': go(1); break;
    case event.key === 'k': go(-1); break;
    case event.key === 'g': afterG = Date.now(); break;
    case event.key === '/': offer(); break;
    case event.key === '?': location.assign('/help/keys'); break;
    // A key on a link or a button of its own is theirs.
    case event.key === 'Enter' && event.target !== row: return;
    case Boolean(wanted): wanted.click(); break;
    default: {
      const anywhere = $(`.word [data-key="${CSS.escape(event.key)}"], [data-page-key="${CSS.escape(event.key)}"]`);
      if (!anywhere) return;
      anywhere.click();
    }
  }
  event.preventDefault();
});

// --- News: what was worked out meanwhile is offered, never forced on a page that is read. ---

const stale = $('[data-stale]');
let line;
function tell(event) {
  // The page knows the number that counted when it was asked for; every other one is news.
  if (event.data === stale.dataset.news) return;
  const again = document.createElement('a');
  again.href = location.pathname + location.search;
  again.textContent = 'Show it';
  stale.replaceChildren('Something new is known. ', again);
  stale.hidden = false;
}
// A browser has six lines to one server for all of its windows: only a window that is seen holds one.
function listen() {
  line?.close();
  line = undefined;
  if (!stale || document.hidden) return;
  line = new EventSource('/news');
  line.addEventListener('changed', tell);
}
listen();
document.addEventListener('visibilitychange', listen);
addEventListener('pageshow', (event) => { if (event.persisted) listen(); });
addEventListener('pagehide', () => line?.close());

// --- Fields that act when they are changed have a button without a script. ---

all('[data-submits]').forEach((field) => {
  field.addEventListener('change', () => field.form.requestSubmit());
  const button = $('button[data-without-script]', field.form);
  if (button) button.hidden = true;
});
