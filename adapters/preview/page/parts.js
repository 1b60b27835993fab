// The parts of a message, each with the browser's own means.

import { t } from "./german.js";
import { freshId, h, icon, size } from "./dom.js";
import { drawable } from "./draw.js";
import { mention, shape, time, words } from "./words.js";

// `say` holds: me, message, press(wire, chosen, control).
export function parts(list, say) {
  return list.map((part) => one(part, say));
}

function one(part, say) {
  switch (part.part) {
    case "text": return text(part, say);
    case "when": return h("p", { class: "text" }, time(part.at, shape(part)));
    case "person": return h("p", { class: "text" }, mention(part, say.me));
    case "facts": return facts(part, say);
    case "row": return row(part, say);
    case "select": return part.most === 1 ? select(part, say) : several(part, say);
    case "image": return image(part, say);
    case "file": return file(part, say);
    case "hidden": return hidden(part, say);
    case "divider": return h("hr", {});
    default: throw new Error("a part that this page does not know");
  }
}

function text(part, say) {
  const tag = part.style === "heading" ? "h2" : "p";
  return h(tag, { class: `text ${part.style}` }, words(part.words, say.me));
}

function facts(part, say) {
  return h("dl", { class: "facts" }, part.rows.map(([label, value]) =>
    h("div", {}, h("dt", {}, words(label, say.me)), h("dd", {}, words(value, say.me)))));
}

function row(part, say) {
  return h("div", { class: "row" }, part.items.map((item) => {
    if (item.part === "link") {
      return h("a", { class: "button", href: item.url, target: "_blank", rel: "noopener noreferrer" },
        h("span", { text: item.label }), icon("link"), h("span", { class: "unseen", text: "(opens a new tab)" }));
    }
    const control = h("button", { type: "button", class: `button ${item.look}`, text: item.label, data: { wire: item.wire } });
    control.addEventListener("click", () => say.press(item.wire, null, control));
    return control;
  }));
}

// Choosing with the mouse or in the opened list acts at once. Arrow keys in a closed list change
// the choice with every stroke, so there Enter (or the button beside it) has the last word.
function select(part, say) {
  const id = freshId("select");
  const none = part.chosen.length === 0;
  const list = h("select", { id, data: { wire: part.wire } },
    none ? h("option", { value: "", text: t("Choose…"), disabled: true }) : null,
    part.options.map((option) => h("option", { value: option.value, text: option.label })));
  list.value = none ? "" : part.chosen[0];
  const go = h("button", { type: "button", class: "button main", text: "Choose", hidden: true });
  let keyed = false;
  const act = () => {
    go.hidden = true;
    if (list.value) say.press(part.wire, [list.value], list);
  };
  list.addEventListener("keydown", (event) => {
    keyed = event.key.length === 1 || event.key.startsWith("Arrow") || ["Home", "End", "PageUp", "PageDown"].includes(event.key);
    if (event.key === "Enter" && !go.hidden) { event.preventDefault(); act(); }
  });
  list.addEventListener("pointerdown", () => { keyed = false; });
  list.addEventListener("change", () => {
    if (keyed) go.hidden = false;
    else act();
  });
  go.addEventListener("click", act);
  return h("div", { class: "pick" }, h("label", { for: id, text: part.label }), h("div", { class: "pick-row" }, list, go));
}

function several(part, say) {
  const boxes = part.options.map((option) => h("input", { type: "checkbox", value: option.value, checked: part.chosen.includes(option.value) }));
  const go = h("button", { type: "button", class: "button", text: "Choose", data: { wire: part.wire } });
  const settle = () => {
    const full = boxes.filter((box) => box.checked).length >= part.most;
    for (const box of boxes) box.disabled = full && !box.checked;
  };
  settle();
  go.addEventListener("click", () => say.press(part.wire, boxes.filter((box) => box.checked).map((box) => box.value), go));
  return h("fieldset", { class: "several", on: { change: settle } },
    h("legend", { text: `${part.label} (up to ${part.most})` }),
    h("div", { class: "checks" }, part.options.map((option, at) => h("label", { class: "check" }, boxes[at], h("span", { text: option.label })))),
    go);
}

// With the state of the message in it: a browser shows a picture it has for the same address, and after a message
// has changed that is somebody else's picture.
const address = (part, say) => `/file/${say.message}/${part.blob}?as=${encodeURIComponent(say.me)}&rev=${say.rev}`;

function image(part, say) {
  const src = address(part, say);
  const shown = h("img", { src, alt: part.alt, loading: "lazy" });
  const caption = part.alt ? h("figcaption", { text: part.alt }) : null;
  if (part.draws) return h("figure", { class: "image" }, drawable(shown, part.draws, say), caption);
  const label = part.alt ? `Open the picture: ${part.alt}` : "Open the picture";
  return h("figure", { class: "image" },
    h("a", { href: src, target: "_blank", rel: "noopener", "aria-label": label }, shown),
    caption);
}

function file(part, say) {
  return h("a", { class: "file", href: address(part, say), download: part.name },
    icon("file"),
    h("span", { class: "file-words" },
      h("span", { class: "file-name", text: part.name }),
      h("span", { class: "file-about", text: [part.about, size(part.size)].filter(Boolean).join(" · ") })),
    icon("drop"));
}

function hidden(part, say) {
  return h("details", { class: "hidden" }, h("summary", { text: part.label }), h("div", { class: "hidden-parts" }, parts(part.parts, say)));
}
