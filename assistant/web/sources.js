// The Kilder tab: hands files in, shows how far they have come, and lets documents be corrected and removed. All that
// counts is on the server: closing the page stops nothing, and any page that is opened shows the same. After page.js.
(() => {
  "use strict";

  const SHELF = "/kildesvar/kilder";
  const FILES = "/kildesvar/filer";
  const BUSY = 700, SETTLED = 4000, BEHIND = 3000; // Milliseconds between two looks.

  let tell = null; // Tells Gradio that the documents are others now.
  let facts = null; // What the server said of limits and texts.
  let seen = ""; // The version of the documents that is shown.
  let version = ""; // The version of the documents that the filter was told of.
  let busy = false;
  let timer = 0;
  let looking = false;
  const sending = []; // Files on their way to the server, first the one being sent.

  const find = (selector, within = document) => within.querySelector(selector);
  const here = () => document.body.dataset.fane === "sources";
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  /** Says it to screen readers. */
  function hear(message) {
    const status = find("#kv-status");
    if (!status) return;
    status.textContent = "";
    setTimeout(() => (status.textContent = message), 60);
  }

  // --- Looking -------------------------------------------------------------------------------------------------------

  const address = (path, more = "") => `${path}?lang=${facts.sprak}${more}`;

  async function look() {
    clearTimeout(timer);
    if (looking || !facts) return;
    looking = true;
    // Gradio makes a tab's content when the tab is first opened.
    if (!find("#kv-dokumenter")?.firstChild) seen = "";
    try {
      const answer = await fetch(address(SHELF, `&sett=${encodeURIComponent(seen)}`));
      show(await answer.json());
    } catch {
      // The server is away for a moment, or this page is going: the next look tells.
    } finally {
      looking = false;
    }
    const pause = busy ? (here() ? BUSY : BEHIND) : SETTLED;
    if ((busy || here()) && document.visibilityState === "visible") timer = setTimeout(look, pause);
  }

  function show(reply) {
    tellTrouble(reply.feil ?? "");
    if (!reply.utgave) return;
    busy = reply.travel;
    document.body.toggleAttribute("data-inntak", busy || sending.some((it) => !it.failed));
    const list = find("#kv-dokumenter");
    if (list && reply.dokumenter !== undefined) {
      keepFocus(list, () => (list.innerHTML = reply.dokumenter));
      seen = reply.utgave;
    }
    showQueue(reply);
    if (version && version !== reply.utgave) tell?.("select", {});
    version = reply.utgave;
  }

  /** Why the documents cannot be shown, said once and not at each look; what was shown before stays. */
  function tellTrouble(words) {
    const place = find("#kv-hylle-feil");
    if (!place || place.textContent === words) return;
    place.textContent = "";
    if (words) place.append(Object.assign(document.createElement("p"), { className: "kv-feil", textContent: words }));
  }

  function showQueue(reply) {
    const list = find("#kv-koe");
    if (!list) return;
    const items = new Map([...list.children].map((it) => [it.dataset.fil, it]));
    let place = null;
    for (const [id, html] of reply.filer) {
      let item = items.get(id);
      items.delete(id);
      if (item?.shown !== html) item = put(item, html, list);
      if ((place ? place.nextElementSibling : list.firstElementChild) !== item) {
        list.insertBefore(item, place ? place.nextElementSibling : list.firstElementChild);
      }
      place = item;
    }
    items.forEach((gone) => gone.remove());
    const sum = find("#kv-inntak-sum");
    if (sum.shown !== reply.sum) keepFocus(sum, () => (sum.innerHTML = sum.shown = reply.sum));
    unfold();
  }

  function put(item, html, list) {
    const holder = document.createElement("ul");
    holder.innerHTML = html;
    const fresh = holder.firstElementChild;
    fresh.shown = html;
    if (!item) {
      list.append(fresh);
      return fresh;
    }
    const ended = item.querySelector("progress") && !fresh.querySelector("progress");
    // A bar that goes on is the same bar: screen readers and eyes follow it.
    const bar = find("progress", item), next = find("progress", fresh);
    if (bar && next) {
      for (const name of ["max", "value"]) {
        if (next.hasAttribute(name)) bar.setAttribute(name, next.getAttribute(name));
        else bar.removeAttribute(name);
      }
      find(".kv-innfil-sagt", item).textContent = find(".kv-innfil-sagt", fresh).textContent;
      item.shown = html;
      return item;
    }
    keepFocus(item, () => item.replaceWith(fresh), fresh);
    if (ended) hear(`${find(".kv-innfil-navn", fresh).textContent}: ${find(".kv-innfil-sagt", fresh).textContent}`);
    return fresh;
  }

  /** What had focus has it again after its part of the page was drawn anew; else the nearest that can have it. */
  function keepFocus(before, draw, after = before) {
    const held = before?.contains(document.activeElement) ? document.activeElement : null;
    const { handling, om } = held?.dataset ?? {};
    const href = held?.getAttribute("href");
    draw();
    if (!held || document.activeElement === held) return;
    const same = handling ? `[data-handling="${handling}"][data-om="${om}"]` : href ? `[href="${CSS.escape(href)}"]` : "";
    (same && find(same, after) ? find(same, after) : find("button, a, input", after) ?? find("#kv-filer"))?.focus();
  }

  function unfold() {
    const queue = find("#kv-inntak");
    if (queue) queue.hidden = !find("#kv-koe").children.length && !sending.length;
  }

  // --- Handing in ----------------------------------------------------------------------------------------------------

  const ending = (name) => (/\.[^.]+$/.exec(name)?.[0] ?? "").toLowerCase();

  /** Lets files wait to be sent; those in folders that nobody can read are passed over. */
  async function hand(files, fromFolder = false) {
    files = [...files];
    const there = await appeared("#kv-sendes");
    if (!there) return;
    for (const file of files) {
      if (fromFolder && (file.name.startsWith(".") || !facts.endelser.includes(ending(file.name)))) continue;
      const problem = refusal(file);
      const entry = { file, failed: Boolean(problem), row: null };
      entry.row = row(file.name, problem);
      find("#kv-sendes").append(entry.row);
      sending.push(entry);
    }
    unfold();
    send();
  }

  /** An address that was dropped: nothing is fetched, and that is said in its place in the list. */
  function refuseLink(link) {
    const entry = { failed: true, row: row(link, fill(facts.tekster["errors.NotFetched"], { file: link })) };
    find("#kv-sendes").append(entry.row);
    sending.push(entry);
    unfold();
  }

  /** Waits for what a tab that was just opened will hold; null where it never comes. */
  async function appeared(selector) {
    for (let patience = 100; patience && !find(selector); patience--) await new Promise((done) => setTimeout(done, 50));
    return find(selector);
  }

  function refusal(file) {
    const say = facts.tekster;
    if (!facts.endelser.includes(ending(file.name))) {
      return fill(say["errors.UnsupportedFormat"], { file: file.name, supported: facts.endelser.join(", ") });
    }
    if (file.size <= facts.grense) return "";
    const size = (file.size / 1e6).toFixed(1);
    return fill(say["errors.DocumentTooLarge"], { file: file.name, size, limit: String(facts.grense / 1e6) });
  }

  function row(name, problem) {
    const item = Object.assign(document.createElement("li"), { className: "kv-innfil" });
    const said = Object.assign(document.createElement("p"), { className: "kv-innfil-sagt", textContent: problem });
    item.append(Object.assign(document.createElement("p"), { className: "kv-innfil-navn", textContent: name }), said);
    if (problem) fail(item, name, problem);
    return item;
  }

  function fail(item, name, problem) {
    item.classList.add("kv-innfil-failed");
    const said = find(".kv-innfil-sagt", item);
    said.setAttribute("role", "alert");
    said.textContent = problem;
    find("progress", item)?.remove();
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "kv-stille",
      textContent: facts.tekster["shelf.dismiss"],
    });
    button.setAttribute("aria-label", fill(facts.tekster["shelf.dismiss_title"], { file: name }));
    button.addEventListener("click", () => {
      const at = sending.findIndex((it) => it.row === item);
      if (at >= 0) sending.splice(at, 1);
      item.remove();
      unfold();
      find("#kv-filer")?.focus();
    });
    const choices = Object.assign(document.createElement("div"), { className: "kv-innfil-valg" });
    choices.append(button);
    item.append(choices);
  }

  /** Sends the first file that waits; the others after it. */
  function send() {
    const next = sending.find((it) => !it.failed);
    if (!next || next.request) return;
    const say = facts.tekster;
    const said = find(".kv-innfil-sagt", next.row);
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", next.file.name);
    said.before(bar);
    const request = (next.request = new XMLHttpRequest());
    request.open("POST", address(FILES));
    request.setRequestHeader("x-kildesvar", "1");
    request.setRequestHeader("x-filnavn", encodeURIComponent(next.file.name.toWellFormed?.() ?? next.file.name));
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.total ? event.loaded / event.total : 0;
      said.textContent = fill(say["shelf.sending"], { percent: Math.round(100 * bar.value) });
    });
    request.addEventListener("loadend", () => {
      let reply = {};
      try {
        reply = JSON.parse(request.responseText);
      } catch {
        // No answer, or not ours: it did not arrive.
      }
      if (reply.fil) {
        sending.splice(sending.indexOf(next), 1);
        next.row.remove();
      } else {
        next.failed = true;
        fail(next.row, next.file.name, reply.feil ?? fill(say["shelf.not_sent"], { file: next.file.name }));
      }
      busy = true;
      look();
      send();
    });
    request.send(next.file);
  }

  /** The files that were dropped, and those in the folders that were. */
  async function dropped(transfer) {
    const entries = [...transfer.items].map((it) => it.webkitGetAsEntry?.()).filter(Boolean);
    if (!entries.length) return hand(transfer.files);
    for (const entry of entries) await walk(entry, false);
    return undefined;
  }

  async function walk(entry, inFolder) {
    if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      if (file) await hand([file], inFolder);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      if (!some.length) return;
      for (const inner of some) await walk(inner, true);
    }
  }

  const carries = (event, what) => [...(event.dataTransfer?.types ?? [])].includes(what);
  const carriesFiles = (event) => carries(event, "Files");
  /** A link from another page is dropped where files belong, and not where one writes. */
  const carriesLink = (event) => find("#kv-sendes") && here() && carries(event, "text/uri-list") && !event.target.closest?.("input, textarea");

  // A file that is dropped beside the box must not take the place of the page; it is taken in all the same.
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event) && !carriesLink(event)) return;
    event.preventDefault();
    find("#kv-slipp")?.classList.add("kv-over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) find("#kv-slipp")?.classList.remove("kv-over");
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event) && !carriesLink(event)) return;
    event.preventDefault();
    find("#kv-slipp")?.classList.remove("kv-over");
    if (!carriesFiles(event)) return refuseLink(event.dataTransfer.getData("text/uri-list").split(/\r?\n/)[0]);
    if (!here()) find('#kv-faner [role="tab"][data-tab-id="sources"]')?.click();
    dropped(event.dataTransfer);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "kv-filer") return;
    hand(event.target.files);
    event.target.value = "";
  });

  // --- Correcting and removing ---------------------------------------------------------------------------------------

  async function act(handling, om, felter) {
    try {
      const answer = await fetch(address(SHELF), {
        method: "POST",
        headers: { "x-kildesvar": "1", "content-type": "application/json" },
        body: JSON.stringify({ handling, om, felter }),
      });
      return (await answer.json()).feil ?? "";
    } catch {
      return facts.tekster["shelf.unreachable"];
    } finally {
      busy = true;
      look();
    }
  }

  function openDialog(dialog, button) {
    const { navn, felter } = JSON.parse(button.dataset.kilde);
    const form = find("form", dialog);
    const trouble = find(".kv-dialog-feil", dialog);
    const subject = button.dataset.om, handling = button.dataset.handling;
    trouble.textContent = "";
    const named = find(".kv-dialog-navn", dialog);
    if (named) named.textContent = navn;
    if (handling === "edit") for (const [name, value] of Object.entries(felter)) form.elements[name].value = value;
    form.onsubmit = async (event) => {
      event.preventDefault();
      const sent = handling === "edit" ? Object.fromEntries(new FormData(form)) : undefined;
      const problem = await act(handling, subject, sent);
      trouble.textContent = problem;
      if (problem) return;
      dialog.close();
      hear(facts.tekster[handling === "edit" ? "shelf.saved" : "shelf.removed"]);
    };
    find(".kv-nei-takk", dialog).onclick = () => dialog.close();
    dialog.onclose = () => {
      const again = find(`[data-handling="${handling}"][data-om="${subject}"]`);
      (again ?? find("#kv-filer"))?.focus();
    };
    dialog.showModal();
    // What cannot be undone is not what Enter does at once.
    (handling === "edit" ? form.elements.title : find(".kv-nei-takk", dialog)).focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#kv-hylle [data-handling]");
    if (!button) return;
    const { handling, om } = button.dataset;
    if (handling === "edit") openDialog(find("#kv-rediger"), button);
    else if (handling === "remove") openDialog(find("#kv-fjern"), button);
    else act(handling, om).then((problem) => problem && hear(problem));
  });

  // --- Beginning -----------------------------------------------------------------------------------------------------

  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  new MutationObserver(() => here() && look()).observe(document.documentElement, {
    subtree: true,
    attributeFilter: ["data-fane"],
  });

  window.kildesvar.sources = (element, trigger) => {
    tell = trigger;
    facts = JSON.parse(find("[data-hylle]", element).dataset.hylle);
    look();
  };
})();
