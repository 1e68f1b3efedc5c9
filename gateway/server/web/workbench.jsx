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
import { useEffect, useRef } from "react";
import { createRoot } from "react-dom/client";

import { paint } from "./theme.js";

const TABS = "graphiql:tabState"; // Where GraphiQL itself keeps its open tabs.

/**
 * Resolves to the workbench once its editors stand.
 *
 * `send(params, headers)` posts one GraphQL request and resolves to the parsed answer; `first` ({query, variables}) is
 * what an untouched editor shows; `footer` is an element that is put under the answer.
 */
export function mount(host, { send, first, footer }) {
  const opened = sessionStorage.getItem(TABS) === null ? first : {};
  return new Promise((resolve) => {
    createRoot(host).render(
      <GraphiQL
        fetcher={(params, { headers } = {}) => send(params, headers)}
        storage={sessionStorage}
        initialQuery={opened.query}
        initialVariables={opened.variables}
        defaultEditorToolsVisibility="variables"
        schemaDescription
        forcedTheme="system"
        showPersistHeadersSettings={false}
      >
        <GraphiQL.Logo>
          <span className="workbench-name">GraphiQL</span>
        </GraphiQL.Logo>
        <GraphiQL.Footer>
          <Adopted element={footer} />
        </GraphiQL.Footer>
        <Steering onReady={resolve} />
      </GraphiQL>,
    );
  });
}

/** Keeps an element of the page as a child without React drawing it. */
function Adopted({ element }) {
  const slot = useRef(null);
  useEffect(() => slot.current.replaceChildren(element), [element]);
  return <div ref={slot} />;
}

/** Draws nothing; watches for the editors and hands the verbs to the page when all are there. */
function Steering({ onReady }) {
  const actions = useGraphiQLActions();
  const editors = useGraphiQL(pick("queryEditor", "variableEditor", "responseEditor"));
  const monaco = useMonaco((state) => state.monaco);
  const ready = Boolean(monaco && editors.queryEditor && editors.variableEditor && editors.responseEditor);

  useEffect(() => {
    if (!monaco) return;
    paint(monaco);
    actions.setTheme(null);
  }, [monaco, actions]);

  useEffect(() => {
    if (ready) onReady(verbs(editors, actions));
    // eslint-disable-next-line -- The editors live as long as the page: once is enough.
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
      variableEditor.setValue(variables);
    },
    clearAnswer() {
      actions.stop();
      responseEditor.setValue("");
    },
    refreshSchema: () => actions.introspect(),
    run: () => actions.run(),
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
