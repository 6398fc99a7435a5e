// A draft is read at each pause of the typing. It stays in this window: the server keeps none of it.

const form = document.querySelector('[data-draft]');
const { text, subject } = form.elements;
const fields = [subject, text].filter(Boolean);
const count = document.getElementById('count');
const copied = document.getElementById('copied');
const WAIT_MS = 150;
const kept = `draft ${['person', 'deal', 'play', 'opening'].map((name) => form.elements[name].value).join(' ')}`;
let timer;
let asking;

const $ = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const unhide = () => all('[data-with-script]').forEach((part) => { part.hidden = false; });

function keep() {
  if (fields.every((field) => field.value === field.defaultValue)) sessionStorage.removeItem(kept);
  else sessionStorage.setItem(kept, JSON.stringify([text.value, subject?.value]));
}

// What was open or had the focus stays so.
function show(parts) {
  const open = all('#looked details[open]').map((part) => part.id);
  const within = document.activeElement?.closest('#looked');
  parts.forEach((part) => document.getElementById(part.id)?.replaceWith(part));
  open.forEach((id) => { const part = document.getElementById(id); if (part) part.open = true; });
  unhide();
  const told = $('#looked').dataset.count;
  if (count.textContent !== told) count.textContent = told;
  if (within) ($('#looked .word button') ?? text).focus();
}

async function look(button) {
  clearTimeout(timer);
  if (!button) asking?.abort();
  const here = new AbortController();
  if (!button) asking = here;
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.append(button.name, button.value);
  try {
    const answer = await fetch('/coach/look', { method: 'POST', body, signal: here.signal });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const parts = [...page.querySelectorAll('[data-part]')];
    if (parts.length) show(parts.map((part) => document.adoptNode(part)));
    else count.textContent = page.querySelector('.lead').textContent;
  } catch (error) {
    if (error.name !== 'AbortError') count.textContent = 'inroad does not answer; is it still running?';
  }
}

// What was found is of the words before: nothing is copied until the new ones were read.
function changed() {
  keep();
  all('[data-copy]').forEach((button) => { button.disabled = true; });
  copied.textContent = '';
  clearTimeout(timer);
  timer = setTimeout(look, WAIT_MS);
}
fields.forEach((field) => field.addEventListener('input', changed));
form.addEventListener('submit', (event) => {
  // The way to the page on which it is let go.
  if (event.submitter?.hasAttribute('formaction')) return;
  event.preventDefault();
  look(event.submitter);
});
all('[data-look]').forEach((button) => { button.hidden = true; });

// Another way or stage is another address; the words come along.
all('[data-chosen]').forEach((select) => select.addEventListener('change', () => {
  keep();
  const address = new URL('/coach', location.href);
  ['person', 'deal', 'play', 'opening', 'channel', 'stage'].forEach((name) => {
    if (form.elements[name].value) address.searchParams.set(name, form.elements[name].value);
  });
  location.assign(address);
}));

function select(field, start, end) {
  field.focus();
  // A browser scrolls to where the caret is when the field gets the focus.
  field.setSelectionRange(start, start);
  field.blur();
  field.focus();
  field.setSelectionRange(start, end);
}

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    copied.textContent = 'Copied. Paste it into your mail program.';
  } catch {
    field.focus();
    field.select();
    copied.textContent = 'It is marked: copy it with Ctrl+C.';
  }
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button?.dataset.field) select(form.elements[button.dataset.field], Number(button.dataset.start), Number(button.dataset.end));
  if (button?.dataset.copy) copy(form.elements[button.dataset.copy]);
  // Another way to open takes the place of the one that is still to be filled in.
  const blank = event.target.closest('[data-blank]')?.dataset.blank;
  const there = blank && all('[data-blank]').map((link) => link.dataset.blank).find((one) => text.value.includes(one));
  if (there) {
    event.preventDefault();
    const at = text.value.indexOf(there);
    text.setRangeText(blank, at, at + there.length);
    select(text, at, at + blank.length);
    changed();
  }
});

document.addEventListener('keydown', (event) => {
  const within = document.activeElement?.closest('#looked');
  if (event.key === 'Escape' && within) { text.focus(); return; }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.altKey) return;
  const found = all('[data-finding]');
  const at = found.indexOf(document.activeElement?.closest('[data-finding]'));
  const next = found[Math.min(Math.max(at + step, 0), found.length - 1)];
  if (!next) return;
  event.preventDefault();
  next.tabIndex = -1;
  next.focus();
});

const whom = $('[data-whom]');
whom.addEventListener('input', async () => {
  const answer = await fetch(`/search/suggest?q=${encodeURIComponent(whom.value)}`);
  const people = (await answer.json()).filter((hit) => hit.address.startsWith('/people/'));
  $('#people-found').replaceChildren(...people.map((hit) => new Option(hit.name, hit.beside)));
});

// A voicemail is said aloud, heard again and timed.
const practice = $('[data-recorder]');
if (practice) {
  const [record, stop, took, audio] = ['[data-record]', '[data-stop]', '[data-took]', 'audio'].map((of) => practice.querySelector(of));
  let recorder;
  record.addEventListener('click', async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream);
    } catch {
      stream?.getTracks().forEach((track) => track.stop());
      took.textContent = 'There is no microphone here that may be used. Read it aloud by a watch.';
      return;
    }
    const heard = [];
    const since = performance.now();
    recorder.addEventListener('dataavailable', ({ data }) => heard.push(data));
    recorder.addEventListener('stop', () => {
      const seconds = Math.round((performance.now() - since) / 1000);
      stream.getTracks().forEach((track) => track.stop());
      URL.revokeObjectURL(audio.src);
      audio.src = URL.createObjectURL(new Blob(heard, { type: recorder.mimeType }));
      audio.hidden = false;
      const estimate = $('[data-seconds]')?.dataset.seconds;
      took.textContent = `It took ${seconds} seconds${estimate ? `; the estimate is ${estimate}` : ''}.`;
      record.disabled = false;
      stop.disabled = true;
      record.focus();
    });
    recorder.start();
    took.textContent = 'Recording …';
    record.disabled = true;
    stop.disabled = false;
    stop.focus();
  });
  stop.addEventListener('click', () => recorder.stop());
}

unhide();
const before = JSON.parse(sessionStorage.getItem(kept) ?? 'null');
if (before && !text.readOnly) {
  text.value = before[0];
  if (subject) subject.value = before[1] ?? '';
  look();
}
