// Everything is found while one types, anywhere in the palette and on the page of the search.

import assert from 'node:assert/strict';
import { leaves, press, walk } from './walk.js';

walk('the palette finds deals and people while one types', async ({ page }) => {
  await press(page, '/');
  const palette = page.getByRole('dialog', { name: 'Go to or find' });
  await palette.waitFor();
  await page.keyboard.type('ridgel');
  const option = palette.getByRole('option', { name: /^Nine families by January, Ridgeline/ }).first();
  await option.waitFor();
  while (await option.getAttribute('aria-selected') !== 'true') await press(page, 'ArrowDown');
  await leaves(page, () => press(page, 'Enter'));
  assert.equal(await page.locator('h1').innerText(), 'Nine families by January, Ridgeline');
});

walk('the search follows what is typed, and its address can be kept', async ({ page, at }) => {
  await at('/search');
  await page.keyboard.type('petersen');
  const found = page.locator('[data-found] ul.found li');
  // What is found for the first letters alone holds him, too.
  await page.waitForURL(/[?&]q=petersen$/);
  await found.filter({ hasText: 'Hauke Petersen' }).first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get('q'), 'petersen');
  const count = await found.count();
  await page.keyboard.type(' zzzz');
  await page.getByText('Nothing holds that').waitFor();
  await at('/search?q=petersen');
  assert.equal(await found.count(), count);
});

walk('what is typed is text on the page that answers', async ({ page, at }) => {
  await at(`/search?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}`);
  assert.equal(await page.locator('main img').count(), 0);
  assert.equal(await page.getByLabel('What to find').inputValue(), '<img src=x onerror=alert(1)>');
});
