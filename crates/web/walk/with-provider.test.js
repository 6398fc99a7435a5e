// Somebody links the account that they have at their firm's sign-in service, signs in with it, and takes it back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { PASSWORD, setUp } from './login.js';
import { looks } from './looks.js';
import { forOthers } from './proxy.js';
import { PROGRAM, click, fill, says, walk } from './walk.js';

const { INROAD_OPENID_ISSUER: ISSUER, INROAD_OPENID_CLIENT: CLIENT, INROAD_OPENID_SECRET: SECRET } = process.env;
// By which the program opens the client secret that the command line seals.
process.env.INROAD_PASSPHRASE = 'four plain words here';

const others = {
  start: forOthers,
  args: () => ['serve', '--port', '0'],
  ignoreHTTPSErrors: true,
  others: [ISSUER],
  refused: [403, 404],
};

if (ISSUER) {
  walk('an account elsewhere is linked, opens the pages, and is taken back', async ({ page, at, origin, folder }) => {
    await setUp(page);
    const put = ['team', 'identity-provider', 'put', ISSUER, '--name', 'Studio', '--client-id', CLIENT];
    const more = ['--client-secret-file', '-', '--at', origin];
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder };
    const told = execFileSync(PROGRAM, [...put, ...more], { env, input: `${SECRET}\n`, encoding: 'utf8' });
    assert.ok(told.includes(`${origin}/sign-in/back`), told);

    await at('/credentials');
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'Studio', exact: true }) });
    await section.getByLabel('Your password now').fill(PASSWORD);
    await looks(page, 'credentials-provider');
    await click(page, 'Sign in with Studio from now on');
    await page.waitForURL(`${ISSUER}/**`);
    await page.getByLabel('Account').fill('marta@home.example');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForURL(`${origin}/credentials`);
    await says(page, 'You sign in with Studio, as marta@home.example');
    await looks(page, 'credentials-provider-linked');

    await click(page, 'Sign out');
    await looks(page, 'sign-in-provider');
    let back;
    page.on('request', (request) => { if (request.url().includes('/sign-in/back')) back = request.url(); });
    await at('/deals?order=name');
    await page.getByRole('button', { name: 'Sign in with Studio' }).click();
    // Whoever is still signed in there comes back by themselves.
    await page.waitForURL(`${origin}/deals?order=name`);
    await page.goto(back);
    await says(page, 'That took too long, or was done already');
    await at('/audit');
    await says(page, 'Signed in with Studio');

    await at('/credentials');
    await click(page, 'Sign in with Studio no more');
    await says(page, 'Sign in with your account there instead of your password');
    await click(page, 'Sign out');
    await page.getByRole('button', { name: 'Sign in with Studio' }).click();
    await says(page, 'Studio knows you, and inroad does not');
    await looks(page, 'sign-in-provider-unknown');
  }, others);
} else {
  test('signing in with a provider', { skip: 'SKIPPED: no identity provider was started' }, () => {});
}
