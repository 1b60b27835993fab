// A text input with a list of suggestions: choose one, or write something else.

import { freshId, h, icon } from "./dom.js";
import { act } from "./net.js";

export function combo(input, field, at) {
  const list = h("ul", { id: freshId("choices"), class: "combo-list", role: "listbox", "aria-label": "Suggestions", tabindex: -1, hidden: true });
  const meaning = h("p", { class: "combo-meaning", "aria-live": "polite" });
  const open = h("button", { type: "button", class: "icon-button", tabindex: -1, "aria-hidden": "true" }, icon("chevron"));
  const box = h("div", { class: "combo" }, input, open, list);
  input.setAttribute("role", "combobox");
  input.setAttribute("autocomplete", "off");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  const known = new Map(field.options.map(({ value, label }) => [value, label]));
  let found = [];
  let active = -1;
  let asked = 0;

  const tell = () => {
    const label = known.get(input.value.trim());
    meaning.textContent = label && label !== input.value.trim() ? label : "";
  };
  const close = () => {
    asked += 1;
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (option) => {
    input.value = option.value;
    close();
    tell();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    input.focus();
  };
  const show = (options) => {
    found = options;
    active = -1;
    list.replaceChildren(...options.map((option, index) => {
      const line = h("li", { id: `${list.id}-${index}`, role: "option", "aria-selected": "false" },
        h("span", { text: option.label }), option.label === option.value ? null : h("span", { class: "suggestion-about", text: option.value }));
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
      return line;
    }));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
  };
  const look = async (text) => {
    const mine = ++asked;
    if (!field.suggest) {
      const wanted = text.trim().toLowerCase();
      show(field.options.filter(({ value, label }) => `${value} ${label}`.toLowerCase().includes(wanted)));
      return;
    }
    try {
      const { options } = await act("complete", { ...at, suggest: field.suggest, text: text.trim() });
      for (const { value, label } of options) known.set(value, label);
      tell();
      if (mine === asked && document.activeElement === input) show(options);
    } catch { /* suggestions are a help, not a need */ }
  };
  const mark = (index) => {
    active = index;
    [...list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === index)));
    list.children[index].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[index].id);
  };
  input.addEventListener("input", (event) => { tell(); if (event.isTrusted) look(input.value); });
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { look(""); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark(active < 0 && step < 0 ? found.length - 1 : (active + step + found.length) % found.length);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(found[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  open.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    input.focus();
    if (list.hidden) look("");
    else close();
  });
  tell();
  return { element: h("div", {}, box, meaning), input, focus: input, read: (values) => { values[field.id] = input.value; } };
}
