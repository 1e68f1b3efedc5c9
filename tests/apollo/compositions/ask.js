// Asks @apollo/gateway: node ask.js, one request a line on standard input, one answer a line on standard output.
//
// {"supergraph": SDL} loads it in place of the last and answers {}; {"query", "variables", "operationName"} is answered
// by it. {"failed": why} answers what the gateway could not load or was not able to run.
import { createInterface } from 'node:readline';
import { ApolloGateway } from '@apollo/gateway';
import { parse, specifiedRules, validate } from 'graphql';

let gateway;
let loaded;

async function load(supergraphSdl) {
  await gateway?.stop();
  gateway = new ApolloGateway({ supergraphSdl });
  loaded = await gateway.load({ apollo: {} });
  return {};
}

async function ask(request) {
  const { schema, executor } = loaded;
  const { query, operationName } = request;
  const document = parse(query);
  const errors = validate(schema, document, specifiedRules);
  if (errors.length) return { failed: errors.join('\n') };
  const operation = document.definitions.find(
    ({ kind, name }) => kind === 'OperationDefinition' && name.value === operationName,
  );
  const apart = { source: query, queryHash: query, context: {}, metrics: {}, cache: new Map() };
  const { data, errors: told } = await executor({ request, ...apart, operationName, document, operation, schema });
  return { data, errors: told };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { supergraph, ...request } = JSON.parse(line);
  let answer;
  try {
    answer = await (supergraph ? load(supergraph) : ask(request));
  } catch (error) {
    answer = { failed: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit();
