// Loads supergraphs as other gateways do: node load.js gateway|router < a JSON list of SDL texts.
//
// `gateway` is @apollo/gateway itself. The router is no JavaScript; what it loads, @apollo/federation-internals tells:
// it knows the features for SECURITY too. Prints a JSON list: for each text either {"schema": what clients see} or
// {"error": why it was refused}.
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { lexicographicSortSchema, printSchema } from 'graphql';

async function byGateway(supergraphSdl) {
  const gateway = new ApolloGateway({ supergraphSdl });
  try {
    return (await gateway.load({ apollo: {} })).schema;
  } finally {
    await gateway.stop();
  }
}

async function byRouter(supergraphSdl) {
  const options = { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, validateSupergraph: true };
  return Supergraph.build(supergraphSdl, options).apiSchema().toGraphQLJSSchema();
}

const load = { gateway: byGateway, router: byRouter }[process.argv[2]];
const answers = [];
for (const supergraph of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    answers.push({ schema: printSchema(lexicographicSortSchema(await load(supergraph))) });
  } catch (error) {
    answers.push({ error: String(error) });
  }
}
process.stdout.write(JSON.stringify(answers), () => process.exit());
