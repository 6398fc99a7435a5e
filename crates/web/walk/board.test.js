// Deals on the board: a card is moved by the mouse and by keys.

import assert from 'node:assert/strict';
import { leaves, press, walk } from './walk.js';

const column = (page, stage) => page.locator(`[data-stage="${stage}"]`);
const card = (page, deal, stage) => column(page, stage).locator(`[data-deal="${deal}"]`);

walk('a card is dragged to another stage, and undo brings it back', async ({ page, at }) => {
  await at('/deals');
  await card(page, 'nordhafen', 'proposal').waitFor();
  await leaves(page, () => card(page, 'nordhafen', 'proposal').dragTo(column(page, 'negotiation')));
  await card(page, 'nordhafen', 'negotiation').waitFor();
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await card(page, 'nordhafen', 'proposal').waitFor();
  // The board is in sight as a whole: scrolled under the mouse, it would be another card that is taken.
}, { viewport: { width: 1280, height: 1600 } });

walk('a card is moved by keys and keeps the focus', async ({ page, at }) => {
  await at('/deals');
  await press(page, 'j');
  while (await page.evaluate(() => document.activeElement.dataset.deal) !== 'nordhafen') await press(page, 'j');
  await leaves(page, () => press(page, ']'));
  await card(page, 'nordhafen', 'negotiation').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.dataset.deal), 'nordhafen');
  await leaves(page, () => press(page, '['));
  await card(page, 'nordhafen', 'proposal').waitFor();
});
