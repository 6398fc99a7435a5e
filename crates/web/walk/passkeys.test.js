// Somebody makes a passkey, signs in by it without a code, and takes it away. The device is one of the browser's own.

import assert from 'node:assert/strict';
import { ME, PASSWORD, setUp } from './login.js';
import { looks } from './looks.js';
import { forOthers } from './proxy.js';
import { click, fill, says, walk } from './walk.js';

const others = {
  start: forOthers,
  args: () => ['serve', '--port', '0'],
  ignoreHTTPSErrors: true,
  refused: [403, 409, 422],
  minutes: 3,
};

/** A device that knows who is there, and says so at once. */
async function device(context, page) {
  const tools = await context.newCDPSession(page);
  await tools.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await tools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const knows = (isUserVerified) => tools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  const made = async () => (await tools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  const change = (credential) =>
    tools.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId })
      .then(() => tools.send('WebAuthn.addCredential', { authenticatorId, credential }));
  return { knows, made, change };
}

async function make(page, name, password = PASSWORD) {
  await fill(page, 'What you call this device, such as laptop', name);
  await page.locator('#for-passkey').fill(password);
  await page.getByRole('button', { name: 'Make a passkey' }).click();
}

walk('a passkey is made, opens the pages, and is removed', async ({ page, context, at, origin }) => {
  const { knows, made, change } = await device(context, page);
  await setUp(page);
  await at('/credentials');
  await page.getByRole('button', { name: 'Make a passkey' }).waitFor();
  await looks(page, 'passkeys-none');
  await make(page, 'laptop', 'not that one, surely');
  await says(page, 'The password is not right');
  await looks(page, 'passkeys-wrong');
  await make(page, 'laptop');
  await says(page, 'never');
  const [credential, ...more] = await made();
  assert.deepEqual([credential.rpId, credential.isResidentCredential, more.length], ['localhost', true, 0]);
  assert.equal(credential.userName, ME);
  await looks(page, 'passkeys-one');
  await make(page, 'laptop again');
  await says(page, 'This device has a passkey for you already.');

  await click(page, 'Sign out');
  const button = page.getByRole('button', { name: 'Sign in with a passkey' });
  await button.waitFor();
  await looks(page, 'passkeys-sign-in');
  await knows(false);
  await button.click();
  await says(page, 'It was called off, or took too long. Try again.');
  await looks(page, 'passkeys-called-off');
  await knows(true);
  await at('/deals?order=name');
  await button.click();
  await page.waitForURL(`${origin}/deals?order=name`);
  await at('/audit');
  await says(page, "Signed in by the passkey 'laptop'");

  // A copy of the device that was used less often.
  const [used] = await made();
  assert.ok(used.signCount > 1, `${used.signCount}`);
  await change({ ...used, signCount: 0 });
  await at('/credentials');
  await click(page, 'Sign out');
  await button.click();
  await says(page, 'there may be a copy of it');
  await looks(page, 'passkeys-copy');
  await change({ ...used, signCount: used.signCount + 1 });
  await button.click();
  await page.waitForURL(`${origin}/welcome`);
  await at('/audit');
  await says(page, 'its counter went backwards');
  await looks(page, 'passkeys-audit');

  await at('/credentials');
  await click(page, 'Remove laptop');
  await says(page, 'A fingerprint, a face or a PIN');
  assert.equal(await page.getByText('laptop', { exact: true }).count(), 0);
  await click(page, 'Sign out');
  await button.click();
  await says(page, 'inroad does not know this passkey, or no more');
  await looks(page, 'passkeys-unknown');
}, others);

walk('without scripts nothing is said of passkeys where one signs in', async ({ page, at }) => {
  await setUp(page);
  await at('/credentials');
  await says(page, 'This browser makes none, or its scripts are off.');
  await click(page, 'Sign out');
  await says(page, 'Your mail address');
  assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
}, { ...others, javaScriptEnabled: false });
