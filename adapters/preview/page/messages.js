// The list of messages of one place or one thread, kept in step with what is known.

import { t } from "./german.js";
import { avatar, h, icon } from "./dom.js";
import { menuOf } from "./menu.js";
import { parts } from "./parts.js";
import { format, time } from "./words.js";

const TOGETHER = 5 * 60 * 1000;

export class MessageLog {
  // `show` holds: me(), person(id), bot(), press(...), dismiss(id), reply(id) or null, replies(id),
  // entries() and point(message, entry).
  constructor(element, show) {
    this.element = element;
    this.show = show;
    this.shown = new Map();
    this.view = null;
    this.stuck = true;
    this.newest = 0;
    element.addEventListener("scroll", () => {
      this.stuck = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
      this.scrolled?.(this.stuck);
    });
    // Pictures and opened details change the height after the fact.
    new ResizeObserver(() => this.stuck && this.end()).observe(element);
  }

  end() {
    this.element.scrollTop = this.element.scrollHeight;
    this.stuck = true;
  }

  // To the newest message: to its end, or to its start if it is taller than what can be seen.
  land() {
    this.end();
    const last = this.element.lastElementChild;
    if (!last || last.offsetHeight < this.element.clientHeight - 24) return;
    this.element.scrollTop = last.offsetTop - this.element.offsetTop - 10;
    this.stuck = false;
  }

  // `view` names what is shown (a change of it is not read out); `fresh` is the first new id.
  render(view, messages, fresh, empty) {
    const other = view !== this.view;
    // A private message answers what this person did a moment ago: they want to see it.
    const newest = messages.at(-1);
    const answered = !other && newest?.private && newest.id > this.newest;
    const atEnd = other || this.stuck || answered;
    this.newest = newest?.id ?? 0;
    this.view = view;
    if (other) {
      this.element.setAttribute("aria-live", "off");
      this.shown.clear();
      clearTimeout(this.quiet);
      this.quiet = setTimeout(() => this.element.removeAttribute("aria-live"), 600);
    }
    const held = this.heldFocus();
    const wanted = [];
    let day = null;
    let before = null;
    let marked = false;
    for (const message of messages) {
      const at = new Date(message.at);
      const today = at.toDateString();
      if (today !== day) {
        wanted.push(this.keep(`day ${today}`, () => h("p", { class: "day" }, h("span", { text: format("day", at) }))));
        day = today;
        before = null;
      }
      if (!marked && fresh && message.id >= fresh) {
        wanted.push(this.keep("new", () => h("p", { class: "fresh" }, h("span", { text: "New" }))));
        marked = true;
        before = null;
      }
      const replies = this.show.replies(message.id);
      const element = this.keep(`${message.id} ${message.rev} ${replies}`, () => this.make(message, replies));
      const together = before && before.author === message.author && before.private === message.private &&
        !message.cause && message.author !== this.show.bot() && at - new Date(before.at) < TOGETHER;
      element.classList.toggle("together", Boolean(together));
      wanted.push(element);
      before = message;
    }
    if (messages.length === 0 && empty) wanted.push(this.keep(`empty ${view}`, empty));
    const keep = new Set(wanted);
    for (const [key, element] of this.shown) if (!keep.has(element)) this.shown.delete(key);
    for (const child of [...this.element.children]) if (!keep.has(child)) child.remove();
    wanted.forEach((element, at) => {
      if (this.element.children[at] !== element) this.element.insertBefore(element, this.element.children[at] ?? null);
    });
    if (held) this.giveFocus(held);
    if (atEnd) this.land();
    return atEnd;
  }

  keep(key, make) {
    if (!this.shown.has(key)) this.shown.set(key, make());
    return this.shown.get(key);
  }

  // When a message changes under somebody's hands, the focus stays with it.
  heldFocus() {
    const active = document.activeElement;
    const article = active?.closest?.("article");
    if (!article || !this.element.contains(article)) return null;
    return { id: article.dataset.id, wire: active.dataset.wire };
  }

  giveFocus({ id, wire }) {
    if (this.element.contains(document.activeElement)) return;
    const article = this.element.querySelector(`article[data-id="${CSS.escape(id)}"]`);
    if (!article) { this.element.focus({ preventScroll: true }); return; }
    const same = [...article.querySelectorAll("[data-wire]")].find((control) => control.dataset.wire === wire);
    (same || article.querySelector("[data-wire]") || article).focus({ preventScroll: true });
  }

  make(message, replies) {
    const mine = message.author === this.show.me();
    const bot = message.author === this.show.bot();
    const author = this.show.person(message.author);
    const headId = `by-${this.element.id}-${message.id}`;
    const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
    const say = {
      me: this.show.me(), message: message.id, rev: message.rev,
      press: (wire, chosen, control) => this.show.press(message, wire, chosen, control, trouble),
    };
    const head = h("p", { class: "head", id: headId },
      h("span", { class: "author", text: author.name }),
      bot ? h("span", { class: "tag", text: "App" }) : h("span", { class: "part", text: t(author.part) }),
      time(message.at, "clock"),
      message.pinned ? h("span", { class: "changed", text: t("pinned") }) : null,
      message.changed ? h("span", { class: "changed", text: t("changed") }) : null);
    const body = h("div", { class: bot ? "card" : "said" }, parts(message.parts, say), trouble);
    if (message.private) body.prepend(this.privately(message));
    const face = bot
      ? h("img", { class: "avatar", src: "/page/mark.svg", alt: "", width: 36, height: 36 })
      : avatar(message.author, author.name);
    const element = h("article", {
      class: `message${message.private ? " private" : ""}${mine ? " mine" : ""}`, "aria-labelledby": headId, tabindex: -1, data: { id: String(message.id) },
    }, face, h("div", { class: "message-words" }, this.cause(message), head, body, this.thread(message, replies, author)),
    this.menu(message, author));
    return element;
  }

  menu(message, author) {
    const entries = this.show.entries();
    if (message.private || entries.length === 0) return null;
    return menuOf(message, author, entries, this.show.point);
  }

  cause(message) {
    if (!message.cause) return null;
    const own = message.cause.who === this.show.me();
    return h("p", { class: "cause" }, icon("reply"), h("span", {}, own ? t("You used ") : t("{name} used ", this.show.person(message.cause.who)), h("code", { text: `/${message.cause.command}` })));
  }

  privately(message) {
    const drop = h("button", { type: "button", class: "text-button", text: t("Dismiss") });
    drop.addEventListener("click", () => this.show.dismiss(message));
    return h("p", { class: "only-you" }, icon("eye"), h("span", { text: t("Only you can see this") }), drop);
  }

  thread(message, replies, author) {
    if (!this.show.reply || message.private || message.thread !== null) return null;
    const words = replies === 0 ? t("Reply in thread") : replies === 1 ? t("1 reply") : t("{count} replies", { count: replies });
    const open = h("button", { type: "button", class: `text-button thread-open${replies ? " used" : ""}`, "aria-label": `${words}, to ${author.name}` }, icon("reply"), words);
    open.addEventListener("click", () => this.show.reply(message.id, open));
    return h("p", { class: "thread-line" }, open);
  }
}
