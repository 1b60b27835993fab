// Words from the core as nodes: text, and the atoms that stand out of it.

import { spoken, t } from "./german.js";
import { h } from "./dom.js";

const language = navigator.language || "en";
const formats = {
  full: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
  near: { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" },
  far: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" },
  clock: { hour: "2-digit", minute: "2-digit" },
  date: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  day: { weekday: "long", day: "numeric", month: "long" },
};
// A day of the calendar comes from the core in this order, whatever the English: one order on a screen.
const ordered = language.startsWith("en") ? "en-GB" : language;
const { hour12 } = new Intl.DateTimeFormat(language, formats.clock).resolvedOptions();
const made = Object.fromEntries(
  Object.entries(formats).map(([name, wanted]) => {
    const own = name === "full" ? language : ordered;
    return [name, new Intl.DateTimeFormat(own, wanted.hour ? { ...wanted, hour12 } : wanted)];
  }),
);
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

let present = () => new Date();
export const tellTime = (now) => { present = now; };
export const now = () => present();

export function format(name, at) {
  return made[name].format(at);
}

export function zoneName(at) {
  return made.full.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function distance(at) {
  const minutes = (at - present()) / 60000;
  const far = Math.abs(minutes);
  if (far < 60) return relative.format(Math.round(minutes), "minute");
  if (far < 36 * 60) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1440), "day");
}

// Which of the formats: the time of day alone, the day alone, or both.
export const shape = ({ date, time: clock }) => !date ? "clock" : clock === false ? "date" : undefined;

export function time(iso, name) {
  const at = new Date(iso);
  const year = at.getFullYear() === present().getFullYear() ? "near" : "far";
  return h("time", {
    datetime: iso,
    title: `${format("full", at)} (${distance(at)})`,
    text: format(name || year, at),
  });
}

export function mention(who, me) {
  if (who.id === null) return h("strong", { text: who.name });
  const own = who.id === me;
  return h("span", { class: own ? "mention own" : "mention", text: `@${who.name}` });
}

// A command in a sentence can be tried at once: it goes into the message box, unsent.
function slash(text) {
  return h("button", {
    type: "button", class: "slash-word", text, title: t("Put it into the message box"),
    on: { click: (event) => event.target.dispatchEvent(new CustomEvent("put", { bubbles: true, detail: text })) },
  });
}

export function words(pieces, me) {
  return pieces.map((piece) => {
    if (typeof piece === "string") return document.createTextNode(piece);
    switch (piece.is) {
      case "typed": return h("span", { class: "typed", text: spoken(piece.text) });
      case "strong": return h("strong", { text: piece.text });
      case "code": return h("code", { text: piece.text });
      case "slash": return slash(piece.text);
      case "when": return time(piece.at, shape(piece));
      case "person": return mention(piece, me);
      default: throw new Error("a piece of words that this page does not know");
    }
  });
}
