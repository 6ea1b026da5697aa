// What every page does: the theme, the keys' help, and no key taken from who is typing.
"use strict";
const typing = (target) => Boolean(target.closest?.("input, textarea, select"));
(() => {
  const help = document.querySelector("#help");
  const themes = ["auto", "light", "dark"];
  const stored = () => { try { return localStorage.getItem("secondsource-theme"); } catch { return null; } };
  function theme(name) {
    if (name === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    document.querySelector("#theme").textContent = `Theme: ${name}`;
    try { localStorage.setItem("secondsource-theme", name); } catch { /* a file may have no storage; the choice then lasts as long as the page */ }
  }
  const nextTheme = () => theme(themes[(themes.indexOf(document.documentElement.dataset.theme || "auto") + 1) % themes.length]);

  document.querySelector("#help-close").addEventListener("click", () => help.close());
  document.querySelector("#help-open").addEventListener("click", () => help.showModal());
  document.querySelector("#theme").addEventListener("click", nextTheme);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || typing(event.target)) return;
    if (event.key === "?") { event.preventDefault(); help.showModal(); }
    else if (event.key === "t") nextTheme();
  });

  const known = stored();
  theme(themes.includes(known) ? known : "auto");
  document.querySelector("#theme").hidden = false;
  document.querySelector("#help-open").hidden = false;
})();
