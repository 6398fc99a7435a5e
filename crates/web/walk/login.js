// Whose data it is sets up how they sign in.

import { click, fill } from './walk.js';

export const ME = 'marta@studio.example';
export const PASSWORD = 'plain words nobody expects';

export async function setUp(page) {
  await fill(page, 'Your mail address', ME);
  await fill(page, 'A password', PASSWORD);
  await fill(page, 'The same once more', PASSWORD);
  await click(page, 'Set it up');
}
