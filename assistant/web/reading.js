// Reading in the pane: pages as pictures or the text, fetched as they come into sight; turning pages, the outline, and
// finding. page.js opens and closes documents; the server decides what is in them.
(() => {
  "use strict";

  if (!window.kildesvar) return; // page.js is on its way to another language.

  const WIDTHS = [700, 1100, 1600]; // The pictures' widths that the server offers.
  const ZOOMS = [1, 1.25, 1.5, 2, 2.5, 3];
  const HIGH = 0.28; // Where in the box a mark is put, and which line says what page one is on.
  const SETTLED = 120; // Milliseconds without scrolling before pictures are fetched.

  const texts = JSON.parse(document.getElementById("kv-tekster").textContent);
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const fill = (key, details) => texts[key].replace(/\{(\w+)\}/g, (_, name) => details[name]);

  let wished = "side"; // The view that was chosen last.
  let zoom = 1;
  let here = null; // The document that is open.

  // --- What is open --------------------------------------------------------------------------------------------------

  /** A document in the pane: its element and what is known of its pages. */
  function describe(article) {
    const pages = JSON.parse(article.dataset.sider ?? "[]");
    return {
      article,
      document: article.dataset.kilde,
      address: `/kildesvar/les/${article.dataset.kilde}/`,
      sheets: { side: find(".kv-sider", article), tekst: find(".kv-tekst", article) },
      total: Number(article.dataset.antall ?? 0),
      starts: pages.filter(([, start]) => start !== null).map(([number, start]) => ({ number, start })),
      labels: new Map(pages.filter((page) => page[2]).map(([number, , label]) => [number, label])),
      page: 0, // The page one is on.
      target: null, // What one was led to last.
      held: null, // Where a page was turned to, which counts until one scrolls on.
      sought: { words: "", hits: [], total: 0, at: -1 },
    };
  }

  /** Whether what is known of a document is of the one that this element holds now. */
  function describes(known, article) {
    return (
      known?.article === article &&
      known.document === article.dataset.kilde &&
      known.sheets.side === find(".kv-sider", article) &&
      known.sheets.tekst === find(".kv-tekst", article)
    );
  }

  const view = () => (here.sheets.side && !here.sheets.side.hidden ? "side" : "tekst");
  const sheet = () => here.sheets[view()];
  const isOpen = () => Boolean(here?.article.isConnected);

  /** Called by page.js when a document has come: makes it live, scrolls to its mark, and returns the mark. */
  function show(article) {
    if (!article.dataset.kilde) return null;
    // Gradio may make another document of the same element, and take the pictures out of its pages.
    if (!describes(here, article)) here = describe(article);
    watch();
    applyZoom();
    const mark = find(view() === "side" ? "#kv-her-side" : "#kv-her", article) ?? find(".kv-her", sheet());
    if (mark) goTo(mark);
    else sheet().scrollTop = 0;
    track();
    return mark;
  }

  function watch() {
    const { sheets } = here;
    for (const [name, box] of Object.entries(sheets)) {
      if (!box) continue;
      box.addEventListener("scroll", onScroll, { passive: true });
      box.near?.disconnect();
      const margin = name === "side" ? "40% 0px" : "120% 0px";
      box.near = new IntersectionObserver(name === "side" ? onPages : onParts, { root: box, rootMargin: margin });
      all(name === "side" ? ".kv-blad" : ".kv-ubrukt", box).forEach((it) => box.near.observe(it));
    }
  }

  // --- Scrolling -----------------------------------------------------------------------------------------------------

  /** Scrolls the box, and only the box: scrollIntoView would move the whole page on a phone. */
  function goTo(element, high = HIGH) {
    const box = sheet();
    goToCell(element);
    const [inside, outside] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    here.held = null;
    here.target = element;
    box.scrollTop += inside.top - outside.top - box.clientHeight * high;
    if (inside.left < outside.left || inside.right > outside.right) {
      box.scrollLeft += inside.left - outside.left - 24;
    }
  }

  /** Scrolls a wide table sideways until one sees what stands in a cell, beside the rows' names. */
  function goToCell(element) {
    const cell = element.closest("td");
    const table = cell?.closest(".kv-tabell");
    if (!table) return;
    const [inside, outside] = [cell.getBoundingClientRect(), table.getBoundingClientRect()];
    const names = find("th", cell.parentElement)?.getBoundingClientRect();
    const left = table.matches(".kv-bred") && names ? outside.left + names.width : outside.left;
    if (inside.left < left) table.scrollLeft += inside.left - left;
    else if (inside.right > outside.right) table.scrollLeft += Math.min(inside.right - outside.right, inside.left - left);
  }

  let waiting = 0;
  function onScroll() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => isOpen() && track());
  }

  /** Says on which page one is. */
  function track() {
    if (!here.total) return;
    const box = sheet();
    if (here.held && Math.abs(box.scrollTop - here.held.top) < 3) here.page = here.held.page;
    else {
      here.held = null;
      here.page = (view() === "side" ? pageSeen(box) : pageRead(box)) ?? (here.page || 1);
    }
    const label = here.labels.get(here.page);
    const field = find(".kv-sidetall", here.article);
    if (field && document.activeElement !== field) field.value = label ?? here.page;
    const details = { number: here.page, total: here.total };
    const count = find(".kv-sideantall", here.article);
    if (count) count.textContent = fill(label ? "pane.page_of_printed" : "pane.page_of", details);
  }

  function pageSeen(box) {
    const line = box.getBoundingClientRect().top + box.clientHeight * HIGH + 1;
    const frames = all(".kv-blad", box);
    let [low, high] = [0, frames.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (frames[middle].getBoundingClientRect().bottom < line) low = middle + 1;
      else high = middle;
    }
    return Math.min(low + 1, frames.length);
  }

  function pageRead(box) {
    const line = box.getBoundingClientRect().top + box.clientHeight * HIGH + 1;
    const above = all("[data-side]", box).filter((it) => it.getBoundingClientRect().top <= line);
    const part = all(".kv-bolk", box).findLast((it) => it.getBoundingClientRect().top <= line);
    const begun = here.starts.findLast(({ start }) => start <= Number(part?.dataset.fra ?? 0));
    const read = above.at(-1);
    return read && part?.contains(read) ? Number(read.dataset.side) : begun?.number;
  }

  /** Where in the text one reads: the first block in sight, or the page's beginning. */
  function whereRead() {
    if (view() === "side") return here.starts.findLast(({ number }) => number <= here.page)?.start ?? 0;
    const box = sheet();
    const { top } = box.getBoundingClientRect();
    const seen = all("[data-fra]", box).find((it) => !it.matches(".kv-bolk:not(.kv-ubrukt)") && it.getBoundingClientRect().bottom > top);
    return Number(seen?.dataset.fra ?? 0);
  }

  // --- Pages as pictures ---------------------------------------------------------------------------------------------

  const wanted = new Set();
  let settling = 0;

  function onPages(entries) {
    for (const { target, isIntersecting } of entries) wanted[isIntersecting ? "add" : "delete"](target);
    clearTimeout(settling);
    // Who scrolls past a hundred pages wants none of them.
    settling = setTimeout(fetchPictures, SETTLED);
  }

  function fetchPictures() {
    for (const frame of wanted) {
      if (!frame.isConnected) wanted.delete(frame);
      else draw(frame);
    }
  }

  function draw(frame) {
    const pixels = frame.clientWidth * window.devicePixelRatio * 0.95;
    const width = WIDTHS.find((it) => it >= pixels) ?? WIDTHS.at(-1);
    const number = Number(frame.dataset.side);
    const name = here.labels.get(number) ?? number;
    let picture = find("img", frame);
    if (picture && picture.dataset.kilde !== here.document) {
      picture.remove();
      picture = null;
    }
    if (frame.classList.contains("kv-uten") || Number(picture?.dataset.bredde ?? 0) >= width) return;
    if (!picture) {
      picture = Object.assign(new Image(), { decoding: "async", draggable: false });
      picture.alt = fill("pane.picture", { number: name });
      picture.addEventListener("load", () => frame.classList.add("kv-tegnet"));
      picture.addEventListener("error", () => {
        const word = Object.assign(document.createElement("p"), { textContent: fill("pane.no_picture", { number: name }) });
        frame.classList.add("kv-uten");
        picture.replaceWith(word);
      });
      frame.prepend(picture);
    }
    picture.dataset.kilde = here.document;
    picture.dataset.bredde = width;
    picture.src = `${here.address}side/${number}/${width}.jpg`;
  }

  function applyZoom() {
    const pages = find(".kv-blader", here.article);
    pages?.style.setProperty("--kv-zoom", zoom);
    all(".kv-zoom button", here.article).forEach((it) => {
      it.disabled = zoom === (it.dataset.gjor === "storre" ? ZOOMS.at(-1) : ZOOMS[0]);
    });
  }

  function changeZoom(step) {
    const box = here.sheets.side;
    const middle = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight;
    const across = (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth;
    zoom = ZOOMS[Math.min(Math.max(ZOOMS.indexOf(zoom) + step, 0), ZOOMS.length - 1)];
    applyZoom();
    box.scrollTop = middle * box.scrollHeight - box.clientHeight / 2;
    box.scrollLeft = across * box.scrollWidth - box.clientWidth / 2;
    clearTimeout(settling);
    settling = setTimeout(fetchPictures, SETTLED);
  }

  // --- The text, part by part ----------------------------------------------------------------------------------------

  function onParts(entries) {
    entries.filter((it) => it.isIntersecting).forEach((it) => receive(it.target));
  }

  /** The part with its text in it; fetched if it has not come yet. */
  function receive(part) {
    if (!part.classList.contains("kv-ubrukt")) return Promise.resolve(part);
    part.coming ??= request(part).catch(() => {
      part.coming = null;
      const again = document.createElement("button");
      Object.assign(again, { type: "button", className: "kv-igjen", textContent: texts["pane.not_fetched"] });
      again.addEventListener("click", () => receive(part));
      part.replaceChildren(again);
      return part;
    });
    return part.coming;
  }

  async function request(part) {
    const { article, address, sought } = here;
    part.dataset.melding = texts["pane.more"];
    const { sitat, kort, andre, kilde } = article.dataset;
    const asked = { lang: document.documentElement.lang, finn: sought.words, kort, andre };
    if (sitat) asked.sitat = `${kilde}:${sitat}`;
    const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
    const answer = await fetch(`${address}tekst/${part.dataset.del}?${query}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.firstElementChild;
    // Looked for something else meanwhile: this part bears the marks of before.
    if (sought !== here.sought) return part.isConnected ? request(part) : part;
    replace(part, fresh);
    return fresh;
  }

  /** Puts another element in a part's place; what one reads stays where it is. */
  function replace(part, fresh) {
    const box = part.closest(".kv-ark");
    if (!box) return;
    const still = anchor(box, part);
    const before = still?.getBoundingClientRect().top;
    part.replaceWith(fresh);
    if (still) box.scrollTop += still.getBoundingClientRect().top - before;
  }

  /** What must not move: where one was led to, while it is in sight; else the first that is in sight. */
  function anchor(box, part) {
    if (here.target && box.contains(here.target) && !part.contains(here.target) && isSeen(here.target)) return here.target;
    const { top } = box.getBoundingClientRect();
    const blocks = all(".kv-bolk:not(.kv-ubrukt) [data-fra]", box);
    return blocks.find((it) => !part.contains(it) && it.getBoundingClientRect().bottom > top);
  }

  /** Forgets the text of a part, which is fetched anew when it comes into sight. */
  function forget(part) {
    const gap = part.cloneNode(false);
    gap.classList.add("kv-ubrukt");
    gap.style.minHeight = `${part.offsetHeight}px`;
    replace(part, gap);
    here.sheets.tekst.near.observe(gap);
    return gap;
  }

  const partAt = (offset) =>
    all(".kv-bolk", here.sheets.tekst).findLast((it) => Number(it.dataset.fra) <= offset) ?? find(".kv-bolk", here.sheets.tekst);

  const partNumbered = (number) => find(`.kv-bolk[data-del="${number}"]`, here.sheets.tekst);

  // --- Turning and switching -----------------------------------------------------------------------------------------

  async function goToPage(number) {
    const page = Math.min(Math.max(number, 1), here.total);
    const box = sheet();
    if (view() === "side") goTo(find(`.kv-blad[data-side="${page}"]`, box), 0);
    else await readPage(page);
    here.held = { page, top: box.scrollTop };
    track();
    window.kildesvar.say(fill("pane.page_reached", { number: here.labels.get(page) ?? page }));
  }

  async function readPage(page) {
    const begun = here.starts.find(({ number }) => number >= page);
    if (!begun) return;
    const part = await receive(partAt(begun.start));
    goTo(find(`[data-side="${begun.number}"]`, part) ?? part, 0.02);
  }

  /** A page by what is written in the field: the number printed on it, else its place among the sheets. */
  function pageCalled(name) {
    const wantedName = name.trim().toLowerCase();
    for (const [number, label] of here.labels) if (label.toLowerCase() === wantedName) return number;
    const number = /^\d+$/.test(wantedName) ? Number(wantedName) : 0;
    return number >= 1 && number <= here.total ? number : null;
  }

  async function switchTo(wanted) {
    wished = wanted;
    if (view() === wanted || !here.sheets.side) return;
    track();
    const { page } = here;
    const marked = find(view() === "side" ? "#kv-her-side" : "#kv-her", here.article);
    const stay = marked && isSeen(marked);
    for (const [name, box] of Object.entries(here.sheets)) box.hidden = name !== wanted;
    all(".kv-syn button", here.article).forEach((it) => it.setAttribute("aria-pressed", it.dataset.gjor === wanted));
    find(".kv-zoom", here.article).hidden = wanted !== "side";
    if (stay) await goToQuote();
    else await goToPage(page);
    if (here.sought.at >= 0) drawFinds();
    track();
  }

  async function goToQuote() {
    if (view() === "tekst") await receive(partAt(parseInt(here.article.dataset.sitat, 10)));
    const mark = find(view() === "side" ? "#kv-her-side" : "#kv-her", here.article);
    if (mark) goTo(mark);
  }

  function isSeen(element) {
    const [inside, outside] = [element.getBoundingClientRect(), sheet().getBoundingClientRect()];
    return inside.bottom > outside.top && inside.top < outside.bottom;
  }

  // --- The outline ---------------------------------------------------------------------------------------------------

  async function toggleOutline() {
    const list = find(".kv-innhold", here.article);
    if (!list.hidden) return closeOutline();
    if (!list.firstChild) {
      const answer = await fetch(`${here.address}innhold?lang=${document.documentElement.lang}`);
      if (!answer.ok) return window.kildesvar.say(await answer.text());
      list.innerHTML = await answer.text();
    }
    list.hidden = false;
    find('[data-gjor="innhold"]', here.article).setAttribute("aria-expanded", "true");
    const buttons = all("button", list);
    const place = whereRead();
    const current = buttons.findLast((it) => Number(it.dataset.fra) <= place);
    buttons.forEach((it) => (it === current ? it.setAttribute("aria-current", "location") : it.removeAttribute("aria-current")));
    (current ?? buttons[0])?.focus();
  }

  function foldOutline() {
    find(".kv-innhold", here.article).hidden = true;
    const opener = find('[data-gjor="innhold"]', here.article);
    opener?.setAttribute("aria-expanded", "false");
    return opener;
  }

  const closeOutline = () => foldOutline()?.focus();

  async function goToHeading({ dataset }) {
    closeOutline();
    if (view() === "side" && dataset.side) {
      const frame = find(`.kv-blad[data-side="${dataset.side}"]`, here.article);
      goTo(frame, 0.06);
      sheet().scrollTop += (frame.offsetHeight * Number(dataset.topp)) / 100;
    } else {
      const part = await receive(partAt(Number(dataset.fra)));
      goTo(find(`[data-fra="${dataset.fra}"]:not(.kv-bolk)`, part) ?? part, 0.06);
    }
    sheet().focus({ preventScroll: true });
  }

  // --- Finding -------------------------------------------------------------------------------------------------------

  const finder = () => find(".kv-finn", here.article);

  function openFinder() {
    finder().hidden = false;
    find('[data-gjor="finn"]', here.article).setAttribute("aria-expanded", "true");
    const field = find(".kv-sok", here.article);
    field.focus();
    field.select();
  }

  function closeFinder() {
    finder().hidden = true;
    const opener = find('[data-gjor="finn"]', here.article);
    opener.setAttribute("aria-expanded", "false");
    find(".kv-sok", here.article).value = "";
    seek("");
    opener.focus();
  }

  let typing = 0;
  function onTyping(field) {
    clearTimeout(typing);
    typing = setTimeout(() => seek(field.value), 200);
  }

  async function seek(words) {
    clearTimeout(typing);
    const before = here;
    const sought = { words: words.trim(), hits: [], total: 0, at: -1 };
    here.sought = sought;
    if (sought.words) {
      const answer = await fetch(`${here.address}finn?${new URLSearchParams({ finn: sought.words })}`);
      if (before !== here || here.sought !== sought) return;
      if (!answer.ok) return window.kildesvar.say(await answer.text());
      const found = await answer.json();
      Object.assign(sought, { hits: found.treff, total: found.antall });
    }
    sought.at = firstAhead();
    drawFinds();
    if (sought.at >= 0) await goToHit();
    tellHits();
  }

  /** The first hit from where one reads; from the beginning where there is none ahead. */
  function firstAhead() {
    const place = whereRead();
    const { hits } = here.sought;
    return hits.length ? Math.max(hits.findIndex(([, start]) => start >= place), 0) : -1;
  }

  function step(by) {
    const { hits } = here.sought;
    const field = find(".kv-sok", here.article);
    if (field.value.trim() !== here.sought.words) return seek(field.value);
    if (!hits.length) return null;
    here.sought.at = (here.sought.at + by + hits.length) % hits.length;
    return goToHit().then(tellHits);
  }

  function tellHits() {
    const { words, total, at } = here.sought;
    const told = total ? fill("pane.found.here", { number: at + 1, total }) : words ? texts["pane.found.none"] : "";
    find(".kv-treffantall", here.article).textContent = told;
    if (told) window.kildesvar.say(told);
  }

  function drawFinds() {
    all(".kv-rute.kv-funn", here.article).forEach((it) => it.remove());
    if (view() === "tekst") {
      const parts = new Set(here.sought.hits.map(([part]) => String(part)));
      all(".kv-bolk:not(.kv-ubrukt)", here.sheets.tekst)
        .filter((it) => parts.has(it.dataset.del) || find("mark.kv-funn", it))
        .forEach(forget);
      return;
    }
    for (const [, start, boxes] of here.sought.hits) {
      for (const [page, left, top, width, height] of boxes) {
        const mark = Object.assign(document.createElement("div"), { className: "kv-rute kv-funn" });
        mark.dataset.treff = start;
        Object.assign(mark.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
        find(`.kv-blad[data-side="${page}"]`, here.sheets.side)?.append(mark);
      }
    }
  }

  async function goToHit() {
    const { hits, at } = here.sought;
    const [number, start] = hits[at];
    const within = view() === "side" ? here.sheets.side : await receive(partNumbered(number));
    if (here.sought.hits !== hits || here.sought.at !== at) return;
    all(".kv-na", here.article).forEach((it) => it.classList.remove("kv-na"));
    const marks = all(`[data-treff="${start}"]`, within);
    marks.forEach((it) => it.classList.add("kv-na"));
    if (marks.length) goTo(marks[0], 0.4);
  }

  // --- Listening -----------------------------------------------------------------------------------------------------

  const does = {
    side: () => switchTo("side"),
    tekst: () => switchTo("tekst"),
    "forrige-side": () => goToPage(here.page - 1),
    "neste-side": () => goToPage(here.page + 1),
    storre: () => changeZoom(1),
    mindre: () => changeZoom(-1),
    innhold: toggleOutline,
    overskrift: goToHeading,
    finn: () => (finder().hidden ? openFinder() : closeFinder()),
    "lukk-finn": closeFinder,
    "neste-funn": () => step(1),
    "forrige-funn": () => step(-1),
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("#kv-leser [data-gjor]");
    if (button && isOpen()) does[button.dataset.gjor]?.(button);
    // A click elsewhere has taken the focus to where it was made, and there it stays.
    else if (isOpen() && !find(".kv-innhold", here.article).hidden && !event.target.closest?.(".kv-innhold")) foldOutline();
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches?.("#kv-leser .kv-sok") && isOpen()) onTyping(event.target);
  });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("#kv-leser .kv-sidetall")) event.target.select();
  });

  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("#kv-leser .kv-sidetall") && isOpen()) track();
  });

  function onField(event) {
    const { target, key } = event;
    if (target.matches(".kv-sok") && key === "Enter") {
      event.preventDefault();
      step(event.shiftKey ? -1 : 1);
    } else if (target.matches(".kv-sidetall") && key === "Enter") {
      const page = pageCalled(target.value);
      if (page) goToPage(page).then(() => (target.value = here.labels.get(here.page) ?? here.page));
      else window.kildesvar.say(fill("pane.no_such_page", { number: target.value }));
      target.select();
    }
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (!isOpen() || !event.target.closest?.("#kv-leser")) return;
      const { key } = event;
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      const outline = !find(".kv-innhold", here.article).hidden;
      if (key === "Escape" && (outline || event.target.closest(".kv-finn"))) {
        event.stopPropagation(); // else the whole pane would close
        event.preventDefault();
        if (outline) closeOutline();
        else closeFinder();
      } else if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "f") {
        event.preventDefault(); // the browser would search only what has been sent
        openFinder();
      } else if (event.target.matches("input")) {
        onField(event);
      } else if (plain && (key === "ArrowRight" || key === "ArrowLeft") && here.total && zoom === 1 && !event.target.matches(".kv-tabell")) {
        event.preventDefault();
        goToPage(here.page + (key === "ArrowRight" ? 1 : -1));
      }
    },
    true,
  );

  window.kildesvar.pane = { show, wished: () => wished };
})();
