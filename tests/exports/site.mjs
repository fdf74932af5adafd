// The HTML catalogue in a real browser: search, filters, composer, keyboard, themes, accessibility, and
// no request to anywhere. What a policy holds is compared with what the command prints.
//   node site.mjs SITE HOSTILE-SITE PERMSPEC [SCREENSHOTS]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

const modules = createRequire(join(process.env.NODE_MODULES, "x"));
const { chromium } = modules("playwright-core");
const axe = readFileSync(modules.resolve("axe-core/axe.min.js"), "utf8");
const [site, hostile, permspec, screenshots] = process.argv.slice(2);

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const serve = (folder) => new Promise((done) => {
  const server = createServer((request, response) => {
    const file = join(folder, new URL(request.url, "http://x").pathname);
    try {
      const bytes = readFileSync(statSync(file).isDirectory() ? join(file, "index.html") : file);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1", () => done({ server, url: `http://127.0.0.1:${server.address().port}/` }));
});

const browser = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "permspec-site-")), {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  viewport: { width: 1280, height: 860 },
});
const { server, url } = await serve(site);
const evil = await serve(hostile);

/** A page whose every complaint and every request to elsewhere fails the test. */
const open = async (address, { width = 1280, scheme = "light", base = url } = {}) => {
  const page = await browser.newPage();
  await page.setViewportSize({ width, height: width < 500 ? 844 : 860 });
  await page.emulateMedia({ colorScheme: scheme });
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (![url, evil.url, "data:", "file:"].some((start) => request.url().startsWith(start))) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(new URL(address, base).href);
  page.complaints = complaints;
  return page;
};

const close = async (page) => {
  assert.deepEqual(page.complaints, []);
  await page.evaluate(() => localStorage.clear()).catch(() => {});
  await page.close();
};

