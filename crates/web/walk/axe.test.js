// Every page, and what opens over it, is for everybody: axe finds nothing on light and dark screens.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { borrow, press, walk } from './walk.js';
import { crawl } from './crawl.js';

const AXE = readFileSync(borrow.resolve('axe-core'), 'utf8');
const SCREENS = ['light', 'dark'];

/** What axe finds on the page as it is shown now, a line each. */
async function findings(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const told = (node) => `${node.html.slice(0, 160)} (${[...node.any, ...node.all].map((check) => check.message).join(' ').slice(0, 200)})`;
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.length} such as ${nodes.slice(0, 2).map(told).join(' and ')}`);
}

/** The same on each screen. */
async function everywhere(page) {
  const found = [];
  for (const colorScheme of SCREENS) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await findings(page)).map((what) => `${colorScheme}: ${what}`));
  }
  return found;
}

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
