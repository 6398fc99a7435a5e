// A walk: somebody uses the program in a real browser, over a data file of its own.
//
// `walk(name, steps)` is a test. It starts the program over the sample mailbox, opens its link, and hands
// `steps` the page. Whatever the steps check, a walk fails too if any page asked another host for
// anything, broke the content policy, or left an error in the console.
//
// Where things are stands in the environment; without it, where `cargo xtask walk` puts them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const TARGET = fileURLToPath(new URL('../../../target/', import.meta.url));
export const PROGRAM = process.env.INROAD_PROGRAM ?? join(TARGET, 'debug/inroad');
const BROWSER = process.env.INROAD_BROWSER ?? '/usr/bin/chromium';
/** Modules of others lie outside of the source, so they are asked for by their place. */
export const borrow = createRequire(process.env.INROAD_TOOLS ?? join(TARGET, 'tools/package.json'));
/** Pictures that walks take, to be looked at. */
export const PICTURES = process.env.INROAD_PICTURES ?? join(TARGET, 'walk');

const { chromium } = borrow('playwright-core');

/** Tests share two cores with each other, and the program is built without optimising. */
const PATIENCE_MS = 30_000;

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 740 };

/** Starts the program; `open` is its link, `origin` the host in front of each of its pages. */
async function program(folder, args) {
  const child = spawn(PROGRAM, args(folder), {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const open = await new Promise((found, failed) => {
    const listen = (words) => {
      said += words;
      const link = /http:\/\/\S+\?key=\S+/.exec(said);
      if (link) found(link[0]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`The program ended with ${code}: ${said.slice(-2000)}`)));
  });
  return { child, open, origin: new URL(open).origin };
}

/** The sample mailbox, on its own day. */
const demo = (folder) => ['--data', join(folder, 'x.db'), 'demo', '--port', '0'];

/**
 * A browser without a window, which asks nobody for anything of its own. The sandbox needs a user who
 * is not root; the pages are ours.
 */
function browser(more) {
  return chromium.launch({
    executablePath: BROWSER,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...more],
  });
}

/** Writes down what no page may do. Answers that a walk expects to be refused are no complaint. */
function watch(context, origins, refused, complaints) {
  context.on('request', (request) => {
    const address = new URL(request.url());
    const isOurs = origins.includes(address.origin) || ['blob:', 'data:'].includes(address.protocol);
    if (!isOurs) complaints.push(`asked ${request.url()}`);
  });
  context.on('console', (message) => {
    const isRefused = refused.some((status) => message.text().includes(`status of ${status} `));
    if (message.type() === 'error' && !isRefused) complaints.push(`${message.location().url}: ${message.text()}`);
  });
  context.on('weberror', (error) => complaints.push(`${error.page()?.url()}: ${error.error().stack}`));
}

/**
 * A test that walks. `steps` gets the page, opened at the morning; `at(path)` goes to a page, `visit()`
 * opens one more window of the same browser.
 *
 * Options: `start`, what starts the program; `args`, how it is started; `browserArgs`, more for the browser's own command line; `others`, to which other places pages lead; `refused`, the statuses that this walk expects; `minutes` at most;
 * everything else is passed to the browser (`viewport`, `colorScheme`, `javaScriptEnabled`).
 */
export function walk(name, steps, { start = program, args = demo, browserArgs = [], others = [], refused = [], minutes = 2, ...looks } = {}) {
  test(name, { timeout: minutes * 60_000 }, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'inroad-walk-'));
    const complaints = [];
    const opening = browser(browserArgs);
    let site;
    try {
      site = await start(folder, args);
      const context = await (await opening).newContext({ viewport: WIDE, ...looks });
      context.setDefaultTimeout(PATIENCE_MS);
      watch(context, [site.origin, ...others], refused, complaints);
      const page = await context.newPage();
      await page.goto(site.open);
      const at = (path, on = page) => on.goto(site.origin + path);
      const visit = () => context.newPage();
      await steps({ t, page, context, at, visit, origin: site.origin, folder }).catch(async (error) => {
        const failed = `failed-${name.replace(/\W+/g, '-')}`;
        await picture(page, failed).catch(() => {});
        t.diagnostic(`At ${page.url()}, see ${join(PICTURES, `${failed}.png`)}`);
        throw error;
      });
      assert.deepEqual(complaints, [], 'Nothing is asked of others, and the console stays empty');
    } finally {
      await opening.then((opened) => opened.close());
      site?.child.kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** A picture of the whole page, kept under a name to be looked at; what a page is like is measured elsewhere. */
export async function picture(page, name) {
  mkdirSync(PICTURES, { recursive: true });
  const taken = () => page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  // A busy browser refuses one of several hundred now and then.
  await taken().catch(taken);
}

/** The deal's page that a card, a row or a link leads to, by its name. */
export const link = (page, name) => page.getByRole('link', { name, exact: true });

/** Waits until the page says so. */
export const says = (page, text) => page.getByText(text).first().waitFor();

/** Presses the keys, one after the other. */
export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Leaves with a key or a click and waits for the page that comes. */
export async function leaves(page, act) {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/** Clicks a button that leads to another page. */
export const click = (page, name) => leaves(page, () => page.getByRole('button', { name, exact: true }).click());

/** Fills a field by its label. */
export const fill = (page, label, text) => page.getByLabel(label, { exact: true }).fill(text);
