import type { components } from "./generated/api";

/** What the server sends and takes, by the names of its own description. */
export type Schemas = components["schemas"];
