/* Two small helps for forms. Every form works without them. */

// A reader who sent a form with mistakes starts at the list of them.
const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// A second press while the first is under way is ignored. Nothing is disabled for good:
// a page that comes back by the "back" button can send its form again.
for (const form of document.querySelectorAll('form[method="post"]')) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    form.setAttribute("aria-busy", "true");
    // the answer didn't come: after a while let the person try again
    setTimeout(release, 8000);
  });
  const release = () => {
    sent = false;
    form.removeAttribute("aria-busy");
  };
  window.addEventListener("pageshow", release);
}
