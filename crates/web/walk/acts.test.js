// What is done about a deal from where it stands, by keys alone, and taken back.

import assert from 'node:assert/strict';
import { leaves, press, says, walk } from './walk.js';

const names = (page, list) => page.locator(list).locator('[data-key="Enter"]').allTextContents();

walk('a deal is laid aside by keys, with a reason, and brought back by undo', async ({ page }) => {
  const [first] = await names(page, 'ol.cards');
  await press(page, 'j', 's');
  await page.getByRole('dialog', { name: /^Lay .* aside$/ }).waitFor();
  // The reason has the focus already; the day is filled in.
  await page.keyboard.type('They move house');
  await leaves(page, () => press(page, 'Enter'));
  await page.locator('.resting').getByText(first).waitFor();
  assert.ok(!(await names(page, 'ol.cards')).includes(first));
  await leaves(page, () => press(page, 'z'));
  assert.ok((await names(page, 'ol.cards')).includes(first));
});

walk('a sheet is left with Escape, and the focus is back where it was', async ({ page }) => {
  await press(page, 'j', 'n');
  const sheet = page.getByRole('dialog');
  await sheet.waitFor();
  await press(page, 'Escape');
  await sheet.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Note');
  assert.equal(new URL(page.url()).pathname, '/');
});

walk('a note is evidence on the page of its deal', async ({ page }) => {
  await press(page, 'j');
  const deal = await page.evaluate(() => document.activeElement.querySelector('h3 a').href);
  await press(page, 'n');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('They wait for the new head of purchasing');
  await leaves(page, () => page.getByRole('button', { name: 'Keep it' }).click());
  await page.goto(deal);
  await page.locator('#timeline ~ ol').getByText('They wait for the new head of purchasing').waitFor();
});

walk('what is planned for today stands on top until it is done', async ({ page, at }) => {
  await press(page, 'j');
  await press(page, 'p');
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('What').fill('Ask about the budget');
  const day = sheet.getByLabel('When');
  await day.fill(await day.getAttribute('min'));
  await sheet.getByLabel('How').selectOption('call');
  await leaves(page, () => press(page, 'Enter'));
  const plan = page.locator('ul.plans li', { hasText: 'Ask about the budget' });
  await plan.waitFor();
  await leaves(page, async () => {
    await plan.getByRole('link', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Yes, it is done' }).click();
  });
  assert.equal(await plan.count(), 0);
  await at('/');
  await says(page, 'For today');
  assert.equal(await plan.count(), 0);
});
