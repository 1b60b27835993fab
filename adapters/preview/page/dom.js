// Builds elements. Data becomes text nodes only; there is no way from here into markup.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") {
      for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    } else if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (["value", "checked", "disabled", "multiple", "required", "hidden"].includes(name)) {
      element[name] = value;
    } else if (name === "href" || name === "src") {
      if (/^(https?:\/\/|\/(?!\/)|blob:)/.test(value)) element.setAttribute(name, value);
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const SHAPES = {
  hash: "M6 2.5 4.6 13.5M11.4 2.5 10 13.5M2.5 5.6h11M2 10.4h11",
  person: "M8 8.2a2.9 2.9 0 1 0 0-5.8 2.9 2.9 0 0 0 0 5.8ZM2.8 13.8c.5-2.6 2.6-4 5.2-4s4.7 1.4 5.2 4",
  staff: "M8 1.8 13 4v3.6c0 3-2 5.5-5 6.6-3-1.1-5-3.6-5-6.6V4Z",
  panel: "M2.5 3.5h11v9h-11ZM2.5 6.5h11M6.5 6.5v6",
  eye: "M2 2l12 12M6.6 6.7a2 2 0 0 0 2.7 2.7M4 4.5C2.7 5.4 1.8 6.7 1.3 8c1 2.6 3.5 4.5 6.7 4.5 1.2 0 2.3-.3 3.2-.7M6.3 3.7c.5-.1 1.1-.2 1.7-.2 3.2 0 5.7 1.9 6.7 4.5-.3.8-.8 1.6-1.4 2.2",
  close: "M3.5 3.5l9 9M12.5 3.5l-9 9",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  clip: "M13 7.5 8 12.5a3 3 0 0 1-4.3-4.3l5.3-5.2a2 2 0 0 1 2.9 2.9L6.7 11a1 1 0 0 1-1.4-1.4L10 5",
  more: "M3.2 8h.1M8 8h.1M12.8 8h.1",
  send: "M2.5 8 13.5 2.5 10 13.5 8 9ZM8 9l5.5-6.5",
  reply: "M6.5 3.5 2.5 7l4 3.5M2.5 7h6.5a4.5 4.5 0 0 1 4.5 4.5v1",
  file: "M4 1.8h5L12.5 5.3v8.9H4ZM9 1.8v3.5h3.5",
  chevron: "M4 6.2 8 10.2 12 6.2",
  down: "M8 3v9M4 8.5 8 12.5l4-4",
  link: "M6.5 3.5H3.5v9h9v-3M9 2.5h4.5V7M13.5 2.5 7.5 8.5",
  drop: "M8 2v7.5M5 6.5l3 3 3-3M2.5 11v2.5h11V11",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

let counter = 0;
export const freshId = (stem) => `${stem}-${++counter}`;

export function initials(name) {
  const words = name.replace(/^Dr\.?\s+/, "").split(/\s+/);
  return (words[0][0] + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

// A steady hue for each person, so that faces can be told apart at a glance.
export function avatar(id, name, element = h("span", { class: "avatar", "aria-hidden": "true" })) {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  element.dataset.hue = String(sum % 6);
  element.textContent = initials(name);
  return element;
}

export function say(text) {
  const said = document.getElementById("said");
  said.textContent = "";
  setTimeout(() => { said.textContent = text; }, 30);
}

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
