// The boxes over a picture: added, dropped, moved and resized by mouse, touch and keyboard. Knows places
// in pixels of the picture and nothing of what stands there.
"use strict";

class Boxes {
  // `changed` is called after every change that a person made, with words for whoever does not see it.
  constructor(stage, changed) {
    this.stage = stage;
    this.changed = changed;
    this.size = [1, 1];
    this.all = [];
    stage.addEventListener("pointerdown", (event) => {
      if (event.target.closest(".box") || event.pointerType === "touch" || event.button !== 0) return;
      event.preventDefault();
      const [x, y] = this.place(event);
      const one = this.add([x, y, x, y], "");
      this.drag(event, one, (nx, ny) => [Math.min(x, nx), Math.min(y, ny), Math.max(x, nx), Math.max(y, ny)]);
    });
  }

  reset(size) {
    for (const one of this.all) one.button.remove();
    this.size = size;
    this.all = [];
  }

  // `number` is that of the finding it belongs to, or empty for one that a person drew.
  add(box, number) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = number === "" ? "box own" : "box";
    button.append(made("span", String(number), "number"), made("span", "", "grip"));
    const one = { box: [...box], was: [...box], number, on: true, button };
    button.addEventListener("pointerdown", (event) => this.grab(event, one));
    button.addEventListener("keydown", (event) => this.key(event, one));
    this.all.push(one);
    this.stage.append(button);
    this.draw(one);
    return one;
  }

  drop(one) {
    if (one.number === "") {
      one.button.remove();
      this.all = this.all.filter((other) => other !== one);
    } else {
      one.on = false;
      this.draw(one);
    }
  }

  draw(one) {
    const [wide, high] = this.size;
    const [x0, y0, x1, y1] = one.box;
    const { style } = one.button;
    style.left = `${(100 * x0) / wide}%`;
    style.top = `${(100 * y0) / high}%`;
    style.width = `${(100 * (x1 - x0)) / wide}%`;
    style.height = `${(100 * (y1 - y0)) / high}%`;
    one.button.hidden = !one.on;
    one.button.classList.toggle("edge", x0 < wide / 20);
    const name = one.number === "" ? say_("Your own box") : say_("Box {0}", one.number);
    one.button.setAttribute("aria-label", `${name}, ${this.said(one)}. ${say_("Arrow keys move it, with Shift they resize it, Delete drops it.")}`);
  }

  place(event) {
    const around = this.stage.getBoundingClientRect();
    const across = (event.clientX - around.left) / around.width;
    const down = (event.clientY - around.top) / around.height;
    return [Math.min(1, Math.max(0, across)) * this.size[0], Math.min(1, Math.max(0, down)) * this.size[1]];
  }

  grab(event, one) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    one.button.focus();
    const [x, y] = this.place(event);
    const from = [...one.box];
    const resize = event.target.classList.contains("grip");
    this.drag(event, one, (nx, ny) => resize
      ? [from[0], from[1], Math.max(from[0] + 4, from[2] + nx - x), Math.max(from[1] + 4, from[3] + ny - y)]
      : this.shifted(from, nx - x, ny - y));
  }

  drag(event, one, next) {
    const go = (moved) => {
      if (moved.pointerId !== event.pointerId) return;
      one.box = next(...this.place(moved));
      this.draw(one);
    };
    const end = (ended) => {
      if (ended.pointerId !== event.pointerId) return;
      removeEventListener("pointermove", go);
      removeEventListener("pointerup", end);
      removeEventListener("pointercancel", end);
      const [x0, y0, x1, y1] = one.box;
      if (one.number === "" && (x1 - x0 < 4 || y1 - y0 < 4)) this.drop(one);
      this.changed();
    };
    addEventListener("pointermove", go);
    addEventListener("pointerup", end);
    addEventListener("pointercancel", end);
  }

  shifted([x0, y0, x1, y1], across, down) {
    const dx = Math.min(Math.max(across, -x0), this.size[0] - x1);
    const dy = Math.min(Math.max(down, -y0), this.size[1] - y1);
    return [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
  }

  key(event, one) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.drop(one);
      this.nextTo(one)?.button.focus();
      this.changed(one.number === "" ? say_("Your own box is dropped.") : say_("Box {0} is dropped: what it covered stays open in the copy.", one.number));
      return;
    }
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = ways[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const step = Math.max(1, Math.round(Math.max(...this.size) / 200));
    const [dx, dy] = way.map((part) => part * step);
    const [x0, y0, x1, y1] = one.box;
    one.box = event.shiftKey
      ? [x0, y0, Math.min(this.size[0], Math.max(x0 + 4, x1 + dx)), Math.min(this.size[1], Math.max(y0 + 4, y1 + dy))]
      : this.shifted(one.box, dx, dy);
    this.draw(one);
    this.changed(this.said(one));
  }

  // Where the keyboard goes on when a box is gone: the one behind it, else the last.
  nextTo(one) {
    const left = this.all.filter((other) => other.on && other !== one);
    return left.find((other) => Number(other.number || Infinity) > Number(one.number || Infinity)) ?? left.at(-1);
  }

  // The places of a box in words.
  said({ box: [x0, y0, x1, y1] }) {
    return say_("{0} from the left, {1} from the top, {2} wide, {3} high", ...[x0, y0, x1 - x0, y1 - y0].map(Math.round));
  }
}
