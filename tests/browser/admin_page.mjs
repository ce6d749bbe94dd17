// Signs in to the administration page in a headless browser, visits its sections, and says what it saw.
//
//   node admin_page.mjs '{"url": "…", "email": "…", "password": "…", "sections": {"name": "#hash"}, "folder": "out", "act": {…}}'
//
// Printed as one line of JSON, as shared_page.mjs does.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const READERS = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};
const { url, email, password, sections, folder, suspend } = JSON.parse(process.argv[2]);
chromium.setGraphicsMode = false;
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox", "--disable-gpu"] });

async function examine(page, name) {
  const seen = { text: await page.innerText("body") };
  seen.scrolls = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  seen.violations = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 200)).join(" ")}`);
  seen.ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.screenshot({ path: join(folder, `admin-${name}.png`), fullPage: true });
  return seen;
}

const settled = (page) => page.waitForFunction(() => !document.querySelector("main").hasAttribute("aria-busy") && document.querySelector("h1"));

async function visit(reader) {
  const context = await browser.newContext({ ...READERS[reader], locale: "en-GB" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints = [];
  const requests = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(url);
  await page.waitForSelector("input[type=password]");
  const seen = { signIn: await examine(page, `sign-in-${reader}`) };
  // With the keyboard alone.
  await page.focus("input[type=email]");
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("nav:not([hidden])");
  for (const [name, hash] of Object.entries(sections)) {
    await page.evaluate((to) => { location.hash = to; }, hash);
    await page.waitForTimeout(50);
    await settled(page);
    await page.waitForTimeout(150);
    seen[name] = await examine(page, `${name}-${reader}`);
  }
  if (reader === "desktop" && suspend) {
    // Found by its id, as an administrator would.
    await page.click("nav a:has-text('Users')");
    await page.fill("input[name=email]", suspend);
    await page.keyboard.press("Enter");
    await page.waitForSelector("button.danger");
    await page.click("button.danger");
    await page.waitForSelector("dialog[open]");
    seen.dialog = await examine(page, "dialog");
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog[open]", { state: "detached" }).catch(() => {});
    await page.click("button.danger");
    await page.fill("dialog input[name=reason]", "ticket 42");
    await page.keyboard.press("Enter");
    await page.waitForSelector("button:has-text('End suspension')");
    seen.suspended = { text: await page.innerText("body") };
    await page.click("button:has-text('Adjust credits')");
    await page.fill("dialog input[name=amount]", "7");
    await page.fill("dialog input[name=reason]", "ticket 43");
    await page.keyboard.press("Enter");
    await page.waitForSelector("td:has-text('ticket 43')");
    await page.click("button:has-text('Override plan')");
    await page.selectOption("dialog select", { index: 1 });
    await page.fill("dialog input[name=reason]", "ticket 44");
    await page.click("dialog button.main");
    await page.waitForSelector("td:has-text('manual')");
    seen.given = await examine(page, "given");
  }
  seen.stored = await page.evaluate(() => ({ cookies: document.cookie, local: localStorage.length }));
  await context.close();
  return { ...seen, complaints, requests };
}

const seen = {};
for (const reader of Object.keys(READERS)) seen[reader] = await visit(reader);
await browser.close();
console.log(JSON.stringify(seen));
