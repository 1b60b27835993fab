// Puts the page together: what is known, what is shown, what is done.

import { t, translate } from "./german.js";
import { Composer } from "./composer.js";
import { h, icon, say } from "./dom.js";
import { openForm } from "./form.js";
import { openHelp } from "./help.js";
import { drop, keep, taken } from "./kept.js";
import { MessageLog } from "./messages.js";
import { act, Live, RESTARTED } from "./net.js";
import { channelList, clockPanel, drawer, personaPicker } from "./side.js";
import { State } from "./state.js";
import { tellTime } from "./words.js";

const $ = (id) => document.getElementById(id);
translate(document.body);
const state = new State();
tellTime(() => state.now());
if (location.search) history.replaceState(null, "", "/");

const at = () => ({ as: state.persona, where: state.where });
const side = drawer();
const live = new Live({ hello, news, clock: (clock) => { state.tick(clock); showClock(); }, state: connection });

const logShow = {
  me: () => state.persona,
  bot: () => state.bot,
  person: (id) => state.person(id),
  press,
  dismiss: async (message) => {
    await attempt(() => act("dismiss", { ...at(), message: message.id }));
    composer.box.focus();
  },
  reply: (id, opener) => openThread(id, opener),
  replies: (id) => state.replies(id),
  entries: () => state.entries,
  point,
};
const log = new MessageLog($("log"), logShow);
log.scrolled = (end) => { if (end) { $("latest").hidden = true; markRead(); } };
$("latest").addEventListener("click", () => { log.end(); $("latest").hidden = true; });
$("latest").prepend(icon("down"));

const composer = new Composer({
  id: "message", label: "Message", commands: () => state.commands, at,
  send: async (text, files) => {
    log.stuck = true;
    answered(await act("say", { ...at(), text }, { file: files }), at());
  },
});
$("composer").append(composer.element);

const showPersona = personaPicker(state, become);
const showChannels = channelList(state, (where) => go(where), (on) => attempt(() => act("closed", { ...at(), on })));
const showClock = clockPanel(state, async (ask) => state.tick((await act("clock", { ...at(), ...ask })).clock));
$("help").addEventListener("click", () => openHelp(state.commands, (text) => composer.put(text)));

document.addEventListener("put", ({ detail }) => {
  document.querySelector("dialog[open]")?.close();
  composer.put(`${detail} `);
});

// What is heard ---------------------------------------------------------------------------------

function hello(heard) {
  if (heard.persona !== state.persona) return;
  if (heard.world !== state.world) {
    const again = state.world !== "";
    state.forget();
    if (again) say(t("The preview was started again."));
  }
  Object.assign(state, { world: heard.world, people: heard.people, channels: heard.channels, commands: heard.commands, entries: heard.entries, bot: heard.bot });
  state.tick(heard.clock);
  $("place").textContent = heard.place;
  const known = state.channels.some(({ id }) => id === state.where) || state.where === `dm:${state.persona}` || state.where === `home:${state.persona}`;
  if (!known) state.go(state.channels[0].id);
  takeUp();
}

function news(heard) {
  const fresh = state.take(heard);
  show();
  for (const message of fresh) {
    if (message.author !== state.bot || message.where === state.where) continue;
    if (message.where === `dm:${state.persona}`) toast(t("Introducer sent you a direct message"), message.where);
  }
}

function connection({ open, restarted }) {
  const line = $("connection");
  if (open) {
    if (!line.hidden) say(t("Connected again."));
    line.hidden = true;
    return;
  }
  if (restarted) {
    // One voice: what was said of a preview that does not answer is not so any more.
    for (const said of document.querySelectorAll(".composer .trouble")) said.hidden = true;
    line.replaceChildren(h("p", { text: RESTARTED }));
    line.hidden = false;
    return;
  }
  if (!line.hidden) return;
  line.replaceChildren(h("p", { text: t("The connection is lost. Trying again by itself; nothing you typed is lost.") }),
    h("button", { type: "button", class: "button small", text: t("Try now"), on: { click: () => live.now() } }));
  line.hidden = false;
}

// What is shown ---------------------------------------------------------------------------------

