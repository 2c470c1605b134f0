// What signs and shares and is smaller than a thumb wants (44 px, and half a pixel of rounding).
() => {
  const wanted = "main form button, main form select, main form label[for], .share a, .share button";
  const is_box = (one) => one.tagName !== "LABEL" || document.getElementById(one.htmlFor)?.type === "checkbox";
  return [...document.querySelectorAll(wanted)]
    .filter((one) => one.checkVisibility() && one.getClientRects().length && !one.closest("[aria-hidden=true]") && is_box(one))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
    .map(([one, box]) => `${Math.round(box.width)}×${Math.round(box.height)} px: ${one.outerHTML.split(">")[0]}>`);
}
