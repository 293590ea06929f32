/* The buttons that correct how a question was understood: ask it otherwise, or change it in the box first. */
(() => {
  const box = () => document.querySelector("#kv-sporsmal textarea");

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.kv-heller, button.kv-endre");
    const field = box();
    if (!button || !field) return;
    // While a question is asked no other can be, and what is written stays.
    if (button.matches(".kv-heller") && !document.querySelector("#kv-send")) return;
    window.kildesvar.write(field, button.value);
    field.focus();
    if (button.matches(".kv-endre")) {
      field.setSelectionRange(button.value.length, button.value.length);
      return;
    }
    // The value reaches the page's own state after this turn of the event loop.
    setTimeout(() => document.querySelector("#kv-send")?.click(), 80);
  });
})();
