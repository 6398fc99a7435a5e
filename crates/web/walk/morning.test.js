// The morning review, by eye and by keys.

import assert from 'node:assert/strict';
import { leaves, press, says, walk } from './walk.js';

/** What asks for something first stands first: dark before cold before warm. */
const ORDER = ['dark', 'cold', 'cooling', 'warm'];

walk('the morning shows what asks for something first, with its reason and its step', async ({ page }) => {
  const cards = page.locator('li.card');
  const states = await cards.locator('.state').allTextContents();
  assert.ok(states.length >= 3, `few cards: ${states}`);
  const ranks = states.map((state) => ORDER.indexOf(state));
  assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b), `order: ${states}`);
  for (const card of await cards.all()) {
    assert.match(await card.locator('.why').first().innerText(), /\w/);
    assert.match(await card.locator('.next strong').innerText(), /\w/);
    assert.equal(await card.getByRole('link', { name: 'Lay aside' }).count(), 1);
  }
});

walk('keys go from card to card and open a deal', async ({ page }) => {
  const names = await page.locator('li.card h3').allTextContents();
  const focused = () => page.evaluate(() => document.activeElement.querySelector('h3')?.textContent);
  await press(page, 'j');
  assert.equal(await focused(), names[0]);
  await press(page, 'j', 'j', 'k');
  assert.equal(await focused(), names[1]);
  await leaves(page, () => press(page, 'Enter'));
  assert.equal(await page.locator('h1').innerText(), names[1]);
  await leaves(page, () => press(page, 'g', 't'));
  await says(page, 'For today');
});

walk('a question mark tells the keys', async ({ page }) => {
  await leaves(page, () => press(page, '?'));
  await says(page, 'Ctrl');
  assert.match(page.url(), /help.*keys/);
});

walk('the palette goes anywhere by typing', async ({ page }) => {
  await press(page, 'Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to or find' });
  await palette.waitFor();
  await page.keyboard.type('less');
  await palette.getByRole('option', { name: 'Lessons' }).waitFor();
  await leaves(page, () => press(page, 'Enter'));
  assert.equal(new URL(page.url()).pathname, '/lessons');
  await press(page, 'Control+k');
  await press(page, 'Escape');
  await palette.waitFor({ state: 'hidden' });
  // The palette asks while one types; before there is a search that is an answer of 404.
}, { refused: [404] });
