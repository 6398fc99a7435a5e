// Everything works by plain pages where scripts are off.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

const plain = { javaScriptEnabled: false };
const go = (page, role, name) => leaves(page, () => page.getByRole(role, { name, exact: true }).first().click());

walk('without scripts a deal is planned, noted, laid aside and brought back', async ({ page, at }) => {
  await at('/deals/nordhafen');
  await go(page, 'link', 'Plan');
  await page.getByLabel('What').fill('Ask about the budget');
  await go(page, 'button', 'Plan it');
  await says(page, 'Ask about the budget');
  await go(page, 'link', 'Note');
  await page.getByRole('textbox', { name: /^What was said/ }).fill('They build a new hall');
  await go(page, 'button', 'Keep it');
  await says(page, 'They build a new hall');
  await go(page, 'button', 'Undo');
  assert.equal(await page.locator('#timeline ~ ol').first().getByText('They build a new hall').count(), 0);
  await go(page, 'link', 'Lay aside');
  await page.getByLabel('Why').fill('They move house');
  await go(page, 'button', 'Lay it aside');
  await at('/');
  await page.locator('.resting').getByText('They move house').waitFor();
}, plain);

walk('without scripts a deal is moved, overruled and looked at in the past', async ({ page, at }) => {
  await at('/deals');
  await leaves(page, () => page.locator('[data-deal="nordhafen"]').getByRole('link', { name: 'Move' }).click());
  await page.getByLabel('Stage').selectOption('negotiation');
  await go(page, 'button', 'Keep it');
  await page.locator('[data-stage="negotiation"] [data-deal="nordhafen"]').waitFor();
  await at('/deals/nordhafen');
  await page.getByText('I know better', { exact: true }).click();
  await page.getByRole('radio', { name: 'wait' }).check();
  await page.getByRole('textbox', { name: /^Why\?/ }).fill('They asked for a quiet month');
  await go(page, 'button', 'Keep my decision');
  await says(page, 'They asked for a quiet month');
  await page.getByLabel('As of').fill('2026-06-15');
  await go(page, 'button', 'Look');
  await says(page, 'With what was known on 15 June 2026');
  assert.equal(await page.getByText('They asked for a quiet month').count(), 0);
}, plain);
