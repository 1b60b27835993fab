// The message box: text, commands with completion, files.

import { t } from "./german.js";
import { command, suggest } from "./complete.js";
import { freshId, h, icon, size } from "./dom.js";
import { act } from "./net.js";

export class Composer {
  // `label` names the box; `send(text, files)` rejects with the reason; `at()` says who is where.
  constructor({ id, label, commands, send, at }) {
    this.commands = commands;
    this.send = send;
    this.at = at;
    this.files = [];
    this.past = [];
    this.back = 0;
    this.asked = 0;
    this.found = { items: [] };
    this.active = -1;
    const listId = freshId("suggestions");
    this.box = h("textarea", {
      id, "aria-label": label, rows: 1, autocomplete: "off", spellcheck: "true",
      role: "textbox", "aria-autocomplete": "list", "aria-controls": listId,
    });
    this.list = h("ul", { id: listId, class: "suggestions", role: "listbox", "aria-label": "Suggestions", tabindex: -1, hidden: true });
    this.hint = h("p", { class: "option-hint", "aria-live": "polite", hidden: true });
    this.chosen = h("ul", { class: "chosen", "aria-label": t("Attached files"), hidden: true });
    this.trouble = h("p", { class: "trouble", role: "alert", hidden: true });
    this.busy = h("p", { class: "busy", role: "status" });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true" });
    this.button = h("button", { type: "button", class: "icon-button send", "aria-label": "Send" }, icon("send"));
    const clip = h("button", { type: "button", class: "icon-button", "aria-label": t("Attach files"), title: t("Attach files") }, icon("clip"));
    this.element = h("div", { class: "composer" }, this.list, this.hint, this.chosen,
      h("div", { class: "composer-row" }, clip, this.picker, this.box, this.button), this.trouble, this.busy);
    clip.addEventListener("click", () => this.picker.click());
    this.picker.addEventListener("change", () => { this.attach(this.picker.files); this.picker.value = ""; });
    this.button.addEventListener("click", () => this.go());
    this.box.addEventListener("input", () => { this.trouble.hidden = true; this.look(); });
    this.box.addEventListener("click", () => this.look());
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), 120));
    this.box.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length > 0) { event.preventDefault(); this.attach(event.clipboardData.files); }
    });
  }

  placeholder(text) { this.box.placeholder = text; }

  put(text) {
    this.box.value = text;
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
    this.look();
  }

  clear() {
    this.box.value = "";
    this.files = [];
    this.trouble.hidden = true;
    this.showFiles();
    this.close();
    this.fit();
  }

  attach(files) {
    this.files.push(...files);
    this.showFiles();
    this.box.focus();
  }

  showFiles() {
    this.chosen.hidden = this.files.length === 0;
    this.chosen.replaceChildren(...this.files.map((file, at) => {
      const drop = h("button", { type: "button", class: "icon-button", "aria-label": t("Remove {name}", { name: file.name }) }, icon("close"));
      drop.addEventListener("click", () => { this.files.splice(at, 1); this.showFiles(); this.box.focus(); });
      return h("li", {}, icon("file"), h("span", { class: "file-name", text: file.name }), h("span", { class: "file-about", text: size(file.size) }), drop);
    }));
  }

  fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight, 220)}px`;
  }

  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const count = this.found.items.length;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
    } else if (open && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.take(Math.max(this.active, 0));
    } else if (open && event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (open && (this.active >= 0 || this.partOfName())) this.take(Math.max(this.active, 0));
      else this.go();
    } else if (event.key === "ArrowUp" && this.box.value === "" && this.past.length > 0) {
      event.preventDefault();
      this.back = 1;
      this.put(this.past.at(-1));
      this.close();
    } else if (event.key === "ArrowUp" && this.back > 0 && this.back < this.past.length) {
      event.preventDefault();
      this.back += 1;
      this.put(this.past.at(-this.back));
      this.close();
    }
  }

  // Enter on "/hou" completes; on "/hours list" it sends.
  partOfName() {
    return this.box.value.startsWith("/") && !command(this.box.value.trimEnd(), this.commands()) && this.found.from === 0;
  }

  look() {
    this.fit();
    const found = suggest(this.box.value, this.box.selectionStart, this.commands());
    this.show(found);
    if (!found.remote) return;
    const asked = ++this.asked;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(async () => {
      try {
        const { options } = await act("complete", { ...this.at(), suggest: found.remote.suggest, text: found.remote.text });
        if (asked === this.asked && document.activeElement === this.box) {
          const items = options.filter(({ value }) => value !== found.remote.text).map(found.remote.item);
          const { from } = found.remote;
          if (from === undefined) this.show({ ...found, items });
          else if (items.length > 0) this.show({ ...found, from, items });
        }
      } catch { /* suggestions are a help, not a need */ }
    }, 80);
  }

  show(found) {
    this.found = found;
    this.active = -1;
    const option = found.hint;
    this.hint.hidden = !option;
    if (option) {
      const more = option.hint.map((piece) => (typeof piece === "string" ? piece : piece.text || "")).join("");
      this.hint.replaceChildren(h("code", { text: option.id }), ` ${option.label}${more ? ` – ${more}` : ""}`);
    }
    this.list.hidden = found.items.length === 0;
    this.list.replaceChildren(...found.items.slice(0, 60).map((item, at) => {
      const line = h("li", { id: `${this.list.id}-${at}`, role: "option", "aria-selected": "false" },
        h("span", { class: "suggestion", text: item.label }), h("span", { class: "suggestion-about", text: item.about }));
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); this.take(at); });
      return line;
    }));
    this.box.removeAttribute("aria-activedescendant");
  }

  mark(at) {
    this.active = at;
    [...this.list.children].forEach((line, index) => line.setAttribute("aria-selected", String(index === at)));
    const line = this.list.children[at];
    line.scrollIntoView({ block: "nearest" });
    this.box.setAttribute("aria-activedescendant", line.id);
  }

  take(at) {
    const item = this.found.items[at];
    if (!item) return;
    const { from, to } = this.found;
    const after = this.box.value.slice(to);
    this.box.value = this.box.value.slice(0, from) + item.insert + after.replace(/^\s+/, "");
    const caret = from + item.insert.length;
    this.box.focus();
    this.box.setSelectionRange(caret, caret);
    this.look();
  }

  close() {
    this.list.hidden = true;
    this.hint.hidden = true;
    this.asked += 1;
    this.box.removeAttribute("aria-activedescendant");
  }

  // The box is free at once; what could not be sent comes back into it.
  async go() {
    const text = this.box.value;
    const files = this.files;
    if (text.trim() === "" && files.length === 0) return;
    this.clear();
    if (text.trim() && this.past.at(-1) !== text) this.past.push(text);
    this.back = 0;
    const slow = setTimeout(() => { this.busy.textContent = t("Introducer is working…"); }, 500);
    try {
      await this.send(text, files);
    } catch (reason) {
      if (this.box.value === "" && this.files.length === 0) {
        this.box.value = text;
        this.files = files;
        this.showFiles();
        this.fit();
      }
      this.trouble.textContent = reason.message;
      this.trouble.hidden = false;
    } finally {
      clearTimeout(slow);
      this.busy.textContent = "";
    }
  }
}
