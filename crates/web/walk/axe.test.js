// Every page, and what opens over it, is for everybody: axe finds nothing on light and dark screens.

import assert from 'node:assert/strict';
import { everywhere } from './axe.js';
import { press, walk } from './walk.js';
import { crawl } from './crawl.js';

walk('every page is for everybody', ({ page, ...visit }) => crawl({ page, ...visit }, async () => {
  // What is folded is a part of the page.
  await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
  return everywhere(page);
}), { refused: [404], minutes: 4 });

walk('what opens over a page is for everybody', async ({ page }) => {
  const wrong = [];
  for (const keys of [['j', 's'], ['n'], ['o'], ['Control+k']]) {
    await press(page, ...keys);
    await page.locator('dialog[open]').waitFor();
    wrong.push(...(await everywhere(page)).map((what) => `after ${keys.at(-1)}: ${what}`));
    await press(page, 'Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  }
  assert.deepEqual(wrong, []);
}, { refused: [404] });
