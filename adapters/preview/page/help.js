// The list of commands: everything that can be typed here, by subject.

import { t } from "./german.js";
import { freshId, h, icon } from "./dom.js";

export function openHelp(commands, take) {
  const titleId = freshId("help-title");
  const find = h("input", { type: "search", "aria-label": t("Find a command"), placeholder: t("Find a command") });
  const list = h("div", { class: "help-list" });
  const cross = h("button", { type: "button", class: "icon-button", "aria-label": t("Close the list") }, icon("close"));
  const dialog = h("dialog", { class: "dialog help", "aria-labelledby": titleId },
    h("div", { class: "form" },
      h("header", { class: "dialog-head" }, h("h2", { id: titleId, text: "Commands" }), cross),
      h("div", { class: "dialog-body" },
        h("p", { class: "hint" }, "Type them into the message box. Options go by name, such as ", h("code", { text: "session:k3f9" }), ", or in order. What is missing is asked for."),
        find, list)));
  const show = () => {
    const wanted = find.value.trim().toLowerCase().replace(/^\//, "");
    const found = commands.filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(wanted));
    const groups = new Map();
    for (const command of found) {
      const group = command.name.split(" ")[0];
      groups.set(group, [...(groups.get(group) ?? []), command]);
    }
    list.replaceChildren(...[...groups].map(([group, members]) => h("section", { "aria-label": group },
      h("h3", { text: group }),
      h("ul", {}, members.map((command) => {
        const button = h("button", { type: "button", class: "help-line" },
          h("span", { class: "suggestion", text: `/${command.name}` }),
          h("span", { class: "suggestion-about", text: command.about }),
          command.options.length > 0 ? h("span", { class: "help-options" }, command.options.map(({ id, required }) => h("code", { class: required ? "needed" : "", text: id }))) : null);
        button.addEventListener("click", () => { dialog.close(); take(`/${command.name} `); });
        return h("li", {}, button);
      })))));
    if (found.length === 0) list.replaceChildren(h("p", { class: "empty", text: t("No command is called that.") }));
  };
  find.addEventListener("input", show);
  cross.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  show();
  document.body.append(dialog);
  dialog.showModal();
  find.focus();
}
