/** Light or dark as the notebook is, or where it does not say so, as the system is. */

import type { Bearer } from "../ui/theme.svelte";

const SYSTEM = "(prefers-color-scheme: dark)";

export function asTheNotebook(host: HTMLElement): Bearer {
  const system = window.matchMedia(SYSTEM);
  return {
    root: host,
    isDark: () => said() ?? system.matches,
    watch: (changed) => {
      const watcher = new MutationObserver(changed);
      for (const element of [document.documentElement, document.body]) {
        watcher.observe(element, { attributes: true });
      }
      system.addEventListener("change", changed);
      return () => {
        watcher.disconnect();
        system.removeEventListener("change", changed);
      };
    },
  };
}

/** JupyterLab and Notebook say it in an attribute, marimo and editors by a class. */
function said(): boolean | null {
  const { body, documentElement } = document;
  const { jpThemeLight } = body.dataset;
  if (jpThemeLight !== undefined) return jpThemeLight === "false";
  for (const { classList } of [body, documentElement]) {
    if (["dark", "dark-theme", "vscode-dark"].some((name) => classList.contains(name))) return true;
    if (["light", "light-theme", "vscode-light"].some((name) => classList.contains(name)))
      return false;
  }
  return null;
}
