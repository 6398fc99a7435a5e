// Passkeys: a form asks what the browser is to make or to show, and goes off with its answer. Forms show themselves
// where a browser can do that, and are not there otherwise.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const named = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

function make({ publicKey: asked }) {
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const excludeCredentials = named(asked.excludeCredentials);
  return navigator.credentials.create({
    publicKey: { ...asked, user, excludeCredentials, challenge: bytes(asked.challenge) },
  });
}

function show({ publicKey: asked }) {
  const allowCredentials = named(asked.allowCredentials);
  return navigator.credentials.get({ publicKey: { ...asked, allowCredentials, challenge: bytes(asked.challenge) } });
}

/** What a device gave, as it is sent: bytes as text. */
function told(given) {
  const { response } = given;
  const names = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const parts = names.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  const { credProps } = given.getClientExtensionResults();
  return JSON.stringify({
    id: given.id,
    rawId: text(given.rawId),
    type: given.type,
    response: Object.fromEntries(parts),
    clientExtensionResults: credProps ? { credProps } : {},
  });
}

/** Why nothing came of it, as a person can use it. */
function why(error) {
  if (error.name === 'NotAllowedError') return 'It was called off, or took too long. Try again.';
  if (error.name === 'InvalidStateError') return 'This device has a passkey for you already.';
  return 'This browser or device cannot do that. Try another one.';
}

async function ask(form) {
  const answer = await fetch(form.dataset.passkey, { method: 'POST', body: new URLSearchParams(new FormData(form)) })
    .catch(() => null);
  const isJson = answer?.headers.get('content-type')?.startsWith('application/json');
  const said = isJson ? await answer.json() : {};
  if (answer?.ok && said.publicKey) return said;
  throw new Error(said.why ?? 'inroad does not answer. Try again, or open this page anew');
}

function complain(form, words) {
  const place = form.querySelector('.wrong');
  place.textContent = words;
  place.hidden = false;
}

async function send(form) {
  const button = form.querySelector('button');
  button.disabled = true;
  form.querySelector('.wrong').hidden = true;
  let asked;
  try {
    asked = await ask(form);
  } catch (error) {
    complain(form, `${error.message}.`);
    button.disabled = false;
    return;
  }
  try {
    form.elements.answer.value = told(await (asked.publicKey.user ? make : show)(asked));
  } catch (error) {
    complain(form, why(error));
    button.disabled = false;
    return;
  }
  // It was looked at already, and goes nowhere twice.
  for (const field of form.querySelectorAll('[type=password]')) field.disabled = true;
  form.submit();
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(form);
    });
    // Somebody came back to the page as they left it.
    addEventListener('pageshow', () => { form.querySelector('button').disabled = false; });
  }
  for (const instead of document.querySelectorAll('[data-without-passkey]')) instead.hidden = true;
}
