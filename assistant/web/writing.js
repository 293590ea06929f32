// Keeps the height of where one writes in --kv-skriv, so that writing.css can keep what is used clear of it, and what is
// written while a question is asked. Loaded in <head>.
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

  new MutationObserver(() => {
    watch();
    keep();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
