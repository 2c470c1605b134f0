// What would move by itself, or glide.
() => {
  const longest = (times) => Math.max(...times.split(",").map(parseFloat));
  return [...document.querySelectorAll("*")]
    .filter((one) => {
      const style = getComputedStyle(one);
      const glides = style.transitionProperty !== "none" && longest(style.transitionDuration) > 0.01;
      const moves = style.animationName !== "none" && longest(style.animationDuration) > 0.01;
      return glides || moves || style.scrollBehavior === "smooth";
    })
    .map((one) => one.outerHTML.split(">")[0] + ">");
}
