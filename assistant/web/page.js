// What the page does by itself: remembers the language, opens citations, copies, and keeps keyboard and screen reader
// users where they are. It decides nothing about answers. Loaded before Gradio, in <head>.
(() => {
  "use strict";

  const REMEMBERED = "kildesvar.language";
  const page = document.documentElement;
  const language = page.lang || "nb";
  const homes = { nb: "/", nn: "/nn/", en: "/en/" };
  const DRAWN = 1000; // Milliseconds until all of a question that was asked stands where it will stay.
  const narrow = window.matchMedia("(max-width: 899px)");

  // --- Language ------------------------------------------------------------------------------------------------------

  // Gradio's own few words follow the browser's language, and know neither "no" nor "nn".
  const spoken = language === "en" ? "en" : "nb";
  Object.defineProperty(navigator, "language", { get: () => spoken, configurable: true });
  Object.defineProperty(navigator, "languages", { get: () => [spoken], configurable: true });

  // Gradio also writes that language into the page, where it would make a screen reader speak the wrong one.
  new MutationObserver(() => {
    if (page.lang !== language) page.lang = language;
  }).observe(page, { attributeFilter: ["lang"] });

  function remember(chosen) {
    try {
      localStorage.setItem(REMEMBERED, chosen);
    } catch {
      // Storage may be switched off; then the language is not remembered, and that is all.
    }
  }

  function remembered() {
    try {
      return localStorage.getItem(REMEMBERED);
    } catch {
      return null;
    }
  }

  const wanted = remembered();
  if (location.pathname === "/" && wanted !== "nb" && homes[wanted]) {
    location.replace(homes[wanted] + location.search + location.hash);
    return;
  }

  // --- Small things --------------------------------------------------------------------------------------------------

  const texts = JSON.parse(document.getElementById("kv-tekster").textContent);
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /** Says it to screen readers. */
  function say(message) {
    const status = find("#kv-status");
    if (!status) return;
    status.textContent = "";
    // An empty moment makes a message that is the same as the last one heard again.
    setTimeout(() => (status.textContent = message), 60);
  }

  function flash(button, message) {
    say(message);
    button.classList.add("kv-gjort");
    setTimeout(() => button.classList.remove("kv-gjort"), 2000);
  }

  /** Copies text; with `html`, word processors get that instead. */
  async function copy(button, content, message, html = "") {
    try {
      if (html && window.ClipboardItem) {
        const kinds = { "text/plain": content, "text/html": html };
        const blobs = Object.entries(kinds).map(([type, it]) => [type, new Blob([it], { type })]);
        await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      } else await navigator.clipboard.writeText(content);
    } catch {
      if (!copyOldWay(content)) {
        say(texts["copied.failed"]);
        return;
      }
    }
    flash(button, message);
  }

  // The clipboard is closed to pages that are not on this machine and not on https; selecting and copying is not.
  function copyOldWay(content) {
    const field = document.createElement("textarea");
    const focused = document.activeElement;
    field.value = content;
    field.className = "kv-skjult";
    document.body.append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    focused?.focus();
    return copied;
  }

  /** Puts words into a text box the way a user would: the page listens for input, not for assignments. */
  function write(box, words) {
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    setter.call(box, words);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const shareable = (link) => new URL(link, location.origin + homes[language]).href;

  // --- The reader pane -----------------------------------------------------------------------------------------------

  let tell = null; // Tells the server what to open.
  let origin = null; // The citation that was clicked: where focus returns.
  let siblings = []; // Addresses of the quotes of the answer that it belongs to.
  let awaited = null; // The place that was asked for and has not come yet, and whether the user asked for it.
  let held = null; // The place that has focus until the user does something.

  const reader = () => find("#kv-leser");
  /** Whether the address bar names a place in a document. */
  const linked = () => /[?&](sitat|kilde)=/.test(location.search);
  const place = (link) => new URLSearchParams(link.getAttribute("href"));

  /** Opens what a citation points at; `unasked` leaves focus where it is and says nothing. */
  function open(link, unasked = false) {
    const asked = place(link);
    if (!link.closest("#kv-leser")) {
      origin = link;
      siblings = all("a.kv-kilde", link.closest(".kv-sitater") ?? link).map((it) => place(it).get("sitat"));
    }
    awaited = { place: asked.get("sitat") ?? asked.get("kilde"), unasked };
    // Word of an earlier failure is not what is awaited now.
    find('[data-sted=""]', reader())?.removeAttribute("data-sted");
    all(".kv-apen").forEach((it) => it.classList.remove("kv-apen"));
    link.closest(".kv-sitat, .kv-kildekort")?.classList.add("kv-apen");
    if (!unasked) say(texts["reader.opening"]);
    showReader();
    reader()?.setAttribute("aria-busy", "true");
    tell?.("select", {
      sitat: asked.get("sitat") ?? "",
      kort: asked.get("kort") ?? "",
      kilde: asked.get("kilde") ?? "",
      andre: asked.get("sitat") ? siblings : [],
      syn: window.kildesvar.pane.wished(),
    });
    // Where the same place is open already, Gradio may draw nothing anew; then it has come now. If it does draw, focus
    // must be set once more, so the place stays awaited.
    const sought = awaited;
    if (find("[data-sted]", reader())?.dataset.sted === sought.place) arrive();
    awaited = sought;
  }

  /** Leaves nothing in the pane. */
  function empty() {
    awaited = held = null;
    all(".kv-apen").forEach((it) => it.classList.remove("kv-apen"));
    document.body.classList.remove("kv-leser-apen");
    reader()?.removeAttribute("aria-busy");
    tell?.("select", { lukk: true });
  }

  /** Once what was asked for (or word that it cannot be had) is in the pane: scroll to it, and take focus there. */
  function arrive() {
    const shown = find("[data-sted]", reader());
    if (!shown || !awaited || (shown.dataset.sted && shown.dataset.sted !== awaited.place)) return;
    const { unasked } = awaited;
    awaited = null;
    reader().removeAttribute("aria-busy");
    const mark = window.kildesvar.pane.show(shown);
    const target = mark ?? find(".kv-feil, .kv-navn", shown);
    if (unasked) return;
    target?.focus({ preventScroll: true });
    held = shown.dataset.sted;
    const said = texts[mark ? "reader.opened" : "reader.opened_whole"];
    if (shown.dataset.navn) say(said.replace("{title}", () => shown.dataset.navn));
  }

  /** Gradio may draw a place anew that has come already, and what had focus is then gone. */
  function hold() {
    const shown = find("[data-sted]", reader());
    if (!held || awaited || document.activeElement !== document.body || shown?.dataset.sted !== held) return;
    awaited = { place: held, unasked: false };
    arrive();
  }

  function showReader() {
    document.body.classList.add("kv-leser-apen");
    if (!narrow.matches) return;
    all("#kv-topp, #kv-faner").forEach((it) => (it.inert = true));
    if (!history.state?.reader) history.pushState({ reader: true }, "");
  }

  function hideReader() {
    document.body.classList.remove("kv-leser-apen");
    all("#kv-topp, #kv-faner").forEach((it) => (it.inert = false));
    const back = origin?.isConnected ? origin : find("#kv-sporsmal textarea");
    back?.focus({ preventScroll: !narrow.matches });
  }

  function leaveReader() {
    // On a phone the pane is a step in the history, so that the phone's own Back closes it.
    if (history.state?.reader) history.back();
    else hideReader();
  }

  window.addEventListener("popstate", () => {
    if (document.body.classList.contains("kv-leser-apen")) hideReader();
  });
  narrow.addEventListener("change", () => {
    const covered = narrow.matches && document.body.classList.contains("kv-leser-apen");
    all("#kv-topp, #kv-faner").forEach((it) => (it.inert = covered));
  });

  const watcher = new MutationObserver(() => {
    arrive();
    hold();
  });

  window.kildesvar = {
    copy,
    say,
    write,
    address,
    /** Called by the reader component when it is on the page. */
    reader(element, trigger) {
      tell = trigger;
      // Gradio may put another element here at any time, so what is around it is watched.
      watcher.disconnect();
      watcher.observe(reader() ?? element, { childList: true, subtree: true });
      if (linked()) {
        const asked = new URLSearchParams(location.search);
        awaited = { place: asked.get("sitat") ?? asked.get("kilde"), unasked: false };
        showReader();
      }
      arrive();
    },
  };

  // --- The conversation ----------------------------------------------------------------------------------------------

  let followed = ""; // The last answer that was followed: how many there are, and where its first quote stands.
  let awaitedSince = 0; // When the question was asked that is being answered; 0 where none is.
  let strayed = false; // Whether the user has scrolled since then.

  function follow() {
    const conversation = find("#kv-samtale");
    if (conversation) mend(conversation);
    const shown = conversation ? all(".kv-svar", conversation) : [];
    const waiting = conversation && find(".kv-venter", conversation);
    const first = shown.length ? find("a.kv-kilde", shown.at(-1)) : null;
    const last = shown.length ? `${shown.length} ${first?.getAttribute("href")}` : "";
    if (waiting && !awaitedSince) [awaitedSince, strayed] = [performance.now(), false];
    // When it is asked and when it is answered: whoever reads something else meanwhile is left there.
    const drawn = waiting ? performance.now() - awaitedSince < DRAWN : last && last !== followed;
    if (drawn && !strayed) {
      const asked = all(".kv-spurt", conversation).at(-1);
      asked?.closest(".message-row, .message, .kv-spurt")?.scrollIntoView({ block: "start", behavior: calm() });
    }
    if (!waiting) awaitedSince = 0;
    if (last !== followed) {
      followed = last;
      strayed = false;
      const reading = reader()?.contains(document.activeElement);
      // With room beside the conversation, its first quote is shown in its source at once, also one that is only near;
      // what an earlier answer quoted does not stay beside one that quotes nothing.
      if (first && !narrow.matches && !reading) open(first, true);
      else if (shown.length && !narrow.matches && !reading) empty();
      address();
    }
  }

  /** The address bar leads back here: to the kept conversation, and where there is none, by asking the question again. */
  function address() {
    const last = all("#kv-samtale .kv-svar").at(-1);
    const kept = last && find("#kv-historie [data-samtale]")?.dataset.samtale;
    const parts = [last && find(".kv-del", last)?.value.slice(1), kept && `samtale=${kept}`].filter(Boolean);
    if (history.state?.reader || (!last && linked())) return;
    history.replaceState(history.state, "", homes[language] + (parts.length ? `?${parts.join("&")}` : ""));
  }

  /** Gradio labels each message with its source code, and opens links in new windows. */
  function mend(conversation) {
    const log = find('[role="log"]', conversation);
    if (log && log.getAttribute("aria-label") !== texts["ask.conversation"]) {
      log.setAttribute("aria-label", texts["ask.conversation"]);
    }
    all("[data-testid][aria-label]", conversation).forEach((it) => it.removeAttribute("aria-label"));
    all("a[target]", conversation).forEach((it) => it.removeAttribute("target"));
  }

  const calm = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  /** The user scrolls the conversation while an answer is awaited. */
  function stray(event) {
    const moves = event.type !== "keydown" || /^(Page(Up|Down)|Arrow(Up|Down)|Home|End)$/.test(event.key);
    if (awaitedSince && moves && !event.target.closest?.("#kv-leser, input, textarea")) strayed = true;
  }

  for (const doing of ["wheel", "touchmove", "keydown"]) {
    document.addEventListener(doing, stray, { capture: true, passive: true });
  }
  for (const doing of ["pointerdown", "keydown"]) document.addEventListener(doing, () => (held = null), true);

  // --- Listening -----------------------------------------------------------------------------------------------------

  const CITATION = 'a[href^="?sitat="], a[href^="?kilde="]';

  document.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (link?.matches(CITATION) && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
        event.preventDefault();
        event.stopPropagation();
        open(link);
      } else if (link?.matches(".kv-sprak a")) {
        remember(link.hreflang);
        link.search = location.search;
      } else if (link?.matches(".kv-hopp")) {
        event.preventDefault();
        find("#kv-sporsmal textarea")?.focus();
      }
      const button = event.target.closest?.("button");
      if (button?.matches(".kv-kopier")) copy(button, button.value, texts["copied.quote"]);
      else if (button?.matches(".kv-lenke, .kv-del")) copy(button, shareable(button.value), texts["copied.link"]);
      else if (button?.matches(".kv-lukk")) leaveReader();
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest?.("#kv-leser");
    if (event.key === "Escape" && (inside || (narrow.matches && document.body.matches(".kv-leser-apen")))) {
      event.preventDefault();
      leaveReader();
    }
  });

  const scrolled = {}; // How far, by tab.

  // Which tab is chosen, for the styles: not every tab has the pane beside it. Each is found again where it was left.
  function tab() {
    const chosen = find('#kv-faner [role="tab"][aria-selected="true"]')?.dataset.tabId;
    const left = document.body.dataset.fane;
    if (!chosen || left === chosen) return;
    document.body.dataset.fane = chosen;
    if (left) window.scrollTo(0, scrolled[chosen] ?? 0);
  }

  document.addEventListener("scroll", () => (scrolled[document.body.dataset.fane] = window.scrollY), { passive: true });

  function start() {
    // Outside what the sheet on a phone makes unreachable, or nothing would be heard while it is open.
    const status = Object.assign(document.createElement("p"), { id: "kv-status", className: "kv-skjult", role: "status" });
    document.body.append(status);
    new MutationObserver(() => {
      follow();
      tab();
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-selected", "aria-label"] });
    if (!narrow.matches) {
      const patient = new MutationObserver(() => {
        const box = find("#kv-sporsmal textarea");
        if (!box) return;
        patient.disconnect();
        if (document.activeElement === document.body) box.focus({ preventScroll: true });
      });
      patient.observe(document.body, { childList: true, subtree: true });
    }
  }

  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
