// The findings follow what is typed; the address follows them, so that it can be kept.

const form = document.querySelector('[data-search]');
const field = form.elements.q;
const found = document.querySelector('[data-found]');
const WAIT_MS = 70;
let timer;
let asking;

async function renew() {
  const address = `/search?q=${encodeURIComponent(field.value)}`;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('[data-found]');
    if (fresh) found.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    history.replaceState(null, '', address);
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

field.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(renew, WAIT_MS); });
