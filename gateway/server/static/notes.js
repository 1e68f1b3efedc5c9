/**
 * The list beside the answer: what was refused, masked or decided row by row, and which department did not answer.
 *
 * It reads nothing but the answer itself: the codes, coordinates and reasons of `errors`, and `extensions.policy`.
 */
import { both, make } from "./elements.js";

const LONGEST = 100; // Entries to a group: an answer may hold thousands of errors, a reader's patience may not.

const REASONS = {
  label: { zh: "字段没有定级，谁都不能看", en: "nobody has labelled this field, so nobody may read it" },
  deny: { zh: "政策明文禁止此角色为此目的查看", en: "policy forbids it to this role for this purpose" },
  purpose: { zh: "没有规则允许为此目的查看", en: "no rule allows it for this purpose" },
  rule: { zh: "没有规则允许此角色查看", en: "no rule allows it to this role" },
  clearance: { zh: "角色的权限低于数据的级别", en: "the role's clearance is below the data's label" },
  sharing: { zh: "部门未授权共享", en: "the department has not agreed to share it" },
  directive: { zh: "数据源要求登录或授权", en: "the source demands authentication or a scope" },
};

const CODES = {
  SOURCE_UNAVAILABLE: { zh: "部门系统连不上", en: "the department's system cannot be reached" },
  SOURCE_TIMEOUT: { zh: "部门系统超时", en: "the department's system did not answer in time" },
  SOURCE_INVALID_RESPONSE: { zh: "部门系统的答复不合约定", en: "the department's system answered out of contract" },
  SOURCE_ERROR: { zh: "部门系统报错", en: "the department's system reported an error" },
};

const HEADS = {
  denied: { zh: "不予查看", en: "Denied" },
  masked: { zh: "已脱敏", en: "Masked" },
  conditional: { zh: "逐行判断", en: "Decided row by row" },
  failed: { zh: "部门无应答", en: "A department is silent" },
  refused: { zh: "出错", en: "Errors" },
};

const MEANINGS = {
  masked: { zh: "值在离开网关前已被改写。", en: "The value was rewritten before it left the gateway." },
  conditional: { zh: "只在满足条件的行上给出；其余为空。", en: "Given on rows that meet the condition, null on others." },
};

/** Shows what has been learned of `answer`; `status` is the HTTP status, `duration` is in milliseconds. */
export function explain(answer, { status, duration }) {
  const errors = Array.isArray(answer.errors) ? answer.errors : [];
  const policy = answer.extensions?.policy ?? {};
  const failures = errors.filter(({ extensions }) => extensions?.code?.startsWith("SOURCE_"));
  const denials = errors.filter(({ extensions }) => extensions?.code === "ACCESS_DENIED");
  const others = errors.filter((error) => !failures.includes(error) && !denials.includes(error));
  const groups = [
    group("refused", others.map(refusal)),
    group("denied", merge(denials).map(denial)),
    group("failed", failures.map(failure)),
    group("masked", coordinates(policy.masked)),
    group("conditional", coordinates(policy.conditional)),
  ].filter(Boolean);
  show(summary(policy, status, duration), ...(groups.length ? groups : [nothing()]), ...emptiness(answer, errors));
}

/** Empties the list: there is no answer, or it belongs to somebody else. */
export function forget() {
  show(hint({
    zh: "运行查询后，这里说明哪些字段不予查看、哪些已脱敏，以及为什么。",
    en: "Run the query: here stands which fields were denied or masked, and why.",
  }));
}

function show(...children) {
  document.getElementById("notes").replaceChildren(...children);
}

function summary({ purpose, version }, status, duration) {
  const parts = [`HTTP ${status}`, `${Math.round(duration)} ms`, purpose, version && version.slice(0, 8)];
  const line = make("p", { className: "summary" });
  for (const part of parts.filter(Boolean)) line.append(make("code", {}, part));
  if (version) line.lastChild.title = `policy ${version}`;
  return line;
}

function group(kind, entries) {
  if (!entries.length) return null;
  const rest = entries.length - LONGEST;
  const list = make("ul", {}, ...entries.slice(0, LONGEST));
  if (rest > 0) list.append(make("li", { className: "hint" }, both({ zh: `另有 ${rest} 项`, en: `and ${rest} more` })));
  const count = make("span", { className: "count" }, String(entries.length));
  const meaning = kind in MEANINGS ? [hint(MEANINGS[kind])] : [];
  return make("section", { className: `note ${kind}` }, make("h4", {}, both(HEADS[kind]), count), ...meaning, list);
}

/** One entry for each coordinate and reason, with every place in the answer where it was met. */
function merge(denials) {
  const met = new Map();
  for (const { extensions, path } of denials) {
    const { coordinate, reason, responsePath } = extensions;
    const key = `${coordinate} ${reason}`;
    const entry = met.get(key) ?? { coordinate, reason, places: [] };
    entry.places.push(["data", ...(responsePath ?? path ?? [])].join("."));
    met.set(key, entry);
  }
  return [...met.values()];
}

function denial({ coordinate, reason, places }) {
  const why = REASONS[reason] ?? { en: String(reason ?? "") };
  return make(
    "li",
    {},
    make("code", {}, coordinate ?? "?"),
    make("span", { className: "why" }, both(why)),
    make("span", { className: "places" }, places.slice(0, LONGEST).join(", ")),
  );
}

function failure({ message, extensions }) {
  const { code, coordinate, department, source } = extensions;
  const who = typeof department === "string" ? department : department?.name ?? source ?? "";
  return make(
    "li",
    {},
    make("code", {}, coordinate ?? source ?? "?"),
    make("span", { className: "why" }, `${who} `, both(CODES[code] ?? { en: message })),
  );
}

function refusal({ message, extensions }) {
  const code = extensions?.code;
  return make("li", {}, ...(code ? [make("code", {}, code)] : []), make("span", { className: "why" }, message ?? ""));
}

function coordinates(list) {
  return Array.isArray(list) ? list.map((coordinate) => make("li", {}, make("code", {}, coordinate))) : [];
}

function nothing() {
  return hint({ zh: "没有字段被拒绝或脱敏。", en: "No field was denied or masked." });
}

/** A null at the root without an error says one thing alone, and it is easily misread. */
function emptiness({ data }, errors) {
  if (errors.length || !data || !Object.values(data).includes(null)) return [];
  return [hint({
    zh: "空值的含义：不存在，或不在可见范围内。两种情形的答复完全相同，不泄露其一。",
    en: "A null here means: does not exist, or is out of sight. Both look exactly alike, so neither is given away.",
  })];
}

function hint(text) {
  return make("p", { className: "hint" }, both(text));
}
