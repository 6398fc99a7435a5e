// Every page on a telephone, in the dark and on paper. Pictures of all stay in target/walk. It takes long, and
// node begins with the first names of the alphabet.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { overflow } from './overflow.js';
import { NARROW, PICTURES, WIDE, walk } from './walk.js';
import { crawl, fileName } from './crawl.js';

/** A4, upright, as a browser lays it out. */
const PAPER = { width: 794, height: 1123 };
/** On paper at least the title of a page is left. */
const PRINTED_CHARS_MIN = 5;

walk('every page fits a telephone and paper', ({ page, ...visit }) => {
  mkdirSync(PICTURES, { recursive: true });
  return crawl({ page, ...visit }, async (kind) => {
    const picture = async (look) => {
      const taken = () => page.screenshot({ path: join(PICTURES, `${fileName(kind)}-${look}.png`), fullPage: true });
      // Of several hundred pictures a busy browser now and then takes one not at once. What a page is like is
      // measured, not seen here.
      await taken().catch(taken);
    };
    const wrong = [];
    await picture('1280-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('1280-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(NARROW);
    wrong.push(...await overflow(page));
    await picture('360-light');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(PAPER);
    wrong.push(...(await overflow(page)).map((what) => `on paper ${what}`));
    const printed = (await page.locator('main').innerText()).trim();
    if (printed.length < PRINTED_CHARS_MIN) wrong.push(`on paper only ‘${printed}’ is left`);
    await picture('print');
    await page.emulateMedia({ media: null });
    await page.setViewportSize(WIDE);
    return wrong;
  });
}, { refused: [404], minutes: 4 });
