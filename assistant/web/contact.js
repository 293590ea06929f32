// That Kildesvar cannot be reached, Gradio says in English and in its own terms. Here it is said in the page's language.
// Loaded in <head>.
(() => {
  "use strict";

  const texts = JSON.parse(document.getElementById("kv-tekster").textContent);
  const LOST = /connection|server response|failed to fetch/i;

  const put = (element, words) => element && element.textContent !== words && (element.textContent = words);

  function translate() {
    for (const message of document.querySelectorAll(".toast-message-text:not([data-sagt])")) {
      message.dataset.sagt = LOST.test(message.textContent) ? "contact.lost" : "notice.unexpected";
      put(message, texts[message.dataset.sagt]);
    }
    for (const toast of document.querySelectorAll(".toast-body")) {
      put(toast.querySelector(".toast-title"), texts["contact.heading"]);
      toast.querySelector(".toast-close")?.setAttribute("aria-label", texts["contact.close"]);
    }
  }

  new MutationObserver(translate).observe(document.documentElement, { childList: true, subtree: true });
})();
