// What the page shows. Every text from the server becomes a text node: nothing is ever parsed as HTML.

/** Make an element. A property `on` holds listeners; children are nodes or texts. */
export function element(name, { on = {}, ...attributes } = {}, children = []) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children);
  return made;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** A value as people read it. */
export function text(value) {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return value.toLocaleString("en");
  if (typeof value === "object") return JSON.stringify(value, null, 1);
  return MOMENT.test(value) ? `${value.slice(0, 10)} ${value.slice(11, 16)}` : value;
}

/** A table. Columns are [name, title?, cell?]; `cell` makes a node of a row. */
export function table(caption, columns, rows) {
  const numeric = new Set(columns.map(([name]) => name).filter((name) =>
    rows.some((row) => typeof row[name] === "number") && rows.every((row) => row[name] === null || typeof row[name] === "number")));
  const heads = columns.map(([name, title]) =>
    element("th", { scope: "col", class: numeric.has(name) ? "number" : undefined }, [title ?? name.replaceAll("_", " ")]));
  const lines = rows.map((row) => element("tr", {}, columns.map(([name, , cell]) => {
    const value = row[name];
    const kind = numeric.has(name) ? "number" : typeof value === "string" && ID.test(value) ? "id" : typeof value === "string" && MOMENT.test(value) ? "moment" : String(text(value)).length > 60 ? "long" : undefined;
    return element("td", { class: kind }, [cell ? cell(row) : text(value)]);
  })));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, [
    element("table", {}, [element("caption", {}, [caption]), element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, lines)]),
  ]);
}

/** Figures with their names. */
export function cards(values) {
  return element("dl", { class: "cards" }, Object.entries(values).map(([name, value]) =>
    element("div", {}, [element("dt", {}, [name]), element("dd", {}, [text(value)])])));
}

/** A field of a form. `options` makes it a choice. */
export function field(name, title, { options, ...attributes } = {}) {
  const control = options
    ? element("select", { name, ...attributes }, options.map((each) => element("option", { value: each }, [each || "all"])))
    : element("input", { name, ...attributes });
  return element("label", {}, [title, control]);
}

/** A form; `submit` gets what was typed, without what was left empty. */
export function form(fields, label, submit, kind = "") {
  return element("form", {
    class: kind,
    on: {
      submit: (event) => {
        event.preventDefault();
        submit(Object.fromEntries([...new FormData(event.target)].map(([key, value]) => [key, value.trim()]).filter(([, value]) => value)), event.target);
      },
    },
  }, [...fields, element("button", { class: "main" }, [label])]);
}

/** Ask for the reason of a change, and for its other fields. Resolves with them, or with null. */
export function ask(title, about, fields = []) {
  const dialog = document.querySelector("dialog");
  return new Promise((resolve) => {
    const done = (answer) => {
      dialog.close();
      resolve(answer);
    };
    const reason = field("reason", "Reason, which the audit log keeps", { required: "", minlength: "3", maxlength: "500", autocomplete: "off" });
    const asked = form([...fields, reason], title, done, "stack");
    asked.append(element("button", { type: "button", on: { click: () => done(null) } }, ["Cancel"]));
    dialog.replaceChildren(element("h2", { id: "dialog-title" }, [title]), element("p", { class: "about" }, [about]), asked);
    dialog.oncancel = () => resolve(null);
    dialog.showModal();
  });
}
