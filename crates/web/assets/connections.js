// Shows how connections stand as that changes. Pages are whole without it.

const EVERY_MS = 2000;
const live = document.querySelector('[data-live]');

// Nothing moves under somebody's hands: what they stand on stays.
const isInUse = () => document.hidden || live.contains(document.activeElement);

async function look() {
  if (isInUse()) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const now = page.querySelector('[data-live]');
  if (now && !isInUse() && now.innerHTML !== live.innerHTML) live.replaceChildren(...now.childNodes);
}

setInterval(look, EVERY_MS);
