/** Makes the elements that the page adds to itself; text is always set as text, never read as markup. */

/** `make("p", {className: "hint"}, "text", child)` is an element with these properties and children. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A text of `{zh, en}` as an element that holds both; app.css shows the one that is being read. */
export function both({ zh, en }) {
  return make("span", {}, make("span", { lang: "zh" }, zh ?? en ?? ""), make("span", { lang: "en" }, en ?? zh ?? ""));
}
