// Builds the style sheet, fonts and icons into the folder named on the command line: node build.mjs FOLDER
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import postcss from "postcss";
import rtlcss from "postcss-rtlcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const modules = join(here, "node_modules");
const fonts = [
  ["noto-sans", "latin"],
  ["noto-sans", "latin-ext"],
  ["noto-naskh-arabic", "arabic"],
];

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });

// MoJ's files name `node_modules/govuk-frontend`, so both the folder and node_modules are load paths.
const sheet = sass.compile(join(here, "concordat.scss"), {
  style: "compressed",
  loadPaths: [here, modules],
  quietDeps: true,
});
const mirrored = await postcss([rtlcss({ mode: "override" })]).process(sheet.css, { from: undefined });
writeFileSync(join(out, "concordat.css"), mirrored.css);

for (const [family, script] of fonts) {
  const source = join(modules, "@fontsource", family);
  for (const weight of [400, 600]) {
    cpSync(
      join(source, "files", `${family}-${script}-${weight}-normal.woff2`),
      join(out, "fonts", `${family}-${script}-${weight}.woff2`),
    );
  }
  cpSync(join(source, "LICENSE"), join(out, "fonts", `${family}.LICENSE.txt`));
}

// Whole families for files that are printed: a typesetter reads no WOFF. Arabic in Vazirmatn, whose letters can be read out
// of a file again; Noto takes letters apart into strokes and dots.
for (const [folder, family] of [["noto-sans", "NotoSans"], ["vazirmatn", "Vazirmatn"]]) {
  const source = join(modules, "@expo-google-fonts", folder);
  for (const weight of ["400Regular", "600SemiBold"]) {
    const name = `${family}_${weight}.ttf`;
    cpSync(join(source, weight, name), join(out, "print", name));
  }
  cpSync(join(source, "LICENSE_FONT"), join(out, "print", `${family}.LICENSE.txt`));
}
cpSync(join(here, "icons"), out, { recursive: true });
