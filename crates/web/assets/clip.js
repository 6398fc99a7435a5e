// What a bookmark brought from another page, out of the address and into the form.
// It stands behind the '#', which no server sees, and is taken out of the address at once.

const brought = location.hash.slice(1);
const form = document.querySelector('form[data-clip]');

if (brought && !form) {
  // From here on it is a page of ours that asks, so the browser shows who we are.
  location.replace(`/clip/keep#${brought}`);
} else if (brought) {
  const words = new URLSearchParams(brought);
  history.replaceState(null, '', location.pathname);
  for (const name of ['url', 'title', 'text']) {
    form.elements[name].value = words.get(name) ?? '';
  }
  try {
    const host = new URL(words.get('url')).hostname;
    form.elements.account.value = host.replace(/^www\./, '');
  } catch { /* The page has no address by which a firm could be known. */ }
  form.elements.account.select();
}