function show() {
  showPersona();
  showChannels();
  showClock();
  showTop();
  showLog();
  showThread();
  const total = Object.values(state.unread).reduce((sum, { count }) => sum + count, 0);
  const elsewhere = Object.entries(state.unread).some(([where]) => where !== state.where) || Object.keys(state.waiting).some((id) => id !== state.persona);
  $("menu").classList.toggle("news", elsewhere);
  $("menu").setAttribute("aria-label", elsewhere ? t("Menu, something is new") : t("Menu"));
  document.title = `${total ? `(${total}) ` : ""}${title()} – Introducer preview`;
}

function title() {
  if (state.where.startsWith("dm:")) return "Introducer";
  if (state.where.startsWith("home:")) return t("My panel");
  return `#${state.where}`;
}

function showTop() {
  // What is open needs no word about itself, least of all above its buttons.
  for (const line of [...$("toasts").children]) if (line.dataset.where === state.where) line.remove();
  $("where").textContent = title();
  const channel = state.channels.find(({ id }) => id === state.where);
  const home = state.where.startsWith("home:");
  $("about").textContent = channel ? t(channel.about) : home ? t("What is planned for you, and what waits for an answer") : state.closed ? t("Closed: what Introducer would send by itself does not arrive") : t("Direct messages between you and Introducer");
  composer.element.hidden = home;
  const to = channel ? `#${state.where}` : "Introducer";
  composer.placeholder(innerWidth < 600 ? t("Write, or / for commands") : t("Write to {to}, or / for commands", { to }));
}

function showLog() {
  if (!state.loaded) return;
  if (state.fresh === undefined) {
    const unread = state.unread[state.where];
    state.fresh = unread ? unread.after + 1 : null;
  }
  const threads = state.channels.some(({ id }) => id === state.where);
  logShow.reply = threads ? openThread : null;
  const end = log.render(`${state.persona} ${state.where}`, state.inView(null), state.fresh, empty);
  if (end) markRead();
  else $("latest").hidden = !state.unread[state.where];
}

function empty() {
  const words = state.where.startsWith("dm:")
    ? state.closed ? t("Messages are closed: receipts and reminders do not arrive here.") : t("Receipts and reminders arrive here. Move the clock forward to see them come.")
    : t("Nothing has been written here yet.");
  return h("div", { class: "empty" }, h("img", { src: "/page/mark.svg", alt: "", width: 44, height: 44 }), h("p", { text: words }),
    h("p", { class: "hint" }, "Type ", h("code", { text: "/" }), " to see what Introducer can do."));
}

function markRead() {
  if (document.hidden || !state.unread[state.where]) return;
  const upto = state.newest();
  delete state.unread[state.where];
  attempt(() => act("read", { ...at(), upto }));
}
document.addEventListener("visibilitychange", () => { if (!document.hidden && log.stuck) markRead(); });

// What is done ----------------------------------------------------------------------------------

async function attempt(doing) {
  try { return await doing(); } catch (reason) { say(reason.message); return null; }
}

function go(where, focus = true) {
  side.close(false);
  closeThread(false);
  state.go(where);
  composer.clear();
  show();
  if (where.startsWith("home:")) attempt(() => act("home", at()));
  if (focus) (where.startsWith("home:") ? $("log") : composer.box).focus();
}

function become(persona, toMessages = false) {
  closeThread(false);
  state.become(persona);
  if (toMessages) state.go(`dm:${persona}`);
  composer.clear();
  // At once: until the chat is heard, the list would lead to the messages of whoever one was before.
  showChannels();
  live.follow(persona, () => ({ world: state.world, rev: state.rev }));
  const { name, part: role } = state.person(persona);
  say(t("You are now {name}, {part}.", { name, part: t(role) }));
  if (state.where.startsWith("home:")) attempt(() => act("home", at()));
}

function answered(answer, where) {
  if (answer.form) showForm(answer.form, where);
  return answer;
}

// Once for whoever one becomes, and when the page has been loaded: the form that was open before.
let takenUp = null;
function takeUp() {
  if (takenUp === state.persona) return;
  takenUp = state.persona;
  const left = taken(state.persona, state.world);
  if (!left) return;
  showForm(left.form, left.where, true);
  say(t("The form you were filling in is open again."));
}

