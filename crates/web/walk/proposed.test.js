// An assistant proposes over the network; a person confirms it on the page of the deal, and takes that back.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { everywhere } from './axe.js';
import { leaves, picture, PROGRAM, says, walk } from './walk.js';

/** An assistant with a token of its own. */
function assistant(folder, origin) {
  const data = join(folder, 'sample', 'demo.db');
  const token = execFileSync(PROGRAM, ['--data', data, 'token', 'make', 'helper', '--propose'], { encoding: 'utf8' }).split('\n')[0];
  return async (name, given) => {
    const answer = await fetch(`${origin}/mcp`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } }),
    });
    const told = await answer.json();
    assert.ok(told.result && !told.result.isError, JSON.stringify(told));
    return told.result.structuredContent;
  };
}

/** Something of the sample that can be proposed: a person and words that a letter shows. */
async function proposes(ask) {
  for (const { id } of (await ask('review', {})).deals) {
    const [deal] = (await ask('deal', { deal: id })).deals;
    const fact = deal.facts.find(({ quote, kind, message }) => quote?.length > 12 && kind !== 'title' && message.startsWith('<'));
    if (!fact || deal.people.length === 0) continue;
    const person = { who: deal.people[0].email, is: { openness: 'much' } };
    await ask('propose_assessment', { deal: id, message: fact.message, quote: fact.quote, says: { person }, sure_percent: 70 });
    return `/deals/${encodeURIComponent(id)}`;
  }
  throw new Error('The sample shows nothing that could be proposed');
}

const heading = (page) => page.getByRole('heading', { name: 'Proposed by an assistant' });

walk('what an assistant proposes is confirmed, taken back and dismissed', async ({ page, at, folder, origin }) => {
  const deal = await proposes(assistant(folder, origin));
  await at(deal);
  await heading(page).waitFor();
  await says(page, 'Proposed by helper');
  assert.deepEqual(await everywhere(page), []);
  await heading(page).scrollIntoViewIfNeeded();
  await picture(page, 'deal-proposal');
  await leaves(page, () => page.getByRole('button', { name: /^Confirm: .* tells us much/ }).click());
  await says(page, /confirmed: .* tells us much/);
  assert.equal(await heading(page).count(), 0);
  await leaves(page, () => page.getByRole('button', { name: 'Undo', exact: true }).click());
  await heading(page).waitFor();
  await leaves(page, () => page.getByRole('button', { name: /^Dismiss: / }).click());
  await says(page, /dismissed: .* tells us much/);
  assert.equal(await heading(page).count(), 0);
});

walk('the same without scripts', async ({ page, at, folder, origin }) => {
  await at(await proposes(assistant(folder, origin)));
  await page.getByRole('button', { name: /^Confirm: / }).click();
  await says(page, /confirmed: .* tells us much/);
  assert.equal(await heading(page).count(), 0);
}, { javaScriptEnabled: false });
