// Somebody sets up how they sign in, signs in with a second step, lets a program in, and asks a colleague in.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ME, PASSWORD, setUp } from './login.js';
import { looks } from './looks.js';
import { forOthers } from './proxy.js';
import { click, fill, leaves, says, walk } from './walk.js';

const serve = () => ['serve', '--port', '0'];
const others = { start: forOthers, args: serve, ignoreHTTPSErrors: true, refused: [403, 422] };

/** The code that a phone shows (RFC 6238). */
function code(secret, seconds = Date.now() / 1000) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(seconds / 30)));
  const hash = createHmac('sha1', key).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function signIn(page, email = ME) {
  await fill(page, 'Your mail address', email);
  await fill(page, 'Password', PASSWORD);
  await click(page, 'Sign in');
}

walk('a login is set up once and opens the pages', async ({ page, at }) => {
  await looks(page, 'sign-in-begin');
  const link = page.url();
  await fill(page, 'Your mail address', ME);
  await fill(page, 'A password', 'marta@studio.example');
  await fill(page, 'The same once more', 'marta@studio.example');
  await click(page, 'Set it up');
  await says(page, 'That password is easily guessed');
  await setUp(page);
  await says(page, 'Welcome');
  await page.goto(link);
  await says(page, 'This link leads nowhere any more');
  await looks(page, 'sign-in-no-link');
  await at('/credentials');
  await says(page, 'this one');
  await looks(page, 'credentials');
  await click(page, 'Sign out');
  await looks(page, 'sign-in');
  await at('/deals?order=name');
  await fill(page, 'Your mail address', ME);
  await fill(page, 'Password', 'not that one, surely');
  await click(page, 'Sign in');
  await says(page, 'The address or the password is not right');
  await signIn(page);
  assert.equal(new URL(page.url()).pathname, '/deals');
}, others);

walk('a second step is set up, asked for, and ended', async ({ page, at }) => {
  await setUp(page);
  await at('/credentials');
  await leaves(page, () => page.getByRole('link', { name: 'Set it up' }).click());
  await looks(page, 'second-step');
  assert.equal(await page.locator('svg path').count() > 0, true);
  const secret = await page.locator('main p > code').innerText();
  await fill(page, 'The code that it shows now', code(secret, Date.now() / 1000 - 30));
  await fill(page, 'Your password now', PASSWORD);
  await click(page, 'Ask for a code from now on');
  const written = await page.locator('li code').allInnerTexts();
  assert.equal(written.length, 10);
  await looks(page, 'second-step-codes');
  await at('/credentials');
  await says(page, '10 are left');
  await click(page, 'Sign out');
  await signIn(page);
  await looks(page, 'sign-in-code');
  await at('/deals');
  assert.equal(new URL(page.url()).pathname, '/sign-in', 'the password alone opens nothing');
  await signIn(page);
  await fill(page, 'The code that your device shows', '000000');
  await click(page, 'Go on');
  await says(page, 'That code is not right');
  await fill(page, 'The code that your device shows', code(secret));
  await click(page, 'Go on');
  await at('/credentials');
  await click(page, 'Sign out');
  await signIn(page);
  await fill(page, 'The code that your device shows', written[0]);
  await click(page, 'Go on');
  await at('/credentials');
  await says(page, '9 are left');
  await page.locator('#for-second-step').fill(PASSWORD);
  await click(page, 'Ask for no code any more');
  await says(page, 'With a code of your phone beside it');
}, { ...others, minutes: 3 });

walk('a program gets a token, a colleague a link', async ({ page, context, at, visit, origin }) => {
  await setUp(page);
  await at('/credentials');
  await fill(page, 'What it is for', 'nightly');
  await click(page, 'Make a token');
  const token = await page.locator('code.address').innerText();
  await looks(page, 'credentials-token');
  const asked = await context.request.get(`${origin}/api/none`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(asked.status(), 404);
  await at('/credentials');
  await says(page, 'nightly');
  await click(page, 'Take it back');
  const refused = await context.request.get(`${origin}/api/none`, { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(refused.status(), 401);
  await at('/team');
  await fill(page, 'Mail address', 'mia@studio.example');
  await fill(page, 'Name', 'Mia');
  await page.getByRole('checkbox', { name: /marketer/ }).check();
  await click(page, 'Keep');
  await leaves(page, () => page.getByRole('link', { name: 'Mia' }).click());
  await looks(page, 'team-member');
  await click(page, 'Make a link');
  const link = await page.locator('code.address').innerText();
  await at('/credentials');
  await click(page, 'Sign out');
  const other = await visit();
  await other.goto(link);
  await says(other, 'Set up how you sign in, Mia');
  await fill(other, 'A password', PASSWORD);
  await fill(other, 'The same once more', PASSWORD);
  await click(other, 'Set it up');
  assert.equal(new URL(other.url()).pathname, '/leads');
  await other.goto(`${origin}/deals`);
  await says(other, 'Not open to you');
  await other.goto(`${origin}/credentials`);
  await click(other, 'Sign out');
  await signIn(other);
  await other.goto(`${origin}/audit`);
  await says(other, 'Made the token');
  await click(other, 'Look at all lines');
  await says(other, 'fits the one before it');
  await looks(other, 'audit');
}, { ...others, refused: [401, 403, 404] });
