// Opens shared pages in a headless browser and says what it saw.
//
//   node shared_page.mjs '{"pages": {"name": {"url": "…", "password": "…"}}, "folder": "out"}'
//
// For each page and each kind of reader: what axe finds, what the console says, whether anything is cut off or has to be
// scrolled sideways, and a picture. Printed as one line of JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const READERS = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  withoutScript: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
  print: { viewport: { width: 816, height: 1056 }, colorScheme: "dark" },
};
const { pages, folder } = JSON.parse(process.argv[2]);
chromium.setGraphicsMode = false;
const browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox", "--disable-gpu"] });

async function look(name, reader, { url, password }) {
  const context = await browser.newContext(READERS[reader]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  if (reader === "print") await page.emulateMedia({ media: "print" });
  await page.goto(url);
  if (password) {
    await page.fill("#password", password);
    await page.click("button");
    await page.waitForSelector(".resume");
  }
  const seen = { text: await page.innerText("body"), complaints, requests };
  seen.ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  seen.scrolls = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (READERS[reader].javaScriptEnabled !== false) {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    seen.violations = violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 200)).join(" ")}`);
  }
  await page.screenshot({ path: join(folder, `${name}-${reader}.png`), fullPage: true });
  if (reader === "print") seen.pdf = (await page.pdf({ path: join(folder, `${name}.pdf`), preferCSSPageSize: true })).length;
  await context.close();
  return seen;
}

const seen = {};
for (const [name, target] of Object.entries(pages)) {
  seen[name] = {};
  for (const reader of target.readers ?? Object.keys(READERS)) seen[name][reader] = await look(name, reader, target);
}
await browser.close();
console.log(JSON.stringify(seen));
