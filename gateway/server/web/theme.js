/**
 * The editor's colours, light and dark, in the palette of the page (static/app.css).
 *
 * Monaco takes colours as hex alone, so they stand here a second time; GraphiQL looks its two themes up by name.
 */
const THEMES = {
  "graphiql-LIGHT": {
    base: "vs",
    accent: "#176a66",
    panel: "#ffffff",
    rules: [
      { token: "keyword.gql", foreground: "8a3b12" },
      { token: "key.identifier.gql", foreground: "14506b" },
      { token: "type.identifier.gql", foreground: "176a66" },
      { token: "argument.identifier.gql", foreground: "6a4a8c" },
      { token: "string.key.json", foreground: "14506b" },
      { token: "string.value.json", foreground: "8a3b12" },
    ],
  },
  "graphiql-DARK": {
    base: "vs-dark",
    accent: "#6cc5bc",
    panel: "#1b252b",
    rules: [
      { token: "keyword.gql", foreground: "e5a77f" },
      { token: "key.identifier.gql", foreground: "9fd0e6" },
      { token: "type.identifier.gql", foreground: "6cc5bc" },
      { token: "argument.identifier.gql", foreground: "c3a9e0" },
      { token: "string.key.json", foreground: "9fd0e6" },
      { token: "string.value.json", foreground: "e5a77f" },
    ],
  },
};

/** Replaces GraphiQL's two editor themes by ours; `monaco` is the loaded editor module. */
export function paint(monaco) {
  for (const [name, { base, accent, panel, rules }] of Object.entries(THEMES)) {
    monaco.editor.defineTheme(name, { base, inherit: true, rules, colors: colours(accent, panel) });
  }
}

function colours(accent, panel) {
  const faint = `${accent}22`;
  return {
    "editor.background": "#00000000",
    "editorHoverWidget.background": panel,
    "editorSuggestWidget.background": panel,
    "editorSuggestWidget.selectedBackground": faint,
    "editorWidget.background": panel,
    "input.background": panel,
    "list.highlightForeground": accent,
    "list.hoverBackground": faint,
    "menu.background": panel,
    "menu.selectionBackground": faint,
    "quickInput.background": panel,
    "quickInputList.focusBackground": faint,
    "scrollbar.shadow": "#00000000",
    "textLink.foreground": accent,
    focusBorder: accent,
  };
}
