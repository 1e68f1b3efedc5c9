// Serves a federation on loopback: node serve.js ./benchmark.js
//
// The module's default export maps names of subgraphs to {typeDefs, resolvers}. Composes them, serves each subgraph
// and @apollo/gateway over them, and prints one line of JSON: {"supergraph": its SDL, "gateway": an address,
// "taken": an address}. Each GET of `taken` tells how many requests each subgraph had since the last. Ends when
// standard input does.
import { createServer } from 'node:http';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse, specifiedRules, validate } from 'graphql';

async function listen(answer) {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : null;
    response.setHeader('content-type', 'application/json');
    try {
      response.end(JSON.stringify(await answer(body)));
    } catch (error) {
      response.statusCode = 500;
      response.end(JSON.stringify({ errors: [{ message: String(error) }] }));
    }
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${server.address().port}/graphql`;
}

function compose(services) {
  const { supergraphSdl, errors } = composeServices(services);
  if (errors?.length) throw new Error(errors.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

async function gatewayOver(supergraphSdl) {
  const gateway = new ApolloGateway({ supergraphSdl });
  const { schema, executor } = await gateway.load({ apollo: {} });
  return async ({ query, variables, operationName }) => {
    const document = parse(query);
    const errors = validate(schema, document, specifiedRules);
    if (errors.length) return { errors };
    const operation = document.definitions.find(
      ({ kind, name }) => kind === 'OperationDefinition' && (!operationName || name?.value === operationName),
    );
    return executor({
      request: { query, variables, operationName },
      source: query,
      queryHash: query,
      context: {},
      metrics: {},
      cache: new Map(),
      operationName,
      document,
      operation,
      schema,
    });
  };
}

const { default: subgraphs } = await import(new URL(process.argv[2], `file://${process.cwd()}/`));
let taken = {};
const services = await Promise.all(
  Object.entries(subgraphs).map(async ([name, { typeDefs, resolvers }]) => {
    const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
    const url = await listen(({ query, variables, operationName }) => {
      taken[name] = (taken[name] ?? 0) + 1;
      return graphql({ schema, source: query, variableValues: variables, operationName });
    });
    return { name, url, typeDefs: parse(printSubgraphSchema(schema)) };
  }),
);
const supergraph = compose(services);
const gateway = await listen(await gatewayOver(supergraph));
const counts = await listen(() => {
  const result = taken;
  taken = {};
  return result;
});
process.stdout.write(`${JSON.stringify({ supergraph, gateway, taken: counts })}\n`);
process.stdin.resume().on('end', () => process.exit());
