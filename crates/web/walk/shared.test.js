// A seller shows a colleague how a deal stands; the colleague sees that, and no word of a letter.

import assert from 'node:assert/strict';
import { looks } from './looks.js';
import { WIDE, click, leaves, says, walk } from './walk.js';

walk('a deal is shown to a colleague, with words only where they are shown, too', async ({ page, context, at }) => {
  await at('/team');
  await page.getByLabel('Mail address').fill('tom@studio.example');
  await page.getByLabel('Name', { exact: true }).fill('Tom');
  await page.getByRole('checkbox', { name: /seller/ }).check();
  await click(page, 'Keep');
  await at('/team/tom@studio.example');
  await click(page, 'Make a link');
  const link = await page.locator('code.address').innerText();
  await at('/deals/nordhafen');
  await page.getByLabel('Show how it stands to').selectOption({ label: 'Tom' });
  await click(page, 'Show it');
  await says(page, 'shared with tom@studio.example');
  const subject = await page.locator('ol.timeline li a').first().innerText();

  const colleague = await (await context.browser().newContext({ viewport: WIDE })).newPage();
  await colleague.goto(link);
  await leaves(colleague, () => colleague.getByRole('link', { name: 'Shared' }).click());
  await looks(colleague, 'shared');
  await leaves(colleague, () => colleague.getByRole('link', { name: /Nordhafen/ }).click());
  await says(colleague, 'What took place');
  await looks(colleague, 'shared-deal');
  assert.equal((await colleague.locator('main').innerText()).includes(subject), false, subject);

  await at('/deals/nordhafen');
  await page.getByRole('list').filter({ hasText: 'tom@studio.example' }).getByRole('link', { name: 'Take back' }).click();
  await click(page, 'Take it back');
  await colleague.reload();
  await says(colleague, 'No such deal is shared with you');
}, { refused: [404] });
