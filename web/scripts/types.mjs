// Prints the types of what the API sends and takes, from its description. What is called is written by hand, beside its keys.
import openapi, { astToString } from "openapi-typescript";

const nodes = await openapi(new URL("../../docs/reference/openapi.json", import.meta.url));
const schemas = nodes.filter((node) => node.name?.text === "components");
process.stdout.write(
  `// Made by \`npm run types\` from docs/reference/openapi.json.\n${astToString(schemas)}`,
);
