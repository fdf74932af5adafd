// Draws the operations that a search finds, as the page shows them, and provides the tools of an operation.
// The mark-up equals that of `_operation.html.j2`. Text becomes text nodes: this file must never parse mark-up.
{
  const root = document.body.dataset.root;

  /** Text as the pages of the catalogue show it. Invisible characters are escaped as in JSON. */
  const shown = (text) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0]/gu, (hidden) =>
    "\n\r\t".includes(hidden) ? hidden
      : [...Array(hidden.length).keys()].map((at) => `\\u${hidden.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""));

  /** An element with attributes and children; strings become text. */
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children.filter((child) => child !== null).map((child) => typeof child === "string" ? shown(child) : child));
    return made;
  };

  /** `text` with every occurrence of a searched word marked. */
  const marked = (text, words) => {
    const lower = text.toLowerCase();
    const pieces = [];
    let at = 0;
    while (at < text.length && words.length > 0 && lower.length === text.length) {
      const found = words
        .map((word) => [lower.indexOf(word, at), word.length])
        .filter(([place]) => place >= 0)
        .sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
      if (!found) break;
      pieces.push(text.slice(at, found[0]), element("mark", {}, text.slice(found[0], found[0] + found[1])));
      at = found[0] + found[1];
    }
    return [...pieces, text.slice(at)];
  };

  /** A path may be broken before each slash. */
  const breakable = (pieces) => pieces.flatMap((piece) => typeof piece !== "string" ? [piece]
    : piece.split("/").flatMap((part, at) => at === 0 ? [part] : [element("wbr"), `/${part}`]));

  const when = (text) => element("span", { class: "when" }, text);

  const path = (text, words) =>
    text.split(/(\{[^{}]*\})/).flatMap((piece) =>
      /^\{.*\}$/.test(piece) ? [element("var", {}, ...marked(piece, words))] : breakable(marked(piece, words)));

  const route = ({ method, path: template, body_action: key, query }, words) => {
    const made = element("p", { class: "route" },
      element("b", { class: `method ${(method ?? "any").toLowerCase()}` }, method ?? "ANY"), " ",
      element("code", {}, ...path(template, words)));
    if (key !== null) made.append(" ", when(`body has ${key}`));
    if (query.length > 0) made.append(" ", when(`?${query.join("&")}`));
    return made;
  };

  const needs = (list, kind, words) => element("ul", { class: `actions ${kind}` }, ...list.map((need) => {
    const made = element("li", {}, element("code", {}, ...marked(need.action, words)));
    if (need.when !== null) made.append(" ", when(need.when));
    return made;
  }));

  const scope = (label, value) => {
    const [kind, word] = value === null ? ["open", "not stated"] : value ? ["yes", "yes"] : ["no", "no"];
    return element("li", { class: kind }, `${label}: ${word}`);
  };

  const decides = { body: "the body decides", query: "the query decides",
    unstated: "the documentation does not say what decides" };

  /** The other operations with this call. */
  const shares = ({ service, shares: shared }) => {
    if (shared === null) return [];
    const link = (id) => element("a", { href: `${root}service/${service}.html#${id}` }, id);
    const names = shared.with.flatMap((id, at) => at === 0 ? [link(id)] : [", ", link(id)]);
    const more = shared.more > 0 ? `, ${shared.more} more` : "";
    return [element("p", { class: "shares" }, "Shares this call with ", ...names, `${more}; ${decides[shared.decides]}.`)];
  };

  const none = (text) => element("p", { class: "none" }, text);

  const draw = (operation, words) => {
    const page = `${root}service/${operation.service}.html#${operation.id}`;
    const id = element("p", { class: "id" }, element("a", { href: page }, ...marked(operation.name, words)));
    if (operation.section !== null) id.append(" ", element("span", {}, operation.section));
    const tools = element("p", { class: "tools" });
    if (operation.source !== null && /^https?:\/\//.test(operation.source)) {
      tools.append(element("a", { href: operation.source, rel: "noreferrer" }, "Source"));
    }
    const drawn = element("article", { class: "operation", "data-name": operation.name },
      element("div", { class: "what" },
        element("h2", {}, ...marked(operation.title, words)), id,
        ...(operation.routes.length ? operation.routes.map((one) => route(one, words)) : [none("The page names no call.")]),
        ...shares(operation)),
      element("div", { class: "needs" },
        operation.actions.length ? needs(operation.actions, "", words) : none("The documentation names no action."),
        ...(operation.dependencies.length
          ? [element("p", { class: "label" }, "Depends on"), needs(operation.dependencies, "quiet", words)] : [])),
      element("div", { class: "more" },
        element("ul", { class: "scopes" },
          scope("IAM project", operation.iam_project), scope("Enterprise project", operation.enterprise_project)),
        tools));
    return equip(drawn, operation);
  };

  /** Copies text to the clipboard and shows this on the button. */
  const copy = async (button, text) => {
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages that are opened from the disk must not use the clipboard directly.
      const area = element("textarea", { class: "unseen" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    button.classList.add("done");
    setTimeout(() => {
      button.textContent = label;
      button.classList.remove("done");
    }, 1500);
  };

  /** The box that selects an operation, and the button that copies its policy. */
  const equip = (article, operation) => {
    const box = element("input", { type: "checkbox", "aria-label": `Select ${operation.name}` });
    box.checked = selection.has(operation.name);
    box.addEventListener("change", () => selection.set(operation.name, box.checked));
    article.prepend(element("label", { class: "pick" }, box));
    article.classList.toggle("picked", box.checked);
    const made = policy.least([operation], { limits: catalogue.limits });
    if (made.policies.length > 0) {
      const button = element("button", { type: "button", "aria-label": `Copy policy of ${operation.name}` }, "Copy policy");
      button.addEventListener("click", () => copy(button, made.policies.map(policy.text).join("\n")));
      article.querySelector(".tools").prepend(button);
    }
    return article;
  };

  /** The names of the selected operations. They outlive the page if the browser has storage. */
  const selection = {
    names: new Set(),
    listeners: [],
    has: (name) => selection.names.has(name),
    set(name, chosen) {
      if (chosen) selection.names.add(name);
      else selection.names.delete(name);
      selection.changed();
    },
    clear() {
      selection.names.clear();
      selection.changed();
    },
    changed() {
      try {
        localStorage.setItem("permspec-selection", JSON.stringify([...selection.names]));
      } catch {
        // Without storage, the selection lasts until the page is closed.
      }
      for (const article of document.querySelectorAll("article.operation")) {
        const chosen = selection.has(article.dataset.name);
        article.classList.toggle("picked", chosen);
        article.querySelector(".pick input").checked = chosen;
      }
      for (const listener of selection.listeners) listener();
    },
  };
  const byName = new Map(catalogue.operations.map((operation) => [operation.name, operation]));
  try {
    const kept = JSON.parse(localStorage.getItem("permspec-selection") ?? "[]");
    selection.names = new Set(kept.filter((name) => byName.has(name)));
  } catch {
    // Nothing was stored.
  }

  for (const article of document.querySelectorAll("article.operation")) equip(article, byName.get(article.dataset.name));
  globalThis.operation = { element, draw, copy, byName, selection };
}
