// A form in a dialog: every kind of field with the browser's own control, problems at the field.

import { t } from "./german.js";
import { combo } from "./combo.js";
import { avatar, freshId, h, icon, size } from "./dom.js";
import { zone } from "./net.js";
import { words } from "./words.js";

// `send(values, files)` answers { problems } or anything else when it is done. `keep(values)` hears
// of everything that is filled in, `drop()` that nothing of it is needed any more; `back`: it was.
export function openForm(form, { me, at, send, closed, keep, drop: dropKept, back }) {
  const titleId = freshId("form-title");
  const fields = form.fields.map((field) => makeField(field, { me, at }));
  const trouble = h("p", { class: "trouble", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "button main", text: form.send });
  const cancel = h("button", { type: "button", class: "button", text: t("Cancel") });
  const cross = h("button", { type: "button", class: "icon-button", "aria-label": t("Close the form") }, icon("close"));
  const sure = h("div", { class: "sure", hidden: true, role: "group", "aria-label": t("What you typed is not sent") });
  const body = h("form", { class: "form", novalidate: true, autocomplete: "off" },
    h("header", { class: "dialog-head" }, h("h2", { id: titleId, text: form.title }),
      form.pages > 1 ? h("span", { class: "part", text: t("Page {page} of {pages}", form) }) : null, cross),
    h("div", { class: "dialog-body" },
      form.intro.length > 0 ? h("p", { class: "intro" }, words(form.intro, me)) : null,
      fields.map((field) => field.element)),
    sure, trouble,
    h("footer", { class: "dialog-foot" }, cancel, submit));
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": titleId }, body);
  let touched = Boolean(back);
  let done = false;

  const read = () => {
    const values = {};
    const files = {};
    for (const field of fields) field.read(values, files);
    return { values, files };
  };
  const close = () => { done = true; dropKept(); dialog.close(); };
  const ask = () => {
    if (!touched) { close(); return; }
    const keep = h("button", { type: "button", class: "button main", text: t("Keep editing"), on: { click: () => { sure.hidden = true; focusFirst(fields); } } });
    const drop = h("button", { type: "button", class: "button grave", text: t("Discard"), on: { click: close } });
    sure.replaceChildren(h("p", { text: t("What you filled in has not been sent.") }), keep, drop);
    sure.hidden = false;
    keep.focus();
  };
  body.addEventListener("input", () => { touched = true; keep(read().values); });
  cancel.addEventListener("click", ask);
  cross.addEventListener("click", ask);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); ask(); });
  dialog.addEventListener("close", () => { dialog.remove(); closed(); });
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    trouble.hidden = true;
    sure.hidden = true;
    try {
      const { values, files } = read();
      const problems = (await send(values, files)).problems;
      if (!problems) { close(); return; }
      for (const field of fields) field.complain(problems[field.id]);
      const bad = fields.find((field) => problems[field.id]);
      if (bad) bad.focus();
      else { trouble.replaceChildren(...Object.values(problems).flatMap((says) => words(says, me))); trouble.hidden = false; }
    } catch (reason) {
      trouble.textContent = reason.message;
      trouble.hidden = false;
    } finally {
      submit.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  const bad = fields.find((field) => field.bad);
  if (bad) bad.focus();
  else focusFirst(fields);
  return { close: () => { if (!done) close(); } };
}

const focusFirst = (fields) => fields[0]?.focus();

function makeField(field, { me, at }) {
  const id = freshId("field");
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  const group = ["choices", "members", "files"].includes(field.kind);
  const control = CONTROLS[field.kind](field, { id, at });
  const hint = [...words(field.hint, me), ...(field.hint.length === 0 && EXTRA[field.kind] ? [EXTRA[field.kind]()] : [])];
  const problem = h("p", { class: "problem", id: problemId, hidden: true });
  const optional = field.required || field.kind === "yes_no" ? null : h("span", { class: "optional", text: t("optional") });
  const describe = [hint.length > 0 ? hintId : null, problemId].filter(Boolean).join(" ");
  control.input.setAttribute("aria-describedby", describe);
  if (field.required && !group && field.kind !== "yes_no") control.input.setAttribute("aria-required", "true");
  const hinted = hint.length > 0 ? h("p", { class: "hint", id: hintId }, hint) : null;
  let element;
  if (field.kind === "yes_no") {
    element = h("div", { class: "field" }, h("label", { class: "check", for: id }, control.element, h("span", { text: field.label })), hinted, problem);
  } else if (group) {
    control.input.setAttribute("role", "group");
    control.input.setAttribute("aria-labelledby", `${id}-label`);
    element = h("div", { class: "field" }, h("p", { class: "field-label", id: `${id}-label` }, field.label, optional), hinted, control.element, problem);
  } else {
    element = h("div", { class: "field" }, h("label", { class: "field-label", for: id }, field.label, optional), hinted, control.element, problem);
  }
  const made = {
    id: field.id, element, bad: false,
    focus: () => (control.focus || control.input).focus(),
    read: (values, files) => control.read(values, files),
    complain: (says) => {
      made.bad = Boolean(says);
      problem.hidden = !says;
      problem.replaceChildren(...(says ? words(says, me) : []));
      (control.focus || control.input).setAttribute("aria-invalid", String(Boolean(says)));
      element.classList.toggle("wrong", Boolean(says));
    },
  };
  if (field.problem) made.complain(field.problem);
  return made;
}

const EXTRA = {
  moment: () => `For example: Thu 6pm, tomorrow 18:00, 2027-03-11 18:00. Read in ${zone.replaceAll("_", " ")} unless you name a place.`,
  day: () => t("For example: next Friday, 11 March, 2027-03-11."),
};

