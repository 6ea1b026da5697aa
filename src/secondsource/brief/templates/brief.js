// The page's behaviour: lines open their passages in the accounts, and passages lead back to the lines.
(() => {
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const passages = one("#passages");
  const columns = one(".columns", passages);
  const back = one(".back", passages);
  let opened = null; // the line whose passages are shown

  // What each line of a brief cites: {key: {label, cites: [[account, [[start, end], ...]], ...]}}.
  const books = new Map();
  const bookOf = (brief) => {
    if (!books.has(brief)) books.set(brief, JSON.parse(one("script.lines", brief).textContent));
    return books.get(brief);
  };
  const lines = () => all("a.line").filter((line) => line.offsetParent !== null);
  const lineOf = (brief, key) => one(`a.line[data-key="${key}"]`, brief);

  // Offsets count code points; the browser counts UTF-16 units.
  const units = (text) => {
    const at = [0];
    for (const character of text) at.push(at[at.length - 1] + character.length);
    return at;
  };

  // Replace a paragraph's text by its runs, each marked with the lines that cite it.
  function markParagraph(paragraph, cites, key) {
    const text = paragraph.textContent;
    const at = units(text);
    const start = Number(paragraph.dataset.at);
    const length = at.length - 1;
    const here = cites
      .map((cite) => ({ key: cite.key, from: Math.max(0, cite.from - start), to: Math.min(length, cite.to - start) }))
      .filter((cite) => cite.from < cite.to);
    if (!here.length) return;
    const edges = [...new Set([0, length, ...here.flatMap((cite) => [cite.from, cite.to])])].sort((a, b) => a - b);
    const runs = [];
    for (let i = 0; i + 1 < edges.length; i += 1) {
      const keys = [...new Set(here.filter((c) => c.from <= edges[i] && c.to >= edges[i + 1]).map((c) => c.key))];
      const run = text.slice(at[edges[i]], at[edges[i + 1]]);
      if (!keys.length) { runs.push(document.createTextNode(run)); continue; }
      const mark = make("mark", { textContent: run, tabIndex: 0 });
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", `${run} (cited: show by which lines)`);
      mark.dataset.keys = keys.join(" ");
      mark.classList.toggle("on", keys.includes(key));
      runs.push(mark);
    }
    paragraph.replaceChildren(...runs);
  }

  function markText(text, brief, account, key) {
    const cites = [];
    for (const [name, line] of Object.entries(bookOf(brief))) {
      if (name.startsWith("n") && name !== key) continue; // names are everywhere; they are marked when asked for
      for (const [place, spans] of line.cites) {
        if (place === account) for (const [from, to] of spans) cites.push({ key: name, from, to });
      }
    }
    for (const paragraph of all("p[data-at]", text)) markParagraph(paragraph, cites, key);
  }

  function column(brief, account, key) {
    const full = one(`details.full[data-account="${account}"]`, brief);
    const pristine = one(".text", full).cloneNode(true);
    for (const node of all("[id]", pristine)) node.removeAttribute("id");
    for (const paragraph of all("p[data-at]", pristine)) paragraph.textContent = paragraph.textContent;
    markText(pristine, brief, account, key);
    const summary = one("summary", full);
    const header = make("header", {}, ...[...summary.cloneNode(true).childNodes]);
    pristine.tabIndex = 0;
    pristine.setAttribute("role", "region");
    pristine.setAttribute("aria-label", `Account ${one(".chip", summary).textContent}: ${one("b", summary).textContent}`);
    const node = make("section", { className: `column ${full.className.replace("full", "")}` }, header, pristine);
    node.dataset.account = account;
    return node;
  }

  function scrollToMark(node) {
    const text = one(".text", node);
    const mark = one("mark.on", text);
    if (mark) text.scrollTop = mark.offsetTop - text.offsetTop - text.clientHeight / 4;
  }

  function open(line) {
    opened = line;
    const brief = line.closest(".brief");
    const entry = bookOf(brief)[line.dataset.key];
    const wanted = Number(line.dataset.account);
    one("#passages-label").textContent = entry.label;
    one("#passages-title").textContent = one(".said", line).textContent;
    one("#passages-title").dir = "auto";
    one("#passages-why").textContent = entry.why ? `Why: ${entry.why}` : "";
    back.textContent = "Underlined passages are cited; choose one to see by which lines.";
    const nodes = entry.cites.map(([account]) => column(brief, account, line.dataset.key));
    columns.replaceChildren(...nodes);
    one(".tabs", passages).replaceChildren(...(nodes.length < 2 ? [] : nodes.map((node) => {
      const chip = one("header .chip", node);
      const button = make("button", { type: "button" }, chip.cloneNode(true));
      button.setAttribute("aria-label", `Show account ${chip.textContent}`);
      button.addEventListener("click", () => { show(node); one(".text", node).focus(); });
      return button;
    })));
    if (!passages.open) passages.showModal();
    nodes.forEach(scrollToMark);
    const first = nodes.find((node) => Number(node.dataset.account) === wanted) || nodes[0];
    show(first);
    one(".text", first).focus({ preventScroll: true });
  }

  const show = (node) => { columns.scrollLeft = node.offsetLeft - columns.offsetLeft; };

  function goTo(line) {
    if (passages.open) { opened = line; passages.close(); return; }
    line.scrollIntoView({ block: "center" });
    line.focus({ preventScroll: true });
    line.classList.remove("flash");
    void line.offsetWidth; // so that the flash starts again
    line.classList.add("flash");
  }

  passages.addEventListener("close", () => {
    if (passages.open) return; // the event comes late: another line has been opened since
    columns.replaceChildren();
    if (opened) { const line = opened; opened = null; goTo(line); }
  });

  // Which lines cite a passage: the way back from the text to the brief.
  function citedBy(mark) {
    const inside = passages.contains(mark);
    const brief = inside ? opened.closest(".brief") : mark.closest(".brief");
    const links = mark.dataset.keys.split(" ").map((key) => {
      const line = lineOf(brief, key);
      const link = make("a", { href: `#${line.id}` }, make("b", { textContent: bookOf(brief)[key].label }), make("bdi", { className: "said", textContent: one(".said", line).textContent }));
      link.addEventListener("click", (event) => { event.preventDefault(); goTo(line); });
      return link;
    });
    if (!inside && links.length === 1) { links[0].click(); return; }
    if (inside) { back.replaceChildren("Cited by ", ...links); links[0].focus(); return; }
    const after = make("p", { className: "back" }, "Cited by ", ...links);
    all(".text > .back").forEach((node) => node.remove());
    mark.closest("p").after(after);
    links[0].focus();
  }

  function step(by) {
    const shown = lines();
    if (passages.open) {
      const others = shown.filter((line, i) => line === opened || i === 0 || line.dataset.key !== shown[i - 1].dataset.key);
      const next = others[others.indexOf(opened) + by];
      if (next) open(next);
      return;
    }
    const here = shown.indexOf(document.activeElement);
    const visible = here < 0 ? shown.findIndex((line) => line.getBoundingClientRect().top > 0) - (by > 0 ? 1 : 0) : here;
    const next = shown[Math.min(shown.length - 1, Math.max(0, visible + by))];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const line = event.target.closest("a.line");
    if (line) { event.preventDefault(); open(line); return; }
    const mark = event.target.closest(".text mark");
    if (mark) { citedBy(mark); return; }
    const to = event.target.closest("a.to");
    if (to) { event.preventDefault(); goTo(document.getElementById(to.hash.slice(1))); return; }
    const account = event.target.closest("a.account");
    if (account) document.getElementById(account.hash.slice(1)).open = true;
  });
  passages.addEventListener("click", (event) => { if (event.target === passages) passages.close(); });
  one("#close").addEventListener("click", () => passages.close());
  one("#before").addEventListener("click", () => step(-1));
  one("#after").addEventListener("click", () => step(1));
  document.addEventListener("toggle", (event) => {
    const full = event.target;
    if (!full.matches?.("details.full[open]") || full.dataset.marked) return;
    full.dataset.marked = "yes";
    markText(one(".text", full), full.closest(".brief"), Number(full.dataset.account), null);
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("#help").open || typing(event.target)) return;
    const mark = event.target.closest?.(".text mark");
    if (mark && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); citedBy(mark); return; }
    const inPassages = { n: 1, p: -1 };
    const onPage = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };
    const onLine = document.activeElement?.matches("a.line");
    if (passages.open && event.key in inPassages) { event.preventDefault(); step(inPassages[event.key]); }
    else if (!passages.open && event.key in onPage && (event.key.length === 1 || onLine)) { event.preventDefault(); step(onPage[event.key]); }
  });
})();
