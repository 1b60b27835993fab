// What the page knows: who one is, where, every message that was heard, what is new.

export class State {
  constructor() {
    this.people = [];
    this.channels = [];
    this.commands = [];
    this.entries = [];
    this.bot = "introducer";
    this.persona = sessionStorage.getItem("persona") ?? "trainee";
    this.where = sessionStorage.getItem("where") ?? "office-hours";
    this.thread = null;
    this.clock = { now: new Date().toISOString(), moves: false };
    this.heardAt = performance.now();
    this.fresh = null;
    this.forget();
  }

  forget() {
    this.world = "";
    this.rev = 0;
    this.messages = new Map();
    this.unread = {};
    this.waiting ??= {};
    this.closed = false;
    this.loaded = false;
  }

  now() {
    return new Date(new Date(this.clock.now).getTime() + (performance.now() - this.heardAt));
  }

  tick(clock) {
    this.clock = clock;
    this.heardAt = performance.now();
  }

  person(id) {
    if (id === this.bot) return { id, name: "Introducer", part: "App" };
    return this.people.find((one) => one.id === id) ?? { id, name: "Somebody", part: "" };
  }

  // Takes what was heard; returns the messages that are new to this page.
  take(news) {
    const fresh = [];
    for (const message of news.messages) {
      if (message.gone) this.messages.delete(message.id);
      else {
        if (!this.messages.has(message.id)) fresh.push(message);
        this.messages.set(message.id, message);
      }
    }
    this.rev = news.rev;
    this.unread = news.unread;
    this.waiting = news.waiting;
    this.closed = news.closed;
    this.tick(news.clock);
    const first = !this.loaded;
    this.loaded = true;
    return first ? [] : fresh;
  }

  go(where) {
    this.where = where;
    this.fresh = undefined;
    sessionStorage.setItem("where", where);
  }

  become(persona) {
    const personal = /^(dm|home):/.exec(this.where);
    this.persona = persona;
    if (personal) this.where = `${personal[1]}:${persona}`;
    sessionStorage.setItem("persona", persona);
    sessionStorage.setItem("where", this.where);
    this.thread = null;
    this.fresh = undefined;
    this.forget();
  }

  inView(thread) {
    return [...this.messages.values()]
      .filter((message) => message.where === this.where &&
        (thread === null ? message.thread === null : message.thread === thread || message.id === thread))
      .sort((one, other) => one.id - other.id);
  }

  replies(id) {
    let count = 0;
    for (const message of this.messages.values()) if (message.thread === id) count += 1;
    return count;
  }

  newest() {
    let id = 0;
    for (const message of this.messages.values()) if (message.where === this.where) id = Math.max(id, message.id);
    return id;
  }
}
