// Charts, each with the same figures in a table beside it: a canvas says nothing to a screen reader.
import { element, table } from "./views.js";

const SHOWN = {
  user_growth: { x: "day", lines: ["users", "new_users"] },
  active_users: { x: "day", lines: ["active_users"] },
  ai_cost_by_day: { x: "date", lines: ["cost"], sum: true },
  usage_patterns: { bars: "operations", label: "operation_type" },
  margin: { bars: "cost_usd", label: "feature" },
  mrr: { bars: "mrr", label: "plan", unit: "currency" },
  popular_plans: { bars: "subscribers", label: "name" },
  popular_templates: { bars: "usage_count", label: "name" },
  interview_completion: { bars: "completion_rate", label: "session_type" },
  error_rates: { bars: "failed_percent", label: "work" },
  response_times: { bars: "p95_ms", label: "feature" },
};
const COLOURS = { light: ["#1f4fb8", "#a8480d"], dark: ["#8fb3ff", "#f2ab6d"] };
const MOST_BARS = 12;
const HEIGHT = 280;

/** A metric: what it is about, its chart where it has one, and its table. */
export function metric(name, { about, columns, rows }) {
  const title = name.replaceAll("_", " ").replace("mrr", "monthly recurring revenue").replace("ai ", "AI ");
  const heading = title[0].toUpperCase() + title.slice(1);
  const section = element("section", { class: "metric" }, [element("h2", {}, [heading]), element("p", { class: "about" }, [about])]);
  if (rows.length === 0) {
    section.append(element("p", { class: "empty" }, ["There is nothing to show yet."]));
    return section;
  }
  const shown = SHOWN[name];
  const figures = table(heading, columns.map((column) => [column]), rows);
  if (!shown) {
    section.append(figures);
    return section;
  }
  // The table says the same, so the picture is hidden from screen readers.
  const chart = element("div", { class: "chart", "aria-hidden": "true" });
  section.append(element("div", { class: "split" }, [chart, figures]));
  let drawn = null;
  new ResizeObserver(() => {
    if (!drawn && chart.clientWidth > 0) drawn = draw(chart, shown, rows);
    else drawn?.setSize({ width: chart.clientWidth, height: HEIGHT });
  }).observe(chart);
  return section;
}

function draw(chart, shown, rows) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const colours = dark ? COLOURS.dark : COLOURS.light;
  const ink = getComputedStyle(chart).color;
  const axis = { stroke: ink, grid: { stroke: dark ? "#3c4350" : "#dfe3e9", width: 1 }, ticks: { show: false } };
  const size = { width: chart.clientWidth, height: HEIGHT };
  if (shown.x) {
    const days = shown.sum ? totals(rows, shown.x, shown.lines[0]) : rows;
    const x = days.map((row) => Date.parse(row[shown.x]) / 1000);
    const series = shown.lines.map((name, index) => ({
      label: name.replaceAll("_", " "), stroke: colours[index], width: 2, scale: index ? "other" : "y", points: { show: days.length < 3 },
    }));
    const axes = [{ ...axis, values: "{MM}-{DD}" }, { ...axis, size: 60 }];
    if (series.length > 1) axes.push({ ...axis, scale: "other", side: 1, grid: { show: false }, stroke: colours[1] });
    const scales = { y: { range: fromZero }, other: { range: fromZero } };
    return new uPlot({ ...size, series: [{ label: "day", value: "{YYYY}-{MM}-{DD}" }, ...series], axes, scales, tzDate: (s) => uPlot.tzDate(new Date(s * 1e3), "UTC") },
      [x, ...shown.lines.map((name) => days.map((row) => Number(row[name])))], chart);
  }
  const top = rows.slice(0, MOST_BARS);
  const names = top.map((row) => [row[shown.label], row[shown.unit]].filter(Boolean).join(" "));
  const bars = uPlot.paths.bars({ size: [0.6, 60] });
  return new uPlot({
    ...size,
    cursor: { show: false },
    legend: { show: false },
    scales: { x: { time: false, range: [-0.5, top.length - 0.5] }, y: { range: fromZero } },
    axes: [
      { ...axis, grid: { show: false }, splits: () => top.map((_, index) => index), values: () => names.map(short), rotate: top.length > 4 ? -40 : 0, size: top.length > 4 ? 90 : 40 },
      { ...axis, size: 60 },
    ],
    series: [{}, { label: shown.bars, fill: colours[0], stroke: colours[0], paths: bars, points: { show: false } }],
  }, [top.map((_, index) => index), top.map((row) => Number(row[shown.bars]))], chart);
}

const fromZero = (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.08 : 1];
const short = (name) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);

function totals(rows, key, value) {
  const sums = new Map();
  for (const row of rows) sums.set(row[key], (sums.get(row[key]) ?? 0) + Number(row[value] ?? 0));
  return [...sums].sort().map(([day, sum]) => ({ [key]: day, [value]: sum }));
}
