// The path of a user, step by step. Each form calls one or two functions and shows what came back.
import { applyPatch, getValueByPointer } from "fast-json-patch";
import type { ResumeContent } from "../../../types";
import { call, type Catalogue, client, functionsUrl, price, type Receipt, type Request, write, type Written } from "./api";
import { $, attempt, credits, draw, element, focus, form, onRefusal, reveal, say } from "./page";

type Resume = { id: string; title: string; version: number; content: ResumeContent; updated_at: string };
const COLUMNS = "id,title,version,content,updated_at";
let resume: Resume | undefined;
/** The latest request for a text and its key. Sent again, it is free. */
let last: { body: Request; key: string } | undefined;
let proposal: Written["result"] | undefined;

// Account

form("account", async (data, action) => {
  const login = { email: String(data.get("email")), password: String(data.get("password")) };
  const { error } = action === "up" ? await client.auth.signUp(login) : await client.auth.signInWithPassword(login);
  if (error) throw error;
  await open();
});

$("sign-out").addEventListener("click", async () => {
  await client.auth.signOut();
  location.assign(location.pathname);
});

async function open(): Promise<void> {
  const { data: session } = await client.auth.getSession();
  if (!session.session) return;
  $("account").hidden = true;
  for (const id of ["session", "resume"]) $(id).hidden = false;
  const { data } = await client.from("resumes").select(COLUMNS).order("updated_at", { ascending: false }).limit(1).maybeSingle();
  await Promise.all([showBalance(), quote("resume", "resume-import", { text: "A résumé" }), finishPayment()]);
  if (data) await use(data);
  else $("resume").querySelector("textarea")?.focus();
}

async function showBalance(): Promise<void> {
  const { data } = await client.from("user_credits").select("balance").single();
  $("balance").textContent = String(data?.balance ?? 0);
}

const paid = (receipt: Receipt): void => void ($("balance").textContent = String(receipt.balance));

/** Says beside a button what it costs. */
async function quote(section: string, ...request: Parameters<typeof price>): Promise<void> {
  const receipt = await price(...request).catch((error: Error) => error);
  const cost = receipt instanceof Error ? receipt.message : receipt.charged ? `Costs ${credits(receipt.charged)}` : "Free";
  draw(`#${section} .price`, receipt instanceof Error || receipt.funding !== "plan" ? cost : "Included in your plan");
}

// Résumé

form("resume", async (data) => {
  const file = data.get("file") as File;
  if (!file.size && !String(data.get("text")).trim()) throw new Error("Paste the text of a résumé, or choose a file.");
  const body = file.size ? { file: { name: file.name, data: await base64(file) } } : { text: String(data.get("text")) };
  const { result, receipt } = await call("resume-import", body);
  if (!result?.resume_id) throw new Error("Nothing was read.");
  paid(receipt);
  const { data: row, error } = await client.from("resumes").select(COLUMNS).eq("id", result.resume_id).single();
  if (error) throw error;
  await use(row);
  focus("read");
  const unsure = result.review.length ? ` Please look at ${result.review.length} of them: the text is not clear there.` : "";
  say(`Read ${result.fields.length} fields of ${row.title}.${unsure}`);
});

$("sample").addEventListener("click", () => sample("resume", "/resume.txt"));
$("sample-job").addEventListener("click", () => sample("job", "/job.txt"));

async function sample(section: string, file: string): Promise<void> {
  const area = $(section).querySelector("textarea");
  if (area) area.value = await (await fetch(file)).text();
}

const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

async function use(row: Resume): Promise<void> {
  resume = row;
  const jobs = row.content.experience?.length ?? 0;
  draw("#read", `“${row.title}”: ${jobs} jobs, ${row.content.skills?.technical?.length ?? 0} skills. Version ${row.version}.`);
  for (const id of ["read", "write", "job", "send"]) $(id).hidden = false;
  $("source").removeAttribute("open");
  const base = { resume_id: row.id };
  await Promise.all([
    quote("write", "generate", { operation: "summary", ...base }),
    quote("job", "ats-scan", { ...base, job: { description: "A job" } }),
  ]);
}

// Writing

form("write", async (data) => {
  if (!resume) return;
  const length = data.get("length") as "short" | "medium" | "long";
  last = { body: { operation: "summary", resume_id: resume.id, input: { length } }, key: crypto.randomUUID() };
  await writeLast();
});

$("again").addEventListener("click", () => attempt($("write").querySelector("form"), writeLast));

async function writeLast(): Promise<void> {
  if (!last) return;
  $("draft").hidden = false;
  $("proposal").hidden = true;
  draw("#draft");
  const answer = await write(last.body, last.key, (state, sentence) => {
    if (state === "restarted") draw("#draft");
    say(state === "checking" ? "Checking each sentence…" : "Writing…");
    $("draft").append(sentence && `${sentence} `);
  }).finally(() => ($("draft").hidden = true));
  paid(answer.receipt);
  $("again").hidden = false;
  say(answer.replayed ? "The stored answer: nothing was charged." : `Written${answer.receipt.charged ? ` for ${credits(answer.receipt.charged)}` : ", free"}.`);
  propose(answer.result);
}

