// The administration page: signs in with supabase-js, asks for the second factor, and fetches everything with the token.
import { metric } from "./charts.js";
import { ask, cards, element, field, form, table } from "./views.js";

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
const main = document.querySelector("main");
const nav = document.querySelector("nav");
const status = document.querySelector("#status");
// For this tab alone: closing it signs out.
const client = supabase.createClient(meta("supabase-url"), meta("supabase-key"), {
  auth: { storage: sessionStorage, storageKey: "resumebase-admin", detectSessionInUrl: false },
});
let me = null;
// Where the current section is written. Whoever is late writes to one that is no longer shown.
let view = main;

// -- requests ---------------------------------------------------------------------------------------------------------

class Refused extends Error {
  constructor(problem) {
    super(problem.detail && problem.detail !== problem.title ? `${problem.title} ${problem.detail}` : problem.title);
    this.code = problem.code;
  }
}

async function request(path, options = {}) {
  const { data } = await client.auth.getSession();
  if (!data.session) throw new Refused({ title: "You are signed out.", code: "missing_token" });
  const answer = await fetch(`/functions/v1/admin${path}`, {
    ...options, headers: { ...options.headers, authorization: `Bearer ${data.session.access_token}` },
  });
  const body = await answer.json();
  if (!answer.ok) throw new Refused(body);
  return body;
}

const read = (path, query = {}) => request(`${path}?${new URLSearchParams(query)}`);

/** Change something; the key is made once, so that a second try cannot do it twice. */
async function change(path, body) {
  const key = crypto.randomUUID();
  const send = () => request(path, { method: "POST", headers: { "content-type": "application/json", "idempotency-key": key }, body: JSON.stringify(body) });
  try {
    return await send();
  } catch (error) {
    if (error instanceof Refused) throw error;
    return send();
  }
}

function say(message) {
  status.textContent = message;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (status.textContent = ""), 6000);
}

// -- sections ---------------------------------------------------------------------------------------------------------

const may = (permission) => me.permissions.includes(permission);
const userLink = (row, column = "user_id") => row[column] ? element("a", { href: `#user/${row[column]}` }, [row[column]]) : "—";

const SECTIONS = {
  metrics: { title: "Metrics", permission: "metrics.read", show: showMetrics },
  users: { title: "Users", permission: "users.read", show: showUsers },
  feedback: {
    title: "Feedback", permission: "feedback.read", path: "/feedback",
    filters: () => [field("category", "Category", { options: ["", "bug", "feature_request", "general", "praise", "complaint"] })],
    columns: [["created_at", "when"], ["category"], ["content"], ["user_id", "user", userLink]],
  },
  events: {
    title: "Events", permission: "events.read", path: "/events",
    filters: () => [field("event_type", "Type"), field("severity", "Severity", { options: ["", "info", "warning", "error"] }), field("user_id", "User id"), field("days", "Days", { type: "number", min: "1", max: "366", value: "30" })],
    columns: [["created_at", "when"], ["event_type", "type"], ["severity"], ["event_data", "data"], ["user_id", "user", userLink]],
  },
  audit: {
    title: "Audit log", permission: "events.read", path: "/audit",
    filters: () => [field("action", "Action"), field("actor_id", "Actor's id"), field("user_id", "User id"), field("days", "Days", { type: "number", min: "1", max: "366", value: "30" })],
    columns: [["created_at", "when"], ["action"], ["entity_type", "what"], ["user_id", "user", userLink], ["actor_id", "by", (row) => userLink(row, "actor_id")], ["changes"], ["ip_address", "address"], ["user_agent", "browser"]],
  },
  payments: {
    title: "Payments", permission: "payments.read", path: "/reviews", about: "Payments that wait for a person.",
    columns: [["since"], ["code"], ["subject"], ["detail"], ["amount"], ["currency"], ["user_id", "user", userLink], ["close", "", (row) => act("payments.repair", "Close", row.subject, "It comes back if another amount is at stake.", () => ["/reviews/close", { code: row.code, subject: row.subject }])]],
  },
  inbox: {
    title: "Inbox", permission: "payments.read", path: "/webhooks", about: "Events of the payment providers.",
    filters: () => [field("status", "State", { options: ["failed", "all"] }), field("event_id", "Id at the provider")],
    columns: [["id"], ["received_at", "received"], ["provider"], ["event_type", "type"], ["event_id", "event"], ["status", "state"], ["error_code", "error"], ["attempts"], ["next_attempt_at", "next"],
      ["replay", "", (row) => row.status === "failed" ? act("payments.repair", "Replay", `event ${row.id}`, "It is tried again now.", () => [`/webhooks/${row.id}/replay`, {}]) : ""]],
  },
  tasks: {
    title: "Tasks", permission: "tasks.read", path: "/tasks", about: "Work that failed: dead letters end here, too.",
    filters: () => [field("status", "State", { options: ["failed", "open"] })],
    columns: [["updated_at", "when"], ["function_name", "function"], ["operation"], ["status", "state"], ["error_code", "error"], ["attempts"], ["user_id", "user", userLink],
      ["retry", "", (row) => row.can_retry ? act("tasks.repair", "Retry", `task ${row.id}`, "The user pays the usual price if it succeeds.", () => [`/tasks/${row.id}/retry`, {}]) : ""]],
  },
  holds: {
    title: "Holds", permission: "tasks.read", path: "/holds", about: "Credits held beyond their time. The clean-up gives them back every five minutes; if there are any, look whether it runs.",
    columns: [["expires_at", "until"], ["operation_type", "operation"], ["funding"], ["cost"], ["user_id", "user", userLink],
      ["sweep", "", (row) => act("tasks.repair", "Give back", `account ${row.user_id}`, "All holds of the account that ran out are given back.", () => [`/users/${row.user_id}/holds`, {}])]],
  },
  system: { title: "System", permission: "reports.read", show: showSystem },
};

