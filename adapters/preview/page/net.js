// Talks to the preview's server: one request per act, one live connection that mends itself.

import { t } from "./german.js";

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
export const language = navigator.language || "en";

export class Trouble extends Error {}

export async function act(name, asked, files = {}) {
  const body = new FormData();
  body.append("json", JSON.stringify({ ...asked, zone, language }));
  for (const [field, chosen] of Object.entries(files)) {
    for (const file of chosen) body.append(field, file, file.name);
  }
  let response;
  try {
    response = await fetch(`/do/${name}`, { method: "POST", body });
  } catch {
    throw new Trouble(t("The preview does not answer. Nothing was sent; what you wrote is still here."));
  }
  if (response.status === 403) throw new Trouble(RESTARTED);
  if (response.status === 413) throw new Trouble(t("These files are too large to send together."));
  if (!response.ok) throw new Trouble(t("The preview could not do this."));
  const answer = await response.json();
  if (answer.refused) throw new Trouble(t(answer.words, answer.given));
  return answer;
}

export const RESTARTED =
  t("The preview was started again. Copy what you wrote here, then open the new address it printed in the terminal.");

const PING = 5000;
const PATIENCE = 4000;

export class Live {
  constructor({ hello, news, clock, state }) {
    this.hear = { hello, news, clock };
    this.state = state;
    this.tries = 0;
    this.place = null;
    addEventListener("offline", () => this.lost());
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.open) this.now();
    });
  }

  // Follow the chat as `persona`; `seen` gives { world, rev } of what is shown already.
  follow(persona, seen) {
    this.persona = persona;
    this.seen = seen;
    this.tries = 0;
    this.now();
  }

  now() {
    clearTimeout(this.timer);
    this.drop();
    if (this.persona === undefined) return;
    const { world, rev } = this.seen();
    const query = new URLSearchParams({ as: this.persona, world, after: rev, language });
    const socket = new WebSocket(`ws://${location.host}/live?${query}`);
    this.socket = socket;
    const late = setTimeout(() => socket === this.socket && this.lost(), PATIENCE);
    socket.addEventListener("message", (event) => {
      if (socket !== this.socket) return;
      clearTimeout(late);
      clearTimeout(this.patience);
      const heard = JSON.parse(event.data);
      if (heard.is === "hello") {
        this.open = true;
        this.tries = 0;
        this.state({ open: true });
        this.hear.hello(heard);
      } else if (heard.is === "news") this.hear.news(heard);
      else if (heard.is === "pong") this.hear.clock(heard.clock);
    });
    socket.addEventListener("close", () => {
      clearTimeout(late);
      if (socket === this.socket) this.lost();
    });
    clearInterval(this.pinging);
    this.pinging = setInterval(() => {
      if (socket !== this.socket || socket.readyState !== WebSocket.OPEN) return;
      socket.send("ping");
      clearTimeout(this.patience);
      this.patience = setTimeout(() => socket === this.socket && this.lost(), PATIENCE);
    }, PING);
  }

  drop() {
    clearInterval(this.pinging);
    clearTimeout(this.patience);
    const socket = this.socket;
    this.socket = null;
    this.open = false;
    if (socket) socket.close();
  }

  lost() {
    this.drop();
    clearTimeout(this.timer);
    const wait = Math.min(500 * 2 ** this.tries++, 8000);
    this.state({ open: false });
    this.timer = setTimeout(() => this.now(), wait);
    if (this.tries > 1) this.ask();
  }

  // A refused live connection does not say why; an ordinary request does.
  async ask() {
    try {
      const response = await fetch("/page/mark.svg");
      if (response.status === 403) this.state({ open: false, restarted: true });
    } catch { /* not there at all: the next try will tell */ }
  }
}
