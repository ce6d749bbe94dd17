// Takes the path of the example client in a headless browser and says what it saw at each step.
//
//   node example.mjs '{"url": "…", "email": "…", "job": "…", "folder": "out"}'
//
// Printed as one line of JSON, as shared_page.mjs does.
import { join } from "node:path";
import { launch, openPage, violations } from "./chromium.mjs";

const { url, email, job, folder } = JSON.parse(process.argv[2]);
const DESKTOP = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, deviceScaleFactor: 2, colorScheme: "dark" };
const browser = await launch();
const steps = {};

async function examine(page, name) {
  steps[name] = {
    text: await page.innerText("body"),
    balance: await page.textContent("#balance"),
    violations: await violations(page),
    scrolls: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    focus: await page.evaluate(() => document.activeElement.tagName),
  };
  await page.screenshot({ path: join(folder, `example-${name}.png`) });
}

const said = (page, text) => page.waitForFunction((wanted) => document.querySelector("#status").textContent.includes(wanted), text);
const priced = (page, section) => page.waitForFunction((id) => document.querySelector(`#${id} .price`).textContent, section);
const desktop = await openPage(browser, DESKTOP);
const { page } = desktop;
await page.goto(url);

// With the keyboard alone: an account, and a résumé.
await page.focus("input[type=email]");
await page.keyboard.type(email);
await page.keyboard.press("Tab");
await page.keyboard.type("a long enough password");
await examine(page, "account");
await page.keyboard.press("Enter");
await priced(page, "resume");
await examine(page, "resume");
for (const key of ["Tab", "Tab", "Tab", "Enter"]) await page.keyboard.press(key); // past the file and “Read it” to the sample
await page.waitForFunction(() => document.querySelector("#resume textarea").value);
await page.keyboard.press("Shift+Tab");
await page.keyboard.press("Enter");
await said(page, "Read ");
await priced(page, "write");
await examine(page, "read");

// A text, sentence by sentence.
await page.evaluate(() => {
  const draft = document.querySelector("#draft");
  window.drafts = [];
  new MutationObserver(() => drafts.push(draft.textContent)).observe(draft, { childList: true });
});
await page.selectOption("#write select", "long");
await page.click("#write button >> text=Write");
await page.waitForSelector("#proposal:not([hidden])");
await examine(page, "written");
steps.written.drafts = await page.evaluate(() => drafts);
await page.click("#again");
await said(page, "The stored answer");
steps.again = { balance: await page.textContent("#balance"), text: await page.innerText("#sentences") };
await page.click("#proposal button");
await said(page, "Saved");
await examine(page, "applied");

// Until no credit is left.
await page.selectOption("#write select", "short");
for (let before; (before = await page.textContent("#balance")) !== "0"; ) {
  await page.click("#write button >> text=Write");
  await page.waitForFunction((was) => document.querySelector("#balance").textContent !== was, before);
  await page.waitForSelector("#proposal:not([hidden])");
}
await page.click("#write button >> text=Write");
await page.waitForSelector("#packs button");
await examine(page, "refused");
await page.click("#packs button >> nth=0");
await said(page, "Paid.");
await priced(page, "job");
await examine(page, "paid");

await page.fill("#job textarea", job);
await page.focus("#job textarea");
await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
await page.waitForSelector("#coverage:not([hidden])");
await examine(page, "compared");
for (const name of ["Make a PDF", "Share a link"]) {
  await page.click(`#send button >> text=${name}`);
  await page.waitForSelector(`#links a >> nth=${name === "Make a PDF" ? 0 : 1}`);
}
await examine(page, "sent");
const links = await page.$$eval("#links a", (all) => all.map((each) => each.href));
const localStorage = await page.evaluate(() => Object.entries(window.localStorage).map(([name, value]) => ({ name, value })));
await page.context().close();

// The same person, still signed in, on a phone in the dark.
const phone = await openPage(browser, { ...PHONE, storageState: { cookies: [], origins: [{ origin: new URL(url).origin, localStorage }] } });
await phone.page.goto(url);
await priced(phone.page, "write");
await phone.page.click("#write button >> text=Write");
await phone.page.waitForSelector("#proposal:not([hidden])");
await phone.page.evaluate(() => document.querySelector("#write").scrollIntoView());
await examine(phone.page, "phone");
steps.phone.ground = await phone.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
await browser.close();
console.log(JSON.stringify({ steps, links, complaints: [...desktop.complaints, ...phone.complaints], requests: [...desktop.requests, ...phone.requests] }));
