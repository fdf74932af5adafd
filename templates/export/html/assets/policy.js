// Makes the smallest policy for some operations. The rules and the bytes are those of `permspec policy for`,
// and a test compares the two. This file must never touch the page.
{
  /** The form that IAM compares: the service unchanged, the rest in lower case. */
  const key = (action) => {
    const colon = action.indexOf(":");
    const rest = colon < 0 ? "" : action.slice(colon);
    return action.slice(0, action.length - rest.length) + rest.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  };

  /** By code points, which is the order of UTF-8's bytes. */
  const compare = (a, b) => {
    const left = [...a], right = [...b];
    const end = Math.min(left.length, right.length);
    for (let at = 0; at < end; at += 1) {
      const difference = left[at].codePointAt(0) - right[at].codePointAt(0);
      if (difference !== 0) return difference;
    }
    return left.length - right.length;
  };

  const parts = (action) => {
    const [service, ...rest] = action.split(":");
    return [service, rest[0] ?? "", rest.slice(1).join(":")];
  };

  /** Whether `text` matches `pattern`, in which a star matches any text. */
  const fits = (pattern, text) => {
    const [first, ...others] = pattern.split("*");
    if (others.length === 0) return pattern === text;
    const last = others.pop();
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of others) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };

  const covers = (pattern, action) => {
    const wanted = parts(key(action));
    return parts(key(pattern)).every((part, at) => fits(part, wanted[at]));
  };

  const text = (policy) => JSON.stringify(policy, null, 2);

  const statements = (actions, limits) => {
    const made = [];
    for (let at = 0; at < actions.length; at += limits.actions) {
      made.push({ Effect: "Allow", Action: actions.slice(at, at + limits.actions) });
    }
    return made;
  };

  /** Policies that each stay within the limits, including the spaces of the readable form. */
  const split = (actions, limits) => {
    const policy = (list) => ({ Version: "1.1", Statement: statements(list, limits) });
    const fitting = (list) =>
      Math.ceil(list.length / limits.actions) <= limits.statements && [...text(policy(list))].length <= limits.characters;
    const lists = [];
    for (const action of actions) {
      const last = lists.at(-1);
      if (last && fitting([...last, action])) last.push(action);
      else lists.push([action]);
    }
    return lists.map(policy);
  };

  /**
   * The smallest policies for `operations`, and what they leave open.
   * `cases` are the cases that apply, in the documentation's words.
   */
  const least = (operations, { dependencies = false, cases = [], limits } = {}) => {
    const sorted = [...new Set(operations)].sort((a, b) => compare(a.service, b.service) || compare(a.id, b.id));
    const needed = new Map();
    let open = [];
    for (const operation of sorted) {
      for (const need of dependencies ? [...operation.actions, ...operation.dependencies] : operation.actions) {
        if (need.when !== null && !cases.includes(need.when)) open.push({ operation, ...need });
        else if (!needed.has(key(need.action))) needed.set(key(need.action), need.action);
      }
    }
    const all = [...needed].sort(([a], [b]) => compare(a, b)).map(([, action]) => action);
    const own = all.filter((action) => !all.some((other) => other !== action && covers(other, action)));
    const placed = (iam, enterprise) => sorted.filter((operation) =>
      (operation.iam_project !== false) === iam && (operation.enterprise_project !== false) === enterprise);
    const short = (action) => [...action].length <= limits.action_characters;
    const allowed = own.filter(short);
    open = open.filter(({ action }) => !allowed.some((named) => covers(named, action)));
    return {
      policies: split(allowed, limits),
      allowed,
      open,
      impossible: own.filter((action) => !short(action)),
      withoutAction: sorted.filter((operation) => operation.actions.length === 0),
      iamProjectOnly: placed(true, false),
      enterpriseProjectOnly: placed(false, true),
      withoutEffect: placed(false, false),
    };
  };

  globalThis.policy = { least, text };
}
