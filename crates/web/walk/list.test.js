// Deals in a list: filtered, sorted, kept as a view, changed where they stand.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

const rows = (page) => page.locator('table.deals tbody tr');
const names = (page) => rows(page).locator('th a').allTextContents();

walk('a list is filtered and sorted, and kept under a name', async ({ page, at }) => {
  await at('/deals?view=list');
  const all = await rows(page).count();
  await page.locator('form.filters').getByLabel('negotiation').check();
  await leaves(page, () => page.getByRole('button', { name: 'Show' }).click());
  const some = await rows(page).count();
  assert.ok(some > 1 && some < all, `${some} of ${all}`);
  await leaves(page, () => page.getByRole('columnheader', { name: 'Deal' }).getByRole('link').click());
  const sorted = await names(page);
  const order = (a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1;
  assert.deepEqual(sorted, [...sorted].sort(order));
  await leaves(page, () => page.getByRole('columnheader', { name: 'Deal' }).getByRole('link').click());
  assert.deepEqual(await names(page), sorted.toReversed());
  await page.getByText('Keep this view').click();
  await page.getByLabel('Its name').fill('In talks');
  await leaves(page, () => page.getByRole('button', { name: 'Keep', exact: true }).click());
  await at('/deals?view=list');
  await leaves(page, () => page.getByRole('link', { name: 'In talks' }).click());
  assert.deepEqual(await names(page), sorted.toReversed());
});

walk('a value is changed in its cell, and what cannot be is told with what was typed', async ({ page, at }) => {
  await at('/deals?view=list');
  const row = rows(page).filter({ hasText: 'Nordhafen' });
  const before = await row.locator('a.sum').innerText();
  await row.locator('a.sum').click();
  const sheet = page.getByRole('dialog', { name: /^What it is worth/ });
  await sheet.getByLabel('Sum').fill('a lot');
  await leaves(page, () => sheet.getByRole('button', { name: 'Keep it' }).click());
  await says(page, 'Write a sum as a number');
  assert.equal(await page.getByLabel('Sum').inputValue(), 'a lot');
  await page.getByLabel('Sum').fill("41 500");
  await leaves(page, () => page.getByRole('button', { name: 'Keep it' }).click());
  assert.match(await row.locator('a.sum').innerText(), /^41.500 EUR$/);
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  assert.equal(await row.locator('a.sum').innerText(), before);
}, { refused: [422] });
