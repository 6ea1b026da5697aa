// What the pages do beyond links and forms: layers, places, keys in lists, news as it comes in.
(() => {
  const one = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const plain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);

  for (const node of all("[data-script][hidden], #more-boxes")) node.hidden = false;
  const more = one("#more-boxes");
  more?.addEventListener("htmx:configRequest", (event) => { event.detail.parameters.number = all(".box").length + 1; });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.id === "boxes") one("textarea", event.target.lastElementChild)?.focus();
  });

  // Layers: which of them are switched on is remembered.
  const boxes = all("input[data-layer]");
  const remember = () => {
    const on = boxes.filter((box) => box.checked).map((box) => box.dataset.layer).join(" ");
    try { localStorage.setItem("secondsource-layers", on); } catch { /* then they last as long as the page */ }
  };
  try {
    const kept = localStorage.getItem("secondsource-layers");
    if (kept !== null) for (const box of boxes) box.checked = kept.split(" ").includes(box.dataset.layer);
  } catch { /* no storage: the layers are as the page has them */ }
  // What is in no layer that is on is no link: nothing to see, no stop for the keyboard.
  const places = all("a.m");
  function link() {
    const on = boxes.filter((box) => box.checked).map((box) => `l-${box.dataset.layer}`);
    for (const place of places) {
      place.dataset.href ??= place.getAttribute("href");
      if (on.some((layer) => place.classList.contains(layer))) place.setAttribute("href", place.dataset.href);
      else place.removeAttribute("href");
    }
  }
  for (const box of boxes) box.addEventListener("change", () => { remember(); link(); });
  if (boxes.length) link();

  // A place in an article: shown beside the text, without leaving it.
  function choose(place) {
    for (const node of all(".m.here")) { node.classList.remove("here"); node.removeAttribute("aria-current"); }
    place.classList.add("here");
    place.setAttribute("aria-current", "true");
    window.htmx.ajax("GET", place.getAttribute("href").replace("#here", ""), { target: "#place", swap: "innerHTML" });
    history.replaceState(null, "", place.getAttribute("href"));
  }
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("a.m[href]");
    if (place && plain(event) && window.htmx) { event.preventDefault(); choose(place); }
  });

  // Keys: j and k go through a list; digits switch layers; / goes to the search.
  const items = () => all("a.item").filter((item) => item.offsetParent !== null);
  function step(by) {
    const shown = items();
    const next = shown[shown.indexOf(document.activeElement) + by] || (by > 0 ? null : shown[0]);
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
  }
  document.addEventListener("keydown", (event) => {
    if (!plain(event) || typing(event.target) || one("dialog[open]")) return;
    const box = boxes[Number(event.key) - 1];
    if (box) { event.preventDefault(); box.click(); }
    else if (items().length && (event.key === "j" || event.key === "k")) { event.preventDefault(); step(event.key === "j" ? 1 : -1); }
    else if (event.key === "/" && one('.pages a[href="/search"]')) {
      event.preventDefault();
      const field = one("input[type=search]");
      if (field) field.focus(); else location.assign("/search");
    }
  });

  // Stories that are new or changed while the page is open are counted, not pushed under the reader's eyes.
  const news = one("#news");
  if (news && window.EventSource) {
    const seen = new Set();
    const source = new EventSource(`/api/v1/events?after=${news.dataset.position}`);
    const count = (event) => {
      const change = JSON.parse(event.data);
      if (news.dataset.story && news.dataset.story !== change.story && news.dataset.story !== change.other) return;
      seen.add(change.story);
      one("#news-count").textContent = news.dataset.story ? "This story has changed" : seen.size === 1 ? "One story is new or changed" : `${seen.size} stories are new or changed`;
      news.hidden = false;
    };
    for (const what of ["born", "grew", "merged", "split"]) source.addEventListener(what, count);
    window.addEventListener("pagehide", () => source.close());
  }
})();
