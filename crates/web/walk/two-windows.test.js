// Two windows on one deal: the second does not wipe out what the first has kept.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

const FORM = '/deals/nordhafen/edit?field=stage';

walk('whoever keeps last sees what it is now, and what they chose', async ({ page, at, visit }) => {
  const other = await visit();
  await at(FORM);
  await at(FORM, other);
  await page.getByLabel('Stage').selectOption('negotiation');
  await leaves(page, () => page.getByRole('button', { name: 'Keep it' }).click());
  await other.getByLabel('Stage').selectOption('lead');
  const [answer] = await Promise.all([
    other.waitForResponse((response) => response.request().method() === 'POST'),
    other.getByRole('button', { name: 'Keep it' }).click(),
  ]);
  assert.equal(answer.status(), 409);
  await other.getByRole('alert').waitFor();
  await says(other, 'It is now: negotiation');
  assert.equal(await other.getByLabel('Stage').inputValue(), 'lead');
  await leaves(other, () => other.getByRole('button', { name: 'Keep it' }).click());
  await at('/deals');
  await page.locator('[data-stage="lead"] [data-deal="nordhafen"]').waitFor();
}, { refused: [409] });

walk('an open window is offered what another one changed, and keeps what is read', async ({ page, at, visit }) => {
  const other = await visit();
  await at('/deals/nordhafen/edit?field=value', other);
  await other.getByLabel('Sum').fill('12345');
  await leaves(other, () => other.getByRole('button', { name: 'Keep it' }).click());
  await page.getByRole('link', { name: 'Show it' }).waitFor();
  assert.equal(await page.getByText(/12.345 EUR/).count(), 0);
  await leaves(page, () => page.getByRole('link', { name: 'Show it' }).click());
  await page.getByText(/12.345 EUR/).waitFor();
});
