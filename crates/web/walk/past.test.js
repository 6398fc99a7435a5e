// A deal as it was known on a past day.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

const DAY = '2026-06-15';

walk('on a past day nothing later is shown, and nothing can be changed', async ({ page, at }) => {
  await at('/deals/nordhafen');
  const today = await page.locator('article.deal > p.lead').innerText();
  await leaves(page, () => page.getByLabel('As of').fill(DAY).then(() => page.getByLabel('As of').press('Enter')));
  await says(page, 'With what was known on 15 June 2026, and nothing later.');
  assert.notEqual(await page.locator('article.deal > p.lead').innerText(), today);
  const days = await page.locator('article.deal time').evaluateAll((times) => times.map((time) => time.dateTime.slice(0, 10)));
  assert.ok(days.length > 3, 'a past day has its letters');
  assert.deepEqual(days.filter((day) => day > DAY), []);
  assert.equal(await page.locator('main form[method=post]').count(), 0);
  assert.equal(await page.getByRole('link', { name: ', change' }).count(), 0);
  await leaves(page, () => page.getByRole('link', { name: 'Today', exact: true }).last().click());
  assert.equal(await page.locator('article.deal > p.lead').innerText(), today);
});

walk('the slider goes through the days by keys', async ({ page, at }) => {
  await at('/deals/nordhafen');
  const slider = page.getByRole('slider', { name: 'Day that is looked at' });
  const day = await page.getByLabel('As of').inputValue();
  await slider.focus();
  await leaves(page, () => page.keyboard.press('PageDown'));
  const earlier = await page.getByLabel('As of').inputValue();
  assert.ok(earlier < day, `${earlier} is not before ${day}`);
  assert.equal(new URL(page.url()).searchParams.get('as_of'), earlier);
});
