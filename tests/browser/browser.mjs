// A headless Chromium driven over a pipe with the DevTools protocol; no package is needed for that.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long any one answer of the browser may take. */
const PATIENCE = 300_000;

export class Browser {
  #process;
  #profile;
  #next = 1;
  #waiting = new Map();
  #listeners = new Set();

  constructor(program = process.env.CHROMIUM ?? "chromium") {
    this.#profile = mkdtempSync(join(tmpdir(), "csat-browser-"));
    const options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run",
      "--disable-background-networking", "--hide-scrollbars", "--remote-debugging-pipe",
      `--user-data-dir=${this.#profile}`, "about:blank"];
    this.#process = spawn(program, options, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    this.#process.on("error", (error) => this.#fail(error));
    this.#process.on("exit", (code) => this.#fail(new Error(`${program} ended with ${code}`)));
    let rest = "";
    this.#process.stdio[4].setEncoding("utf8").on("data", (data) => {
      const messages = (rest + data).split("\0");
      rest = messages.pop();
      messages.forEach((message) => this.#receive(JSON.parse(message)));
    });
  }

  /** A new tab. */
  async open() {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    return new Tab(this, targetId, sessionId);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    this.#process.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE);
      this.#waiting.set(id, { method, resolve, reject, timer });
    });
  }

  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close() {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.send("Browser.close").catch(() => {});
    await ended;
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  #receive(message) {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) {
      this.#listeners.forEach((listener) => listener(message));
      return;
    }
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message}`));
    else waiting.resolve(message.result);
  }

  #fail(error) {
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#waiting.clear();
  }
}

export class Tab {
  /** What the page wrote to the console, broke or asked for, in order. */
  messages = [];
  requests = [];

  constructor(browser, target, session) {
    Object.assign(this, { browser, target, session });
    this.stop = browser.listen(({ sessionId, method, params }) => {
      if (sessionId !== session) return;
      if (method === "Runtime.consoleAPICalled") {
        this.messages.push(params.args.map((arg) => arg.value ?? arg.description).join(" "));
      } else if (method === "Runtime.exceptionThrown") {
        this.messages.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
      } else if (method === "Log.entryAdded") {
        this.messages.push(params.entry.text);
      } else if (method === "Network.requestWillBeSent") {
        this.requests.push(params.request.url);
      }
    });
  }

  send(method, params) {
    return this.browser.send(method, params, this.session);
  }

  async watch() {
    for (const domain of ["Page", "Runtime", "Log", "Network", "Audits"]) await this.send(`${domain}.enable`);
  }

  /** Opens an address and waits until it has loaded. */
  async visit(url) {
    const loaded = new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${url}: did not load`)), PATIENCE);
      const stop = this.browser.listen(({ sessionId, method }) => {
        if (sessionId === this.session && method === "Page.loadEventFired") {
          clearTimeout(timer);
          stop();
          resolve();
        }
      });
    });
    const { errorText } = await this.send("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  async size(width, height = 900) {
    await this.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
  }

  async scheme(scheme) {
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  /** The value of an expression; scripts of ours run outside of the page's content policy. */
  async evaluate(expression) {
    const { result, exceptionDetails } =
      await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** A picture of the whole page as PNG. */
  async picture() {
    const { cssContentSize } = await this.send("Page.getLayoutMetrics");
    const clip = { x: 0, y: 0, width: cssContentSize.width, height: Math.min(cssContentSize.height, 16000), scale: 1 };
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true, clip });
    return Buffer.from(data, "base64");
  }

  /** The page as PDF. */
  async paper(width, height) {
    const size = { paperWidth: width / 25.4, paperHeight: height / 25.4, preferCSSPageSize: false };
    const { data } = await this.send("Page.printToPDF", { ...size, printBackground: true });
    return Buffer.from(data, "base64");
  }

  async close() {
    this.stop();
    await this.browser.send("Target.closeTarget", { targetId: this.target });
  }
}
