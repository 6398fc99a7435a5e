// The look of a page that a walk has come to.

import assert from 'node:assert/strict';
import { everywhere } from './axe.js';
import { overflow } from './overflow.js';
import { NARROW, WIDE, picture } from './walk.js';

/** The page is for everybody, fits a telephone, and its pictures stay to be looked at. */
export async function looks(page, name) {
  assert.deepEqual(await everywhere(page), [], name);
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, `${name}-1280-light`);
  await page.setViewportSize(NARROW);
  assert.deepEqual(await overflow(page), [], name);
  await picture(page, `${name}-360-light`);
  await page.setViewportSize(WIDE);
}
