// What is marked on another page comes into a form by a bookmark, and a person keeps it.

import assert from 'node:assert/strict';
import { leaves, says, walk } from './walk.js';

/** A page of somebody else, which is another site for the browser. */
const THEIRS = `data:text/html,<title>About Hafen Nord</title>
<p id="us">Hafen Nord builds packaging machines for bakeries and has about 350 employees.</p>
<p>Subscribe to our newsletter.</p>`;

walk('a bookmark brings what is marked, and nothing is kept before one says so', async ({ page, at, visit, origin }) => {
  await at('/clip/bookmark');
  const bookmark = await page.getByRole('link', { name: 'Keep in inroad' }).getAttribute('href');
  assert.ok(bookmark.startsWith('javascript:'));

  const theirs = await visit();
  await theirs.goto(THEIRS);
  await theirs.evaluate(() => getSelection().selectAllChildren(document.querySelector('#us')));
  const [ours] = await Promise.all([
    theirs.waitForEvent('popup'),
    theirs.evaluate((code) => { (0, eval)(code); }, bookmark.slice('javascript:'.length)),
  ]);
  await ours.waitForURL(`${origin}/clip/keep`);
  const text = ours.getByLabel('Its words');
  await says(ours, 'Keep what you found');
  await ours.waitForFunction(() => document.querySelector('#text').value !== '');
  assert.match(await text.inputValue(), /^Hafen Nord builds packaging machines/);
  assert.equal((await text.inputValue()).includes('newsletter'), false);
  assert.equal(await ours.getByLabel('Title').inputValue(), 'About Hafen Nord');
  await at('/accounts/hafen-nord.example/form', page);
  assert.equal(await page.getByText('About Hafen Nord').count(), 0);

  await ours.getByLabel('Of which firm').fill('hafen-nord.example');
  await ours.getByLabel('Where it stands').fill('https://hafen-nord.example/about');
  await leaves(ours, () => ours.getByRole('button', { name: 'Keep it' }).click());
  await says(ours, 'about 350 employees');
}, { refused: [404] });
