// Reads OpenAPI documents by name as JSON; prints TypeScript by name as JSON.
import { json } from "node:stream/consumers";
import openapiTS, { astToString } from "openapi-typescript";

const made = {};
for (const [name, document] of Object.entries(await json(process.stdin))) {
  made[name] = astToString(await openapiTS(document, { defaultNonNullable: false }));
}
console.log(JSON.stringify(made));
