// A slider over the days of a deal, beside the field that works without it.

const form = document.querySelector('[data-slider]');
const field = form.elements.as_of;
const DAY = 86400000;
const first = Date.parse(form.dataset.first);
const last = Date.parse(form.dataset.today);
const days = Math.round((last - first) / DAY);

if (days > 0) {
  const range = document.createElement('input');
  range.type = 'range';
  range.min = 0;
  range.max = days;
  range.value = Math.round((Date.parse(field.value) - first) / DAY);
  range.setAttribute('aria-label', 'Day that is looked at');
  const told = () => {
    field.value = new Date(first + range.value * DAY).toISOString().slice(0, 10);
    range.setAttribute('aria-valuetext', field.value);
  };
  told();
  range.addEventListener('input', told);
  range.addEventListener('change', () => form.requestSubmit());
  field.addEventListener('change', () => form.requestSubmit());
  form.insertBefore(range, form.querySelector('button'));
  form.querySelector('button').hidden = true;
}
