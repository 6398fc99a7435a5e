// The map of an account: zoomed by keys and buttons, saved as a file.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { walk } from './walk.js';

walk('a map is zoomed and saved', async ({ page, at }) => {
  await at('/deals/nordhafen/politics');
  const svg = page.locator('figure.map svg.account-map');
  const width = async () => Number(await svg.getAttribute('width'));
  const fitted = await width();
  await page.getByRole('button', { name: 'Larger' }).click();
  assert.ok(await width() > fitted);
  await page.getByRole('region', { name: 'Map of the account' }).focus();
  await page.keyboard.press('0');
  assert.equal(await width(), fitted);
  for (const [name, file, begins] of [['Save as SVG', 'map.svg', '<svg'], ['Save as PNG', 'map.png', '\x89PNG']]) {
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    assert.equal(saved.suggestedFilename(), file);
    const content = await readFile(await saved.path(), 'latin1');
    assert.ok(content.startsWith(begins), content.slice(0, 20));
  }
});

walk('people on a map are walked by keys and told', async ({ page, at }) => {
  await at('/deals/nordhafen/politics');
  await page.locator('figure.map g[data-who]').first().focus();
  const said = page.locator('figure.map .said');
  assert.match(await said.innerText(), /\w/);
  assert.ok(await page.getByText('Where to go').count() > 0, 'the same stands in words');
});
