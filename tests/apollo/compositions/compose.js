// Composes with @apollo/composition: node compose.js < a JSON list of [name, URL, SDL] of each source.
//
// Prints {"errors": every code that errors may have, "hints": every code of hints, "sets": a list}. In it stands for
// each set either {"sdl", "schema": what clients see, sorted, "hints": codes} or {"errors": [{"code", "message"}]}; the
// code of an error that has none is its class in parentheses: there @apollo/composition failed itself.
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { HINTS } from '@apollo/composition/dist/hints.js';
import { errorCauses, ERRORS, Supergraph } from '@apollo/federation-internals';
import { GraphQLError, lexicographicSortSchema, parse, printSchema } from 'graphql';

const everyFeature = { supportedFeatures: null, validateSupergraph: true };

function told(error) {
  const unnamed = error instanceof GraphQLError ? 'INVALID_GRAPHQL' : `(${error.constructor.name})`;
  return { code: error.extensions?.code ?? unnamed, message: error.message };
}

function compose(sources) {
  const services = sources.map(([name, url, sdl]) => ({ name, url, typeDefs: parse(sdl) }));
  const { errors, supergraphSdl, hints } = composeServices(services);
  if (errors?.length) return { errors: errors.map(told) };
  const schema = Supergraph.build(supergraphSdl, everyFeature).apiSchema().toGraphQLJSSchema();
  return {
    sdl: supergraphSdl,
    schema: printSchema(lexicographicSortSchema(schema)),
    hints: hints.map(({ definition }) => definition.code),
  };
}

function answer(sources) {
  try {
    return compose(sources);
  } catch (error) {
    return { errors: (errorCauses(error) ?? [error]).map(told) };
  }
}

const codes = (definitions) => Object.values(definitions).flatMap(({ code }) => code ?? []);
const sets = JSON.parse(readFileSync(0, 'utf8')).map(answer);
process.stdout.write(JSON.stringify({ errors: codes(ERRORS), hints: codes(HINTS), sets }), () => process.exit());
