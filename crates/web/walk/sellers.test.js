// How one sells: said and seen by who sells, closed to who manages until leave is given, and closed again.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NARROW, leaves, says, walk } from './walk.js';

const PROGRAM = process.env.INROAD_PROGRAM ?? fileURLToPath(new URL('../../../target/debug/inroad', import.meta.url));

/** Presses a button that leads to another page. */
const press = (page, inside, name) => leaves(page, () => inside.getByRole('button', { name, exact: true }).click());

/** Names somebody and gives the key of their link. */
function hire(folder, address, name, role) {
  const run = (...args) => execFileSync(PROGRAM, ['--data', join(folder, 'sample', 'demo.db'), ...args], { encoding: 'utf8' });
  run('team', 'put', address, '--name', name, '--role', role, '--team', 'North');
  return /key=(\S+)/.exec(run('team', 'link', address))[1];
}

walk('what a seller says is theirs until they let somebody look', async ({ page, at, context, origin, folder }) => {
  const seller = hire(folder, 'tom@harborlight.example', 'Tom', 'seller');
  const manager = hire(folder, 'mo@harborlight.example', 'Mo', 'manager');
  // Each of them has a browser of their own.
  const as = async (key) => {
    const own = await (await context.browser().newContext()).newPage();
    await own.goto(`${origin}/?key=${key}`);
    return own;
  };

  await page.locator('nav').getByRole('link', { name: 'You' }).click();
  await page.getByRole('link', { name: 'Your selling' }).click();
  await says(page, 'What is seen');

  const tom = await as(seller);
  await tom.goto(`${origin}/sellers/me`);
  await tom.getByLabel('I name our price without apologising for it.').selectOption({ label: 'rather not' });
  await press(tom, tom.locator('#money'), 'Keep: Being at ease with money');
  await says(tom, 'Say your price aloud ten times alone');
  await tom.goto(`${origin}/sellers/goal`);
  await tom.getByRole('radio', { name: /End each letter with a next step/ }).check();
  await press(tom, tom.locator('main'), 'Begin');
  await says(tom, 'Nobody can tell yet');
  await leaves(tom, () => tom.getByRole('button', { name: 'Done: step 1' }).click());
  await tom.goto(`${origin}/sellers/me`);
  const ask = tom.locator('form[action="/sellers/me/ask"]');
  await ask.getByLabel('With what').selectOption({ label: 'a final meeting' });
  await ask.getByLabel('What it is about').fill('The last meeting with a big client');
  await press(tom, ask, 'Ask');

  // Without leave who manages sees where help is wanted, and nothing else.
  const mo = await as(manager);
  await mo.goto(`${origin}/sellers`);
  await says(mo, 'The last meeting with a big client');
  await says(mo, 'Nobody. What somebody says of their selling');
  const closed = await mo.goto(`${origin}/sellers/tom@harborlight.example`);
  assert.equal(closed.status(), 403);
  assert.equal((await mo.goto(`${origin}/sellers/me`)).status(), 403);
  assert.equal((await mo.goto(`${origin}/deals`)).status(), 403);

  const leave = tom.locator('form[action="/sellers/me/leave"]');
  await leave.getByLabel('Who').selectOption({ label: 'Mo' });
  await leave.getByRole('radio', { name: /what you practise/ }).check();
  await press(tom, leave, 'Let them look');
  await mo.goto(`${origin}/sellers`);
  await mo.getByRole('link', { name: 'Tom', exact: true }).click();
  await says(mo, 'End each letter with a next step');
  assert.equal(await mo.getByText('Being at ease with money').count(), 0);
  await mo.getByLabel(/A word of yours/).fill('One ask, one day');
  await leaves(mo, () => mo.getByRole('button', { name: 'Keep it for them' }).click());

  await tom.goto(`${origin}/sellers/goal`);
  await says(tom, 'One ask, one day');
  await tom.goto(`${origin}/sellers/me`);
  await press(tom, tom.locator('main'), 'Take back: Mo: what you practise');
  assert.equal((await mo.goto(`${origin}/sellers/tom@harborlight.example`)).status(), 403);

  // Who holds the data file is no exception.
  assert.equal((await at('/sellers/tom@harborlight.example')).status(), 403);
  for (const narrow of [page, tom]) {
    await narrow.setViewportSize(NARROW);
    await narrow.goto(`${origin}/sellers/me`);
    const wide = await narrow.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(wide, false, 'Nothing is wider than a small screen');
  }
}, { refused: [403] });
