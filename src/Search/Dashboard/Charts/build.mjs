// Bundles everything into one minified ES module: node build.mjs OUT
import { writeFile } from "node:fs/promises";
import { build, transform } from "esbuild";

const output = process.argv[2] ?? "charts.js";
const bundled = await build({
  entryPoints: ["src/charts.js"],
  bundle: true,
  format: "esm",
  target: "es2020",
  minify: true,
  legalComments: "none",
  banner: { js: "/* bitcurve charts; with Apache ECharts (Apache-2.0) and ZRender (BSD-3-Clause) */" },
  define: { "process.env.NODE_ENV": '"production"' },
  write: false,
});
let code = bundled.outputFiles[0].text;

// report.html carries the module inside a CDATA section, which "]]>" would end: between operators a space parts it, in a text an escape does.
// Which of the two it is shows in what the compiler reads.
const meaning = async text => (await transform(text, { minifyWhitespace: true, format: "esm" })).code;
const original = await meaning(code);
while (code.includes("]]>")) {
  const [spaced, escaped] = ["]] >", "]]\\x3e"].map(written => code.replace("]]>", () => written));
  code = (await meaning(spaced)) === original ? spaced : escaped;
}
if ((await meaning(code)) !== original) {
  throw new Error("charts: expected the same program without ']]>', actual another");
}
for (const end of ["</script", "<!--"]) {
  if (code.includes(end)) {
    throw new Error(`charts: expected no '${end}', which would end the script of report.html`);
  }
}

await writeFile(output, code);
console.log(`${output}: ${code.length} bytes`);
