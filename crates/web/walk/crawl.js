// Every kind of page that links lead to, once, with something of everything on it.

import assert from 'node:assert/strict';
import { leaves } from './walk.js';

/** Families whose pages are one a deal, a person, a chapter; and names in that place that are none. */
const OF_ONE = new Set(['deals', 'people', 'accounts', 'messages', 'entries', 'plans', 'playbook', 'help', 'import']);
const NAMED = new Set(['new', 'proposed', 'same', 'keys']);
/** What in a query makes another kind of page: by its value, or by being there. */
const BY_VALUE = ['view', 'channel'];
const BY_PRESENCE = ['as_of', 'q', 'person', 'words', 'layout', 'ended'];
/** A crawl that finds more takes names of deals or people for kinds of pages. */
const KINDS_MAX = 90;
const KINDS_MIN = 20;

/** The kind of page that an address leads to: `/deals/one/plan` for any deal's. */
function kind(address) {
  const { pathname, searchParams } = new URL(address);
  const [, family, name, ...rest] = pathname.split('/');
  const isOne = OF_ONE.has(family) && !NAMED.has(name);
  const parts = [family, ...(name === undefined ? [] : [isOne ? 'one' : name]), ...rest];
  const asked = [
    ...BY_VALUE.filter((word) => searchParams.get(word)).map((word) => `${word}=${searchParams.get(word)}`),
    ...BY_PRESENCE.filter((word) => searchParams.get(word)),
  ];
  return `/${parts.join('/')}${asked.length ? `?${asked.join('&')}` : ''}`;
}

/** A kind of page as the name of a file. */
export const fileName = (of) => (of === '/' ? 'today' : of.replace(/\W+/g, '-').replace(/^-|-$/g, ''));

/**
 * Plans, lays aside, notes, decides and learns, so that pages have one of each to show. Gives pages to
 * which no link leads: one that tells what was just done, and a deal that has ended, which asks other
 * things than an open one.
 */
async function fill(page, at) {
  const send = async (path, fields, button) => {
    await at(path);
    await page.evaluate(() => document.querySelectorAll('details').forEach((part) => { part.open = true; }));
    for (const [name, value] of Object.entries(fields)) await page.locator(`main [name=${name}]`).first().fill(value);
    await leaves(page, () => page.getByRole('button', { name: button }).first().click());
  };
  await send('/deals/nordhafen/plan', { what: 'Ask about the budget', day: '2026-09-01' }, 'Plan it');
  await send('/deals/ashdown/aside', { because: 'They move house' }, 'Lay it aside');
  await send('/deals/ridgeline/note', { text: 'They wait for the new head of purchasing' }, 'Keep it');
  const form = '/accounts/nordhafen-krantechnik.example/form';
  await send('/ideal-client', { words: 'cranes' }, 'Add the line');
  await send('/targets', { account: 'nordhafen-krantechnik.example', because: '340 old cranes' }, 'Put on the list');
  await send(form, { text: 'Used harbour cranes', day: '2026-08-01' }, 'Keep');
  await send('/touches/begin', { person: 'new.reader@nordhafen-krantechnik.example' }, 'Begin');
  await at(form);
  await page.getByText('Keep something').click();
  await page.locator('form[action$="/pages"] textarea').fill('We have 340 employees in Hamburg.');
  await leaves(page, () => page.getByRole('button', { name: 'Keep it', exact: true }).click());
  await at('/deals/straits/overrule');
  await page.getByRole('radio', { name: 'let go' }).check();
  await page.getByRole('textbox').fill('The tower is not built');
  await leaves(page, () => page.getByRole('button', { name: 'Keep my decision' }).click());
  const decided = page.url();
  await at('/deals/bellandi');
  await leaves(page, () => page.getByRole('button', { name: 'Keep this lesson' }).click());
  const ended = await page.locator('a[href$="#lesson"]').first().evaluate((link) => link.href);
  return [decided, ended.replace('#', '?ended=1#')];
}

/**
 * Goes by links of the same host and calls `look(kind)` with each page open, once for each kind.
 * What `look` finds wrong, and pages that answer with an error, are told together at the end.
 */
export async function crawl({ t, page, at, origin }, look) {
  const waiting = [`${origin}/`, ...await fill(page, at), `${origin}/help/keys`, `${origin}/welcome`,
    `${origin}/coach?person=h.petersen@nordhafen-krantechnik.example&channel=voicemail`];
  const seen = new Set(waiting.map(kind));
  const wrong = [];
  while (waiting.length > 0) {
    const address = waiting.shift();
    const answer = await page.goto(address);
    const links = await page.locator('a[href]:not([download])').evaluateAll((all) => all.map((link) => link.href));
    for (const link of links.filter((link) => link.startsWith(`${origin}/`) && !seen.has(kind(link)))) {
      if (seen.has(kind(link))) continue;
      seen.add(kind(link));
      waiting.push(link);
    }
    if (answer.status() === 200) wrong.push(...(await look(kind(address))).map((what) => `${kind(address)}: ${what}`));
    else wrong.push(`${kind(address)}: answered ${answer.status()}`);
  }
  t.diagnostic(`${seen.size} kinds of pages`);
  assert.deepEqual(wrong, []);
  assert.ok(seen.size >= KINDS_MIN && seen.size <= KINDS_MAX, [...seen].join(' '));
}
