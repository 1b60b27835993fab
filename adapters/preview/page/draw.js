// Places drawn on a picture with the mouse: each is four numbers, in thousandths of the picture.

import { h } from "./dom.js";

const LEAST = 6;

export function drawable(picture, drawing, say) {
  const places = [];
  const sheet = h("div", { class: "sheet" }, picture);
  const done = h("button", { type: "button", class: "button", text: drawing.label, disabled: true, data: { wire: drawing.wire } });
  const undo = h("button", { type: "button", class: "text-button", text: "Undo", hidden: true });
  const settle = () => {
    done.disabled = places.length === 0;
    undo.hidden = places.length === 0;
  };
  const at = (event) => {
    const edge = picture.getBoundingClientRect();
    const part = (value, from, size) => Math.min(1000, Math.max(0, Math.round(1000 * (value - from) / size)));
    return [part(event.clientX, edge.left, edge.width), part(event.clientY, edge.top, edge.height)];
  };
  const put = (box, [x0, y0, x1, y1]) => {
    Object.assign(box.style, { left: `${x0 / 10}%`, top: `${y0 / 10}%`, width: `${(x1 - x0) / 10}%`, height: `${(y1 - y0) / 10}%` });
  };
  const between = ([ax, ay], [bx, by]) => [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];

  sheet.addEventListener("pointerdown", (event) => {
    // A finger scrolls; places can be named by their corner instead.
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    const from = at(event);
    const box = h("div", { class: "drawn" });
    sheet.append(box);
    sheet.setPointerCapture(event.pointerId);
    const move = (next) => put(box, between(from, at(next)));
    const end = (last) => {
      sheet.removeEventListener("pointermove", move);
      const place = between(from, at(last));
      if (last.type === "pointercancel" || place[2] - place[0] < LEAST || place[3] - place[1] < LEAST) box.remove();
      else places.push({ box, place });
      settle();
    };
    sheet.addEventListener("pointermove", move);
    sheet.addEventListener("pointerup", end, { once: true });
    sheet.addEventListener("pointercancel", end, { once: true });
  });
  picture.draggable = false;
  undo.addEventListener("click", () => { places.pop()?.box.remove(); settle(); });
  done.addEventListener("click", () => say.press(drawing.wire, places.flatMap(({ place }) => place.map(String)), done));
  return [sheet, h("div", { class: "row" }, done, undo)];
}
