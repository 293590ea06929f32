/* A new conversation is one key away: Alt+Shift+N types no letter on Norwegian keyboards, and AltGr is another key. */
(() => {
  const button = () => document.querySelector("#kv-ny");

  /** Says the key at the button, which Gradio makes anew whenever it shows it. */
  function tell() {
    const found = button();
    if (!found || found.title) return;
    found.setAttribute("aria-keyshortcuts", "Alt+Shift+N");
    found.title = "Alt+Shift+N";
  }

  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyN" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.repeat) return;
    button()?.click();
    document.querySelector("#kv-sporsmal textarea")?.focus();
  });

  new MutationObserver(tell).observe(document.documentElement, { childList: true, subtree: true });
})();
