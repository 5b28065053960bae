// Opens report pages in headless Chromium and says what is wrong with them:
//   node check.mjs [--pictures FOLDER] REPORT.html...
// No console message, no request but the file itself, no page wider than its window, and nothing that axe-core finds
// against WCAG 2.0 to 2.2, level A and AA, in light and dark. Exit 1 if a page fails.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";

import { Browser } from "./browser.mjs";

const WIDTHS = [360, 800, 1400];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Millimetres. */
const PAPERS = { a4: [210, 297], letter: [215.9, 279.4] };

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const args = process.argv.slice(2);
const folder = args[0] === "--pictures" ? args.splice(0, 2)[1] : undefined;
if (args.length === 0) {
  console.error("usage: node check.mjs [--pictures FOLDER] REPORT.html...");
  process.exit(2);
}
if (folder) mkdirSync(folder, { recursive: true });

const browser = new Browser();
let faults = 0;
try {
  for (const file of args) {
    const found = await faultsOf(resolve(file));
    faults += found.length;
    console.log(found.length === 0 ? `${file}: no fault` : [`${file}:`, ...found].join("\n  "));
  }
} finally {
  await browser.close();
}
process.exitCode = faults === 0 ? 0 : 1;

async function faultsOf(file) {
  const url = pathToFileURL(file).href;
  const tab = await browser.open();
  await tab.watch();
  await tab.visit(url);
  const found = await contentFaults(tab);
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      await tab.size(width);
      await tab.scheme(scheme);
      const where = `${width} px, ${scheme}`;
      found.push(...(await overflow(tab)).map((fault) => `${where}: ${fault}`));
      if (folder) writeFileSync(join(folder, `${stem(file)}-${width}-${scheme}.png`), await tab.picture());
      found.push(...(await accessibility(tab)).map((fault) => `${where}: ${fault}`));
    }
  }
  if (folder) {
    for (const [name, [width, height]] of Object.entries(PAPERS)) {
      writeFileSync(join(folder, `${stem(file)}-${name}.pdf`), await tab.paper(width, height));
    }
  }
  // Data addresses are part of the file.
  const requests = tab.requests.filter((request) => request !== url && !request.startsWith("data:"));
  found.push(...requests.map((request) => `request: ${request}`));
  found.push(...tab.messages.map((message) => `console: ${message}`));
  await tab.close();
  return found;
}

/** Whether there is a page at all: an empty file has no violations either. */
async function contentFaults(tab) {
  const counts = await tab.evaluate(`({
    headings: document.querySelectorAll("h1").length,
    parts: document.querySelectorAll("main section").length,
    scripts: document.scripts.length,
    sheets: document.styleSheets.length,
    lost: [...document.querySelectorAll("a[href^='#'], use")]
      .map((link) => link.getAttribute("href")).filter((href) => !document.getElementById(href.slice(1))),
    twice: [...document.querySelectorAll("[id]")].map((element) => element.id)
      .filter((id, place, ids) => ids.indexOf(id) !== place),
  })`);
  const found = [];
  if (counts.headings !== 1) found.push(`${counts.headings} first headings`);
  if (counts.parts === 0) found.push("no part");
  if (counts.scripts !== 0) found.push(`${counts.scripts} scripts`);
  if (counts.sheets === 0) found.push("the style sheet was not applied");
  if (counts.lost.length) found.push(`links to nowhere: ${counts.lost.join(" ")}`);
  if (counts.twice.length) found.push(`ids that are not unique: ${counts.twice.join(" ")}`);
  return found;
}

/** The page must not scroll sideways, with all its details open. */
async function overflow(tab) {
  return tab.evaluate(`(() => {
    const closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((details) => { details.open = true; });
    const root = document.documentElement;
    const faults = [];
    if (root.scrollWidth > root.clientWidth) {
      const widest = [...document.querySelectorAll("body *")]
        .filter((element) => !element.closest(".scroll"))
        .map((element) => [element.getBoundingClientRect().right, element])
        .sort((one, two) => two[0] - one[0])[0];
      const name = widest ? widest[1].tagName + "." + (widest[1].getAttribute("class") ?? "") : "?";
      faults.push("wider than the window by " + (root.scrollWidth - root.clientWidth) + " px: " + name);
    }
    closed.forEach((details) => { details.open = false; });
    return faults;
  })()`);
}

/** What axe-core finds, with all details open so that it sees their tables. */
async function accessibility(tab) {
  await tab.evaluate(`window.axe === undefined && (() => { ${AXE} })()`);
  return tab.evaluate(`(async () => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    const options = { runOnly: { type: "tag", values: ${JSON.stringify(TAGS)} }, resultTypes: ["violations"] };
    const { violations, passes } = await axe.run(document, options);
    document.querySelectorAll("details").forEach((details) => { details.open = false; });
    if (passes.length === 0) return ["axe-core checked nothing"];
    return violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) =>
      id + ": " + help + " at " + node.target.join(" ") + " (" + nodes.length + " places)"));
  })()`);
}

function stem(file) {
  return basename(file).replace(/\.[^.]*$/, "");
}