const names = (page) => page.$$eval("#results .operation", (all) => all.map((one) => one.dataset.name));
const isFree = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`), []);
};
const shot = async (page, name) => screenshots && page.screenshot({ path: join(screenshots, `${name}.png`) });

const tests = {
  async "a search finds operations by words, by action and by a concrete path"() {
    const page = await open("index.html");
    await page.fill("#q", "image member");
    const found = await names(page);
    assert(found.includes("ims.AddImageMember"), found.join());
    assert(await page.isHidden("#page"));
    await page.fill("#q", "ims:images:share");
    assert((await names(page)).includes("ims.AddImageMembersInBatches"));
    await page.fill("#q", "/v2/images/70a599e0/members");
    assert.deepEqual((await names(page)).sort(), ["ims.AddImageMember", "ims.ListImageMembers"]);
    assert.equal(await page.textContent("#count"), "2 operations");
    await page.fill("#q", "no such operation anywhere");
    assert.equal(await page.textContent("#count"), "No operation found");
    await close(page);
  },

  async "a keystroke takes a search less than a frame or two"() {
    const page = await open("index.html");
    const times = await page.evaluate(() => {
      const input = document.getElementById("q");
      return [..."create volume snapshot"].map((letter) => {
        const start = performance.now();
        input.value += letter;
        input.dispatchEvent(new Event("input"));
        return performance.now() - start;
      });
    });
    const middle = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    console.log(`  ${middle.toFixed(1)} ms for a keystroke`);
    assert(middle < 50, `${middle} ms`);
    await close(page);
  },

  async "filters narrow by service, method and scope, and the address remembers them"() {
    const page = await open("index.html");
    await page.selectOption("#service", "ims");
    const all = (await names(page)).length;
    await page.selectOption("#method", "DELETE");
    const deletions = await names(page);
    assert(deletions.length > 0 && deletions.length < all);
    assert(deletions.every((name) => name.startsWith("ims.")));
    await page.selectOption("#scope", "eps");
    assert((await names(page)).length < deletions.length);
    const again = await open(page.url());
    assert.deepEqual(await names(again), await names(page));
    await close(again);
    await close(page);
  },

  async "what a search draws is what the service's page shows"() {
    const page = await open("service/ims.html");
    const drawn = (scope) => page.$$eval(`${scope} .operation`, (all) => all.map((one) => {
      const copy = one.cloneNode(true);
      copy.removeAttribute("id");
      copy.querySelectorAll("a").forEach((link) => link.setAttribute("href", link.getAttribute("href").replace(/^.*#/, "#")));
      return copy.outerHTML.replace(/<(\/?)h[23]>/g, "<$1h>").replace(/\s+/g, " ").replace(/> </g, "><");
    }));
    const shown = await drawn("#page");
    await page.selectOption("#service", "ims");
    assert.deepEqual(await drawn("#results"), shown);
    await close(page);
  },

  async "a policy of the page is the policy of the command"() {
    const page = await open("index.html");
    const all = await page.evaluate(() => catalogue.operations.map(({ name, actions, dependencies }) => ({
      name, cases: [...actions, ...dependencies].map(({ when }) => when).filter(Boolean) })));
    const selections = [
      all, ["ims.AddImageMember", "ims.AddImageMember"].map((name) => ({ name, cases: [] })),
      ...["ims", "ecs", "cce", "evs", "dli"].map((service) => all.filter(({ name }) => name.startsWith(`${service}.`))),
      all.filter(({ cases }) => cases.length > 0),
      ...Array.from({ length: 10 }, (_, at) => all.filter((_, place) => (place * 7919 + at * 104729) % 211 === at)),
    ];
    let compared = 0;
    for (const selection of selections) {
      for (const dependencies of [false, true]) {
        for (const cases of [[], [...new Set(selection.flatMap((one) => one.cases))].filter((_, at) => at % 2 === 0)]) {
          const chosen = selection.map(({ name }) => name);
          if (chosen.length === 0) continue;
          const made = await page.evaluate(([chosen, dependencies, cases]) => {
            const { policies, open, withoutAction, iamProjectOnly, enterpriseProjectOnly, withoutEffect } = policy.least(
              chosen.map((name) => operation.byName.get(name)), { dependencies, cases, limits: catalogue.limits });
            const names = (list) => list.map(({ name }) => name);
            return { policies, texts: policies.map(policy.text), without_action: names(withoutAction), iam_project_only: names(iamProjectOnly),
              enterprise_project_only: names(enterpriseProjectOnly), without_effect: names(withoutEffect),
              open: open.map(({ operation: { name }, action, when }) => ({ operation: name, action, when })) };
          }, [chosen, dependencies, cases]);
          const options = [...(dependencies ? ["--dependencies"] : []), ...cases.flatMap((text) => ["--when", text])];
          const run = (format) => {
            try {
              return execFileSync(permspec, ["policy", "for", ...chosen, ...options, "--format", format], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
            } catch (error) {
              assert.equal(error.status, 1, String(error));
              return error.stdout;
            }
          };
          const expected = JSON.parse(run("json"));
          assert.deepEqual(made.policies, expected.policies);
          assert.deepEqual(made.open, expected.open);
          assert.deepEqual(made.without_action, expected.without_action);
          for (const list of ["iam_project_only", "enterprise_project_only", "without_effect"]) assert.deepEqual(made[list], expected[list]);
          // The command prints one policy, and asks for a folder where there are several.
          const printed = made.texts.length === 1 ? `${made.texts[0]}\n` : "";
          if (!dependencies && cases.length === 0) assert.equal(printed, run("policy"));
          compared += 1;
        }
      }
    }
    console.log(`  ${compared} policies compared`);
    assert(compared >= 60);
    await close(page);
  },

  async "operations are selected across pages and composed into a policy"() {
    const page = await open("service/ims.html");
    await page.check("#AddImageMember .pick input");
    await page.goto(new URL("index.html", url).href);
    await page.fill("#q", "ims.ListImages");
    await page.locator("#results .operation[data-name='ims.AddImageMembersInBatches'], #results .operation").first().locator(".pick input").check();
    assert.match(await page.textContent("#selection p"), /^2 operations selected, \d+ actions?$/);
    await page.click("#compose");
    const made = JSON.parse(await page.textContent("#composer pre"));
    assert.equal(made.Version, "1.1");
    assert(made.Statement[0].Action.includes("ims:images:share"));
    await page.getByLabel("With the actions that they depend on").check();
    await page.getByRole("button", { name: "Remove ims.AddImageMember", exact: true }).click();
    assert.match(await page.textContent("#composer .summary"), /^1 operation,/);
    await isFree(page);
    await page.keyboard.press("Escape");
    assert(await page.isHidden("#composer"));
    await page.click("#clear");
    assert(await page.isHidden("#selection"));
    await close(page);
  },

  async "a button copies the policy of one operation"() {
    await browser.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(url).origin });
    const page = await open("service/ims.html");
    await page.click("#AddImageMember .tools button");
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    assert.deepEqual(copied.Statement[0].Action, ["ims:images:get", "ims:images:share"]);
    await close(page);
  },

  async "everything can be done with the keyboard"() {
    const page = await open("index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("ims.addimagemember");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "ims.AddImageMember");
    await page.keyboard.press("x");
    assert(await page.isVisible("#selection"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    assert(await page.isVisible("#page"));
    await close(page);
  },

  async "a found operation leads to its place on the page of its service"() {
    const page = await open("service/ims.html");
    await page.fill("#q", "ims.AddImageMembersInBatches");
    await page.click("#results .id a");
    await page.locator("#AddImageMembersInBatches").waitFor({ state: "visible" });
    const { y } = await page.locator("#AddImageMembersInBatches").boundingBox();
    assert(y >= 0 && y < 860, `${y}`);
    await close(page);
  },

  async "light and dark follow the system until somebody chooses, and the choice stays"() {
    const page = await open("index.html", { scheme: "dark" });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.click("button.theme");
    assert.notEqual(await ground(), dark);
    const light = await ground();
    await page.reload();
    assert.equal(await ground(), light);
    await close(page);
  },

  async "no page scrolls sideways and none has a serious fault of accessibility"() {
    for (const scheme of ["light", "dark"]) {
      for (const width of [1280, 390]) {
        const places = [["index.html", "index"], ["index.html#?q=volume+detach", "search"], ["service/ims.html", "service"]];
        if (scheme === "light") places.push(["service/dns.html", "dns"]);
        for (const [address, name] of places) {
          const page = await open(address, { scheme, width });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert(over <= 0, `${address} at ${width}: ${over} px`);
          await isFree(page);
          await shot(page, `${name}-${width}-${scheme}`);
          await close(page);
        }
        const page = await open("service/ims.html", { scheme, width });
        for (const id of ["AddImageMember", "UpdateImageInformation"]) await page.check(`#${id} .pick input`);
        await shot(page, `selection-${width}-${scheme}`);
        await page.click("#compose");
        await isFree(page);
        await shot(page, `composer-${width}-${scheme}`);
        await page.keyboard.press("Escape");
        await page.click("#clear");
        await close(page);
      }
    }
  },

  async "from the disk it works as from a server"() {
    const page = await open("index.html", { base: pathToFileURL(`${site}/`).href });
    await page.fill("#q", "ims.AddImageMember");
    assert.equal((await names(page))[0], "ims.AddImageMember");
    await close(page);
  },

  async "without a script everything can be read and nothing is offered that does not work"() {
    const plain = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
    const context = await plain.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(new URL("service/ims.html", url).href);
    assert(await page.isVisible("#AddImageMember"));
    assert.match(await page.textContent("#AddImageMember"), /POST[\s\S]*\/v2\/images\/\{image_id\}\/members[\s\S]*ims:images:share/);
    for (const control of ["#q", "button.theme", "#selection"]) assert(await page.isHidden(control), control);
    await plain.close();
  },

  async "text of a page becomes neither mark-up nor code"() {
    for (const address of ["index.html", "service/evil.html"]) {
      const page = await open(address, { base: evil.url });
      const planted = () => page.evaluate(() => [globalThis.stolen, document.querySelectorAll("img, iframe, svg, [onerror], [onload]").length, document.scripts.length]);
      const [stolen, elements, scripts] = await planted();
      assert.deepEqual([stolen, elements, scripts], [undefined, 0, 6]);
      await page.selectOption("#service", "evil");
      await page.locator("#results .pick input").first().check();
      await page.click("#compose");
      assert.deepEqual(await planted(), [undefined, 0, 6]);
      assert.match(await page.textContent("#results"), /<script>/, "the title is shown as it is");
      assert.equal(await page.locator("a[href^='javascript:' i]").count(), 0);
      await page.keyboard.press("Escape");
      await close(page);
    }
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    const start = performance.now();
    await test();
    console.log(`ok ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}
await browser.close();
server.close();
evil.server.close();
process.exitCode = failed === 0 ? 0 : 1;
