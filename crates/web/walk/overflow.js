// Pages that are wider than their window.

/** Whether the page is wider than its window, and by what. */
export const overflow = (page) => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const scrolls = (element) => getComputedStyle(element).overflowX !== 'visible';
  const isIn = (element) => element && element !== document.body && (scrolls(element) || isIn(element.parentElement));
  const isBeyond = (element) => element.getBoundingClientRect().right > clientWidth + 1 && !isIn(element.parentElement);
  const beyond = [...document.body.querySelectorAll('*')].filter(isBeyond).slice(0, 4);
  return [`${scrollWidth} wide in ${clientWidth}: ${beyond.map((element) => element.outerHTML.slice(0, 140)).join(' | ')}`];
});
