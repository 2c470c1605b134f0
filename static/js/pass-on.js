/* Passing on: a button that copies a field, and the device's own way to share. Without this both are done by hand. */

function copied(field) {
  if (navigator.clipboard && navigator.clipboard.writeText) return navigator.clipboard.writeText(field.value);
  field.focus();
  field.select();
  return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("copy"));
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const answer = button.parentNode.querySelector("[role=status]");
  button.parentNode.hidden = false;
  button.addEventListener("click", () => {
    copied(field).then(
      () => {
        answer.textContent = answer.dataset.done;
      },
      () => {
        field.focus();
        field.select();
        answer.textContent = answer.dataset.failed;
      },
    );
  });
}

// The field is selected as a whole by a click or by coming to it with the keyboard.
for (const field of document.querySelectorAll(".copyable__text")) {
  field.addEventListener("focus", () => field.select());
}

if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.parentNode.hidden = false;
    button.addEventListener("click", () => {
      // Whoever closes the sheet again has changed their mind: nothing to say.
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
    });
  }
}
