// Keeps the height of where one writes in --kv-skriv, so that writing.css can keep what is used clear of it. Loaded in
// <head>.
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

  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
})();