/** A button that asks for the reason, changes something and shows the section anew. */
function act(permission, label, what, about, target, fields = [], kind = "") {
  if (!may(permission)) return "";
  return element("button", {
    type: "button", class: kind, "aria-label": `${label} ${what}`,
    on: {
      click: async () => {
        const answer = await ask(label, about, fields.map((make) => make()));
        if (!answer) return;
        try {
          const { reason, ...given } = answer;
          const [path, body] = target(given);
          const done = await change(path, { ...body, reason });
          await route();
          say(`${label}: done. ${Object.entries(done.result).map(([key, value]) => `${key} ${value}`).join(", ")}`);
        } catch (error) {
          say(error.message);
        }
      },
    },
  }, [label]);
}

async function showMetrics() {
  const place = view;
  const lists = ["user_growth", "active_users", "subscription_metrics", "mrr", "margin"];
  const names = [...lists, ...me.metrics.filter((name) => !lists.includes(name))];
  // Two at a time, and none for a section that was left.
  const all = async (name) => {
    const answer = await read(`/metrics/${name}`);
    for (let { next } = answer; next !== null;) {
      const page = await read(`/metrics/${name}?before=${next}`);
      answer.rows.push(...page.rows);
      ({ next } = page);
    }
    return answer;
  };
  const load = (name) => all(name).then((answer) => metric(name, answer), (error) => failure(`${name}: ${error.message}`));
  for (let index = 0; index < names.length && view === place; index += 2) place.append(...(await Promise.all(names.slice(index, index + 2).map(load))));
}

function showList(section) {
  const place = element("div");

  const load = async (query) => {
    if (section.jump?.(query)) return;
    place.replaceChildren();
    await page(place, section, query);
  };
  if (section.about) view.append(element("p", { class: "about" }, [section.about]));
  if (section.filters) view.append(form(section.filters(), "Search", (query) => load(query).catch((error) => place.replaceChildren(failure(error.message)))));
  view.append(place);
  return load({});
}

async function page(place, section, query, number = 1) {
  const { rows, next } = await read(section.path, query);
  if (rows.length === 0 && !place.children.length) place.append(element("p", { class: "empty" }, ["Nothing found."]));
  if (rows.length) place.append(table(number > 1 ? `${section.title}, page ${number}` : section.title, section.columns, rows));
  if (!next) return;
  const more = element("button", { type: "button", on: { click: async () => {
    more.disabled = true;
    await page(place, section, { ...query, before: next }, number + 1).catch((error) => say(error.message));
    more.remove();
  } } }, ["Next page"]);
  place.append(element("p", {}, [more]));
}

