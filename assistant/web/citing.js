// References and exports: copies a reference with its italics, hands the exported conversation to the browser, and
// keeps one menu open at a time. Loaded after page.js, in <head>.
(() => {
  "use strict";

  const texts = JSON.parse(document.getElementById("kv-tekster").textContent);
  let tell = null; // Asks the server for the conversation as a file.

  /** The reference as HTML where the menu shows the same words: word processors take the italics from there. */
  function styled(button) {
    const around = button.closest(".kv-sitat") ?? button.parentElement;
    const shown = [...around.querySelectorAll(".kv-apa")].find((it) => it.textContent === button.value);
    return shown?.innerHTML ?? "";
  }

  async function reference(button) {
    let plain = button.value;
    if (button.dataset.hent) {
      try {
        const answer = await fetch(button.dataset.hent);
        if (!answer.ok) throw new Error(String(answer.status));
        plain = (await answer.text()).trim();
      } catch {
        window.kildesvar.say(texts["copied.failed"]);
        return;
      }
    }
    window.kildesvar.copy(button, plain, texts["cite.copied"], styled(button));
  }

  function download(told) {
    const bytes = Uint8Array.from(atob(told.dataset.fil), (char) => char.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: told.dataset.slag }));
    const link = Object.assign(document.createElement("a"), { href: address, download: told.dataset.navn });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    window.kildesvar.say(told.dataset.sagt);
  }

  const closeMenus = (but) =>
    document.querySelectorAll("details.kv-former[open]").forEach((it) => it !== but && it.removeAttribute("open"));

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    closeMenus(event.target.closest?.("details.kv-former"));
    if (button?.matches(".kv-referanse")) reference(button);
    else if (button?.matches(".kv-eksporter")) {
      tell?.("select", { form: button.value });
      closeMenus(null);
    }
  });

  // The menu of a button that stands at the left opens to the right.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.matches?.(".kv-eksportmeny[open]")) return;
      target.classList.remove("kv-mot-hoyre");
      target.classList.toggle("kv-mot-hoyre", target.querySelector(".kv-ark-former").getBoundingClientRect().left < 0);
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" ? event.target.closest?.("details.kv-former[open]") : null;
    if (!menu) return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });

  /** Called by the component that the server answers in. */
  window.kildesvar.exporting = (element, trigger) => {
    tell = trigger;
    let last = "";
    new MutationObserver(() => {
      const told = element.querySelector("[data-fil]");
      if (!told || told.dataset.nr === last) return;
      last = told.dataset.nr;
      download(told);
    }).observe(element, { childList: true, subtree: true, attributes: true });
  };
})();
