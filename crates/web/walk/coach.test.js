// A draft is read while one types, with keys alone; a voicemail is said aloud; all of it stays in the window.

import assert from 'node:assert/strict';
import { leaves, press, says, walk } from './walk.js';

const HAUKE = '/coach?person=h.petersen@nordhafen-krantechnik.example';
/** Nobody notices a finding that comes later than this after the pause. */
const LOOK_MS_MAX = 500;

const looked = (page) => page.waitForResponse((answer) => answer.url().endsWith('/coach/look'));
const found = (page, says) => page.locator('[data-finding]', { hasText: says });

/** Does something, waits until the draft was read again, and gives how long the answer took. */
async function andLook(page, act) {
  const [answer] = await Promise.all([looked(page), act()]);
  await answer.finished();
  const { requestStart, responseEnd } = answer.request().timing();
  return responseEnd - requestStart;
}

walk('a bad draft is read, mended, and kept through a reload, with keys alone', async ({ t, page, at, context, origin }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await at(`${HAUKE}&play=none`);
  await page.getByLabel('Your draft').focus();
  const text = 'Hello Hauke,\n\nJust checking in about [COMPANY].';
  const took = await andLook(page, () => page.keyboard.type(text));
  await found(page, 'A field of a template is still empty').waitFor();
  t.diagnostic(`a look took ${took.toFixed(0)} ms, built without optimising`);
  assert.ok(took < LOOK_MS_MAX, `${took} ms`);
  assert.match(await page.locator('#count').innerText(), /^1 holds it up/);
  assert.ok(await page.getByRole('button', { name: 'Copy', exact: true }).isDisabled());

  // To the finding, and to its words in the text, which are typed over.
  await press(page, 'Alt+ArrowDown');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^block A field of a template/);
  await press(page, 'Enter');
  assert.equal(await page.evaluate(() => window.getSelection().toString() || document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)), '[COMPANY]');
  await andLook(page, () => page.keyboard.type('the spare parts'));
  await found(page, 'A field of a template').waitFor({ state: 'detached' });

  // Another finding is put to rest, and the focus stays where it can be taken back.
  await press(page, 'Alt+ArrowDown');
  const first = (await page.evaluate(() => document.activeElement.querySelector('strong').innerText));
  await andLook(page, () => press(page, 'x'));
  await says(page, 'Dismissed for these words.');
  assert.equal(await found(page, first).count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Undo');
  await andLook(page, () => press(page, 'Enter'));
  await found(page, first).first().waitFor();
  await press(page, 'Alt+ArrowDown', 'Escape');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'text');

  await leaves(page, () => page.reload());
  assert.equal(await page.getByLabel('Your draft').inputValue(), text.replace('[COMPANY]', 'the spare parts'));
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  await says(page, 'Copied. Paste it into your mail program');
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /about the spare parts\.$/);
});

walk('a card leads to a skeleton, and what is still empty is copied only after a second look', async ({ page, at, context, origin }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await at('/');
  await press(page, 'j');
  await leaves(page, () => page.locator('li.card', { has: page.locator('[data-key=w]') }).first().locator('[data-key=w]').click());
  const draft = page.getByLabel('Your draft');
  assert.match(await draft.inputValue(), /^Hello .+,\n\n\[fill in: /);
  // Another way to open takes the place of the first.
  const openings = page.locator('[data-blank]');
  const last = await openings.last().getAttribute('data-blank');
  await andLook(page, () => openings.last().click());
  assert.ok((await draft.inputValue()).includes(last));
  assert.equal(await page.getByRole('button', { name: 'Copy it so' }).isVisible(), false);
  await page.getByText('Copy all the same').click();
  await page.getByRole('button', { name: 'Copy it so' }).click();
  await says(page, 'Copied.');
});

const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

walk('a voicemail is said aloud and timed beside its estimate', async ({ page, at }) => {
  await at(`${HAUKE}&channel=voicemail&play=none`);
  await andLook(page, () => page.getByLabel('What you will say').fill('Hello Hauke, this is Jonas. How did the first week with the new crane go? A short mail will do.'));
  await page.getByText(/about \d+ seconds/).waitFor();
  await page.getByRole('button', { name: 'Record' }).click();
  await says(page, 'Recording …');
  await page.waitForTimeout(1100);
  await press(page, 'Enter');
  await says(page, /It took [12] seconds; the estimate is \d+\./);
  const played = await page.locator('audio').evaluate(async (audio) => { await audio.play(); return audio.error === null && audio.src.startsWith('blob:'); });
  assert.ok(played);
}, { browserArgs: MICROPHONE });

walk('without a microphone it is said plainly', async ({ page, at }) => {
  await at(`${HAUKE}&channel=voicemail`);
  await page.getByRole('button', { name: 'Record' }).click();
  await says(page, 'There is no microphone here that may be used.');
});

walk('without a script the form is answered by the page', async ({ page, at }) => {
  await at('/coach');
  await page.getByLabel('Whom it is for').fill('petersen');
  await leaves(page, () => page.getByRole('button', { name: 'Choose' }).click());
  await page.getByLabel('Subject').fill('Spare parts');
  await page.getByLabel('Your draft').fill('Hello Hauke,\n\nJust checking in about [COMPANY].');
  await leaves(page, () => page.getByRole('button', { name: 'Look at it' }).last().click());
  await found(page, 'A field of a template is still empty').waitFor();
  await leaves(page, () => found(page, 'A field of a template').getByRole('button', { name: 'Dismiss' }).click());
  await says(page, 'Dismissed for these words.');
  assert.equal(await page.getByLabel('Your draft').inputValue(), 'Hello Hauke,\n\nJust checking in about [COMPANY].');
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await found(page, 'A field of a template is still empty').waitFor();
}, { javaScriptEnabled: false });
