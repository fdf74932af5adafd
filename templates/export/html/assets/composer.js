// The bar with the selected operations and their policy. This file must never decide what a policy
// contains: `policy.js` does.
{
  const { element, copy, byName, selection } = operation;
  const bar = document.getElementById("selection");
  const dialog = document.getElementById("composer");
  const counted = (count, word, words = `${word}s`) => `${count} ${count === 1 ? word : words}`;
  const chosen = { dependencies: false, cases: new Set() };

  const operations = () => [...selection.names].map((name) => byName.get(name));
  const least = () => policy.least(operations(), {
    dependencies: chosen.dependencies, cases: [...chosen.cases], limits: catalogue.limits,
  });

  const showBar = () => {
    const count = selection.names.size;
    bar.hidden = count === 0;
    document.body.classList.toggle("selecting", count > 0);
    const text = counted(count, "operation") + " selected";
    bar.querySelector("p").textContent = count === 0 ? "" : `${text}, ${counted(least().allowed.length, "action")}`;
  };

  const option = (label, checked, change) => {
    const box = element("input", { type: "checkbox" });
    box.checked = checked;
    box.addEventListener("change", () => {
      change(box.checked);
      show();
    });
    return element("label", {}, box, ` ${label}`);
  };

  const options = () => {
    const wanted = operations().flatMap((one) => chosen.dependencies ? [...one.actions, ...one.dependencies] : one.actions);
    const cases = [...new Set(wanted.map((need) => need.when).filter((when) => when !== null))].sort();
    const made = [option("With the actions that they depend on", chosen.dependencies, (on) => { chosen.dependencies = on; })];
    for (const text of cases) {
      made.push(option(`Case: ${text}`, chosen.cases.has(text), (on) => on ? chosen.cases.add(text) : chosen.cases.delete(text)));
    }
    return element("fieldset", {}, element("legend", {}, "What applies"), ...made);
  };

  const list = () => element("ul", { class: "chosen" }, ...operations().map((one) => {
    const remove = element("button", { type: "button", class: "quiet", "aria-label": `Remove ${one.name}` }, "Remove");
    remove.addEventListener("click", () => {
      selection.set(one.name, false);
      if (selection.names.size === 0) dialog.close();
      else show();
    });
    return element("li", {}, element("span", {}, one.title, " ", element("code", {}, one.name)), remove);
  }));

  const notes = (made) => {
    const named = (list) => list.map((one) => one.name).join(", ");
    const lines = made.open.map(({ operation: one, action, when }) => `${one.name} also needs ${action}, if this is the case: ${when}`);
    if (made.withoutAction.length) lines.push(`The documentation names no action for ${named(made.withoutAction)}.`);
    if (made.iamProjectOnly.length) lines.push(`Only where the policy is attached to an IAM project: ${named(made.iamProjectOnly)}.`);
    if (made.enterpriseProjectOnly.length) lines.push(`Only where the policy is attached to an enterprise project: ${named(made.enterpriseProjectOnly)}.`);
    if (made.withoutEffect.length) lines.push(`No custom policy has an effect on ${named(made.withoutEffect)}.`);
    if (made.impossible.length) lines.push(`Longer than a policy accepts, and left out: ${made.impossible.join(", ")}.`);
    if (made.policies.length > 1) lines.push(`The limits of a policy make ${made.policies.length} of it.`);
    return element("ul", { class: "notes" }, ...lines.map((line) => element("li", {}, line)));
  };

  const show = () => {
    const focus = dialog.contains(document.activeElement) ? document.activeElement.dataset.keep : null;
    const made = least();
    const texts = made.policies.map(policy.text);
    const close = element("button", { type: "button", class: "quiet", "data-keep": "close" }, "Close");
    close.addEventListener("click", () => dialog.close());
    const copies = element("button", { type: "button", class: "strong", "data-keep": "copy" }, "Copy");
    copies.addEventListener("click", () => copy(copies, texts.join("\n")));
    copies.disabled = texts.length === 0;
    dialog.replaceChildren(
      element("header", {}, element("h2", { id: "composer-title" }, "Least-privilege policy"), close),
      element("p", { class: "summary" }, `${counted(selection.names.size, "operation")}, ${counted(made.allowed.length, "action")}, from ${catalogue.version}`),
      element("div", { class: "halves" },
        element("div", {}, list(), options(), notes(made)),
        element("div", {}, ...texts.map((text, at) => element("pre", { tabindex: "0", "aria-label": `Policy ${at + 1}` }, text)),
          ...(texts.length === 0 ? [element("p", { class: "none" }, "No action is needed.")] : []), copies)));
    if (focus) dialog.querySelector(`[data-keep="${focus}"]`)?.focus();
  };

  document.getElementById("compose").addEventListener("click", () => {
    show();
    dialog.showModal();
  });
  document.getElementById("clear").addEventListener("click", () => selection.clear());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  selection.listeners.push(showBar);
  showBar();
}
