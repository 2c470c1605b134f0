// Fields and buttons that the reader's own colours leave without an edge: grounds go, borders stay.
() => {
  const wanted = "main button, main .button, main input:not([type=hidden]), main select, main textarea";
  const has_edge = (one) => {
    const style = getComputedStyle(one);
    const is_drawn = (side) =>
      style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1;
    return ["Top", "Right", "Bottom", "Left"].some(is_drawn);
  };
  return [...document.querySelectorAll(wanted)]
    .filter((one) => one.checkVisibility() && one.getClientRects().length)
    .filter((one) => !has_edge(one) && getComputedStyle(one).appearance === "none")
    .map((one) => one.outerHTML.split(">")[0] + ">");
}
