// Signs in to the administration page in a headless browser, visits its sections, and says what it saw.
//
//   node admin_page.mjs '{"url": "…", "email": "…", "password": "…", "sections": {"name": "#hash"}, "folder": "out", "act": {…}}'
//
// Printed as one line of JSON, as shared_page.mjs does.
import { join } from "node:path";
import { launch, openPage, violations } from "./chromium.mjs";

const READERS = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
};
const { url, email, password, sections, folder, suspend } = JSON.parse(process.argv[2]);
const browser = await launch();

async function examine(page, name) {
  const seen = { text: await page.innerText("body") };
  seen.scrolls = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  seen.violations = await violations(page);
  seen.ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.screenshot({ path: join(folder, `admin-${name}.png`), fullPage: true });
  return seen;
}

const settled = (page) => page.waitForFunction(() => !document.querySelector("main").hasAttribute("aria-busy") && document.querySelector("h1"));

async function visit(reader) {
  const { page, complaints, requests } = await openPage(browser, { ...READERS[reader], locale: "en-GB" });
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
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
  await page.context().close();
  return { ...seen, complaints, requests };
}

const seen = {};
for (const reader of Object.keys(READERS)) seen[reader] = await visit(reader);
await browser.close();
console.log(JSON.stringify(seen));
