/**
 * Mounts GraphiQL in a host element and hands back the few verbs by which the page steers it.
 *
 * The same verbs as static/plain.js, so that the page need not know which of the two is open. Whatever is typed is
 * kept in the tab's session storage alone and is gone with the tab: queries and variables may name a person.
 */
import "./workers.js";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./workbench.css";

import { pick, useGraphiQL, useGraphiQLActions, useMonaco } from "@graphiql/react";
import { GraphiQL } from "graphiql";
import { Kind, parse } from "graphql";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";

import { paint } from "./theme.js";

/** How the three editors are set: as much of a query in sight as can be read with ease. */
const TYPE = {
  fontSize: 13,
  lineDecorationsWidth: 6,
  lineNumbersMinChars: 2,
  scrollbar: { horizontalScrollbarSize: 8, verticalScrollbarSize: 8 },
};

/**
 * Resolves to the workbench once its editors stand.
 *
 * `send(params, signal)` posts one GraphQL request and resolves to the parsed answer; `first` ({query, variables}) is
 * opened beside whatever this tab already held; `theme` is "light" or "dark".
 */
export function mount(host, { send, first, theme }) {
  return new Promise((resolve) => {
    createRoot(host).render(
      <GraphiQL
        fetcher={(params) => watched(params, send)}
        storage={sessionStorage}
        initialQuery={first.query}
        initialVariables={first.variables}
        defaultEditorToolsVisibility="variables"
        isHeadersEditorEnabled={false} // Who asks is chosen on the page, in one place.
        schemaDescription
        forcedTheme={theme}
        showPersistHeadersSettings={false}
      >
        <GraphiQL.Logo>
          <span className="workbench-name">GraphiQL</span>
        </GraphiQL.Logo>
        <Steering theme={theme} onReady={resolve} />
      </GraphiQL>,
    );
  });
}

/** One request as an observable, the one form in which GraphiQL can call it off: what comes later is not shown. */
function watched(params, send) {
  return {
    subscribe({ next, error, complete }) {
      const sending = new AbortController();
      const { signal } = sending;
      send(params, signal).then(
        (answer) => {
          if (signal.aborted) return;
          next(answer);
          complete();
        },
        (reason) => signal.aborted || error(reason),
      );
      return { unsubscribe: () => sending.abort() };
    },
  };
}

/** Draws nothing; watches for the editors and hands the verbs to the page when all are there. */
function Steering({ theme, onReady }) {
  const actions = useGraphiQLActions();
  const editors = useGraphiQL(pick("queryEditor", "variableEditor", "responseEditor"));
  const monaco = useMonaco((state) => state.monaco);
  const ready = Boolean(monaco && editors.queryEditor && editors.variableEditor && editors.responseEditor);

  useEffect(() => {
    if (!monaco) return;
    paint(monaco);
    actions.setTheme(theme);
  }, [monaco, actions, theme]);

  useEffect(() => {
    if (!ready) return;
    for (const editor of Object.values(editors)) editor.updateOptions(TYPE);
    onReady(verbs(editors, actions)); // The editors live as long as the page: once is enough.
  }, [ready]);
  return null;
}

function verbs({ queryEditor, variableEditor, responseEditor }, actions) {
  return {
    open({ query, variables }) {
      if (query !== undefined) {
        queryEditor.setValue(query);
        actions.setOperationFacts(facts(query)); // GraphiQL itself looks 100 ms later: too late for an instant run.
      }
      if (variables !== undefined) variableEditor.setValue(variables);
    },
    variables: () => variableEditor.getValue(),
    clearAnswer() {
      actions.stop();
      responseEditor.setValue("");
    },
    refreshSchema: () => actions.introspect(),
    run() {
      actions.stop(); // Else a run while another is on its way would only stop that one.
      return actions.run();
    },
    recolour: (theme) => actions.setTheme(theme),
  };
}

/** The operations of a document as GraphiQL keeps them; an unfinished document has none. */
function facts(query) {
  try {
    const documentAST = parse(query);
    const operations = documentAST.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return { documentAST, operations, operationName: operations[0]?.name?.value };
  } catch {
    return {};
  }
}
