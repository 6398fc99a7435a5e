// Before the first call: whom one helps best, the few that are worked on, what is assumed and known.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

/** Presses a button that leads to another page. */
const press = (page, inside, name) => leaves(page, () => inside.getByRole('button', { name, exact: true }).click());

walk('a firm is chosen, prepared for a call, and its assumptions are settled', async ({ page, at }) => {
  await at('/ideal-client');
  const line = page.locator('form[action="/ideal-client/add"]');
  await line.getByLabel('Words, with a comma between them').fill('cranes, logistics');
  await line.getByRole('textbox', { name: 'Why' }).fill('We know their peaks');
  await press(page, line, 'Add the line');
  await says(page, 'What they do: cranes, logistics');

  await page.locator('nav').getByRole('link', { name: 'Targets' }).click();
  const add = page.locator('form.filter');
  await add.getByLabel('Domain or name').fill('Nordhafen');
  await add.getByLabel('Why they').fill('340 old cranes');
  await press(page, add, 'Put on the list');
  // The mailbox knows a firm that is like it.
  await says(page, 'Is Nordhafen one of these?');
  await leaves(page, () => page.getByRole('button', { name: /Nordhafen Krantechnik/ }).click());
  await says(page, '1 so far');

  await leaves(page, () => page.locator('td').getByRole('link', { name: /Nordhafen Krantechnik/ }).click());
  const row = (topic) => page.locator(`tr#${topic}`);
  const write = async (topic, words, more = async () => {}) => {
    await row(topic).getByText('Add', { exact: false }).first().click();
    const form = row(topic).locator('form[action$="/claim"]').last();
    await form.locator('input[name=text]').fill(words);
    await more(form);
    await press(page, form, 'Keep');
  };
  await write('industry', 'Used harbour cranes');
  await says(page, '100 % of what is known');
  await write('department', 'Marketing');
  await write('size', '340 people', (form) => form.getByLabel('verified, not only assumed').check());

  await row('department').getByText('Checked?').click();
  const fell = row('department').locator('form[action$="/fell"]');
  await fell.getByLabel('What is so instead').fill('A consumer insights team');
  await press(page, fell, 'It does not hold');
  await says(page, 'Did not hold:');
  await leaves(page, () => page.getByRole('button', { name: 'Undo' }).click());
  assert.equal(await page.getByText('Did not hold:').count(), 0);

  const ask = page.locator('form[action$="/question"]');
  await ask.getByLabel('A question').fill('How do you plan the spare parts?');
  await press(page, ask, 'Keep');
  await leaves(page, () => page.getByRole('link', { name: 'Sheet for the call' }).click());
  assert.equal(await page.locator('ol > li strong').first().innerText(), 'How do you plan the spare parts?');
  assert.equal(await page.locator('ol > li').count(), 5);
});

walk('what was found is kept, and leads back to its words', async ({ page, at }) => {
  await at('/accounts/nordhafen-krantechnik.example/form');
  await page.getByText('Keep something').click();
  const keep = page.locator('form[action$="/pages"]');
  await keep.getByLabel('Its words').fill('About us\nWe have 340 employees in Hamburg. <b>Cranes</b> are our trade.');
  await press(page, keep, 'Keep it');
  assert.match(page.url(), /\/pages\/\d+/);
  await says(page, '<b>Cranes</b> are our trade.');
  await at('/accounts/nordhafen-krantechnik.example/form');
  await says(page, 'About us');
});
