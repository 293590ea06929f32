// Rating an answer: what was chosen or written goes to the server, and what the server says comes into the row. The
// row's own state (which choice, which fields, what is being written) is the browser's; see rating.css. Loaded after
// page.js, in <head>.
(() => {
  "use strict";

  let tell = null; // Tells the server of a rating.
  let last = null; // The row that was used last: where trouble is shown that names no row.
  let held = null; // The choice or field that has focus, with its row's id and its place in the row.
  const written = new Map(); // What was written in the fields, by row and field.

  const rowOf = (element) => element.closest(".kv-vurder");
  const inputs = (row) => [...row.querySelectorAll("input")];
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
    for (const name of ["sentence", "comment"]) written.delete(`${row.id} ${name}`);
    inputs(row).forEach((it) => {
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

  document.addEventListener("input", ({ target }) => {
    const row = target.matches?.(".kv-felt input") && rowOf(target);
    if (row) written.set(`${row.id} ${field(row, "comment") === target ? "comment" : "sentence"}`, target.value);
  });

  document.addEventListener("focusin", ({ target }) => {
    const row = target.matches?.(".kv-vurder input") && rowOf(target);
    held = row ? { target, row: row.id, place: inputs(row).indexOf(target) } : null;
  });

  document.addEventListener("focusout", ({ target }) => {
    // Whether it was left, or went with its row.
    setTimeout(() => target.isConnected && held?.target === target && document.activeElement !== target && (held = null));
  });

  /** A conversation that is shown anew has new rows: what was written, and where, is so there too. */
  function restore() {
    for (const [key, words] of written) {
      const [id, name] = key.split(" ");
      const row = document.getElementById(id);
      if (row && field(row, name).value !== words) field(row, name).value = words;
    }
    if (!held || held.target.isConnected || document.activeElement !== document.body) return;
    const row = document.getElementById(held.row);
    const again = row && inputs(row)[held.place];
    if (!again) return;
    const { selectionStart, selectionEnd } = held.target;
    again.focus({ preventScroll: true });
    if (selectionStart !== null) again.setSelectionRange(selectionStart, selectionEnd);
  }

  new MutationObserver(restore).observe(document.documentElement, { childList: true, subtree: true });

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
