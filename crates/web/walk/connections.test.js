// A mailbox is connected on the pages: found or named, tried, read, signed in at anew, and let go of.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { looks as looksAsItIs } from './looks.js';
import { PROGRAM, leaves, says, walk } from './walk.js';

const { INROAD_IMAP_PORT: PORT, INROAD_IMAP_PASSWORD: PASSWORD, INROAD_IMAP_TOKEN: TOKEN } = process.env;
const PHRASE = 'four plain words here';
const ADDRESS = 'marta@studio.example';
const empty = () => ['serve', '--port', '0'];

/** The same with all that is folded. */
async function looks(page, name) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
  await looksAsItIs(page, name);
}

const press = (page, role, name) => leaves(page, () => page.getByRole(role, { name }).click());

async function find(page, address) {
  await page.getByLabel('Address of the mailbox').fill(address);
  await press(page, 'button', 'Find its server');
}

/** Names the server of the tests, on the page where none was found. */
async function name(page, user) {
  await page.getByLabel('Mail server (IMAP)').fill('127.0.0.1');
  await page.getByLabel('Port, if it is').fill(PORT);
  await page.getByLabel('What guards the way there').selectOption('plain');
  await page.getByLabel('The name that you sign in with').fill(user);
}

walk('a server is found without asking anybody', async ({ page, at }) => {
  await press(page, 'link', 'connect it');
  await looks(page, 'connections-new');
  await find(page, 'marta@gmail.com');
  await says(page, 'inroad knows Gmail and Google Workspace; nobody was asked');
  await looks(page, 'connections-found');
  await at('/connections');
  await says(page, 'Nothing is connected yet');
  await looks(page, 'connections-none');
}, { args: empty });

walk('a mailbox is connected, read and let go of', async ({ t, page, at }) => {
  if (!PORT) return t.skip('no Dovecot was started (cargo xtask walk does)');
  await at('/connections/new');
  await find(page, ADDRESS);
  await says(page, 'No server was found.');
  await name(page, 'seller2');
  await page.getByLabel('Choose a passphrase').fill(PHRASE);
  await page.getByLabel('The passphrase once more').fill(PHRASE);
  await page.getByLabel('Password', { exact: true }).fill('a wrong one');
  await press(page, 'button', 'Connect');
  await says(page, 'does not accept this name and password');
  await looks(page, 'connections-wrong');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await press(page, 'button', 'Connect');
  await says(page, `${ADDRESS} works, and is being read.`);
  // It moves by itself.
  await says(page, 'All is read');
  await says(page, 'Last worked');
  await looks(page, 'connections');
  await press(page, 'button', `Read now: ${ADDRESS}`);
  await press(page, 'link', /^Another password/);
  await looks(page, 'connections-again');
  await at('/connections');
  await press(page, 'link', `Disconnect ${ADDRESS}`);
  await looks(page, 'connections-disconnect');
  await press(page, 'button', 'Disconnect');
  await says(page, 'Nothing is connected yet');
}, { args: empty, refused: [502] });

walk('one signs in at a provider', async ({ t, page, at }) => {
  if (!PORT) return t.skip('no Dovecot was started (cargo xtask walk does)');
  const provider = createServer((_, answer) => answer.setHeader('Content-Type', 'application/json').end(
    JSON.stringify({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600, refresh_token: 'refresh-1' }),
  ));
  await new Promise((ready) => { provider.listen(0, '127.0.0.1', ready); });
  try {
    const there = `http://127.0.0.1:${provider.address().port}`;
    await at('/connections/new');
    await find(page, ADDRESS);
    await name(page, 'seller1');
    await page.getByLabel('Choose a passphrase').fill(PHRASE);
    await page.getByLabel('The passphrase once more').fill(PHRASE);
    await page.getByText('Sign in at a server of your firm').click();
    await page.getByLabel('Where you say yes').fill(`${there}/authorize`);
    await page.getByLabel('Where tokens are given out').fill(`${there}/token`);
    await page.getByLabel('For what is asked').fill('mail');
    await page.getByLabel('Client id').fill('inroad-of-marta');
    await press(page, 'button', 'Sign in there');
    await says(page, 'Waiting until the browser comes back.');
    await looks(page, 'connections-sign-in');
    // Whoever says yes does so at the provider, which no page of ours asks for.
    const link = page.getByRole('link', { name: /^Go to/ });
    const asked = new URL(await link.getAttribute('href')).searchParams;
    const back = await fetch(`${asked.get('redirect_uri')}/?state=${asked.get('state')}&code=c1`);
    assert.match(await back.text(), /You may close this window/);
    await says(page, `${ADDRESS} works, and is being read.`);
    await press(page, 'link', 'To the connections');
    await says(page, 'by a sign-in at the provider');
    await press(page, 'link', /^Sign in again/);
    await looks(page, 'connections-sign-in-again');
  } finally {
    provider.close();
  }
}, { args: empty });

walk('a mailbox is connected and looked at without scripts', async ({ t, page, at }) => {
  if (!PORT) return t.skip('no Dovecot was started (cargo xtask walk does)');
  await at('/connections/new');
  await find(page, ADDRESS);
  await name(page, 'seller2');
  await page.getByLabel('Choose a passphrase').fill(PHRASE);
  await page.getByLabel('The passphrase once more').fill(PHRASE);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await press(page, 'button', 'Connect');
  for (let looked = 0; await page.getByText('All is read').count() === 0; looked += 1) {
    assert.ok(looked < 60, 'it is read');
    await new Promise((later) => { setTimeout(later, 250); });
    await press(page, 'link', 'Look again');
  }
}, { args: empty, javaScriptEnabled: false });

/** An address book in which nobody stands. */
const BOOK = `<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:a="urn:ietf:params:xml:ns:carddav"><d:response><d:href>/book/</d:href>
  <d:propstat><d:prop><d:resourcetype><d:collection/><a:addressbook/></d:resourcetype><d:displayname>People</d:displayname></d:prop>
  <d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>`;

walk('the leave to write to an address book is given and taken back', async ({ page, at, folder }) => {
  const server = createServer((asked, answer) => {
    answer.writeHead(asked.method === 'PROPFIND' ? 207 : 403).end(asked.method === 'PROPFIND' ? BOOK : '');
  });
  await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
  try {
    writeFileSync(join(folder, 'password'), 'geheim\n');
    await promisify(execFile)(PROGRAM, [
      'connect', 'contacts', `http://127.0.0.1:${server.address().port}/book/`, '--user', 'marta', '--name', 'people',
      '--password-file', join(folder, 'password'),
    ], { env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, INROAD_PASSPHRASE: PHRASE } });
    await at('/connections');
    await says(page, 'It is only read: nothing that you decide on here is written');
    await press(page, 'button', 'Write my changes there: people');
    await says(page, 'Changes you decide on are written to this address book.');
    await looks(page, 'connections-written');
    await press(page, 'button', 'Only read it: people');
    await says(page, 'It is only read');
  } finally {
    server.close();
  }
}, { args: empty });
