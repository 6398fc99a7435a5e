// Leads between marketing and sales, each by their own link: handed over, returned, answered, climbed, judged.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

/** Presses a button that leads to another page. */
const press = (page, inside, name) => leaves(page, () => inside.getByRole('button', { name, exact: true }).click());

/** Somebody is named, and gets a link. */
async function link(page, at, email, name, role, team) {
  await at('/team');
  const form = page.locator('form[action="/team"]');
  await form.getByLabel('Mail address').fill(email);
  await form.getByLabel('Name', { exact: true }).fill(name);
  await form.getByRole('checkbox', { name: new RegExp(`^${role}`) }).check();
  await form.getByLabel(/^Team;/).fill(team);
  await press(page, form, 'Keep');
  await at(`/team/${encodeURIComponent(email)}`);
  await press(page, page.locator('main'), 'Make a link');
  return page.locator('code.address').innerText();
}

/** A page in the browser of somebody else, by their link. */
async function come(context, address) {
  const other = await context.browser().newContext({ viewport: { width: 1280, height: 900 } });
  const page = await other.newPage();
  await page.goto(address);
  return page;
}

/** The form of a step, opened where it is folded. */
async function step(page, title) {
  await page.getByText(title, { exact: true }).click();
  return page.locator('details[open] form').last();
}

walk('a lead between marketing and sales, each by their own link', async ({ page, at, context, origin }) => {
  const addresses = {};
  for (const [name, role, team] of [
    ['Mia', 'marketer', 'Marketing'], ['Tom', 'seller', 'North'], ['Max', 'manager', 'North'], ['Pia', 'provider', 'Lead House'],
  ]) addresses[name] = await link(page, at, `${name.toLowerCase()}@studio.example`, name, role, team);
  const mia = await come(context, addresses.Mia);
  const tom = await come(context, addresses.Tom);
  const max = await come(context, addresses.Max);
  const pia = await come(context, addresses.Pia);
  const goes = (who, path) => who.goto(origin + path);

  // What a qualified lead is, signed by both.
  await says(mia, 'None yet.');
  await goes(mia, '/leads/definition');
  await press(mia, mia.locator('form[action="/leads/definition"]'), 'Propose it');
  await press(mia, mia.locator('main'), 'Sign version 1 for marketing');
  await goes(tom, '/leads/definition');
  await press(tom, tom.locator('main'), 'Sign version 1 for sales');
  await says(tom, 'Version 1 counts');

  // Handed over, and returned.
  await goes(mia, '/leads/new');
  const hand = mia.locator('form[action="/leads/new"]');
  await hand.getByLabel('Name', { exact: true }).fill('Jana Lindner');
  await hand.getByLabel('Mail address').fill('jana@lindner-bau.example');
  await hand.getByLabel('Firm').fill('Lindner Bau');
  await hand.getByLabel(/^Source/).fill('Fair');
  await hand.getByLabel(/^What was promised/).fill('A price list');
  await hand.getByRole('group', { name: /^A need/ }).getByRole('radio', { name: 'yes' }).check();
  await hand.locator('select[name="to"]').selectOption({ label: 'Tom' });
  await press(mia, hand, 'Hand it over');
  await says(mia, 'It is not qualified');
  const lead = new URL(mia.url()).pathname;
  await goes(tom, '/leads');
  await says(tom, 'Yours to do');
  await leaves(tom, () => tom.getByRole('link', { name: 'Jana Lindner' }).click());
  const back = await step(tom, 'Return it');
  await back.locator('select[name="reason"]').selectOption('No need');
  await back.getByLabel(/^In words/).fill('They only wanted a catalogue');
  await press(tom, back, 'Return');
  await says(tom, 'returned it: No need');

  // Answered with more facts, and accepted.
  await goes(mia, lead);
  await says(mia, 'They only wanted a catalogue');
  const answer = await step(mia, 'Answer, and hand it over again');
  await answer.getByLabel('What you know now').fill('Her boss asked for planning');
  await press(mia, answer, 'Hand it over again');
  await goes(tom, lead);
  await press(tom, tom.locator('main'), 'Accept');
  await press(tom, tom.locator('main'), 'Promise 1 is kept');

  // Both sides speak, and reply.
  const quality = await step(tom, 'Say how good the lead was');
  await quality.locator('select[name="held-need"]').selectOption('held');
  await quality.getByLabel('In words').fill('Worth the second look');
  await press(tom, quality, 'Keep');
  await goes(mia, lead);
  await says(mia, 'Worth the second look');
  const treatment = await step(mia, 'Say how it was treated');
  await treatment.getByLabel('In words').fill('Quick and kind');
  await press(mia, treatment, 'Keep');
  await goes(tom, lead);
  await tom.getByText('Reply', { exact: true }).nth(0).click();
  const reply = tom.locator('details[open] form').first();
  await reply.getByLabel('Your reply').fill('Thank you');
  await press(tom, reply, 'Reply');
  await says(tom, 'Thank you');

  // The manager sees what is their team's; nothing climbed yet.
  await goes(max, '/leads');
  await says(max, 'Jana Lindner');
  await leaves(max, () => max.getByRole('link', { name: 'Jana Lindner' }).click());
  await max.getByText('Give it to somebody else').waitFor();

  // A provider sees only theirs, and nobody inside.
  await goes(pia, '/leads');
  assert.equal(await pia.getByText('Jana Lindner').count(), 0);
  await goes(pia, '/leads/new');
  const theirs = pia.locator('form[action="/leads/new"]');
  assert.equal(await theirs.locator('select[name="to"]').count(), 0);
  await theirs.getByLabel('Name', { exact: true }).fill('Rik Quiet');
  await theirs.getByLabel('Telephone').fill('+49 40 7654321');
  await press(pia, theirs, 'Hand it over');
  assert.equal(await pia.getByText('Tom').count(), 0);
  await goes(pia, '/leads/providers/Lead%20House');
  await pia.getByText('Say how they work').click();
  const work = pia.locator('form.setting');
  await work.getByRole('checkbox', { name: 'telephone' }).check();
  await work.locator('select[name="believes"]').selectOption('yes');
  await press(pia, work, 'Keep');
  await says(pia, 'Their people believe in it.');

  // Where both sides disagree, and what a change would have done.
  await goes(tom, '/leads/disagreements');
  const what = tom.locator('form[action="/leads/disagreements"]');
  await what.locator('select[name="change"]').selectOption('must');
  await what.locator('select[name="criterion"]').selectOption('time');
  await press(tom, what, 'What would it have done?');
  await tom.getByRole('heading', { name: /becomes a must/ }).waitFor();
  await press(tom, tom.locator('form[action="/leads/definition/change"]'), 'Propose this change');
  await says(tom, 'Version 2 is proposed');

  // The lead that came from outside waits for whose data file it is.
  await at('/');
  await says(page, 'Leads that wait');
  for (const other of [mia, tom, max, pia]) await other.context().close();
});
