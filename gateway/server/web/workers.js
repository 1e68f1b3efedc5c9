/**
 * Tells Monaco where its workers are: beside this bundle, on the page's own origin.
 *
 * Must be imported before anything of GraphiQL, since Monaco reads the global when its first editor opens.
 */
const NAMED = new Set(["graphql", "json"]);

globalThis.MonacoEnvironment = {
  getWorker(_moduleId, label) {
    const name = NAMED.has(label) ? label : "editor";
    return new Worker(new URL(`./${name}.worker.js`, import.meta.url));
  },
};