const simple = (input, field, given = (value) => value) => ({
  element: input, input, read: (values) => { values[field.id] = given(input.value); },
});

function textual(field, { id, at }) {
  const value = field.value ?? "";
  if (field.lines > 1) {
    return counted(h("textarea", { id, name: field.id, rows: field.lines, value, maxlength: null }), field);
  }
  const input = h("input", { id, name: field.id, type: "text", value });
  if (field.suggest || field.options.length > 0) return combo(input, field, at);
  return field.kind === "text" && field.most && field.most <= 600 ? counted(input, field) : simple(input, field);
}

// Counts what is written in several lines, and everywhere says how many characters are left once it
// matters; a text that is too long is not cut off.
function counted(input, field) {
  const left = h("p", { class: "left", "aria-live": "polite" });
  const tell = () => {
    const rest = (field.most ?? Infinity) - [...input.value.trim()].length; // as the core counts
    const soon = rest < Math.max(40, (field.most ?? 0) * 0.15);
    const written = field.lines > 1 && rest < field.most ? `${field.most - rest} of ${field.most}` : "";
    left.textContent = soon ? (rest < 0 ? `${-rest} too long` : `${rest} left`) : written;
    left.setAttribute("aria-live", soon ? "polite" : "off"); // not read out at every key
    left.classList.toggle("over", rest < 0);
  };
  input.addEventListener("input", tell);
  tell();
  return { element: h("div", {}, input, left), input, focus: input, read: (values) => { values[field.id] = input.value; } };
}

function listed(field, { id }) {
  const picker = ["member"].includes(field.kind);
  const start = Array.isArray(field.value) ? field.value[0] : field.value;
  const values = field.options.map(({ value }) => value);
  const match = field.options.find(({ value, label }) => [value, label].some((one) => one.toLowerCase() === String(start ?? "").toLowerCase()));
  const odd = start !== null && start !== undefined && start !== "" && !match && !picker;
  const list = h("select", { id, name: field.id },
    !match || !(field.required || field.usual) ? h("option", { value: "", text: field.required ? t("Choose…") : "–" }) : null,
    odd ? h("option", { value: String(start), text: String(start) }) : null,
    field.options.map(({ value, label }) => h("option", { value, text: label })));
  list.value = match ? match.value : odd ? String(start) : "";
  if (list.selectedIndex < 0 && values.length > 0) list.selectedIndex = 0;
  return simple(list, field, (value) => (picker ? { picked: value ? [value] : [] } : value));
}

function checks(field, { id }) {
  const start = new Set(field.value ?? []);
  const boxes = field.options.map(({ value }) => h("input", { type: "checkbox", name: field.id, value, checked: start.has(value) }));
  const members = field.kind === "members";
  const group = h("div", { id, class: "checks boxed" }, field.options.map(({ value, label }, at) =>
    h("label", { class: "check" }, boxes[at], members ? avatar(value, label) : null, h("span", { text: label }))));
  return {
    element: group, input: group, focus: boxes[0],
    read: (values) => {
      const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
      values[field.id] = members ? { picked: chosen } : chosen;
    },
  };
}

function files(field, { id }) {
  let chosen = [];
  const picker = h("input", { id, type: "file", name: field.id, multiple: field.most !== 1, class: "file-input" });
  const list = h("ul", { class: "chosen", hidden: true });
  const zoneLabel = h("label", { class: "drop", for: id }, icon("drop"), h("span", {}, h("strong", { text: t("Choose files") }), " or drop them here"));
  const kept = field.kept > 0 ? h("p", { class: "hint", text: field.kept === 1 ? t("One file is here already; choosing again replaces it.") : t("{count} files are here already; choosing again replaces them.", { count: field.kept }) }) : null;
  const box = h("div", { class: "files" }, picker, zoneLabel, kept, list);
  const tell = () => {
    list.hidden = chosen.length === 0;
    list.replaceChildren(...chosen.map((file, at) => {
      const drop = h("button", { type: "button", class: "icon-button", "aria-label": t("Remove {name}", { name: file.name }) }, icon("close"));
      drop.addEventListener("click", () => { chosen.splice(at, 1); tell(); picker.focus(); });
      return h("li", {}, icon("file"), h("span", { class: "file-name", text: file.name }), h("span", { class: "file-about", text: size(file.size) }), drop);
    }));
  };
  const take = (found) => { chosen = field.most === 1 ? [...found].slice(0, 1) : [...chosen, ...found]; tell(); };
  picker.addEventListener("change", () => { take(picker.files); picker.value = ""; });
  box.addEventListener("dragover", (event) => { event.preventDefault(); event.stopPropagation(); box.classList.add("over"); });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => { event.preventDefault(); event.stopPropagation(); box.classList.remove("over"); take(event.dataTransfer.files); box.dispatchEvent(new Event("input", { bubbles: true })); });
  return {
    element: box, input: box, focus: picker,
    read: (values, into) => {
      if (chosen.length > 0) into[field.id] = chosen;
      else if (!field.kept) values[field.id] = [];
    },
  };
}

const CONTROLS = {
  text: textual,
  moment: textual,
  day: textual,
  whole: (field, { id }) => simple(h("input", { id, name: field.id, type: "number", inputmode: "numeric", step: 1, min: field.least, max: field.most, value: field.value ?? "" }), field),
  yes_no: (field, { id }) => {
    const box = h("input", { id, name: field.id, type: "checkbox", checked: field.value === true || field.value === "yes" });
    return { element: box, input: box, read: (values) => { values[field.id] = box.checked; } };
  },
  choice: listed,
  choices: checks,
  member: listed,
  members: checks,
  channel: listed,
  role: listed,
  files,
};
