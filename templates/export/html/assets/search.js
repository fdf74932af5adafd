// Search and filters over all services. The search looks for words in one lower-case text per operation.
// This file must never make a request to a server.
{
  const { draw } = operation;
  const PER_STEP = 50;
  const page = document.getElementById("page");
  const results = document.getElementById("results");
  const count = document.getElementById("count");
  const inputs = Object.fromEntries(["q", "service", "method", "scope"].map((id) => [id, document.getElementById(id)]));

  const texts = catalogue.operations.map((one) => [
    one.name, one.title, one.section ?? "",
    ...one.routes.map((route) => `${route.method ?? "ANY"} ${route.path} ${route.body_action ?? ""}`),
    ...[...one.actions, ...one.dependencies].map((need) => need.action),
  ].join("\n").toLowerCase());

  /** The search also finds a path by its template: `/v2/images/abc/members` matches `/v2/images/{image_id}/members`. */
  const templates = catalogue.operations.map((one) => one.routes.map(({ path }) => {
    const pieces = path.toLowerCase().split(/(\{[^{}]*\}|\*+)/).map((piece) =>
      /^\{.*\}$/.test(piece) ? "[^/]+" : /^\*+$/.test(piece) ? ".*" : piece.replace(/[.+^$()|[\]\\?{}]/g, "\\$&"));
    return new RegExp(`^${pieces.join("")}$`);
  }));

  const calls = (at, word) => word.startsWith("/") && templates[at].some((template) => template.test(word.split("?")[0]));

  /** Matches in titles come first, then names, then matches only in a path or an action. */
  const rank = (one, words) => {
    const title = one.title.toLowerCase(), name = one.name.toLowerCase();
    return words.reduce((sum, word) => sum + (title.includes(word) ? 0 : name.includes(word) ? 1 : 2), 0);
  };

  const wanted = () => {
    const words = inputs.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { service, method, scope } = Object.fromEntries(Object.entries(inputs).map(([id, input]) => [id, input.value]));
    const found = catalogue.operations.filter((one, at) =>
      (!service || one.service === service)
      && (!method || one.routes.some((route) => (route.method ?? method) === method))
      && (!scope || (scope === "iam" ? one.iam_project : one.enterprise_project) === true)
      && words.every((word) => texts[at].includes(word) || calls(at, word)));
    return { words, found: found.map((one) => [rank(one, words), one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one) };
  };

  const more = (found, words, from) => {
    const step = found.slice(from, from + PER_STEP);
    results.append(...step.map((one) => draw(one, words)));
    const left = found.length - from - step.length;
    if (left > 0) {
      const button = operation.element("button", { type: "button", class: "quiet more-results" }, `Show ${Math.min(left, PER_STEP)} more of ${left}`);
      button.addEventListener("click", () => {
        button.remove();
        more(found, words, from + PER_STEP);
        results.children[from + PER_STEP]?.querySelector("a").focus();
      });
      results.append(button);
    }
  };

  const show = () => {
    const searching = Object.values(inputs).some((input) => input.value.trim() !== "");
    results.hidden = !searching;
    page.hidden = searching;
    results.replaceChildren();
    if (!searching) {
      count.textContent = "";
      return;
    }
    const { words, found } = wanted();
    count.textContent = found.length === 0 ? "No operation found" : `${found.length} operation${found.length === 1 ? "" : "s"}`;
    if (found.length === 0) results.append(operation.element("p", { class: "none" }, "Try fewer words, a part of a path such as /servers, or an action such as ims:images:get."));
    more(found, words, 0);
  };

  /** The address contains the search, so that people can share it. */
  const remember = () => {
    const kept = Object.entries(inputs).map(([id, input]) => [id, input.value.trim()]).filter(([, value]) => value);
    const search = new URLSearchParams(kept).toString();
    history.replaceState(null, "", search ? `#?${search}` : location.pathname + location.search);
  };

  const recall = () => {
    if (!location.hash.startsWith("#?")) return false;
    const kept = new URLSearchParams(location.hash.slice(2));
    for (const [id, input] of Object.entries(inputs)) input.value = kept.get(id) ?? "";
    return true;
  };

  const step = (by) => {
    const links = [...document.querySelectorAll(results.hidden ? "#page .operation .id a" : "#results .operation .id a")];
    const at = links.indexOf(document.activeElement);
    const next = at + by;
    if (at < 0 && by < 0) return;
    if (next < 0) inputs.q.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  };

  for (const input of Object.values(inputs)) {
    input.addEventListener("input", () => {
      show();
      remember();
    });
  }
  addEventListener("hashchange", () => {
    if (!recall()) for (const input of Object.values(inputs)) input.value = "";
    show();
    // The page was hidden when the browser tried to scroll to the place.
    if (!location.hash.startsWith("#?")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  });
  addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input[type=search], select, textarea");
    const onOperation = document.activeElement.closest("article.operation");
    if (event.key === "/" && !typing) inputs.q.focus();
    else if (event.key === "Escape" && event.target === inputs.q) {
      for (const input of Object.values(inputs)) input.value = "";
      show();
      remember();
    } else if (event.key === "ArrowDown" && (event.target === inputs.q || onOperation)) step(1);
    else if (event.key === "ArrowUp" && onOperation) step(-1);
    else if (event.key === "x" && onOperation && !typing) onOperation.querySelector(".pick input").click();
    else return;
    event.preventDefault();
  });
  recall();
  show();
}
