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
  staff: "M8 1.8 13 4v3.6c0 3-2 5.5-5 6.6-3-1.100-5-3.600-5-6.600V4Z",
  panel: "M2.500 3.500h11v9h-11ZM2.500 6.500h11M6.500 6.500v6",
  eye: "M2 2l12 12M6.600 6.700a2 2 0 0 0 2.700 2.700M4 4.500C2.700 5.400 1.800 6.700 1.300 8c1 2.600 3.500 4.500 6.700 4.500 1.200 0 2.300-.3 3.200-.7M6.300 3.700c.5-.1 1.100-.2 1.700-.2 3.200 0 5.700 1.900 6.700 4.500-.3.800-.8 1.600-1.400 2.200",
  close: "M3.500 3.500l9 9M12.500 3.500l-9 9",
  menu: "M2.500 4.500h11M2.500 8h11M2.500 11.500h11",
  clip: "M13 7.500 8 12.500a3 3 0 0 1-4.300-4.300l5.300-5.200a2 2 0 0 1 2.900 2.900L6.700 11a1 1 0 0 1-1.400-1.400L10 5",
  send: "M2.500 8 13.500 2.500 10 13.500 8 9ZM8 9l5.500-6.500",
  reply: "M6.500 3.500 2.500 7l4 3.500M2.500 7h6.500a4.500 4.500 0 0 1 4.500 4.500v1",
  file: "M4 1.800h5L12.500 5.300v8.900H4ZM9 1.800v3.500h3.500",
  down: "M8 3v9M4 8.500 8 12.500l4-4",
  link: "M6.500 3.500H3.500v9h9v-3M9 2.500h4.500V7M13.500 2.500 7.500 8.500",
  drop: "M8 2v7.500M5 6.500l3 3 3-3M2.500 11v2.500h11V11",
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