/** Shows each sentence beside the lines of the résumé that it rests on. */
function propose(result: Written["result"]): void {
  const { text, grounding } = (proposal = result);
  const letters = [...text]; // the spans count code points
  const sentences = grounding.sentences.map((each) => {
    const lines = each.evidence.map((pointer) => element("li", {}, line(pointer)));
    return element("li", {},
      element("div", {},
        element("p", {}, letters.slice(each.start, each.end).join("")),
        element("p", { class: `verdict ${each.verdict}` }, each.verdict === "supported" ? "✓ supported" : "? not verified")),
      element("ul", { class: "where" }, ...(lines.length ? lines : [element("li", {}, "No line of the résumé says so.")])));
  });
  const removed = grounding.removed.map((each) => element("li", {},
    element("div", {}, element("del", {}, each.text), element("p", { class: "verdict unsupported" }, "✗ removed")),
    element("p", { class: "where" }, "The résumé does not say so.")));
  draw("#sentences", ...sentences, ...removed);
  const open = grounding.sentences.some((each) => each.verdict !== "supported");
  $("confirm").hidden = !open;
  const box = $("confirm").querySelector("input");
  if (box) [box.required, box.checked] = [open, false];
  $("proposal").hidden = false;
}

function line(pointer: string): string {
  const value = getValueByPointer(resume?.content, pointer);
  if (value === null || typeof value !== "object") return String(value ?? pointer);
  const parts: unknown[] = [value.role ?? value.degree, value.company ?? value.institution ?? value.name];
  return parts.filter(Boolean).join(", ") || pointer;
}

form("proposal", async () => {
  if (!resume || !proposal?.patch || proposal.base_version === null) return;
  const content = applyPatch(structuredClone(resume.content), proposal.patch as Parameters<typeof applyPatch>[1]).newDocument;
  const { data, error } = await client.rpc("resume_save", {
    id: resume.id,
    base_version: proposal.base_version,
    content,
    change_type: "ai_optimized",
    summary: "A new summary",
  });
  if (error) throw new Error(error.message === "version_conflict" ? "The résumé has changed meanwhile. Write again." : error.message);
  await use(data);
  $("proposal").hidden = true;
  say("Saved in your résumé.");
});

// Credits

/** After a refusal for want of credits: what there is to buy. */
async function offer(): Promise<void> {
  const { data } = await client.functions.invoke("billing/plans", { method: "GET" });
  const packs = (data as Catalogue).packs.map((pack) => {
    const { amount = 0, currency = "EUR" } = pack.prices.find((each) => each.currency === "USD") ?? {};
    const cost = new Intl.NumberFormat("en", { style: "currency", currency }).format(amount / 100);
    return element("button", { name: "do", value: pack.slug }, `${credits(pack.credits)} for ${cost}`);
  });
  draw("#packs", ...packs);
  reveal("buy");
}

form("buy", async (_, item) => {
  const back = location.origin + location.pathname;
  const urls = { success_url: `${back}?paid={CHECKOUT_SESSION_ID}`, cancel_url: back };
  const { checkout } = await call("billing/checkout", { kind: "pack", item, provider: "stripe", currency: "USD", ...urls });
  location.assign(String(checkout.url)); // the provider's page, which leads back
});

async function finishPayment(): Promise<void> {
  const session = new URLSearchParams(location.search).get("paid");
  if (!session) return;
  const { order } = await call("billing/verify", { stripe_session_id: session });
  history.replaceState(null, "", location.pathname);
  await showBalance();
  say(order.status === "paid" ? `Paid. ${credits(order.credits ?? 0)} are yours.` : "The payment is not confirmed yet.");
}

// A job

form("job", async (data) => {
  if (!resume) return;
  const { result, receipt } = await call("ats-scan", { resume_id: resume.id, job: { description: String(data.get("description")) } });
  paid(receipt);
  const { score, reason, requirements } = result?.coverage ?? { score: null, reason: null, requirements: [] };
  const rows = requirements.map((each) => element("li", {},
    element("div", {},
      element("p", {}, each.options.join(" or ") || each.quote),
      element("p", { class: `verdict ${each.verdict}` }, `${each.verdict}, ${each.level}`)),
    element("p", { class: "where" }, each.verdict === "found" ? each.reason : each.next_step)));
  draw("#coverage", element("p", {}, element("strong", {}, score === null ? String(reason) : `${score} of 100`)), element("ul", {}, ...rows));
  reveal("coverage");
  say(`Compared with ${requirements.length} requirements.`);
});

// Files and links

form("send", async (_, action) => {
  if (!resume) return;
  const link = action === "share" ? await share(resume.id) : await pdf(resume.id);
  say(action === "share" ? "Shared: whoever has the link can read it." : "The PDF is ready.");
  const old = $("links").querySelector(`[data-action="${action}"]`);
  const place = element("span", { "data-action": action }, link);
  if (old) old.replaceWith(place);
  else $("links").append(place);
  $("links").hidden = false;
  link.focus();
});

async function pdf(resume_id: string): Promise<HTMLElement> {
  const file = await call("resume-export", { resume_id, format: "pdf" });
  return element("a", { href: file.url, download: file.file_name }, `${file.file_name} (${Math.round(file.size / 1000)} kB)`);
}

async function share(id: string): Promise<HTMLElement> {
  const { data, error } = await client.from("resumes").update({ is_public: true, share_pdf: true }).eq("id", id).select("share_slug").single();
  if (error) throw error;
  return element("a", { href: `${functionsUrl}/functions/v1/share/${data.share_slug}`, target: "_blank" }, "Your résumé on the web (new tab)");
}

onRefusal(offer);
await open();
