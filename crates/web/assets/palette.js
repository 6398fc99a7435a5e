// The palette: where to go and what to find, from anywhere, by typing.

const PLACES = [
  ['Today', '/'], ['Deals', '/deals'], ['Targets', '/targets'], ['Touches', '/touches'], ['Leads', '/leads'], ['Ideal client', '/ideal-client'], ['To look after', '/care'], ['People', '/people'], ['Accounts', '/accounts'], ['Coach', '/coach'], ['Sent', '/sent'], ['Search', '/search'],
  ['Lessons', '/lessons'], ['What the past says', '/backtest'], ['Playbook', '/playbook'], ['Import', '/import'],
  ['Settings', '/settings'], ['What was done, with undo', '/settings/history'], ['Help', '/help'], ['Keys', '/help/keys'],
];
const WAIT_MS = 60;

let dialog;
let asked = 0;

function entry([name, address, beside]) {
  const option = document.createElement('a');
  option.href = address;
  option.setAttribute('role', 'option');
  option.tabIndex = -1;
  const label = document.createElement('span');
  label.textContent = name;
  option.append(label);
  if (beside) {
    const small = document.createElement('small');
    small.className = 'quiet';
    small.textContent = beside;
    option.append(small);
  }
  return option;
}

function choose(list, input, at) {
  const options = [...list.children];
  options.forEach((option, n) => { option.id = `choice-${n}`; option.setAttribute('aria-selected', String(n === at)); });
  if (options[at]) {
    input.setAttribute('aria-activedescendant', options[at].id);
    options[at].scrollIntoView({ block: 'nearest' });
  } else {
    input.removeAttribute('aria-activedescendant');
  }
}

async function found(words) {
  if (!words) return [];
  const answer = await fetch(`/search/suggest?q=${encodeURIComponent(words)}`);
  return answer.ok ? answer.json() : [];
}

function build() {
  dialog = document.createElement('dialog');
  dialog.className = 'palette';
  dialog.setAttribute('aria-label', 'Go to or find');
  const input = document.createElement('input');
  input.type = 'search';
  input.placeholder = 'Go to a page, or find a deal, a person, a letter';
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-expanded', 'true');
  input.setAttribute('aria-controls', 'choices');
  input.setAttribute('aria-label', 'Go to or find');
  const list = document.createElement('div');
  list.id = 'choices';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'What was found');
  dialog.append(input, list);
  document.body.append(dialog);

  let at = 0;
  let timer;
  const show = (entries) => { list.replaceChildren(...entries.map(entry)); at = 0; choose(list, input, at); };
  const places = (words) => PLACES.filter(([name]) => name.toLowerCase().includes(words.toLowerCase()));
  const renew = () => {
    const words = input.value.trim();
    const turn = ++asked;
    show(places(words));
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const hits = await found(words).catch(() => []);
      // An answer that was overtaken by the next letter is thrown away.
      if (turn === asked) show([...places(words), ...hits.map((hit) => [hit.name, hit.address, hit.beside]), ...(words ? [[`Search all letters for “${words}”`, `/search?q=${encodeURIComponent(words)}`]] : [])]);
    }, WAIT_MS);
  };
  input.addEventListener('input', renew);
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      at = Math.min(Math.max(at + step, 0), list.children.length - 1);
      choose(list, input, at);
    } else if (event.key === 'Enter') {
      list.children[at]?.click();
    } else {
      return;
    }
    event.preventDefault();
  });
  dialog.addEventListener('close', () => { input.value = ''; });
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  return renew;
}

let renew;

/** Opens the palette. */
export function offer() {
  renew ??= build();
  if (!dialog.open) dialog.showModal();
  renew();
}
