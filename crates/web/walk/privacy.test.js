// Whom not to write to, and a person who asks to be erased.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

walk('the list takes an address, a list of others, and lets go of one', async ({ page, at }) => {
  await at('/people');
  await leaves(page, () => page.locator('p.lead').getByRole('link', { name: 'Do not contact' }).click());
  assert.equal(await page.locator('h1').innerText(), 'Do not contact');
  await page.getByLabel('Address, domain or firm').fill('rival@zenit.example');
  await page.getByLabel('Why').fill('asked on the phone');
  await leaves(page, () => page.getByRole('button', { name: 'Leave alone' }).click());
  await says(page, 'asked on the phone');
  const list = 'Email Address,Reason\nanna@zenit.example,moved on\nnobody,\n';
  await page.getByLabel('File').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await leaves(page, () => page.getByRole('button', { name: 'Bring it' }).click());
  await says(page, '1 new');
  await says(page, 'Line 3');
  await leaves(page, () => page.getByRole('link', { name: 'To the list' }).click());
  await says(page, 'anna@zenit.example');
  await leaves(page, () => page.getByRole('button', { name: 'Take back rival@zenit.example' }).click());
  assert.equal(await page.locator('table').getByText('rival@zenit.example').count(), 0);
  const search = page.locator('form[role=search]');
  await search.getByLabel('Address, firm or words').fill('anna');
  await leaves(page, () => search.getByRole('button', { name: 'Show' }).click());
  await says(page, '1 in all');
});

walk('a person is erased, and nobody finds them any more', async ({ page, at }) => {
  await at('/people?q=petersen');
  await leaves(page, () => page.locator('table.people').getByRole('link', { name: 'Hauke Petersen' }).click());
  const theirs = new URL(page.url()).pathname;
  const address = decodeURIComponent(theirs.split('/').at(-1));
  await leaves(page, () => page.getByRole('link', { name: 'Erase this person' }).click());
  await says(page, 'This cannot be undone');
  const confirm = page.getByLabel('to confirm');
  await confirm.fill('somebody@else.example');
  await leaves(page, () => page.getByRole('button', { name: 'Erase for good' }).click());
  await says(page, 'Nothing was changed');
  await page.getByLabel('to confirm').fill(address);
  await leaves(page, () => page.getByRole('button', { name: 'Erase for good' }).click());
  await says(page, 'somebody who was erased');
  assert.equal(await page.getByText(address).count(), 0);
  const gone = await page.request.get(page.url().replace(/\/do-not-contact.*/, theirs));
  assert.equal(gone.status(), 404);
  await at('/search?q=petersen');
  assert.equal(await page.locator('main').getByText(/Hauke Petersen/).count(), 0);
}, { refused: [422, 404] });
