// Moves and saves the pictures of accounts on a page. Without it they scroll and tell the same.

const STEP = 1.25;
const LEAST = 0.1;
const MOST = 4;
// Canvases have a largest size; a picture is saved at twice its size where that fits.
const PIXELS_MAX = 16000;
// What a saved picture takes from the page's style sheet.
const LOOKS = [
  "fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
  "stroke-linejoin", "stroke-linecap", "opacity", "font-family", "font-size", "font-weight", "font-style",
];

for (const figure of document.querySelectorAll("figure.map")) start(figure);

function start(figure) {
  const sheet = figure.querySelector(".sheet");
  const svg = sheet.querySelector("svg");
  const said = figure.querySelector(".said");
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  let scale = 1;

  // Zooms so that the point of the window under (x, y) stays where it is.
  const zoom = (to, x, y) => {
    const box = sheet.getBoundingClientRect();
    const [atX, atY] = [(x ?? box.x + box.width / 2) - box.x, (y ?? box.y + box.height / 2) - box.y];
    const next = Math.min(MOST, Math.max(LEAST, to));
    const [left, top] = [(sheet.scrollLeft + atX) / scale, (sheet.scrollTop + atY) / scale];
    scale = next;
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", height * scale);
    sheet.scrollTo(left * scale - atX, top * scale - atY);
  };
  const fit = () => zoom(Math.min(1, (sheet.clientWidth - 2) / width));
  const tell = (item) => { said.textContent = item?.getAttribute("aria-label") ?? ""; };

  // Tab walks people; Enter walks the ties of whoever has the focus, Escape goes back.
  for (const tie of svg.querySelectorAll(".tie[tabindex]")) tie.setAttribute("tabindex", "-1");
  let walk = null;
  const next = (person) => {
    const who = person.dataset.who;
    if (walk?.who !== who) {
      const ties = svg.querySelectorAll(`.tie[data-from="${who}"], .tie[data-to="${who}"]`);
      walk = { who, person, ties: [...ties], at: -1 };
    }
    walk.at = (walk.at + 1) % walk.ties.length;
    walk.ties[walk.at]?.focus();
  };
  sheet.addEventListener("focusin", (event) => tell(event.target.closest("[aria-label]")));
  sheet.addEventListener("click", (event) => event.target.closest("g[tabindex]")?.focus());
  sheet.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = event.target.closest("g[tabindex]");
    const pan = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] }[event.key];
    if (pan) sheet.scrollBy(...pan);
    else if (event.key === "+" || event.key === "=") zoom(scale * STEP);
    else if (event.key === "-") zoom(scale / STEP);
    else if (event.key === "0") fit();
    else if (event.key === "Enter" && item?.dataset.who) next(item);
    else if (event.key === "Enter" && item && walk) next(walk.person);
    else if (event.key === "Escape" && walk) { walk.person.focus(); walk = null; }
    else return;
    event.preventDefault();
  });

  // The wheel zooms with Ctrl (a pinch on a trackpad says so too) or once the map has the focus.
  sheet.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !sheet.contains(document.activeElement)) return;
    event.preventDefault();
    zoom(scale * Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), event.clientX, event.clientY);
  }, { passive: false });

  // A mouse drags; one finger scrolls by itself, two zoom.
  const fingers = new Map();
  let apart = 0;
  sheet.addEventListener("pointerdown", (event) => fingers.set(event.pointerId, event));
  addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    fingers.set(event.pointerId, event);
    if (event.pointerType === "mouse") {
      sheet.scrollBy(before.clientX - event.clientX, before.clientY - event.clientY);
    } else if (fingers.size === 2) {
      const [a, b] = [...fingers.values()];
      const now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
      if (apart) zoom(scale * now / apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
      apart = now;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) {
    addEventListener(end, (event) => { fingers.delete(event.pointerId); apart = 0; });
  }

  const tools = figure.querySelector(".tools");
  const acts = {
    smaller: () => zoom(scale / STEP),
    larger: () => zoom(scale * STEP),
    fit,
    svg: () => save(file(svg, width, height), "map.svg"),
    png: () => picture(svg, width, height).then((blob) => save(blob, "map.png")),
  };
  tools.addEventListener("click", (event) => acts[event.target.dataset.do]?.());
  tools.hidden = false;
  fit();
}

// The picture as it looks now, with its looks written into it, so that it needs no style sheet.
function file(svg, width, height) {
  const copy = svg.cloneNode(true);
  const copies = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((element, at) => {
    const looks = getComputedStyle(element);
    for (const look of LOOKS) copies[at].setAttribute(look, looks.getPropertyValue(look));
  });
  for (const hit of copy.querySelectorAll(".hit")) hit.remove();
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
}

async function picture(svg, width, height) {
  const address = URL.createObjectURL(file(svg, width, height));
  try {
    const image = new Image(width, height);
    image.src = address;
    await image.decode();
    const scale = Math.min(2, PIXELS_MAX / Math.max(width, height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * scale, height * scale];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
