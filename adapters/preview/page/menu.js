// The menu of one message: what can be asked about it. One is open at a time, on the page itself, so
// that no message cuts it off.

import { t } from "./german.js";
import { h, icon } from "./dom.js";

let shut = () => {};

export function menuOf(message, author, entries, point) {
  const open = h("button", {
    type: "button", class: "icon-button more", "aria-label": t("More about this message by {name}", author),
    "aria-haspopup": "menu", "aria-expanded": "false", data: { wire: "more" },
  }, icon("more"));
  open.addEventListener("click", () => {
    const again = open.getAttribute("aria-expanded") === "true";
    shut();
    if (!again) show(open, entries, (entry) => point(message, entry));
  });
  return open;
}

function show(opener, entries, chosen) {
  const items = entries.map((entry) => {
    const item = h("button", { type: "button", class: "menu-item", role: "menuitem", tabindex: -1, title: entry.about, text: entry.label });
    item.addEventListener("click", () => { close(true); chosen(entry); });
    return item;
  });
  const list = h("div", { class: "menu", role: "menu", "aria-label": t("About this message") }, items);
  const at = opener.getBoundingClientRect();
  list.style.top = `${Math.max(8, Math.min(at.bottom + 4, innerHeight - 44 * items.length - 20))}px`;
  list.style.right = `${Math.max(8, innerWidth - at.right)}px`;
  const outside = (event) => { if (!list.contains(event.target) && !opener.contains(event.target)) close(false); };
  const close = (back) => {
    shut = () => {};
    list.remove();
    opener.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", away);
    removeEventListener("scroll", away, true);
    if (back) opener.focus();
  };
  const away = () => close(false);
  list.addEventListener("keydown", (event) => {
    const place = items.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  shut = () => close(false);
  document.body.append(list);
  opener.setAttribute("aria-expanded", "true");
  addEventListener("pointerdown", outside, true);
  addEventListener("resize", away);
  addEventListener("scroll", away, true);
  items[0].focus({ preventScroll: true });
}
