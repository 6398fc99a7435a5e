// A sentence that was read wrongly is corrected in one click, and that is taken back.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

walk('a cue is corrected on its letter, and undo brings it back', async ({ page, at }) => {
  await at('/deals/straits/timeline');
  const letters = await page.locator('a[href^="/messages/"]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const wrong = page.getByRole('button', { name: /^Wrong: it / });
  for (const letter of letters) {
    await at(letter);
    if (await wrong.count() > 0) break;
  }
  const name = await wrong.first().getAttribute('aria-label');
  const said = name.replace('Wrong: it ', '');
  const before = await page.getByRole('button', { name, exact: true }).count();
  await leaves(page, () => wrong.first().click());
  await says(page, `A sentence corrected: not that it ${said}`);
  await says(page, `Not that it ${said}.`);
  assert.equal(await page.getByRole('button', { name, exact: true }).count(), before - 1);
  await leaves(page, () => page.getByRole('button', { name: 'Undo', exact: true }).click());
  assert.equal(await page.getByRole('button', { name, exact: true }).count(), before);
});