function showForm(form, where, back = false) {
  const opener = document.activeElement;
  const { persona, world } = state;
  openForm(form, {
    me: persona, at: where, back,
    keep: (values) => keep(persona, world, form, where, values),
    drop: () => drop(persona, form.key),
    send: async (values, files) => answered(await act("submit", { ...where, key: form.key, values }, files), where),
    closed: () => {
      if (document.querySelector("dialog[open]")) return;
      if (opener?.isConnected && opener !== document.body) opener.focus();
      else composer.box.focus();
    },
  });
}

async function press(message, wire, chosen, control, trouble) {
  if (control.getAttribute("aria-busy")) return;
  control.setAttribute("aria-busy", "true");
  trouble.hidden = true;
  const where = { as: state.persona, where: message.where };
  if (message.thread !== null) where.thread = message.thread;
  try {
    const answer = await act("press", { ...where, message: message.id, wire, chosen });
    if (!answer.form && !answer.replaced) log.stuck = true;
    answered(answer, where);
  } catch (reason) {
    trouble.textContent = reason.message;
    trouble.hidden = false;
  } finally {
    control.removeAttribute("aria-busy");
  }
}

async function point(message, entry) {
  const where = { as: state.persona, where: message.where };
  if (message.thread !== null) where.thread = message.thread;
  say(`${entry.label}: looking.`);
  const answer = await attempt(() => act("point", { ...where, message: message.id, entry: entry.name }));
  if (!answer) return;
  if (!answer.form) (threadView && message.thread !== null ? threadView.log : log).stuck = true;
  answered(answer, where);
}

function toast(text, where) {
  const open = h("button", { type: "button", class: "button small", text: t("Open") });
  const line = h("div", { class: "toast", "data-where": where }, h("img", { src: "/page/mark.svg", alt: "", width: 22, height: 22 }), h("p", { text }), open);
  open.addEventListener("click", () => { line.remove(); go(where); });
  for (const earlier of [...$("toasts").children].slice(0, -2)) earlier.remove();
  $("toasts").append(line);
  setTimeout(() => line.remove(), 12000);
}

// Threads ---------------------------------------------------------------------------------------

let threadView = null;

function openThread(id, opener) {
  closeThread(false);
  state.thread = id;
  const panel = $("thread");
  const where = () => ({ ...at(), thread: id });
  const cross = h("button", { type: "button", class: "icon-button", "aria-label": t("Close the thread") }, icon("close"));
  const list = h("div", { id: "thread-log", class: "log", role: "log", "aria-label": "Thread", tabindex: 0 });
  const reply = new Composer({
    id: "reply", label: "Reply", commands: () => state.commands, at: where,
    send: async (text, files) => { answered(await act("say", { ...where(), text }, { file: files }), where()); },
  });
  reply.placeholder(t("Reply in this thread"));
  panel.replaceChildren(h("header", { class: "top" }, h("h2", { text: "Thread" }), cross), list, reply.element);
  panel.hidden = false;
  threadView = { log: new MessageLog(list, { ...logShow, reply: null }), opener, id };
  cross.addEventListener("click", () => closeThread(true));
  showThread();
  reply.box.focus();
}

function showThread() {
  if (!threadView) return;
  threadView.log.render(`${state.persona} ${threadView.id}`, state.inView(threadView.id), null, null);
}

function closeThread(back) {
  if (!threadView) return;
  const { id } = threadView;
  threadView = null;
  state.thread = null;
  $("thread").hidden = true;
  $("thread").replaceChildren();
  if (back) ($("log").querySelector(`article[data-id="${id}"] .thread-open`) ?? composer.box).focus();
}
$("thread").addEventListener("keydown", (event) => { if (event.key === "Escape") closeThread(true); });

// Files dropped anywhere on the messages go to the message box.
for (const name of ["dragenter", "dragover"]) {
  $("pane").addEventListener(name, (event) => {
    if (![...event.dataTransfer.types].includes("Files") || composer.element.hidden) return;
    event.preventDefault();
    $("pane").classList.add("over");
  });
}
$("pane").addEventListener("dragleave", (event) => { if (!$("pane").contains(event.relatedTarget)) $("pane").classList.remove("over"); });
$("pane").addEventListener("drop", (event) => {
  if (composer.element.hidden) return;
  event.preventDefault();
  $("pane").classList.remove("over");
  composer.attach(event.dataTransfer.files);
});
// A file that misses its target must not replace the page.
for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());

live.follow(state.persona, () => ({ world: state.world, rev: state.rev }));
if (state.where.startsWith("home:")) attempt(() => act("home", at()));
