// The kept conversations: the dialog in which they are found, renamed, deleted and fetched. The list comes from the server as
// HTML each time it is needed; only opening one goes through Gradio, since it changes the conversation. After page.js.
(() => {
  "use strict";

  const CONVERSATIONS = "/kildesvar/samtaler";
  const PAUSE = 150; // Milliseconds without a new letter before a search.
  const texts = JSON.parse(document.getElementById("kv-tekster").textContent);
  const find = (selector, within = document) => within.querySelector(selector);
  const dialog = () => find("#kv-hist");
  const list = () => find("#kv-hist-liste");
  const opened = () => find("#kv-historie [data-samtale]")?.dataset.samtale ?? "";

  let tell = null; // Has the server open a conversation.
  let awaited = ""; // The conversation that was chosen and has not come yet.
  let asked = 0; // Number of the newest request for the list: an older one's answer is not shown.
  let most = 0; // How many are listed; 0 leaves it to the server.
  let timer = 0;
  let beside = false; // Whether the pointer went down beside the dialog: what is selected in it may end there.

  function hear(message) {
    const status = find(".kv-hist-sagt");
    if (status) status.textContent = message;
  }

  async function request(fields, options = {}) {
    const address = `${CONVERSATIONS}?${new URLSearchParams({ lang: list().dataset.sprak, ...fields })}`;
    const answer = await fetch(address, { ...options, headers: { "x-kildesvar": "1" } });
    return answer.json();
  }

  /** Fetches the list anew; what was typed meanwhile comes first. */
  async function look() {
    const number = ++asked;
    const fields = { sok: find("#kv-hist-sok").value, apen: opened(), ...(most && { antall: most }) };
    try {
      const { html, feil } = await request(fields);
      if (number !== asked) return;
      if (html !== undefined) list().innerHTML = html;
      else hear(feil ?? texts["history.failed"]);
    } catch {
      if (number === asked) hear(texts["history.failed"]);
    }
    dialog().dataset.vist = number; // Drawn: nothing is on its way any more.
  }

  async function act(fields, focus) {
    try {
      const { sagt, feil, slettet } = await request({}, { method: "POST", body: JSON.stringify(fields) });
      await look();
      focus?.();
      hear(sagt ?? feil ?? texts["history.failed"]);
      // What is gone is not shown either.
      if (opened() && (slettet === "alle" || slettet === opened())) find("#kv-ny")?.click();
    } catch {
      hear(texts["history.failed"]);
    }
  }

  async function open() {
    hear("");
    find("#kv-hist-sok").value = "";
    most = 0;
    dialog().showModal();
    // Where one writes on the glass, a keyboard would cover the list.
    if (!window.matchMedia("(pointer: coarse)").matches) find("#kv-hist-sok").focus();
    await look();
  }

  function choose(id) {
    dialog().close();
    if (id === opened()) return;
    awaited = id;
    tell?.("select", { samtale: id }); // else as soon as somebody listens
  }

  document.addEventListener("pointerdown", ({ clientX, clientY }) => {
    if (!dialog()?.open) return;
    const { left, right, top, bottom } = dialog().getBoundingClientRect();
    beside = clientX < left || clientX > right || clientY < top || clientY > bottom;
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    // Its own padding is the same target as what lies around it.
    if (event.target === dialog() && beside) dialog().close();
    if (!button) return;
    const id = button.closest("[data-samtale]")?.dataset.samtale;
    const search = () => find("#kv-hist-sok").focus();
    if (button.id === "kv-hist-knapp") open();
    else if (button.matches(".kv-hist-lukk")) dialog().close();
    else if (button.matches(".kv-hist-ny")) {
      dialog().close();
      find("#kv-ny")?.click();
      find("#kv-sporsmal textarea")?.focus();
    } else if (button.matches(".kv-hist-apne")) choose(id);
    else if (button.matches(".kv-hist-flere")) {
      const shown = list().querySelectorAll(".kv-hist-apne").length;
      most = 2 * shown;
      look().then(() => list().querySelectorAll(".kv-hist-apne")[shown]?.focus());
    } else if (button.matches(".kv-hist-bekreft")) act({ gjor: "slett", samtale: id }, search);
    else if (button.matches(".kv-hist-bekreft-alle")) act({ gjor: "slett_alle" }, search);
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches?.(".kv-hist-navngi")) return;
    event.preventDefault();
    const id = event.target.closest("[data-samtale]").dataset.samtale;
    const again = () => find(`[data-samtale="${id}"] .kv-hist-apne`, list())?.focus();
    act({ gjor: "navn", samtale: id, navn: event.target.elements.navn.value }, again);
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".kv-hist-bryter")) return;
    act({ gjor: event.target.checked ? "behold" : "ikke_behold" }, () => find(".kv-hist-bryter", list())?.focus());
  });

  document.addEventListener("input", (event) => {
    if (event.target.id !== "kv-hist-sok") return;
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });

  document.addEventListener("keydown", (event) => {
    // A new conversation is one key away here too: out of the way before anew.js begins it.
    if (event.code === "KeyN" && event.altKey && event.shiftKey && dialog()?.open) dialog().close();
  }, true);

  /** The chosen conversation has come: one goes on from it. */
  function arrive() {
    window.kildesvar.address();
    if (!awaited || opened() !== awaited) return;
    awaited = "";
    if (!window.matchMedia("(max-width: 899px)").matches) find("#kv-sporsmal textarea")?.focus({ preventScroll: true });
    window.kildesvar.say(texts["history.opened"]);
  }

  /** Called by the component that tells which kept conversation is shown, when it is on the page. */
  window.kildesvar.history = (element, trigger) => {
    tell = trigger;
    if (awaited) tell("select", { samtale: awaited });
    new MutationObserver(arrive).observe(element, { childList: true, subtree: true, attributes: true });
  };
})();
