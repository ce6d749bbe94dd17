// The Supabase API of the local stack: @supabase/lite in front of our Postgres, functions forwarded to Python.
//
//   node local/supabase.mjs schema   creates the auth and storage schemas, then exits
//   node local/supabase.mjs serve    listens until SIGTERM
//
// This file hides the differences between lite and hosted Supabase from everything else.
import { AsyncLocalStorage } from "node:async_hooks";
import { Agent, createServer, request as send } from "node:http";
import { setTimeout } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { SignJWT, decodeJwt } from "jose";
import { DiskStorage } from "./storage.mjs";

const env = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};
const mode = process.argv[2];
const jwtSecret = env("SUPABASE_JWT_SECRET");

process.env.EXPERIMENTAL_STORAGE = "1"; // read when the package is loaded
const { App } = await import("@supabase/lite");
const { createPostgresConnection } = await import("@supabase/lite/postgres");
const { sql } = await import("kysely");

const json = (oid) => ({
  to: oid,
  from: [oid],
  // lite passes some values already serialised: serialising them again would store a JSON string.
  serialize: (value) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (text) => JSON.parse(text),
});
const connection = createPostgresConnection({
  url: env("DATABASE_URL"),
  postgresOptions: {
    max: 20,
    onnotice: () => {},
    types: {
      json: json(114),
      jsonb: json(3802),
      // "2026-01-01 00:00:00.5+00" becomes ISO 8601, the only format that supabase-py accepts.
      timestamptz: {
        to: 1184,
        from: [1184],
        serialize: (value) => value,
        parse: (text) => text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"),
      },
    },
  },
});
// On its first request, lite grants anon and authenticated all present and future objects of every schema with row level
// security. That would undo the column grants of the migrations; local/supabase.sql makes the grants of Supabase.
connection.rlsState = "active";
// What a client asks may take as long as on Supabase, where these are settings of the roles; lite does not apply those.
const timeouts = { anon: "3s", authenticated: "8s" };
const applyContext = connection.applyJwtSessionContext.bind(connection);
connection.applyJwtSessionContext = async (transaction, context, ...rest) => {
  await applyContext(transaction, context, ...rest);
  const timeout = timeouts[context.auth?.role ?? "anon"];
  if (timeout) await sql`select set_config('statement_timeout', ${timeout}, true)`.execute(transaction);
};
// What the database refuses a request with: lite calls all of storage's refusals a violation of row level security, and a
// lost connection an error like any other.
const refusal = new AsyncLocalStorage();
const lost = /^(08|57P)|^CONNECT|^ECONN/;
const normalize = connection.normalizeDbError.bind(connection);
connection.normalizeDbError = (error, ...rest) => {
  const normal = normalize(error, ...rest);
  const refused = refusal.getStore();
  if (refused && normal?.code === "42501") refused.message = normal.message;
  if (refused && lost.test(error?.code ?? "")) refused.isAway = true;
  return normal;
};
// Longer than a client's statement may take: one whose connection died can stay unanswered for ever.
const PATIENCE_MS = 15_000;

const app = new App({
  connection,
  api: { schemas: ["public"], extra_search_path: ["public"], max_rows: 1000 },
  auth: {
    enabled: true,
    jwt_secret: jwtSecret,
    publishable_key: env("SUPABASE_PUBLISHABLE_KEY"),
    secret_key: env("SUPABASE_SECRET_KEY"),
    email: { enable_confirmations: false },
  },
  storage: { enabled: true, file_size_limit: "50MiB" },
  studio: { enabled: false },
  options: { server: { admin: false } },
});
app._storageAdapter = new DiskStorage(env("STORAGE_DIRECTORY"));
await app.init();

if (mode === "schema") {
  await app.ensureSystemSchema();
  await connection.close();
} else if (mode === "serve") {
  await serve();
} else {
  throw new Error("usage: node local/supabase.mjs schema|serve");
}

/** Adds the claims that hosted Supabase puts into an access token and lite omits. */
async function withHostedClaims(response, issuer) {
  const body = await response.json();
  if (typeof body?.access_token === "string") {
    const { user } = body;
    const claims = {
      ...decodeJwt(body.access_token),
      iss: issuer,
      phone: user.phone ?? "",
      app_metadata: user.app_metadata ?? {},
      user_metadata: user.user_metadata ?? {},
      aal: "aal1",
      is_anonymous: user.is_anonymous ?? false,
    };
    body.access_token = await new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .sign(new TextEncoder().encode(jwtSecret));
  }
  return body;
}

/** Says what the database said, as hosted Supabase does: our own refusals have a code as their message. */
async function withRefusal(response, message) {
  return { ...(await response.json()), message };
}

/** Returns signed URLs under the names and with the path that clients expect. */
async function withHostedSignedUrls(response) {
  const convert = ({ signedUrl, ...rest }) => {
    const url = (signedUrl ?? "").replace(/^\/storage\/v1/, "");
    return { ...rest, signedURL: url, url };
  };
  const body = await response.json();
  return Array.isArray(body) ? body.map(convert) : convert(body);
}

/**
 * Turns an upload in a form into a plain upload: lite expects a field named "file", but supabase-js in a browser sends the
 * Blob or File in a field without a name.
 */
async function withPlainBody(request) {
  const form = await request.formData();
  const file = [...form.values()].find((value) => value instanceof Blob);
  const headers = new Headers(request.headers);
  const body = file ? await file.arrayBuffer() : new ArrayBuffer(0);
  headers.set("content-length", body.byteLength); // lite checks it against the bucket's limit
  headers.set("content-type", file?.type || "application/octet-stream");
  if (form.has("cacheControl")) headers.set("cache-control", `max-age=${form.get("cacheControl")}`);
  if (form.has("metadata")) headers.set("x-metadata", Buffer.from(form.get("metadata")).toString("base64"));
  return new Request(request.url, { method: request.method, headers, body });
}

