// The first minutes: a mailbox comes in, the user says who they are, takes deals, reads the review.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { leaves, walk } from './walk.js';

const MAILBOX = fileURLToPath(new URL('../../../examples/mailbox.mbox', import.meta.url));
/** A data file with nothing in it, on the day of the sample. */
const empty = () => ['serve', '--port', '0', '--as-of', '2026-09-01'];

walk('from a mailbox to the first review', async ({ page }) => {
  assert.equal(new URL(page.url()).pathname, '/welcome');
  await page.getByLabel('Files').setInputFiles(MAILBOX);
  await page.locator('[data-send]').getByRole('button', { name: 'Import', exact: true }).click();
  // A page that is loaded again while it comes in tells the same.
  await page.waitForURL(/\/import\/\d+$/);
  await page.reload();
  await page.getByText('It is all in.').waitFor();
  await leaves(page, () => page.getByRole('link', { name: /^Next:/ }).click());
  assert.equal(new URL(page.url()).pathname, '/welcome/you');
  await page.getByRole('checkbox', { name: /^jonas@hartmann-lindqvist/ }).setChecked(true);
  await leaves(page, () => page.getByRole('button', { name: 'That is me' }).click());
  assert.equal(new URL(page.url()).pathname, '/welcome/deals');
  await leaves(page, () => page.getByRole('button', { name: /^Accept all/ }).click());
  assert.equal(new URL(page.url()).pathname, '/');
  assert.ok(await page.locator('li.card').count() > 2);
}, { args: empty });

walk('a look keeps nothing', async ({ page, at }) => {
  await at('/import');
  await page.getByLabel('Files').setInputFiles(MAILBOX);
  await page.locator('[data-send]').getByRole('button', { name: 'Look first' }).click();
  await page.getByText('Nothing is kept yet. This is what would come in.').waitFor();
  await at('/');
  assert.equal(new URL(page.url()).pathname, '/welcome');
}, { args: empty });
