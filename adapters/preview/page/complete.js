// What could come next in a typed command. Pure: text and caret in, suggestions out.

const several = (option) =>
  (option.kind === "text" && !option.suggest) || !["text", "whole", "yes_no"].includes(option.kind);

export function command(text, commands) {
  return commands
    .filter(({ name }) => text === `/${name}` || text.startsWith(`/${name} `) || text.startsWith(`/${name}\n`))
    .sort((one, other) => other.name.length - one.name.length)[0];
}

// { from, to, items, hint, remote }: `items` replace text[from..to]; `remote` asks the core for more.
export function suggest(text, caret, commands) {
  const nothing = { from: caret, to: caret, items: [], hint: null, remote: null };
  if (!text.startsWith("/") || text.startsWith("//")) return nothing;
  const upto = text.slice(0, caret);
  const chosen = command(text, commands);
  if (!chosen || caret <= chosen.name.length + 1) return names(upto, caret, commands, nothing);
  const start = chosen.name.length + 1;
  const rest = upto.slice(start);
  const given = [...text.slice(start).matchAll(/(?:^|\s)([a-z_]+):/g)].map((found) => found[1]);
  const unused = chosen.options.filter((option) => !given.includes(option.id));
  const current = inValue(rest, chosen);
  if (current) {
    const found = values(current.option, current.value, start + current.from, caret);
    if (current.option.suggest && /\s/.test(current.value)) {
      // Either a title is being looked for, or the code is complete and the next option begins.
      const next = lastWord(rest);
      return { ...found, from: start + next.from, items: optionItems(unused, next.text), remote: { ...found.remote, from: found.from } };
    }
    // While a text is typed, the next option may be meant as well.
    const last = lastWord(rest);
    if (found.items.length === 0 && !found.remote && last.text.length > 0 && last.from > current.from) {
      found.items = optionItems(unused, last.text);
      found.from = start + last.from;
    }
    return found;
  }
  const last = lastWord(rest);
  const items = optionItems(unused, last.text);
  const from = start + last.from;
  if (items.length > 0 || last.text === "") {
    return { ...nothing, from, items, hint: null };
  }
  // A word without a name goes to the first option that is open.
  return unused.length > 0 && given.length === 0 ? values(unused[0], last.text, from, caret, true) : nothing;
}

function names(upto, caret, commands, nothing) {
  const typed = upto.slice(1).toLowerCase();
  const starts = commands.filter(({ name }) => name.startsWith(typed));
  const within = commands.filter(({ name }) => !name.startsWith(typed) && typed.length > 1 && name.includes(typed));
  const items = [...starts, ...within].map(({ name, about }) => ({
    insert: `/${name} `, label: `/${name}`, about,
  }));
  return { ...nothing, from: 0, to: caret, items };
}

function lastWord(rest) {
  const text = /\S*$/.exec(rest)[0];
  return { text, from: rest.length - text.length };
}

function inValue(rest, chosen) {
  const found = [...rest.matchAll(/(?:^|\s)([a-z_]+):/g)]
    .map((match) => ({ option: chosen.options.find(({ id }) => id === match[1]), from: match.index + match[0].length }))
    .filter(({ option }) => option)
    .at(-1);
  if (!found) return null;
  const value = rest.slice(found.from);
  const oneWord = !several(found.option) && !found.option.suggest;
  const closed = value.startsWith('"') ? /^"[^"]*"\s/.test(value) : oneWord && /^\S+\s/.test(value);
  return closed ? null : { ...found, value: value.replace(/^"/, "") };
}

function optionItems(unused, typed) {
  return unused
    .filter(({ id }) => id.startsWith(typed))
    .sort((one, other) => other.required - one.required)
    .map((option) => ({
      insert: `${option.id}:`, label: `${option.id}:`, about: option.label + (option.required ? "" : " (optional)"), again: true,
    }));
}

function values(option, typed, from, to, named = false) {
  const wanted = typed.trim().replace(/^[@#]/, "").toLowerCase();
  const prefix = named ? `${option.id}:` : "";
  const choices = option.kind === "yes_no" ? [{ value: "yes", label: "Yes" }, { value: "no", label: "No" }] : option.options;
  const items = choices
    .filter(({ value, label }) => value.toLowerCase().startsWith(wanted) || label.toLowerCase().replace(/^#/, "").includes(wanted))
    .filter(({ value, label }) => typed.trimEnd() === "" || ![value.toLowerCase(), label.toLowerCase()].includes(typed.trim().toLowerCase()))
    .map((choice) => item(option, choice, prefix));
  return {
    from, to, items, hint: option,
    remote: option.suggest ? { suggest: option.suggest, text: typed.trim(), item: (choice) => item(option, choice, prefix) } : null,
  };
}

function item(option, { value, label }, prefix) {
  const written = ["member"].includes(option.kind) ? `@${label}` : option.kind === "channel" ? label : option.kind === "role" ? label : value;
  const quoted = !several(option) && /\s/.test(written) ? `"${written}"` : written;
  return { insert: `${prefix}${quoted} `, label, about: label === value ? "" : value };
}
