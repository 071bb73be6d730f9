import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Changes, fetchingFrom } from "./testing/fetching.ts";
import { type FileServer, startFileServer } from "./testing/file-server.ts";

let server: FileServer;
beforeEach(async () => {
  server = await startFileServer();
});
afterEach(() => server.close());

const fetching = (path: string, changes?: Changes) => fetchingFrom(server, path, changes);
const csv = "period,organisation,metric,value\n2024-04,NW,ae-4h,70\n";

describe("a file that is there", () => {
  test("comes with what the server says of it", async () => {
    server.answer("/april.csv", (_, response) => {
      response.writeHead(200, {
        etag: '"one"',
        "last-modified": "Mon, 13 May 2024 08:30:00 GMT",
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="ae.csv"',
      });
      response.end(csv);
    });
    expect(await fetching("/april.csv")).toEqual({
      kind: "came",
      bytes: Buffer.from(csv),
      from: new URL(`https://${server.host}/april.csv`),
      etag: '"one"',
      lastModified: "Mon, 13 May 2024 08:30:00 GMT",
      disposition: 'attachment; filename="ae.csv"',
      mediaType: "text/csv",
    });
    expect(server.asked[0]?.headers).toMatchObject({ host: server.host, "accept-encoding": "identity" });
  });

  test("is asked for by its mark, and does not come again while it is the same", async () => {
    server.answer("/april.csv", ({ headers }, response) => {
      if (headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end(csv);
    });
    const known = { fetchedFrom: `https://${server.host}/april.csv`, etag: '"one"', lastModified: null };
    expect(await fetching("/april.csv", { known })).toEqual({ kind: "unchanged" });
    expect(await fetching("/april.csv", { known: { ...known, etag: '"none"' } })).toMatchObject({ kind: "came" });
  });

  test("is not asked for by the mark of another", async () => {
    server.answer("/april.csv", (_, response) => response.end(csv));
    const known = { fetchedFrom: `https://${server.host}/may.csv`, etag: '"one"', lastModified: "yesterday" };
    await fetching("/april.csv", { known });
    expect(server.asked[0]?.headers).not.toHaveProperty("if-none-match");
    expect(server.asked[0]?.headers).not.toHaveProperty("if-modified-since");
  });

  test("is found where it moved to, and its mark goes to where it was found", async () => {
    server.answer("/april.csv", (_, response) => response.writeHead(302, { location: "/files/7" }).end());
    server.answer("/files/7", ({ headers }, response) => {
      if (headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end(csv);
    });
    const came = await fetching("/april.csv");
    expect(came).toMatchObject({ kind: "came", etag: '"one"' });
    const from = came.kind === "came" ? came.from.href : "";
    expect(from).toBe(`https://${server.host}/files/7`);
    const known = { fetchedFrom: from, etag: '"one"', lastModified: null };
    expect(await fetching("/april.csv", { known })).toEqual({ kind: "unchanged" });
  });
});

describe("a file that is not there", () => {
  test.each([404, 410])("%d is no failure", async (status) => {
    server.answer("/april.csv", (_, response) => response.writeHead(status).end());
    expect(await fetching("/april.csv")).toEqual({
      kind: "not-there",
      why: `https://${server.host}/april.csv is not there (${status})`,
    });
  });
});

describe("a server that fails says why", () => {
  const failing = async (path: string, options?: Changes) => {
    const fetched = await fetching(path, options);
    return fetched.kind === "failed" ? fetched.why : fetched.kind;
  };

  test("with an error, and when it wants to be asked again", async () => {
    server.answer("/a", (_, response) => response.writeHead(503, { "retry-after": "7200" }).end("busy"));
    expect(await fetching("/a")).toEqual({ kind: "failed", why: `${server.host} answered 503`, retryAfter: "7200" });
  });

  test.each([201, 204, 206, 401, 403, 500])("with %d", async (status) => {
    server.answer("/a", (_, response) => response.writeHead(status).end());
    expect(await failing("/a")).toBe(`${server.host} answered ${status}`);
  });

  test("with an empty file", async () => {
    server.answer("/a", (_, response) => response.end());
    expect(await failing("/a")).toBe("the file is empty");
  });

  test("with a file that it says is too large", async () => {
    server.answer("/a", (_, response) => response.writeHead(200, { "content-length": "1048577" }).write("x"));
    expect(await failing("/a")).toBe("the file is larger than 1 MB");
  });

  test("with a file that grows too large, cut off long before its end", async () => {
    let sent = 0;
    server.answer("/a", (_, response) => {
      const more = () => {
        for (sent += 1; response.write(Buffer.alloc(64 * 1024)); sent += 1);
        response.once("drain", more);
      };
      more();
    });
    expect(await failing("/a")).toBe("the file is larger than 1 MB");
    expect(sent * 64).toBeLessThan(64 * 1024);
  });

  test("by being packed, though asked not to", async () => {
    server.answer("/a", (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(csv));
    expect(await failing("/a")).toMatch(/sent it as "gzip"/);
  });

  test("by breaking off", async () => {
    server.answer("/a", (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(csv, () => response.destroy());
    });
    expect(await failing("/a")).toMatch(/broke off/);
  });

  test("by saying nothing", async () => {
    server.answer("/a", () => {});
    expect(await failing("/a", { silenceMs: 100 })).toBe(`${server.host} said nothing for 0.1 s`);
  });

  test("by falling silent in the middle", async () => {
    server.answer("/a", (_, response) => response.writeHead(200).write(csv));
    expect(await failing("/a", { silenceMs: 100 })).toBe(`${server.host} said nothing for 0.1 s`);
  });

  test("by sending a little now and then, for ever", async () => {
    server.answer("/a", (request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 20);
      request.socket.on("close", () => clearInterval(drip));
    });
    expect(await failing("/a", { wholeMs: 300 })).toBe(`${server.host} took longer than 0.3 s`);
  });

  test("by not being the one it says", async () => {
    const stranger = await startFileServer("another.example");
    const address = `https://figures.example:${stranger.host.split(":")[1]}/a`;
    const why = await failing(address, { hosts: [new URL(address).host], ca: stranger.certificate });
    await stranger.close();
    expect(why).toMatch(/does not prove who it is \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });

  test("by a certificate that nobody vouches for", async () => {
    const other = await startFileServer();
    const why = await failing("/a", { ca: other.certificate });
    await other.close();
    expect(why).toMatch(/does not prove who it is/);
  });

  test("by taking no connection", async () => {
    const address = `https://${server.host}/a`;
    await server.close();
    expect(await failing(address)).toMatch(/takes no connection \(ECONNREFUSED\)/);
    server = await startFileServer();
  });

  test("by a name that nobody knows", async () => {
    const unknownName = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    expect(await failing("/a", { resolve: unknownName })).toMatch(/is not found \(ENOTFOUND\)/);
  });
});
