// Opens shared pages in a headless browser and says what it saw.
//
//   node shared_page.mjs '{"pages": {"name": {"url": "…", "password": "…"}}, "folder": "out"}'
//
// For each page and each kind of reader: what axe finds, what the console says, whether anything is cut off or has to be
// scrolled sideways, and a picture. Printed as one line of JSON.
import { join } from "node:path";
import { launch, openPage, violations } from "./chromium.mjs";

const READERS = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  withoutScript: { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
  print: { viewport: { width: 816, height: 1056 }, colorScheme: "dark" },
};
const { pages, folder } = JSON.parse(process.argv[2]);
const browser = await launch();

async function look(name, reader, { url, password }) {
  const { page, complaints, requests } = await openPage(browser, READERS[reader]);
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
  if (READERS[reader].javaScriptEnabled !== false) seen.violations = await violations(page);
  await page.screenshot({ path: join(folder, `${name}-${reader}.png`), fullPage: true });
  if (reader === "print") seen.pdf = (await page.pdf({ path: join(folder, `${name}.pdf`), preferCSSPageSize: true })).length;
  await page.context().close();
  return seen;
}

const seen = {};
for (const [name, target] of Object.entries(pages)) {
  seen[name] = {};
  for (const reader of target.readers ?? Object.keys(READERS)) seen[name][reader] = await look(name, reader, target);
}
await browser.close();
console.log(JSON.stringify(seen));
