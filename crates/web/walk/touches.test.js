// In touch until they respond: begun from a target, due, approved, done, left out, ended, undone.

import assert from 'node:assert/strict';
import { leaves, NARROW, says, walk } from './walk.js';

const press = (page, inside, name) => leaves(page, () => inside.getByRole('button', { name, exact: true }).click());

walk('a target is kept in touch with, a touch at a time', async ({ page, at }) => {
  await at('/accounts/nordhafen-krantechnik.example/form');
  await leaves(page, () => page.getByRole('link', { name: 'Stay in touch with somebody there' }).click());
  const begin = page.locator('form[action="/touches/begin"]');
  await begin.getByLabel('With whom (an address)').fill('new.reader@nordhafen-krantechnik.example');
  await begin.getByLabel('Why').fill('They build a second hall');
  await press(page, begin, 'Begin');
  await says(page, 'The next touch is');
  const plan = new URL(page.url()).pathname;

  await at('/touches');
  await says(page, 'new.reader@nordhafen-krantechnik.example');
  await leaves(page, () => page.locator('main').getByRole('link', { name: /new\.reader/ }).first().click());

  const approve = page.locator('form[action$="/approve"]');
  await approve.getByLabel('What, in your words').fill('The study about old cranes');
  await press(page, approve, 'Approve');
  await says(page, 'The study about old cranes');
  await page.getByText('Change it').first().waitFor();

  await press(page, page.locator('form[action$="/made"]'), 'It is done');
  await says(page, 'after the first touch');
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  await says(page, 'Approved for');

  await page.getByText('Leave this touch out').click();
  await page.getByLabel('Why leave it out').fill('They are at a fair');
  await press(page, page.locator('form[action$="/skip"]'), 'Leave it out');
  await says(page, 'Left out: They are at a fair');

  await page.getByText('End it', { exact: true }).click();
  await page.getByLabel('Why end it').fill('They bought elsewhere');
  await press(page, page.locator('form[action$="/end"]'), 'No longer stay in touch');
  await says(page, 'It has ended');
  assert.equal(await page.locator('form[action$="/approve"]').count(), 0);
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  assert.equal(new URL(page.url()).pathname, plan);
  await says(page, 'The next touch');
});

walk('a plan fits a narrow screen', async ({ page, at }) => {
  await at('/touches/begin?person=new.reader%40nordhafen-krantechnik.example');
  await press(page, page.locator('form[action="/touches/begin"]'), 'Begin');
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok((await wide()) <= NARROW.width, `the plan is ${await wide()} wide`);
  await at('/touches');
  assert.ok((await wide()) <= NARROW.width, `the list is ${await wide()} wide`);
}, { viewport: NARROW });

walk('it works without scripts', async ({ page, at }) => {
  await at('/touches/begin?person=new.reader%40nordhafen-krantechnik.example');
  await press(page, page.locator('form[action="/touches/begin"]'), 'Begin');
  await says(page, 'The next touch');
  await page.getByText('End it', { exact: true }).click();
  await page.getByLabel('Why end it').fill('No need');
  await press(page, page.locator('form[action$="/end"]'), 'No longer stay in touch');
  await says(page, 'It has ended');
}, { javaScriptEnabled: false });
