// The tab Evaluering: a click on a failed question goes to the server, and what a run has come to is said to screen
// readers when its stage changes, not with every question. Loaded after page.js, in <head>.
(() => {
  "use strict";

  let said = "";

  function hear(message) {
    const status = document.getElementById("kv-status");
    if (!status) return;
    status.textContent = "";
    setTimeout(() => (status.textContent = message), 60);
  }

  function watch(element) {
    const tab = element.closest("#kv-fane-evaluering") ?? document;
    new MutationObserver(() => {
      const events = [...tab.querySelectorAll("[data-hendelse]")];
      const heard = events.map((it) => it.dataset.hendelse + it.textContent).join();
      if (heard !== said && events.length) hear(events.at(-1).textContent);
      said = heard;
    }).observe(tab, { childList: true, subtree: true, characterData: true });
  }

  /** The question is asked in another tab: focus goes there with it, and is not left on what is hidden. */
  function follow() {
    const watcher = new MutationObserver(() => {
      if (document.body.dataset.fane !== "ask") return;
      watcher.disconnect();
      document.querySelector('#kv-faner [role="tab"][data-tab-id="ask"]')?.focus({ preventScroll: true });
    });
    watcher.observe(document.body, { attributeFilter: ["data-fane"] });
  }

  window.kildesvar = Object.assign(window.kildesvar ?? {}, {
    /** Called by the component that shows a run's numbers, when it is on the page. */
    evaluation(element, trigger) {
      watch(element);
      element.addEventListener("click", (event) => {
        const failed = event.target.closest(".kv-feilet");
        if (!failed) return;
        trigger("select", { run: failed.closest("[data-run]").dataset.run, id: failed.value });
        follow();
      });
    },
  });
})();
