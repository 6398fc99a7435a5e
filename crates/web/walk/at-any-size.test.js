// Every page on a telephone, in the dark and on paper. Pictures of all stay in target/walk. It takes long, and
// node begins with the first names of the alphabet.

import { overflow } from './overflow.js';
import { NARROW, WIDE, picture, walk } from './walk.js';
import { crawl, fileName } from './crawl.js';

/** A4, upright, as a browser lays it out. */
const PAPER = { width: 794, height: 1123 };
/** On paper at least the title of a page is left. */
const PRINTED_CHARS_MIN = 5;

walk('every page fits a telephone and paper', ({ page, ...visit }) =>
  crawl({ page, ...visit }, async (kind) => {
    const look = (name) => picture(page, `${fileName(kind)}-${name}`);
    const wrong = [];
    await look('1280-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await look('1280-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(NARROW);
    wrong.push(...await overflow(page));
    await look('360-light');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize(PAPER);
    wrong.push(...(await overflow(page)).map((what) => `on paper ${what}`));
    const printed = (await page.locator('main').innerText()).trim();
    if (printed.length < PRINTED_CHARS_MIN) wrong.push(`on paper only ‘${printed}’ is left`);
    await look('print');
    await page.emulateMedia({ media: null });
    await page.setViewportSize(WIDE);
    return wrong;
  }), { refused: [404], minutes: 4 });
