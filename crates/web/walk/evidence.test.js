// From a conclusion to the very words that show it.

import assert from 'node:assert/strict';
import { leaves, walk } from './walk.js';

walk('evidence opens its letter with the words marked', async ({ page, at }) => {
  await at('/deals/vanrijswijk');
  const proof = page.locator('ul.evidence li', { has: page.locator('blockquote') }).first();
  const quote = (await proof.locator('blockquote').innerText()).replace(/\s+/g, ' ').trim();
  await leaves(page, () => proof.getByRole('link', { name: 'Read the message' }).click());
  assert.equal(new URL(page.url()).hash, '#words');
  const marked = (await page.locator('mark#words').innerText()).replace(/\s+/g, ' ').trim();
  assert.ok(quote.startsWith(marked) && marked.length > 3, `${marked} is not of ${quote}`);
  assert.ok(await page.locator('mark#words').evaluate((mark) => {
    const box = mark.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  }), 'the words are in sight');
});
