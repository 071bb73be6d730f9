import { ZipArchive } from "@signalbox/formats/workbook/zip-archive";

/** The parts of a Word document that tests read, and the words of its body, a line a paragraph. */
export async function textOfDocx(bytes: Buffer) {
  const zip = await ZipArchive.open(bytes);
  const part = async (name: string) => {
    const pieces: Buffer[] = [];
    for await (const piece of zip.pieces(name)) pieces.push(piece);
    return Buffer.concat(pieces).toString("utf8");
  };
  const document = await part("word/document.xml");
  const lines = document
    .split("</w:p>")
    .map((paragraph) =>
      [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text = ""]) => unescaped(text)).join(""),
    );
  return {
    document,
    styles: await part("word/styles.xml"),
    core: await part("docProps/core.xml"),
    text: lines.filter((line) => line !== "").join("\n"),
  };
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
