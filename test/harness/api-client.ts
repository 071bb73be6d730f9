/** A file as a test submits it. */
export interface TestFile {
  readonly organisation: string;
  readonly csv: string | Uint8Array;
  readonly filename?: string;
  readonly issued?: string;
  readonly template?: string;
  readonly mediaType?: string;
}

/** The API as a program outside sees it, by the holder of one key. */
export interface ApiClient {
  get<T>(path: string): Promise<T>;
  /** Every item of a list, all pages of it. */
  list<T>(path: string): Promise<T[]>;
  /** Any request, whatever the answer. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Submits for an organisation; throws unless it is answered 202. */
  submit(file: TestFile): Promise<{ id: string; status: string; duplicate: boolean; url: string }>;
}

/** Opens the API at an address with a key. */
export function apiClient(address: string, key: string): ApiClient {
  const request = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${address}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${key}`, ...(init.headers as Record<string, string> | undefined) },
    });
  async function get<T>(path: string): Promise<T> {
    const response = await request(path);
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
  return {
    request,
    get,
    async list<T>(path: string) {
      const found: T[] = [];
      const join = path.includes("?") ? "&" : "?";
      let cursor: string | null = null;
      do {
        const at: string = cursor === null ? "" : `${join}cursor=${encodeURIComponent(cursor)}`;
        const page: { items: T[]; next: string | null } = await get(path + at);
        found.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      return found;
    },
    async submit({ csv, mediaType = "text/csv", ...named }) {
      const query = new URLSearchParams(named).toString();
      const body = typeof csv === "string" ? csv : Buffer.from(csv);
      const response = await request(`/submissions?${query}`, {
        method: "POST",
        body,
        headers: { "content-type": mediaType },
      });
      if (response.status !== 202) throw new Error(`POST /submissions: ${response.status} ${await response.text()}`);
      return (await response.json()) as Awaited<ReturnType<ApiClient["submit"]>>;
    },
  };
}
