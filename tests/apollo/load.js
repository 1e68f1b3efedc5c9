// Loads supergraphs into @apollo/gateway: node load.js < a JSON list of SDL texts.
//
// Prints a JSON list: for each either {"schema": what clients see} or {"error": why it was refused}.
import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { lexicographicSortSchema, printSchema } from 'graphql';

async function loaded(supergraphSdl) {
  const gateway = new ApolloGateway({ supergraphSdl });
  try {
    const { schema } = await gateway.load({ apollo: {} });
    return { schema: printSchema(lexicographicSortSchema(schema)) };
  } catch (error) {
    return { error: String(error) };
  } finally {
    await gateway.stop();
  }
}

const answers = [];
for (const supergraph of JSON.parse(readFileSync(0, 'utf8'))) answers.push(await loaded(supergraph));
process.stdout.write(JSON.stringify(answers), () => process.exit());
