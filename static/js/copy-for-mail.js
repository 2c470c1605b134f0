/* Puts a press release on the clipboard, as text and with its layout. Without this the text is selected by hand. */

const text = document.getElementById("mail-text");
const layout = document.getElementById("mail-html");
const button = document.getElementById("mail-copy");
const answer = document.getElementById("mail-copied");

async function copy() {
  const html = layout.innerHTML.trim();
  if (window.ClipboardItem && navigator.clipboard && navigator.clipboard.write) {
    const item = new ClipboardItem({
      "text/plain": new Blob([text.value], { type: "text/plain" }),
      "text/html": new Blob([html], { type: "text/html" }),
    });
    await navigator.clipboard.write([item]);
    return;
  }
  // Browsers of 2018 let a page fill what a "copy" of its own takes along.
  const fill = (event) => {
    event.clipboardData.setData("text/plain", text.value);
    event.clipboardData.setData("text/html", html);
    event.preventDefault();
  };
  document.addEventListener("copy", fill, { once: true });
  text.select();
  if (!document.execCommand("copy")) throw new Error("copy");
}

if (button) {
  document.getElementById("mail-act").hidden = false;
  button.addEventListener("click", () => {
    copy().then(
      () => {
        answer.textContent = answer.dataset.done;
      },
      () => {
        text.focus();
        text.select();
        answer.textContent = answer.dataset.failed;
      },
    );
  });
}
