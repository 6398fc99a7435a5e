// A letter is written at the coach, looked at as it would go, and let go by a click on that very text.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { NARROW, PROGRAM, borrow, leaves, picture, says, walk } from './walk.js';

const { INROAD_IMAP_PORT, INROAD_IMAP_PASSWORD, INROAD_RECEIVER_TLS_PORT, INROAD_RECEIVER_AUTHORITY, INROAD_RECEIVER_FOLDER } = process.env;
process.env.INROAD_PASSPHRASE = 'four plain words here';

const AXE = readFileSync(borrow.resolve('axe-core'), 'utf8');

const MAIL = `From jana@lindner.example Mon Nov  2 09:00:00 2026
From: Jana Kühn <jana@lindner.example>
To: Ada Brandt <ada@brandt-advice.example>
Date: Mon, 2 Nov 2026 09:00:00 +0100
Message-ID: <m1@lindner.example>
Subject: Pricing

Hello Ada, would Tuesday at ten suit you for the pricing of the warehouse?

`;
const DEALS = JSON.stringify({
  me: { name: 'Ada Brandt', emails: ['ada@brandt-advice.example'] },
  deals: [{ id: 'pricing', name: 'Pricing', domain: 'lindner.example', people: [{ email: 'jana@lindner.example', name: 'Jana Kühn' }] }],
});

/** A data file with a letter, and a mailbox that sends. */
function connected(folder) {
  const data = join(folder, 'x.db');
  const put = (name, text) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const inroad = (...args) => execFileSync(PROGRAM, ['--data', data, ...args], { stdio: 'pipe' });
  inroad('import', put('mail.mbox', MAIL), put('deals.json', DEALS));
  inroad(
    'connect', 'mailbox', 'ada@brandt-advice.example', '--imap', `127.0.0.1:${INROAD_IMAP_PORT}`, '--security', 'none',
    '--smtp', `localhost:${INROAD_RECEIVER_TLS_PORT}`, '--authority', INROAD_RECEIVER_AUTHORITY, '--user', 'seller18',
    '--password-file', put('password', INROAD_IMAP_PASSWORD),
  );
  return ['--data', data, 'serve', '--port', '0'];
}

const received = (word) => readdirSync(INROAD_RECEIVER_FOLDER)
  .map((name) => readFileSync(join(INROAD_RECEIVER_FOLDER, name), 'utf8'))
  .filter((letter) => letter.includes(word));

/** Nothing that a judge of pages finds wrong, and nothing beyond the edge of a telephone. */
async function isFit(page, name) {
  await picture(page, name);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], name);
  const size = page.viewportSize();
  await page.setViewportSize(NARROW);
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(wide <= room, `${name}: ${wide} px of ${room}`);
  await picture(page, `${name}-narrow`);
  await page.setViewportSize(size);
}

async function written(page, at, subject, text) {
  await at('/coach?person=jana@lindner.example&play=none');
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Your draft').fill(text);
  await page.getByRole('button', { name: 'Before it goes…' }).waitFor();
  await leaves(page, () => page.getByRole('button', { name: 'Before it goes…' }).click());
}

if (!INROAD_IMAP_PORT || !INROAD_RECEIVER_TLS_PORT) {
  test('sending', { skip: 'SKIPPED: no mail servers were started' }, () => {});
} else {
  walk('a letter is looked at, changed, sent once, and listed', async ({ page, at }) => {
    const text = 'Hello Jana,\n\nTuesday at ten suits me, and I bring the sequoia plan. Shall I call you, or you me?\n\nAda';
    await written(page, at, 'Re: Pricing', text);
    await says(page, 'It goes to one person:');
    assert.match(await page.getByRole('region', { name: 'The text of the letter' }).innerText(), /sequoia plan/);
    assert.equal(await page.getByRole('link', { name: /^(Re: )?Pricing$/ }).count(), 1, 'what it answers');
    await isFit(page, 'before-it-goes');
    // A change is looked at anew before anything can go.
    await page.getByLabel('Your letter').fill(`${text}\nP.S. The room is booked.`);
    await leaves(page, () => page.getByRole('button', { name: 'Look at it' }).click());
    assert.match(await page.getByRole('region', { name: 'The text of the letter' }).innerText(), /room is booked/);
    assert.equal(received('sequoia plan').length, 0);
    await leaves(page, () => page.getByRole('button', { name: 'Send now' }).click());
    await says(page, 'A copy lies among your sent letters.');
    assert.equal(await page.getByText('Sent', { exact: true }).first().isVisible(), true);
    const [letter, ...more] = received('sequoia plan');
    assert.deepEqual(more, []);
    assert.match(letter, /In-Reply-To: <m1@lindner\.example>/);
    await isFit(page, 'sent');
  }, { args: connected });

  walk('what the coach holds up goes with a tick and a reason alone', async ({ page, at }) => {
    await written(page, at, 'Re: Pricing', 'Hello Jana,\n\nthe offer for [COMPANY] and the redwood beams is ready. When may I call?\n\nAda');
    await says(page, 'The coach holds it up:');
    await isFit(page, 'held-up');
    await leaves(page, () => page.getByRole('button', { name: 'Put into my drafts' }).click());
    await says(page, 'Held up:');
    await page.getByLabel('It goes all the same').check();
    await page.getByLabel('because').fill('I fill it in there');
    await leaves(page, () => page.getByRole('button', { name: 'Put into my drafts' }).click());
    await says(page, 'In your drafts');
    await says(page, 'I fill it in there');
    assert.equal(received('redwood beams').length, 0);
  }, { args: connected, refused: [409] });
}
