/**
 * The plain workbench, for a gateway whose GraphiQL has not been built: two text areas, the answer, nothing else.
 *
 * It has the verbs of the built workbench (`mount` in ../web/workbench.jsx), so the page need not know which is open.
 */
import { both, make } from "./elements.js";

/** As the built workbench: resolves to the verbs; `send(params, signal)` posts one GraphQL request. */
export async function mount(host, { send, first }) {
  const query = area("plain-query", { zh: "查询", en: "Query" }, first.query);
  const variables = area("plain-variables", { zh: "变量", en: "Variables" }, first.variables);
  const answer = make("pre", { id: "plain-answer", tabIndex: 0 });
  host.replaceChildren(make("div", { className: "plain" }, make("div", {}, query.label, variables.label), answer));
  let sending = new AbortController();

  const verbs = {
    open(next) {
      query.input.value = next.query ?? query.input.value;
      variables.input.value = next.variables ?? variables.input.value;
    },
    variables: () => variables.input.value,
    clearAnswer() {
      sending.abort();
      answer.textContent = "";
    },
    async run() {
      verbs.clearAnswer();
      const { signal } = (sending = new AbortController());
      const shown = await ask(signal);
      if (!signal.aborted) answer.textContent = shown;
    },
    refreshSchema() {}, // Nothing here knows the schema.
    recolour() {}, // The page's own colours suffice.
  };

  async function ask(signal) {
    try {
      const params = { query: query.input.value, variables: JSON.parse(variables.input.value || "{}") };
      return JSON.stringify(await send(params, signal), null, 2);
    } catch (error) {
      return error.message;
    }
  }

  host.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) verbs.run();
  });
  return verbs;
}

function area(id, title, value) {
  const input = make("textarea", { id, value, spellcheck: false });
  return { input, label: make("label", {}, both(title), input) };
}
