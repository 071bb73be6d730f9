import { fetchFile, type FetchRules, type KnownFile } from "../pull-file.ts";
import type { FileServer } from "./file-server.ts";

const unknown: KnownFile = { fetchedFrom: null, etag: null, lastModified: null };
const never = new AbortController().signal;

/** Where the tests' own server is; a test that needs no more than a name may lead it here. */
export const here = [{ address: "127.0.0.1", family: 4 }];

/** What a test changes of how a file is fetched. */
export type Changes = Partial<FetchRules> & { readonly known?: KnownFile };

/** Fetches a path of the tests' server, or a whole address, by rules that let this server alone be asked. */
export function fetchingFrom(server: FileServer, path: string, { known = unknown, ...rules }: Changes = {}) {
  return fetchFile(path.startsWith("/") ? `https://${server.host}${path}` : path, {
    known,
    signal: never,
    rules: {
      hosts: [server.host],
      resolve: async () => here,
      isAllowed: (address) => address === "127.0.0.1",
      ca: server.certificate,
      largest: 1024 * 1024,
      silenceMs: 5000,
      wholeMs: 10_000,
      ...rules,
    },
  });
}
