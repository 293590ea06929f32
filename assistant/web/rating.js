// Rating an answer: what was chosen or written goes to the server, and what the server says comes into the row. The
// row's own state (which choice, which fields) is the browser's; see rating.css. Loaded after page.js, in <head>.
(() => {
  "use strict";

  let tell = null; // Tells the server of a rating.
  let last = null; // The row that was used last: where trouble is shown that names no row.

  const rowOf = (element) => element.closest(".kv-vurder");
  const field = (row, name) => row.querySelector(`.kv-felt-${name} input`);

  /** Says it to screen readers. */
  function hear(message) {
    const status = document.getElementById("kv-status");
    if (!status) return;
    status.textContent = "";
    setTimeout(() => (status.textContent = message), 60);
  }

  function send(row, verdict) {
    last = row;
    tell?.("select", {
      svar: row.id.replace(/^kv-vurder-/, ""),
      dom: verdict,
      setning: field(row, "sentence").value,
      kommentar: field(row, "comment").value,
    });
  }

  document.addEventListener("change", (event) => {
    const row = rowOf(event.target);
    const chosen = row?.querySelector("input[type=radio]:checked");
    if (!chosen) return;
    send(row, chosen.value);
    // What a choice unfolds must not stay below where one writes (see scroll-margin in writing.css).
    row.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".kv-angre");
    if (!button) return;
    const row = rowOf(button);
    row.querySelectorAll("input").forEach((it) => {
      if (it.type === "radio") it.checked = false;
      else it.value = "";
    });
    row.querySelector("input[type=radio]").focus(); // the button is gone with the rating
    send(row, "");
  });

  // Enter in a field keeps what is written there, without leaving it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.(".kv-felt input")) {
      event.preventDefault();
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });

  function arrive(element) {
    const message = element.textContent.trim();
    if (!message) return;
    const kept = element.querySelector("[data-rad]");
    const row = (kept && document.getElementById(kept.dataset.rad)) ?? last;
    const said = row?.querySelector(".kv-vurder-sagt");
    if (said) {
      said.textContent = message;
      said.classList.toggle("kv-galt", !kept || kept.classList.contains("kv-galt"));
    }
    hear(message);
  }

  window.kildesvar = Object.assign(window.kildesvar ?? {}, {
    /** Called by the component that answers ratings, when it is on the page. */
    rating(element, trigger) {
      tell = trigger;
      new MutationObserver(() => arrive(element)).observe(element, { childList: true, subtree: true, characterData: true });
    },
  });
})();
