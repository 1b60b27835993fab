// The side: who one is, where one is, what is new there, and the clock.

import { t } from "./german.js";
import { avatar, h, icon } from "./dom.js";
import { format, zoneName } from "./words.js";

export function personaPicker(state, change) {
  const pick = document.getElementById("persona");
  pick.addEventListener("change", () => change(pick.value));
  return () => {
    const played = state.people.filter(({ played }) => played);
    if (pick.options.length !== played.length) {
      pick.replaceChildren(...played.map(({ id, name, part }) => h("option", { value: id, text: `${t(part)} · ${name}` })));
    }
    pick.value = state.persona;
    const own = played.find(({ id }) => id === state.persona);
    if (own) {
      avatar(own.id, own.name, document.getElementById("persona-avatar"));
      document.getElementById("persona-name").textContent = own.name;
      document.getElementById("persona-part").textContent = t(own.part);
    }
    const waiting = document.getElementById("waiting");
    const others = played.filter(({ id }) => id !== state.persona && state.waiting[id]);
    waiting.hidden = others.length === 0;
    const signature = others.map(({ id }) => `${id}:${state.waiting[id]}`).join(" ");
    if (waiting.dataset.for === signature) return;
    waiting.dataset.for = signature;
    waiting.replaceChildren(h("span", { text: t("New for") }), ...others.map(({ id, name }) => {
      const count = state.waiting[id];
      const [first, ...rest] = name.split(" ");
      const unseen = (text) => h("span", { class: "unseen", text });
      const go = h("button", { type: "button", class: "chip" }, unseen(t("Switch to ")), first, unseen(` ${rest.join(" ")} `),
        h("span", { class: "badge" }, String(count), unseen(t(" new"))));
      go.addEventListener("click", () => change(id, true));
      return go;
    }));
  };
}

export function channelList(state, open, close) {
  const nav = document.getElementById("channels");
  return () => {
    const line = (where, shape, name) => {
      const count = state.unread[where]?.count ?? 0;
      const here = state.where === where;
      const button = h("button", { type: "button", class: `place${count ? " unread" : ""}`, "aria-current": here ? "page" : undefined, data: { where } },
        icon(shape), h("span", { class: "place-name", text: name }),
        count ? h("span", { class: "badge" }, String(count), h("span", { class: "unseen", text: " new" })) : null);
      button.addEventListener("click", () => open(where));
      return h("li", {}, button);
    };
    // Whoever is played may close their messages; then it can be seen what becomes of those that cannot arrive.
    const closed = h("button", { type: "button", role: "switch", class: "place switch", "aria-checked": String(state.closed), data: { where: "closed" }, title: t("Try what happens when this persona takes no direct messages") },
      h("span", { class: "place-name", text: t("Messages closed") }), h("span", { class: "switch-track", "aria-hidden": "true" }));
    closed.addEventListener("click", () => close(!state.closed));
    const held = nav.contains(document.activeElement) ? document.activeElement.dataset.where : null;
    nav.replaceChildren(
      h("p", { class: "side-label", id: "channels-label", text: "Channels" }),
      h("ul", { "aria-labelledby": "channels-label" }, state.channels.map(({ id, staff }) => line(id, staff ? "staff" : "hash", id))),
      h("p", { class: "side-label", id: "dms-label", text: t("Direct messages") }),
      h("ul", { "aria-labelledby": "dms-label" }, line(`dm:${state.persona}`, "person", "Introducer"), line(`home:${state.persona}`, "panel", t("My panel")), h("li", {}, closed)));
    if (held) nav.querySelector(`[data-where="${CSS.escape(held)}"]`)?.focus();
  };
}

export function clockPanel(state, move) {
  const panel = document.getElementById("clock");
  const shown = h("time", { class: "clock-time" });
  const said = h("p", { class: "clock-said", role: "status" });
  const buttons = [[t("+1 h"), { seconds: 3600 }, t("One hour forward")], [t("+1 day"), { seconds: 86400 }, t("One day forward")], [t("Next due"), { to: "next" }, t("Forward to the next reminder that is due")]].map(([text, ask, title]) => {
    const button = h("button", { type: "button", class: "button small", text, title });
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-disabled")) return;
      button.setAttribute("aria-disabled", "true");
      said.textContent = "";
      try {
        await move(ask);
        said.textContent = t("Now {when}", { when: format("near", state.now()) });
      } catch (reason) {
        said.textContent = reason.message;
      } finally {
        button.removeAttribute("aria-disabled");
      }
    });
    return button;
  });
  const row = h("div", { class: "clock-row" }, buttons);
  const label = h("p", { class: "side-label" });
  panel.append(label, shown, row, said);
  const tell = () => {
    const now = state.now();
    shown.dateTime = now.toISOString();
    shown.textContent = format("far", now);
    label.textContent = t("Rehearsal clock · {zone}", { zone: zoneName(now) });
    row.hidden = !state.clock.moves;
  };
  setInterval(tell, 1000);
  return tell;
}

// On a narrow page the side is a drawer.
export function drawer() {
  const side = document.getElementById("side");
  const menu = document.getElementById("menu");
  const scrim = document.getElementById("scrim");
  const cross = document.getElementById("side-close");
  menu.append(icon("menu"));
  cross.append(icon("close"));
  const narrow = matchMedia("(max-width: 859px)");
  let open = false;
  const set = (wanted, back = true) => {
    const was = open;
    open = wanted && narrow.matches;
    side.classList.toggle("open", open);
    side.inert = narrow.matches && !open;
    scrim.hidden = !open;
    menu.setAttribute("aria-expanded", String(open));
    if (open) cross.focus();
    else if (was && back) menu.focus();
  };
  menu.addEventListener("click", () => set(!open));
  cross.addEventListener("click", () => set(false));
  scrim.addEventListener("click", () => set(false));
  side.addEventListener("keydown", (event) => { if (event.key === "Escape" && open) set(false); });
  narrow.addEventListener("change", () => set(false, false));
  set(false, false);
  return { close: (back) => set(false, back) };
}
