/*
 * Language and colours of the page, chosen by its reader and remembered on this machine.
 *
 * A classic script in the head, so that both stand before anything is drawn. Every text is in the page in both
 * languages; app.css hides the one that <html lang> does not name. A change of colours is told as the event "recolour".
 */
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  speak(recall("language") ?? (navigator.language.startsWith("zh") ? "zh-CN" : "en"));
  paint();
  dark.addEventListener("change", paint);
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("language").addEventListener("click", () => {
      speak(keep("language", root.lang === "en" ? "zh-CN" : "en"));
    });
    document.getElementById("theme").addEventListener("click", () => {
      keep("theme", root.dataset.theme === "dark" ? "light" : "dark");
      paint();
    });
  });

  function speak(language) {
    root.lang = language === "en" ? "en" : "zh-CN";
  }

  function paint() {
    const theme = recall("theme") ?? (dark.matches ? "dark" : "light");
    root.dataset.theme = theme === "dark" ? "dark" : "light";
    document.dispatchEvent(new Event("recolour"));
  }

  // A browser that forbids storage still shows the page; it only forgets the choice.
  function recall(name) {
    try {
      return localStorage.getItem(`huitong:${name}`);
    } catch {
      return null;
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(`huitong:${name}`, value);
    } catch {
      // Forgotten, as said above.
    }
    return value;
  }
})();
