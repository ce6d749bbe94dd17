// Tries the page of all functions: calls `generate` without a user, then as a new test user.
//
//   node api_page.mjs '{"url": "…", "folder": "out"}'
//
// Prints what it saw as one line of JSON.
import { join } from "node:path";
import { launch, openPage } from "./chromium.mjs";

const { url, folder } = JSON.parse(process.argv[2]);
const browser = await launch();
const { page, complaints, requests } = await openPage(browser, { viewport: { width: 1280, height: 1000 } });
await page.goto(url);
const functions = await page.locator("#select option").allTextContents();
await page.selectOption("#select", { label: "generate" });
const operation = page.locator("#operations-generate-generate_post_");
await operation.locator(".opblock-summary").click();

async function call(resume) {
  await operation.locator("textarea").fill(JSON.stringify({ operation: "summary", resume_id: resume }));
  await operation.locator("tr[data-param-name=dry_run] select").selectOption("true");
  const answered = page.waitForResponse((response) => response.request().method() === "POST" && response.url().includes("/generate"));
  await operation.locator("button.execute").click();
  const answer = await answered;
  return { status: answer.status(), body: await answer.json() };
}

const before = await call("00000000-0000-4000-8000-000000000000");
await page.click("#test-user");
const state = page.locator("#test-user-state");
await state.filter({ hasText: /You are|No test user/ }).waitFor();
const text = await state.textContent();
const answer = await call(text.match(/[0-9a-f-]{36}/)?.[0]);
await page.screenshot({ path: join(folder, "api-page.png") });
await browser.close();
console.log(JSON.stringify({ functions, before, state: text, answer, complaints, requests }));
