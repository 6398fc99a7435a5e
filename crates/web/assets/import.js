// Sends files with a bar, takes what is dropped, and shows how far a job is. Pages are whole without it.

for (const bar of document.querySelectorAll('[data-job]')) follow(bar);
for (const form of document.querySelectorAll('[data-send]')) send(form);

// How far a job is: lines of a name and a value each.
function follow(bar) {
  const progress = bar.querySelector('progress');
  const show = (place, text) => {
    const element = bar.querySelector(place);
    if (element.textContent !== text) element.textContent = text;
  };
  const news = new EventSource(bar.dataset.job);
  news.addEventListener('job', (event) => {
    const told = new Map(event.data.split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }));
    if (told.get('over') === '1') { news.close(); location.reload(); return; }
    if (told.get('share')) progress.value = Number(told.get('share')); else progress.removeAttribute('value');
    show('[data-done]', told.get('done'));
    show('[data-file]', told.get('file'));
  });
}

// Files that are dropped on the form are chosen; what is sent is told.
function send(form) {
  const files = form.querySelector('#files');
  const sent = form.querySelector('[data-sent]');
  form.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
  form.addEventListener('dragleave', () => form.classList.remove('over'));
  form.addEventListener('drop', (event) => {
    event.preventDefault();
    form.classList.remove('over');
    const items = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.());
    if (items.some((item) => item?.isDirectory)) {
      tell('A folder cannot be dropped: choose it under “A whole folder”, or type its path.');
      return;
    }
    files.files = event.dataTransfer.files;
    tell(`${files.files.length} chosen. Now import, or look first.`);
  });
  const tell = (text) => { sent.hidden = false; sent.textContent = text; };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const data = new FormData(form);
    if (event.submitter) data.append(event.submitter.name, event.submitter.value);
    const buttons = form.querySelectorAll('button');
    const free = (is) => { for (const button of buttons) button.disabled = !is; };
    const request = new XMLHttpRequest();
    request.open('POST', form.action);
    request.responseType = 'document';
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      tell(`Copied ${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`);
    });
    request.addEventListener('load', () => {
      if (request.status < 400) { location.assign(request.responseURL); return; }
      free(true);
      tell(request.response?.querySelector('.lead')?.textContent ?? 'It could not be taken. Try again.');
    });
    request.addEventListener('error', () => { free(true); tell('It could not be taken. Is inroad still running?'); });
    free(false);
    tell('Copying …');
    request.send(data);
  });
}
