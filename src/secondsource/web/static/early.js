// The chosen theme, before anything is drawn.
try {
  const chosen = localStorage.getItem("secondsource-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* no storage: the system's theme stays */ }
