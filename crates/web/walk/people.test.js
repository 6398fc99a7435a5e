// The other side: who they are, who is left alone, what the user knows of them.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

walk('a person is found in the list, and a note on them stays', async ({ page, at }) => {
  await at('/people');
  const form = page.locator('main form[role=search]').first();
  await form.getByLabel('Name, address or firm').fill('petersen');
  await leaves(page, () => form.getByRole('button', { name: 'Show' }).click());
  await leaves(page, () => page.locator('table.people').getByRole('link', { name: 'Hauke Petersen' }).click());
  assert.equal(await page.locator('h1').innerText(), 'Hauke Petersen');
  await page.getByText('Tell what you know').click();
  const tell = page.locator('form', { has: page.locator('#tell-words') });
  await tell.getByLabel('In words').fill('a quiet year before he retires');
  await tell.locator('select').selectOption('agenda');
  await leaves(page, () => tell.getByRole('button', { name: 'Note it' }).click());
  await says(page, 'a quiet year before he retires');
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  assert.equal(await page.getByText('a quiet year before he retires').count(), 0);
});

walk('a record is put right, counts, and is undone', async ({ page, at }) => {
  await at('/people');
  const form = page.locator('main form[role=search]').first();
  await form.getByLabel('Name, address or firm').fill('petersen');
  await leaves(page, () => form.getByRole('button', { name: 'Show' }).click());
  await leaves(page, () => page.locator('table.people').getByRole('link', { name: 'Hauke Petersen' }).click());
  await page.getByText('Put right what your records say').click();
  const right = page.locator('form', { has: page.locator('#record-is') });
  await right.getByLabel('Your records say').selectOption({ label: 'name: Hauke Petersen' });
  await right.getByLabel('What is so').fill('Hauke Petersen-Holm');
  await leaves(page, () => right.getByRole('button', { name: 'Put it right' }).click());
  await says(page, 'name “Hauke Petersen-Holm” instead of “Hauke Petersen”');
  assert.equal(await page.locator('h1').innerText(), 'Hauke Petersen-Holm');
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  assert.equal(await page.locator('h1').innerText(), 'Hauke Petersen');
});
