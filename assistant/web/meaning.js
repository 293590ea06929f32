/* The buttons that correct how a question was understood: ask it otherwise, or change it in the box first. */
(() => {
  const box = () => document.querySelector("#kv-sporsmal textarea");

  /** Puts words into the question box the way a user would: the page listens for input, not for assignments. */
  function write(field, words) {
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    setter.call(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.kv-heller, button.kv-endre");
    const field = box();
    if (!button || !field) return;
    write(field, button.value);
    field.focus();
    if (button.matches(".kv-endre")) {
      field.setSelectionRange(button.value.length, button.value.length);
      return;
    }
    // The value reaches the page's own state after this turn of the event loop.
    setTimeout(() => document.querySelector("#kv-send")?.click(), 80);
  });
})();
