// What is wider than the screen, and what of a text is cut off where it can't be scrolled to.
() => {
  const root = document.documentElement;
  const found = [];
  const name = (one) => one.outerHTML.split(">")[0].replace(/\s+/g, " ").slice(0, 100) + ">";
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const scrolls = (one) => /auto|scroll/.test(getComputedStyle(one).overflowX);
  const in_scroller = (one) => {
    for (let outer = one.parentElement; outer; outer = outer.parentElement) if (scrolls(outer)) return true;
    return false;
  };
  const everything = [...document.body.querySelectorAll("*")].filter(shown);

  if (root.scrollWidth > root.clientWidth) {
    found.push("the page scrolls sideways");
    for (const one of everything) {
      const too_wide = one.getBoundingClientRect().right > root.clientWidth + 1;
      if (too_wide && !in_scroller(one)) found.push(`too wide: ${name(one)}`);
    }
  }
  for (const one of everything) {
    const style = getComputedStyle(one);
    const box = one.getBoundingClientRect();
    const for_ears = box.width <= 1 || box.height <= 1 || style.clipPath !== "none";
    if (for_ears || !one.textContent.trim() || one instanceof HTMLSelectElement) continue;
    const cut_across = /hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    const cut_below = /hidden|clip/.test(style.overflowY) && one.scrollHeight > one.clientHeight + 1;
    if (cut_across || cut_below) found.push(`text is cut: ${name(one)}`);
  }
  return found;
}
