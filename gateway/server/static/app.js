/**
 * The landing page: who asks, what is asked, the query and its answer.
 *
 * Addresses are relative to the page, so that it works behind a proxy's prefix as well.
 */
import { credentials, openCallers } from "./callers.js";
import { both, make } from "./elements.js";
import { openExamples } from "./examples.js";
import { explain, forget } from "./notes.js";

const BUILT = new URL("graphiql/workbench.js", import.meta.url);
const MEDIA_TYPES = "application/graphql-response+json, application/json;q=0.9";

let workbench = null; // Until its editors stand.
const [personas, queries] = await Promise.all([offered("_dev/personas"), offered("_dev/queries")]);
const caller = openCallers(personas, callerChanged);
const examples = openExamples(queries ?? [], askedChanged);
examples.offer(caller().ids);
forget();

let put = asked(); // What the page itself last wrote into the editors.
workbench = await openWorkbench(document.getElementById("workbench"));
askedChanged({ query: put.query }); // Another choice may have been made meanwhile.
document.addEventListener("recolour", () => workbench.recolour(document.documentElement.dataset.theme));
const run = document.getElementById("run");
run.addEventListener("click", () => workbench.run());
run.disabled = false;

/** A list that a development gateway offers, or null where there is none. */
async function offered(address) {
  try {
    const response = await fetch(address, { cache: "no-store" });
    const list = response.ok ? await response.json() : null;
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

function asked() {
  return { query: examples.query(), variables: examples.variables(caller().ids) };
}

/** Somebody else asks: nothing of the previous answer, and nothing of the schema that he was shown, may stay. */
function callerChanged() {
  examples.offer(caller().ids);
  workbench?.refreshSchema();
  askedChanged({});
}

/** What the page asks has changed: `query` where another example was chosen, `whom` where another identifier was. */
function askedChanged({ query, whom }) {
  forget();
  if (!workbench) return;
  workbench.clearAnswer();
  const chosen = query !== undefined || whom !== undefined;
  if (!chosen && workbench.variables() !== put.variables) return; // The reader's own variables are his.
  put = asked();
  workbench.open(query === undefined ? { variables: put.variables } : put);
}

async function openWorkbench(host) {
  const theme = document.documentElement.dataset.theme;
  const { mount } = await loadWorkbench();
  const verbs = await mount(host, { send, first: put, theme });
  host.ariaBusy = "false";
  return verbs;
}

/** GraphiQL where it has been built, else the plain workbench and one line that says how to mend it. */
async function loadWorkbench() {
  const found = await fetch(BUILT, { method: "HEAD" }).catch(() => ({ ok: false }));
  if (found.ok) {
    document.head.append(make("link", { rel: "stylesheet", href: new URL("workbench.css", BUILT).href }));
    return import(BUILT.href);
  }
  const trouble = document.getElementById("trouble");
  const mend = () => make("code", {}, "npm ci && npm run build");
  trouble.append(
    make("span", { lang: "zh" }, "GraphiQL 尚未构建，请执行 ", mend(), "；此前可用下面的简易编辑器。"),
    make("span", { lang: "en" }, "GraphiQL has not been built: run ", mend(), "; until then the plain editor below does."),
  );
  trouble.hidden = false;
  return import("./plain.js");
}

/** Posts one GraphQL request as the present caller and resolves to the parsed answer, whatever its status. */
async function send(params, signal) {
  const introspects = params.operationName === "IntrospectionQuery";
  if (!introspects) forget();
  const began = performance.now();
  const { status, answer } = await post(params, signal);
  signal?.throwIfAborted();
  if (!introspects) explain(answer, { status, duration: performance.now() - began });
  return answer;
}

/** `{status, answer}`; a gateway that cannot be reached has no status, and an answer of one error. */
async function post(params, signal) {
  try {
    const response = await fetch("graphql", {
      method: "POST",
      headers: { Accept: MEDIA_TYPES, "Content-Type": "application/json", ...credentials(caller()) },
      body: JSON.stringify(params),
      cache: "no-store",
      signal,
    });
    const { status } = response;
    return { status, answer: parsed(await response.text()) ?? failed(`HTTP ${status}`) };
  } catch (error) {
    return { answer: failed(error.message) };
  }
}

function failed(message) {
  return { errors: [{ message }] };
}

/** The answer as an object; null for anything that is no GraphQL answer, such as a proxy's own page. */
function parsed(text) {
  try {
    const answer = JSON.parse(text);
    return typeof answer === "object" && !Array.isArray(answer) ? answer : null;
  } catch {
    return null;
  }
}