function showUsers() {
  return showList({
    title: "Users", path: "/users", jump: ({ email }) => /^[0-9a-f-]{36}$/i.test(email ?? "") && (location.hash = `#user/${email}`), filters: () => [field("email", "Address begins with, or id", { minlength: "2", type: "search", autocomplete: "off" })],
    columns: [["email", "address", (row) => element("a", { href: `#user/${row.id}` }, [row.email ?? row.id])], ["full_name", "name"], ["plan"], ["subscription_status", "subscription"], ["is_active", "active"], ["deleted_at", "deleted"], ["last_login_at", "last sign-in"], ["created_at", "since"]],
  });
}

async function showUser(id) {
  const place = view;
  const user = await read(`/users/${encodeURIComponent(id)}`);
  const { profile, entitlements } = user;
  place.querySelector("h1").textContent = profile.email ?? profile.id;
  place.append(
    cards({
      name: profile.full_name, plan: profile.plan, subscription: profile.subscription_status, balance: entitlements?.balance, held: entitlements?.reserved,
      owed: entitlements?.debt, active: profile.is_active, deleted: profile.deleted_at, résumés: user.stored.resumes, jobs: user.stored.jobs,
      since: profile.created_at, "last sign-in": profile.last_login_at, administers: user.admin_role, id: profile.id,
    }),
    element("div", { class: "actions" }, [
      act("credits.adjust", "Adjust credits", profile.email ?? id, "A positive number gives, a negative one takes. The user reads the reason in their history.", ({ amount }) => [`/users/${id}/credits`, { amount: Number(amount) }],
        [() => field("amount", "Credits", { type: "number", required: "", step: "1" })]),
      act("plans.override", "Override plan", profile.email ?? id, "Gives a plan for nothing. Of several plans the highest counts. None ends what was given.",
        ({ plan, until }) => [`/users/${id}/plan`, { plan: plan === "none" ? null : plan, until: until && plan !== "none" ? `${until}T00:00:00Z` : null }],
        [() => field("plan", "Plan", { options: [...user.plans, "none"] }), () => field("until", "Until (UTC); empty for good", { type: "date" })]),
      profile.is_active
        ? act("users.suspend", "Suspend", profile.email ?? id, "The account sees nothing but its profile and receipts until this ends.", () => [`/users/${id}/suspension`, { suspended: true }], [], "danger")
        : act("users.suspend", "End suspension", profile.email ?? id, "The account works again.", () => [`/users/${id}/suspension`, { suspended: false }]),
    ]),
  );
  const lists = {
    Limits: [entitlements?.limits ?? [], ["name", "period", "used", "held", "limit", "remaining", "resets_at"]],
    Subscriptions: [user.subscriptions, ["plan", "status", "provider", "current_period_end", "cancel_at_period_end", "created_at"]],
    Ledger: [user.ledger, ["at", "kind", "amount", "balance_after", "description", "reference"]],
    Receipts: [user.receipts, ["paid_at", "number", "item", "amount", "currency", "amount_refunded", "provider"]],
    Usage: [user.usage, ["reserved_at", "operation_type", "status", "funding", "credits_used", "release_reason"]],
  };
  for (const [title, [rows, columns]] of Object.entries(lists)) {
    place.append(element("h2", {}, [title]), rows.length ? table(title, columns.map((name) => [name]), rows) : element("p", { class: "empty" }, ["None."]));
  }
}

async function showSystem() {
  const place = view;
  const [checks, kept] = await Promise.all([read("/invariants"), read("/retention")]);
  const last = checks.last ? `Last checked ${checks.last.at.slice(0, 16).replace("T", " ")} UTC: ${checks.last.result.done ?? 0} violations.` : "The clean-up has not checked them yet.";
  place.append(
    element("h2", {}, ["Invariants"]), element("p", { class: "about" }, [`${last} They are: ${checks.rows.join(", ").replaceAll("_", " ")}.`]),
    element("h2", {}, ["Runs of the clean-up"]),
    kept.runs.length ? table("Runs of the clean-up", [["started_at", "started"], ["complete"], ["tasks"]], kept.runs) : element("p", { class: "empty" }, ["None yet."]),
    element("h2", {}, ["Retention"]), table("Retention", [["data_type", "data"], ["table"], ["kept"], ["archive"], ["reason"]], kept.rows),
  );
}

