// The filter of sources: which chip was pressed, the chips that are shown on request, and the field that narrows the
// list. What matches is the server's to say.
(() => {
  "use strict";

  if (!window.kildesvar) return; // page.js is on its way to another language.

  const MANY = 8; // Sources from which on one would rather search than look.
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  let tell = null;
  let focused = null; // The chip that was pressed: it is drawn anew, and focus belongs there.
  const unfolded = new Set(); // Facets of which all chips are shown.

  const panel = () => find("#kv-utvalg");
  const facetOf = (element) => element.closest(".kv-fasett")?.dataset.fasett;

  /** After the chips were drawn anew: shows what was unfolded, and gives focus back. */
  function mend(element) {
    all(".kv-fasett", element).forEach((row) => unfolded.has(row.dataset.fasett) && unfold(row));
    if (!focused) return;
    const chip = all(".kv-brikke", element).find((it) => facetOf(it) === focused.facet && it.value === focused.value);
    if (chip && document.activeElement === document.body) chip.focus({ preventScroll: true });
  }

  function unfold(row) {
    unfolded.add(row.dataset.fasett);
    find(".kv-flere", row)?.remove();
    all(".kv-brikke[hidden]", row).forEach((it) => it.removeAttribute("hidden"));
  }

  /** Hides the sources whose names do not hold the words. */
  function narrow() {
    const field = find(".kv-kildesok input");
    const box = field?.closest(".kv-kildesok");
    if (!box) return;
    const labels = all("label", panel()).filter((it) => find('input[type="checkbox"]', it));
    box.hidden = labels.length <= MANY;
    const words = box.hidden ? [] : field.value.normalize("NFC").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const label of labels) {
      const text = label.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word));
      label.classList.toggle("kv-borte", !fits);
      shown += fits;
    }
    const count = words.length ? `${shown} / ${labels.length}` : "";
    const told = find("span", box);
    if (told.textContent !== count) told.textContent = count;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".kv-fasett button");
    if (!button) return;
    if (button.matches(".kv-flere")) {
      const row = button.closest(".kv-fasett");
      const first = find(".kv-brikke[hidden]", row);
      unfold(row);
      first?.focus();
      return;
    }
    focused = { facet: facetOf(button), value: button.value };
    tell?.("select", { fasett: focused.facet, verdi: button.value });
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches?.(".kv-kildesok input")) narrow();
  });

  document.addEventListener("focusout", (event) => {
    if (!event.relatedTarget) return; // the chip went, it was not left
    focused = null;
  });

  /** Called by the chips' component when it is on the page. */
  window.kildesvar.filter = (element, trigger) => {
    tell = trigger;
    new MutationObserver(() => mend(element)).observe(element, { childList: true, subtree: true });
    const list = panel();
    if (list) new MutationObserver(narrow).observe(list, { childList: true, subtree: true });
    narrow();
  };
})();
