// Keeps the height of where one writes in --kv-skriv, so that writing.css can keep what is used clear of it, and what is
// written there: while a question is asked, and when the page is loaded anew. Loaded in <head>.
(() => {
  "use strict";

  let watched = null;
  const sizes = new ResizeObserver(([entry]) => {
    const height = Math.ceil(entry.target.getBoundingClientRect().height);
    // Hidden with its tab it has none, and nothing is below it then.
    if (height) document.documentElement.style.setProperty("--kv-skriv", `${height}px`);
  });

  /** Gradio puts the box on the page late, and may put another in its place. */
  function watch() {
    const box = document.getElementById("kv-skriv");
    if (!box || box === watched) return;
    sizes.disconnect();
    watched = box;
    sizes.observe(box, { box: "border-box" });
  }

  const field = () => document.querySelector("#kv-sporsmal textarea");
  const asking = () => document.querySelector("#kv-stopp");
  let draft = ""; // What has been written since a question was asked, while that goes on.

  document.addEventListener("input", (event) => {
    if (event.target === field()) draft = asking() ? event.target.value : "";
  });

  /** A question that could not be answered is put back where it was written, but not over what is written there now. */
  function keep() {
    if (!draft || asking()) return;
    const written = draft;
    draft = "";
    // What the server put into the box may be drawn a little later than what tells that it is done.
    setTimeout(() => {
      if (!asking() && field()?.value !== written) window.kildesvar.write(field(), written);
    }, 100);
  }

  // Gradio loads the page anew when the server was started anew or was out of reach for a moment; so may the user.
  const KEPT = "kildesvar.written";
  let left = null; // What was written on the page before this one, until it stands in the box again.
  try {
    left = sessionStorage.getItem(KEPT);
    addEventListener("pagehide", () => sessionStorage.setItem(KEPT, left ?? field()?.value ?? ""));
  } catch {
    // Storage may be switched off; then it is not kept, and that is all.
  }

  function fetchBack() {
    if (!left || !field()) return;
    if (!field().value) window.kildesvar.write(field(), left);
    left = null;
  }

  let pressed = null; // A button that goes when it is pressed.

  document.addEventListener("click", ({ target }) => {
    pressed = target.closest?.("#kv-send, #kv-stopp, #kv-ny, .kv-eksempel");
  });

  /** Who pressed it goes on where one writes; on the glass a keyboard would cover what comes. */
  function goOn() {
    if (!pressed || pressed.getClientRects().length) return;
    const lost = [document.body, pressed].includes(document.activeElement);
    pressed = null;
    if (lost && !window.matchMedia("(pointer: coarse)").matches) field()?.focus({ preventScroll: true });
  }

  new MutationObserver(() => {
    watch();
    keep();
    fetchBack();
    goOn();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
