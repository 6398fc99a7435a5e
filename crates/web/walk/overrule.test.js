// The user knows better: the own decision is shown in the place of the advice, and goes again.

import assert from 'node:assert/strict';
import { leaves, press, says, walk } from './walk.js';

walk('an own decision replaces the advice until it is taken back', async ({ page }) => {
  const card = page.locator('li.card').first();
  const name = await card.locator('h3').innerText();
  const advised = await card.locator('.next strong').innerText();
  await press(page, 'j', 'o');
  const sheet = page.getByRole('dialog', { name: `I know better: ${name}` });
  await sheet.getByRole('radio', { name: 'wait' }).check();
  await sheet.getByRole('textbox').fill('Their buyer asked for a quiet month');
  await leaves(page, () => sheet.getByRole('button', { name: 'Keep my decision' }).click());
  await says(page, `${name}: you decided to wait`);
  await page.locator('.resting').getByText(name).waitFor();
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  const again = page.locator('li.card', { hasText: name });
  assert.equal(await again.locator('.next strong').innerText(), advised);
});

walk('a decision stays in the log of its deal, with what was known then', async ({ page, at }) => {
  await at('/deals/ridgeline');
  await page.getByText('I know better', { exact: true }).click();
  await page.getByRole('radio', { name: 'let go' }).check();
  await page.getByRole('textbox', { name: /^Why\?/ }).fill('The plant is being closed');
  await leaves(page, () => page.getByRole('button', { name: 'Keep my decision' }).click());
  await says(page, 'Your own decision');
  await page.locator('ul.log').getByText('The plant is being closed').waitFor();
  await leaves(page, () => page.getByRole('button', { name: /^Take it back/ }).click());
  await page.getByText('I know better', { exact: true }).waitFor();
  await leaves(page, () => page.getByRole('link', { name: 'what was known then' }).first().click());
  await says(page, 'Ridgeline');
});
