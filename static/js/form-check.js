/* The form's own check: while somebody fills in the form, the browser works something out for the server.
   Nothing of it is loaded before the form is used. Where it fails, the form is sent all the same. */

const RENEW_AFTER = 15 * 60 * 1000; // ms; an answer is good for 20 minutes
const TRY_AGAIN_AFTER = 60 * 1000;
const ANSWER_OF_THE_SERVER = 8000; // as in forms.js: after that a form may be sent once more
const WORKERS = 4;

const place = document.querySelector("[data-check]");
if (place) watch(place, place.closest("form"));

function watch(place, form) {
  const told = place.dataset;
  const answer = document.createElement("input");
  answer.type = "hidden";
  answer.name = told.check;
  form.append(answer);

  let widget = null;
  let running = false;
  let answeredAt = 0;
  let failedAt = 0;

  // Each is said once, so that nobody is interrupted by what goes on by itself.
  const said = new Set();
  const say = (word) => {
    if (said.has(word)) return;
    said.add(word);
    place.textContent = told[word];
  };

  // Kept apart from the widget's own field, which is empty while a new answer is worked out.
  const succeed = (payload) => {
    running = false;
    answer.value = payload;
    answeredAt = Date.now();
    said.delete("failed");
    say("done");
    setTimeout(look, RENEW_AFTER + 1000);
  };
  const fail = () => {
    running = false;
    failedAt = Date.now();
    said.delete("done");
    say("failed");
  };

  const start = async () => {
    running = true;
    say("running");
    try {
      if (widget) await widget.verify();
      else widget = await load(told, place, succeed, fail);
    } catch (error) {
      fail();
    }
  };

  const look = () => {
    const fresh = answer.value && Date.now() - answeredAt < RENEW_AFTER;
    const lately = failedAt && Date.now() - failedAt < TRY_AGAIN_AFTER;
    if (!fresh && !running && !lately && !document.hidden) start();
  };

  form.addEventListener("focusin", look);
  document.addEventListener("visibilitychange", () => {
    if (widget) look();
  });

  // An answer serves once. What is sent takes it along; should the page still be here later, it gets another one.
  const spend = () => {
    answer.value = "";
  };
  form.addEventListener("submit", (event) => {
    setTimeout(() => {
      if (event.defaultPrevented) return;
      spend();
      setTimeout(look, ANSWER_OF_THE_SERVER);
    });
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) spend();
  });
}

// As import() would, which browsers of 2018 can't even read.
function fetched(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    script.src = address;
    document.body.append(script);
  });
}

// The widget is there to work, not to be seen: its words and its box are ours, above.
async function load(told, place, succeed, fail) {
  await fetched(told.widget);
  window.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(told.worker));
  window.$altcha.defaults.set({
    humanInteractionSignature: false, // nothing about how somebody moves or types is gathered
    minDuration: 0,
    workers: Math.min(WORKERS, navigator.hardwareConcurrency || 1),
  });
  const widget = document.createElement("altcha-widget");
  widget.setAttribute("auto", "onload");
  widget.setAttribute("challenge", told.challenge);
  widget.setAttribute("name", "");
  widget.hidden = true;
  widget.addEventListener("statechange", (event) => {
    if (event.detail.state === "verified") succeed(event.detail.payload);
    if (event.detail.state === "error") fail();
  });
  place.after(widget);
  return widget;
}
