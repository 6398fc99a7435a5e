// Pages look as they did: a small picture of each is compared with the one in `reference`.
//
// What is compared is where light and colour lie, not letters: both pictures are cut into squares, and the
// mean colour of each square is held against the other's. Another font moves words within their
// squares; a page without its style sheet, or with its parts in other places, is another picture.
// `cargo xtask walk pictures --renew` takes the references anew.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PICTURES, walk } from './walk.js';

const REFERENCE = fileURLToPath(new URL('reference/', import.meta.url));
const RENEW = process.env.INROAD_RENEW === '1';
const WIDTH = 320;
/** So many pixels of the small picture are a square's side: 16 by 16 letters of the page, or so. */
const SQUARE = 64;
/** Levels of a colour in a reference, so that its file stays small. */
const LEVELS = 4;
const BYTES_MAX = 15 * 1024;

/**
 * How far two pictures may be apart: the mean difference of a colour over all squares, of 255. Measured
 * on five pages: the same page again 0.0; in letters a sixteenth larger 0.9 to 1.6; in a serif font 1.5
 * to 2.0; with its grids gone, so that parts lie elsewhere, 5.0 to 6.7; without a style sheet 29 to 31. The
 * second walk below holds this.
 */
const APART_MAX = 3.5;

const PAGES = {
  today: '/',
  board: '/deals',
  list: '/deals?view=list',
  deal: '/deals/nordhafen',
  past: '/deals/nordhafen?as_of=2026-06-15',
  politics: '/deals/nordhafen/politics',
  sheet: '/deals/nordhafen/sheet',
  timeline: '/deals/nordhafen/timeline',
  plan: '/deals/nordhafen/plan',
  lesson: '/deals/bellandi',
};

/** In the browser, which can read pictures: the small one of a large one, as a file. */
async function small([picture, width, levels]) {
  const image = new Image();
  image.src = picture;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, Math.round(width * image.height / image.width)];
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  const step = 255 / (levels - 1);
  for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = Math.round(Math.round(pixels.data[at] / step) * step);
  context.putImageData(pixels, 0, 0);
  return canvas.toDataURL('image/png');
}

/** In the browser: how far two pictures of one width are apart; the longer one ends with the shorter. */
async function apart([one, other, square]) {
  const squares = async (picture) => {
    const image = new Image();
    image.src = picture;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const means = [];
    for (let y = 0; y + square <= image.height; y += square) {
      for (let x = 0; x < image.width; x += square) {
        const { data } = context.getImageData(x, y, square, square);
        for (const colour of [0, 1, 2]) {
          let sum = 0;
          for (let at = colour; at < data.length; at += 4) sum += data[at];
          means.push(sum / (data.length / 4));
        }
      }
    }
    return means;
  };
  const [a, b] = await Promise.all([squares(one), squares(other)]);
  const count = Math.min(a.length, b.length);
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += Math.abs(a[at] - b[at]);
  return sum / count;
}

const asAddress = (bytes) => `data:image/png;base64,${bytes.toString('base64')}`;
const asBytes = (address) => Buffer.from(address.split(',')[1], 'base64');

/** A small picture of the window as it is now. `desk` is an empty page to work on. */
async function take(page, desk) {
  return desk.evaluate(small, [asAddress(await page.screenshot()), WIDTH, LEVELS]);
}

/** Since when deals stand as they do is worked out behind the first page, and shown from then on. */
async function settled(page) {
  while (await page.locator('.since').count() === 0) {
    await page.waitForTimeout(200);
    await page.reload();
  }
}

walk('pages look as they did', async ({ t, page, at, visit }) => {
  mkdirSync(PICTURES, { recursive: true });
  const desk = await visit();
  await settled(page);
  const far = [];
  for (const [name, path] of Object.entries(PAGES)) {
    await at(path);
    const now = await take(page, desk);
    const file = join(REFERENCE, `${name}.png`);
    if (RENEW) {
      const bytes = asBytes(now);
      assert.ok(bytes.length <= BYTES_MAX, `${name}: ${bytes.length} bytes`);
      mkdirSync(REFERENCE, { recursive: true });
      writeFileSync(file, bytes);
      continue;
    }
    assert.ok(existsSync(file), `${file} is missing; cargo xtask walk pictures --renew`);
    const distance = await desk.evaluate(apart, [asAddress(readFileSync(file)), now, SQUARE]);
    t.diagnostic(`${name}: ${distance.toFixed(2)}`);
    if (distance > APART_MAX) {
      writeFileSync(join(PICTURES, `${name}-now.png`), asBytes(now));
      far.push(`${name} is ${distance.toFixed(1)} from reference/${name}.png, at most ${APART_MAX}; see ${PICTURES}`);
    }
  }
  assert.deepEqual(far, []);
});

walk('another font is the same page, a broken style sheet is not', async ({ t, page, at, visit }) => {
  await settled(page);
  const desk = await visit();
  const style = (await (await page.request.get(new URL('/style.css', page.url()).href)).text());
  const looks = {
    again: style,
    larger: `${style} html { font-size: 17px } body { font-size: 17px }`,
    serif: `${style} body { font-family: serif }`,
    broken: '',
    scattered: style.replaceAll('grid', 'block'),
  };
  for (const name of ['today', 'board', 'list', 'deal', 'timeline']) {
    const far = {};
    for (const [look, body] of Object.entries(looks)) {
      await page.route('**/style.css', (route) => route.fulfill({ body, contentType: 'text/css' }));
      await at(PAGES[name]);
      await page.unroute('**/style.css');
      const file = asAddress(readFileSync(join(REFERENCE, `${name}.png`)));
      far[look] = await desk.evaluate(apart, [file, await take(page, desk), SQUARE]);
    }
    t.diagnostic(`${name}: ${Object.entries(far).map(([look, distance]) => `${look} ${distance.toFixed(2)}`).join(', ')}`);
    assert.ok(Math.max(far.again, far.larger, far.serif) <= APART_MAX, `${name} is told from itself`);
    assert.ok(far.scattered > APART_MAX, `${name} with its parts elsewhere passes`);
    assert.ok(far.broken > APART_MAX, `${name} without its style sheet passes`);
  }
});
