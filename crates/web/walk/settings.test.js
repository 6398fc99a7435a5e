// What was done is kept with its undo, long after the word of it has gone.

import assert from 'node:assert/strict';
import { leaves, walk } from './walk.js';

walk('what was done is undone from its history', async ({ page, at }) => {
  await at('/deals/nordhafen/edit?field=value');
  await page.getByLabel('Sum').fill('12345');
  await leaves(page, () => page.getByRole('button', { name: 'Keep it' }).click());
  await at('/settings/history');
  const row = page.locator('tbody tr', { hasText: 'Nordhafen' }).first();
  await leaves(page, () => row.getByRole('button', { name: /^Undo/ }).click());
  await at('/deals/nordhafen');
  assert.equal(await page.getByText(/12.345/).count(), 0);
});

walk('a backup is a file of its own', async ({ page, at }) => {
  await at('/settings');
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download a backup' }).click(),
  ]);
  assert.match(saved.suggestedFilename(), /\.db$/);
});
