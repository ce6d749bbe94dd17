// Runs the JavaScript of the documents with supabase-js: a user per document, a new résumé per block.
// stdin: { url, key, database_url, files, blocks }; prints a line of JSON per block: { block, error, answers }.
import { readFile } from "node:fs/promises";
import { createClient } from "@supabase/supabase-js";
import postgres from "postgres";
import ws from "ws";

const { url, key, database_url, files, blocks } = JSON.parse(await new Response(process.stdin).text());
const sql = postgres(database_url, { max: 1, onnotice: () => {} });
const CONTENT = JSON.parse(await readFile(files.content, "utf8"));
const LOCAL = "http://127.0.0.1:54321"; // where `make up` listens
const ANSWER = "In March 2024 our checkout failed. I wrote the fix in two days, added 30 tests, and cut failures from 4% to 0.1%.";

let answers = [];
const watched = (inner = globalThis.fetch) => async (input, init) => {
  const response = await inner(input, init);
  const { pathname } = new URL(input?.url ?? input);
  const code = response.ok ? undefined : (await response.clone().json().catch(() => ({}))).code;
  // A sign-in counts as later than a deletion from the next second on: tokens tell whole seconds.
  if (pathname.endsWith("/account/delete")) await new Promise((done) => setTimeout(done, 1100));
  answers.push({ method: init?.method ?? "GET", path: pathname, status: response.status, code, location: response.headers.get("location") });
  return response;
};
const make = (address, publishable, options = {}) => createClient(address === LOCAL ? url : address, publishable, {
  ...options, realtime: { transport: ws }, global: { ...options.global, fetch: watched(options.global?.fetch) } });
const must = ({ data, error }) => {
  if (error) throw error;
  return data;
};

// What the names in a block mean. Each is made when a block first uses it, those of a résumé for each block anew.
const RESUME = ["id", "resume", "version", "slug", "current"];
const GIVEN = {
  resume: async ({ client }) => {
    const { id, version } = must(await client.from("resumes").insert({ title: "Mine", content: CONTENT }).select("id, version").single());
    for (let base_version = version; base_version < version + 2; base_version++)
      must(await client.rpc("resume_save", { id, base_version, content: { ...CONTENT, summary: `${CONTENT.summary} ${base_version}` }, change_type: "manual" }));
    return { id, version: version + 2 };
  },
  id: async (world) => (await get(world, "resume")).id,
  version: async (world) => (await get(world, "resume")).version,
  resume_id: async (world) => (await get(world, "resume")).id,
  resume_ids: async (world) => [(await get(world, "resume")).id],
  body: async (world) => ({ operation: "summary", resume_id: (await get(world, "resume")).id }),
  result: async () => (await sql`select design from public.resume_templates where design is not null limit 1`)[0], // an import of a PDF has one, too
  slug: async (world) => {
    const { id } = await get(world, "resume");
    return must(await world.client.from("resumes").update({ is_public: true }).eq("id", id).select("share_slug").single()).share_slug;
  },
  job: async ({ client }) => must(await client.from("jobs")
    .insert({ title: "Engineer", company: "Acme", description: "You write Python and PostgreSQL. ".repeat(10) }).select("id").single()),
  job_id: async (world) => (await get(world, "job")).id,
  job_ids: async (world) => [(await get(world, "job")).id],
  file: async ({ document }) => document === "docs/export.md"
    ? new File([await readFile(files.jpg)], "me.jpg", { type: "image/jpeg" }) : new File([await readFile(files.pdf)], "cv.pdf", { type: "application/pdf" }),
  blob: async () => new Blob([await readFile(files.webm)], { type: "audio/webm" }),
  upload_id: async (world) => {
    const path = `${world.user.id}/${crypto.randomUUID()}.pdf`, body = await get(world, "file");
    must(await world.client.storage.from("resumes").upload(path, body));
    return must(await world.client.from("resume_uploads").insert({ file_name: "cv.pdf", path, file_size_bytes: body.size }).select("id").single()).id;
  },
  document_id: async ({ user }) => (await sql`insert into public.generated_documents (user_id, document_type, title, content)
    values (${user.id}, 'cover_letter', 'Letter', 'Dear Ms Ferrari, I write programs.') returning id`)[0].id,
  current: async (world) => {
    const body = { resume_id: (await get(world, "resume")).id }, headers = { "Idempotency-Key": crypto.randomUUID() };
    const { result } = must(await world.client.functions.invoke("interview", { headers, body }));
    world.id = result.id;
    return result.current;
  },
  request: async (world) => ({ operation: "summary", resume_id: (await get(world, "resume")).id }),
};

async function get(world, name) {
  if (!(name in world)) world[name] = await GIVEN[name](world);
  return world[name];
}

async function newWorld(document) {
  const client = make(url, key), email = `${crypto.randomUUID()}@example.com`, password = "a long enough password";
  const { user, session } = must(await client.auth.signUp({ email, password }));
  await sql`select public.credits_grant(${user.id}, 'promo', 100, ${`documents:${user.id}`})`;
  return { document, client, supabase: client, user, token: session.access_token, email, password, apikey: key, key, url, ws,
    SUPABASE_URL: url, FUNCTIONS_URL: url, content: CONTENT, createClient: make, fetch: watched(),
    show: () => {}, ask: async () => ANSWER, correct: async (text) => text };
}

// What a block declares and later blocks of the document use.
const CARRIED = ["data", "task", "current", "id", "user"];
const Async = (async () => {}).constructor;

async function run(world, code) {
  for (const name of RESUME) delete world[name];
  delete world.resume_id;
  for (const name of Object.keys(GIVEN)) if (new RegExp(`\\b${name}\\b`).test(code) && !(name === "id" && "task" in world)) await get(world, name);
  if (/signUp/.test(code)) world.email = `${crypto.randomUUID()}@example.com`;
  answers = [];
  const body = code.replace(/^import .*$/gm, "");
  const carried = CARRIED.map((name) => `${name}: typeof ${name} === "undefined" ? undefined : ${name}`).join(", ");
  // A block of its own, so that the code may declare names that it is given.
  const found = await new Async(...Object.keys(world), `{${body}\n;return { ${carried} };}`)(...Object.values(world));
  return found;
}

async function settled() {
  for (const { location } of answers.filter((each) => each.status === 202 && each.location)) {
    const id = location.split("/").pop();
    for (let n = 0; n < 100; n++) {
      const [row] = await sql`select status from public.resume_generations where id = ${id}`;
      if (!row || !["waiting", "processing"].includes(row.status)) break;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

let world;
for (const block of blocks) {
  if (world?.document !== block.document) world = await newWorld(block.document);
  let error = null;
  try {
    if (block.before) await sql.unsafe(block.before.replaceAll("$user", world.user.id));
    const found = await run(world, block.code);
    const seen = answers;
    for (const [name, value] of Object.entries(found ?? {})) if (value !== undefined && value !== null && !RESUME.includes(name)) world[name] = value;
    await settled();
    answers = seen;
  } catch (thrown) {
    if (thrown.context) thrown.message = await thrown.context.text();
    error = thrown?.stack ? `${thrown.message} ${thrown.stack} ${JSON.stringify(answers)} ${JSON.stringify(thrown)}` : JSON.stringify(thrown);
  }
  console.log(JSON.stringify({ block: `${block.document}:${block.line}`, error, answers }));
}
await sql.end();
process.exit(0); // a channel of Realtime would keep it alive
