// What the reader sees of the stop that they are at, or null past the last one.
// `edge` is the contrast of the outline with the ground around it.
() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body || stop === document.documentElement) return null;

  const numbers = (colour) => (colour.match(/[0-9.]+/g) || []).map(Number);
  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) =>
    0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = numbers(getComputedStyle(one).backgroundColor);
      if (colour.length && (colour.length < 4 || colour[3] > 0.5)) return colour;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
  };

  const style = getComputedStyle(stop);
  const around = parseFloat(style.outlineOffset) < 0 ? stop : stop.parentElement;
  const [low, high] = [numbers(style.outlineColor), ground(around)].map(luminance).sort((a, b) => a - b);
  const thin = style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1.5;

  const box = stop.getClientRects()[0];
  const hit = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const label = stop.id && document.querySelector(`label[for="${stop.id}"]`);
  const own = [stop, label, ...stop.querySelectorAll("*")].filter(Boolean);
  return {
    key: stop.outerHTML.slice(0, 120) + [...document.querySelectorAll("*")].indexOf(stop),
    name: (stop.innerText || stop.getAttribute("name") || stop.id || stop.tagName).trim().slice(0, 60),
    edge: thin ? 0 : (high + 0.05) / (low + 0.05),
    seen: Boolean(hit && box.width && box.height && own.some((one) => one.contains(hit))),
  };
}