const failure = (message) => element("p", { class: "error", role: "alert" }, [message]);

// -- routing ----------------------------------------------------------------------------------------------------------

async function route() {
  if (!me) return;
  const [name, id] = location.hash.slice(1).split("/");
  const section = name === "user" ? { title: "User", show: () => showUser(id) } : (SECTIONS[name] ?? SECTIONS.metrics);
  for (const link of nav.querySelectorAll("a")) {
    if (link.hash === `#${name || "metrics"}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const place = element("div", {}, [element("h1", {}, [section.title])]);
  view = place;
  main.replaceChildren(place);
  document.title = `${section.title} · Administration`;
  main.setAttribute("aria-busy", "true");
  try {
    await (section.show ? section.show() : showList(section));
  } catch (error) {
    place.append(failure(error.message));
  }
  if (view === place) main.removeAttribute("aria-busy");
}

// -- signing in -------------------------------------------------------------------------------------------------------

function showSignIn(problem = "") {
  nav.hidden = document.querySelector(".who").hidden = true;
  const title = element("h1", {}, ["Sign in"]);
  const asked = form([
    field("email", "E-mail", { type: "email", required: "", autocomplete: "username" }),
    field("password", "Password", { type: "password", required: "", autocomplete: "current-password" }),
  ], "Sign in", async ({ email, password }) => {
    const { error } = await client.auth.signInWithPassword({ email, password });
    if (error) showSignIn(error.message);
    else await enter();
  }, "stack");
  main.replaceChildren(title, ...(problem ? [failure(problem)] : []), asked);
}

/** Ask for the second factor, or help to set one up. */
async function showSecondFactor(problem = "") {
  const { data, error } = await client.auth.mfa.listFactors();
  const known = data?.totp?.[0];
  let factor = known?.id;
  const notes = [];
  if (!known) {
    const made = await client.auth.mfa.enroll({ factorType: "totp", friendlyName: `admin ${new Date().toISOString()}` });
    if (error || made.error) {
      main.replaceChildren(element("h1", {}, ["Second factor"]), failure(`Administrators need a second factor, and it could not be set up: ${(error ?? made.error).message}`));
      return;
    }
    factor = made.data.id;
    notes.push(element("p", { class: "about" }, ["Add this secret to your authenticator app, then type the code that it shows."]), element("p", {}, [element("code", {}, [made.data.totp.secret])]));
  }
  const asked = form([field("code", "Six-digit code", { inputmode: "numeric", pattern: "[0-9]{6}", required: "", autocomplete: "one-time-code" })], "Confirm", async ({ code }) => {
    const done = await client.auth.mfa.challengeAndVerify({ factorId: factor, code });
    if (done.error) main.querySelector("form").before(failure(done.error.message));
    else await enter();
  }, "stack");
  main.replaceChildren(element("h1", {}, ["Second factor"]), ...(problem ? [failure(problem)] : []), ...notes, asked);
}

async function enter() {
  const { data } = await client.auth.getSession();
  if (!data.session) return showSignIn();
  document.querySelector(".who").hidden = false;
  document.querySelector(".who span").textContent = data.session.user.email ?? "";
  try {
    me = await read("/me");
  } catch (error) {
    if (error.code === "second_factor_required") return showSecondFactor();
    main.replaceChildren(element("h1", {}, ["Administration"]), failure(error.message));
    return undefined;
  }
  nav.querySelector("ul").replaceChildren(...Object.entries(SECTIONS).filter(([, section]) => may(section.permission)).map(([name, section]) =>
    element("li", {}, [element("a", { href: `#${name}` }, [section.title])])));
  nav.hidden = false;
  return route();
}

document.querySelector("#sign-out").addEventListener("click", async () => {
  await client.auth.signOut({ scope: "local" });
  me = null;
  showSignIn();
});
addEventListener("hashchange", async () => {
  await route();
  main.focus();
});
enter();
