/**
 * What is asked: the example queries, and about whom.
 *
 * A variable whose text is `$present`, `$absent`, … stands for that identifier of the persona who asks. In the place
 * of `$present` the reader may put any other of them, to see that absent and invisible look the same.
 */
import { both, make } from "./elements.js";

const WHOM = {
  present: { zh: "在册", en: "Present" },
  absent: { zh: "查无此号", en: "Does not exist" },
  invisible: { zh: "看不到", en: "Out of sight" },
  moved: { zh: "已迁出", en: "Moved away" },
};

/**
 * Draws a button for each of `examples` (`[{name, title, query, variables}]`).
 *
 * Returns the verbs `query()`, `variables(ids)` (JSON text) and `offer(ids)`, which shows the identifiers that can be
 * asked about; `changed()` is called when another example or identifier is chosen.
 */
export function openExamples(examples, changed) {
  const buttons = examples.map(({ name, title }) => make("button", { type: "button" }, both(title ?? { en: name })));
  const box = document.getElementById("whom");
  let chosen = examples[0];
  let whom = "present";

  buttons.forEach((button, index) => button.addEventListener("click", () => choose(index)));
  document.getElementById("examples").append(...buttons);
  document.getElementById("asking").hidden = !examples.length;
  mark();

  function choose(index) {
    chosen = examples[index];
    mark();
    changed({ query: chosen.query });
  }

  function mark() {
    buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(examples[index] === chosen)));
    box.hidden = !box.querySelector("label") || !JSON.stringify(chosen?.variables ?? {}).includes('"$present"');
  }

  function about(name) {
    whom = name;
    changed({ whom });
  }

  return {
    query: () => chosen?.query ?? "{ __typename }",
    variables: (ids) => fill(chosen?.variables ?? {}, ids, whom),
    offer(ids) {
      const options = Object.entries(ids).map(([name, id]) => option(name, id, name === whom, () => about(name)));
      box.replaceChildren(box.querySelector("legend"), ...options);
      mark();
    },
  };
}

function option(name, id, checked, choose) {
  const radio = make("input", { type: "radio", name: "whom", value: name, checked });
  radio.addEventListener("change", choose);
  return make("label", { title: String(id) }, radio, both(WHOM[name] ?? { en: name }));
}

function fill(variables, ids, whom) {
  const identifier = (text) => ids[text === "$present" ? whom : text.slice(1)];
  const filled = (_key, value) => (typeof value === "string" && value.startsWith("$") ? identifier(value) ?? value : value);
  return JSON.stringify(variables, filled, 2);
}
