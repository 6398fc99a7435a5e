// What axe, a judge of how accessible a page is, finds on one.

import { readFileSync } from 'node:fs';
import { borrow } from './walk.js';

const AXE = readFileSync(borrow.resolve('axe-core'), 'utf8');
const SCREENS = ['light', 'dark'];

/** What axe finds on the page as it is shown now, a line each. */
async function findings(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const told = (node) => `${node.html.slice(0, 160)} (${[...node.any, ...node.all].map((check) => check.message).join(' ').slice(0, 200)})`;
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.length} such as ${nodes.slice(0, 2).map(told).join(' and ')}`);
}

/** The same on light and dark screens. */
export async function everywhere(page) {
  const found = [];
  for (const colorScheme of SCREENS) {
    await page.emulateMedia({ colorScheme });
    found.push(...(await findings(page)).map((what) => `${colorScheme}: ${what}`));
  }
  return found;
}
