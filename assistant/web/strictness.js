/* How sure an answer must be: the three are one group for the keyboard and the ear, and the fold closes like a menu. */
(() => {
  const fold = () => document.querySelector("#kv-grad");
  const opener = () => fold()?.querySelector(":scope > button");
  const isOpen = () => opener()?.matches(".open");

  /** Gradio gives every choice a name of its own, so that arrows do not move among them, and the group none. */
  function tell() {
    const button = opener();
    if (!button) return;
    const open = String(Boolean(isOpen()));
    if (button.getAttribute("aria-expanded") !== open) button.setAttribute("aria-expanded", open);
    const group = fold().querySelector("fieldset");
    if (!group || group.getAttribute("role") === "radiogroup") return;
    group.setAttribute("role", "radiogroup");
    const [title, note] = [group.querySelector('[data-testid="block-info"]'), group.querySelector(".info-text")];
    if (title) group.setAttribute("aria-labelledby", (title.id = "kv-grad-navn"));
    if (note) group.setAttribute("aria-describedby", (note.id = "kv-grad-hjelp"));
    for (const input of group.querySelectorAll("input")) input.name = "kv-grad";
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen() || !event.target.closest?.("#kv-grad")) return;
    event.preventDefault();
    opener().click();
    opener().focus();
  });

  for (const leaving of ["pointerdown", "focusin"]) {
    document.addEventListener(leaving, (event) => {
      if (isOpen() && !event.target.closest?.("#kv-grad")) opener().click();
    });
  }

  new MutationObserver(tell).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["class"],
  });
})();
