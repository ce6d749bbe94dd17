// Follows a text with the browser's own fetch, by the code of docs/ai.md, from a page of another origin.
//
//   node stream_page.mjs '{"page": "…", "url": "…", "apikey": "…", "token": "…", "resume": "…", "key": "…"}'
//
// Prints each event with the time of its arrival, and what the console said, as one line of JSON.
import { launch, openPage } from "./chromium.mjs";

const task = JSON.parse(process.argv[2]);
const browser = await launch();
const { page, complaints } = await openPage(browser, {});
await page.goto(task.page);
const seen = await page.evaluate(async ({ url, apikey, token, resume, key }) => {
  const request = { operation: "summary", resume_id: resume };
  const seen = [];
  const show = (name, data) => seen.push({ name, data, at: performance.now() });
  const follow = async () => {
    const response = await fetch(`${url}/functions/v1/generate`, { method: "POST", body: JSON.stringify(request), headers: {
      Accept: "text/event-stream", "Content-Type": "application/json", "Idempotency-Key": key, apikey, Authorization: `Bearer ${token}` } });
    if (!response.ok || !response.headers.get("content-type").startsWith("text/event-stream")) return response.json(); // a problem, or a task
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); // not `for await`: some browsers cannot iterate over a stream
    let rest = "";
    for (let part; !(part = await reader.read()).done; ) {
      const events = (rest + part.value).split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const name = event.match(/^event: (.*)$/m)?.[1];                                    // none: a comment
        if (name) show(name, JSON.parse(event.match(/^data: (.*)$/m)[1]));
      }
    }
  };
  const problem = await follow();
  if (problem) show("problem", problem);
  return seen;
}, task);
await browser.close();
console.log(JSON.stringify({ seen, complaints }));
