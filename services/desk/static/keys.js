// Keys: j/k next and previous card, Enter opens it, c copies its attribution line, s silences, / searches, ? lists them.
// Everything they do can be done without them; without JavaScript nothing is missing but the keys.
(() => {
  "use strict";
  const CARDS = "[data-card]";
  let current = null;

  function say(words) {
    let line = document.getElementById("said");
    if (!line) {
      line = document.createElement("p");
      line.id = "said";
      line.setAttribute("role", "status");
      document.body.append(line);
    }
    line.textContent = words;
    line.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { line.hidden = true; }, 4000);
  }

  function move(step) {
    const cards = [...document.querySelectorAll(CARDS)];
    if (!cards.length) return;
    const at = cards.indexOf(current);
    const next = at < 0 ? (step > 0 ? 0 : cards.length - 1) : Math.min(cards.length - 1, Math.max(0, at + step));
    if (current) current.classList.remove("current");
    current = cards[next];
    current.classList.add("current");
    if (!current.hasAttribute("tabindex")) current.setAttribute("tabindex", "-1");
    current.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    current.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  const chosen = () => current || document.activeElement?.closest(CARDS) || document.querySelector(CARDS);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied.");
    } catch {
      say("The browser did not allow copying; select the line instead.");
    }
  }

  function line(card) {
    const source = card?.querySelector("[data-copy]");
    if (!source) return null;
    const links = [...card.querySelectorAll("[data-copy-link]")].map((a) => new URL(a.getAttribute("href"), location.href).href);
    return [source.dataset.copy || source.textContent.trim(), ...links].join("\n");
  }

  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    c: () => { const text = line(chosen()); if (text) copy(text); else say("Nothing to copy here."); },
    s: () => {
      const card = chosen();
      const field = card?.querySelector("[data-silence]") || document.querySelector("main > .single [data-silence]");
      if (!field) {
        const alert = card?.querySelector("a[href^='/alerts/']");
        if (alert) location.href = `${alert.getAttribute("href")}#silence`; else say("Nothing to silence here.");
        return;
      }
      const fold = field.closest("details");
      if (fold) fold.open = true;
      field.focus();
    },
    "/": () => {
      const field = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
      if (field) field.focus(); else location.href = "/search";
    },
    "?": () => { location.href = "/keys"; },
    Enter: () => { if (current && document.activeElement === current) current.querySelector("a[href]")?.click(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target;
    if (at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"))) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const act = KEYS[event.key];
    if (!act) return;
    if (event.key !== "Enter") event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-copy-button]") : null;
    if (!button) return;
    const text = line(button.closest(CARDS));
    if (text) copy(text);
  });
  // A slider that shows another time as soon as it is let go; its button is for those without JavaScript.
  document.addEventListener("change", (event) => { event.target.closest?.("form[data-auto]")?.requestSubmit(); });
  document.addEventListener("input", (event) => {
    const slider = event.target.closest?.("form[data-auto] input[type=range]");
    const at = slider && document.querySelectorAll(`#${slider.getAttribute("data-times")} a`)[slider.value];
    if (at) slider.form.querySelector("output").textContent = at.textContent;
  });

  // "Silence" pressed on a list: the alert's own page opens at the field.
  // After load: a browser that scrolls to the fragment takes the focus away.
  if (location.hash === "#silence") addEventListener("load", () => { setTimeout(KEYS.s); });

  // Buttons that need JavaScript are hidden where there is none.
  document.documentElement.classList.add("js");
})();
