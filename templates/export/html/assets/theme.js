// Applies the earlier choice of light or dark before the first paint. This file must never wait for the page.
{
  const root = document.documentElement;
  root.classList.add("scripted");
  let chosen = null;
  try {
    chosen = localStorage.getItem("permspec-theme");
  } catch {
    // Storage is disabled, so the system's choice applies.
  }
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    const show = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("permspec-theme", root.dataset.theme);
      } catch {
        // Without storage, the choice lasts until the page is closed.
      }
      show();
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
    show();
  });
}