/** Answers a CORS preflight: lite's answer for the auth API allows no headers, so a browser could not send `apikey`. */
function preflight(request) {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": "*",
      "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "Access-Control-Allow-Headers": request.headers.get("access-control-request-headers") ?? "*",
      "Access-Control-Max-Age": "3600",
    },
  });
}

/** Says whether the database is away: lite answers 500 then as to any fault, PostgREST 503. */
async function isAway() {
  try {
    await sql`select 1`.execute(connection.kysely);
    return false;
  } catch {
    return true;
  }
}

/** Answers for a database that does not. */
async function silence(refused) {
  await setTimeout(PATIENCE_MS, undefined, { ref: false });
  refused.isAway = true;
  return new Response(null, { status: 500 });
}

async function answer(request, bindings) {
  if (request.method === "OPTIONS" && request.headers.has("access-control-request-method")) return preflight(request);
  const { pathname, origin } = new URL(request.url);
  const isForm = request.headers.get("content-type")?.startsWith("multipart/form-data");
  if (isForm && pathname.startsWith("/storage/v1/object/")) request = await withPlainBody(request);
  const refused = {};
  const fetched = refusal.run(refused, () => app.fetch(request, { peerAddress: bindings.incoming.socket.remoteAddress ?? null }));
  const isTable = pathname.startsWith("/rest/v1/") && !pathname.startsWith("/rest/v1/rpc/");
  const response = isTable ? await Promise.race([fetched, silence(refused)]) : await fetched;
  const headers = new Headers(response.headers);
  headers.set("Access-Control-Allow-Origin", "*");
  headers.set("Access-Control-Expose-Headers", "Content-Range, Content-Location, Location, X-Supabase-Api-Version");
  if (response.status === 500 && (refused.isAway || (await isAway()))) {
    headers.delete("content-length");
    headers.set("content-type", "application/json; charset=utf-8");
    const message = "Database connection error. Retrying the connection.";
    return Response.json({ code: "PGRST000", message, details: null, hint: null }, { status: 503, headers });
  }
  let { body } = response;
  if (refused.message && pathname.startsWith("/storage/") && !refused.message.includes("row-level security")) {
    body = JSON.stringify(await withRefusal(response, refused.message));
    headers.delete("content-length");
  }
  if (response.ok && request.method === "POST") {
    if (/^\/auth\/v1\/(signup|token|verify)$/.test(pathname)) {
      body = JSON.stringify(await withHostedClaims(response, `${origin}/auth/v1`));
      headers.delete("content-length");
    } else if (/^\/storage\/v1\/object\/(upload\/)?sign\//.test(pathname)) {
      body = JSON.stringify(await withHostedSignedUrls(response));
      headers.delete("content-length");
    }
  }
  return new Response(body, { status: response.status, headers });
}

async function serve() {
  const functions = new URL(env("FUNCTIONS_URL"));
  const agent = new Agent({ keepAlive: true });
  const connectionHeaders = new Set(["connection", "keep-alive", "proxy-connection", "expect", "upgrade"]);

  /** Replaces what the client says about its address by what we see: this is the first hop, and the only trusted one. */
  const seen = (incoming) => {
    const headers = incoming.rawHeaders.splice(0);
    for (let i = 0; i < headers.length; i += 2) {
      if (!/^x-forwarded-(for|proto)$/i.test(headers[i])) incoming.rawHeaders.push(...headers.slice(i, i + 2));
    }
    incoming.rawHeaders.push("X-Forwarded-For", incoming.socket.remoteAddress ?? "", "X-Forwarded-Proto", "http");
    return incoming;
  };

  /** Streams a request to the functions server and its answer back unchanged: webhook signatures cover the bytes. */
  const forward = (incoming, outgoing) => {
    const headers = [];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      if (!connectionHeaders.has(incoming.rawHeaders[i].toLowerCase())) headers.push(...incoming.rawHeaders.slice(i, i + 2));
    }
    const { hostname, port } = functions;
    const upstream = send({ agent, hostname, port, method: incoming.method, path: incoming.url, headers });
    upstream.on("response", (response) => {
      outgoing.writeHead(response.statusCode, response.statusMessage, response.rawHeaders);
      response.pipe(outgoing);
    });
    upstream.on("error", (error) => {
      if (outgoing.headersSent) return outgoing.destroyed || outgoing.end();
      const problem = {
        type: "about:blank",
        title: "Functions server unavailable",
        status: 503,
        code: "functions_unavailable",
        detail: `${functions.origin}: ${error.code ?? error.message}`,
      };
      outgoing.writeHead(503, { "Content-Type": "application/problem+json", "Access-Control-Allow-Origin": "*" });
      outgoing.end(JSON.stringify(problem));
    });
    outgoing.on("close", () => outgoing.writableFinished || upstream.destroy());
    incoming.pipe(upstream);
  };

  const api = getRequestListener(answer);
  const server = createServer((incoming, outgoing) =>
    incoming.url.startsWith("/functions/v1/") ? forward(seen(incoming), outgoing) : api(seen(incoming), outgoing),
  );
  // As PostgREST does, reload the schema on `notify pgrst, 'reload schema'`.
  await connection.driver.listen("pgrst", () => connection.clearSchemaCache());
  server.listen(Number(env("PORT")), "127.0.0.1", () => console.log(`listening on ${env("PORT")}`));
  const stop = () => {
    server.close();
    server.closeAllConnections();
    connection.close().finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
