/* Python in a worker of the page. The files lie beside this one, packed; they are fetched once and
   kept by the browser. After the start only what reads workbooks is fetched, by an address that does not
   depend on them, so that nothing that a reader gives can leave the machine. A message: {id, told}, told being JSON for compendium.laboratory.answers, and
   with it perhaps files. */
const at = new URL(".", import.meta.url);

const keep = async (version) => {
  try { // only where the page came by https or from this machine
    for (const name of await caches.keys())
      if (name.startsWith("laboratory-") && name !== `laboratory-${version}`) await caches.delete(name);
    return await caches.open(`laboratory-${version}`);
  } catch { return null; }
};

const load = async (manifest) => {
  const { version, wheels, books, lock } = manifest;
  const kept = await keep(version), network = self.fetch.bind(self);
  let fetched = 0, isUp = false, shelf;
  const file = async (name) => {
    const address = new URL(`${name}?v=${version}`, at);
    let found = await kept?.match(address);
    if (!found) {
      found = await network(address);
      if (!found.ok) throw new Error(`${name}: ${found.status}`);
      await kept?.put(address, found.clone()).catch(() => {});
    }
    const bytes = await found.arrayBuffer();
    fetched += bytes.byteLength;
    if (!isUp) postMessage({ loaded: fetched });
    return bytes;
  };
  const unpacked = async (name, type) => {
    const packed = new Blob([await file(`${name}.gz`)]);
    return new Response(packed.stream().pipeThrough(new DecompressionStream("gzip")),
      { headers: { "content-type": type } });
  };
  const script = async (name) => {
    const blob = await (await unpacked(name, "text/javascript")).blob();
    return import(URL.createObjectURL(new Blob([blob], { type: "text/javascript" })));
  };
  const [loader, runtime, wasm, stdlib, ...packages] = await Promise.all([
    script("pyodide.mjs"), script("pyodide.asm.mjs"),
    unpacked("pyodide.asm.wasm", "application/wasm"), unpacked("python_stdlib.zip", "application/zip"), ...wheels.map((name) => file(name)),
  ]);
  postMessage({ isFetched: true });
  // Pyodide fetches by address: it is given what has been fetched, and nothing else
  self.fetch = async (wanted) => {
    const name = new URL(wanted.url ?? wanted, at).pathname.split("/").pop();
    if (name === "pyodide.asm.wasm") return wasm;
    if (name === "python_stdlib.zip") return stdlib;
    throw new TypeError("The laboratory fetches nothing after its start.");
  };
  const python = await loader.loadPyodide({
    indexURL: at.href, packageBaseUrl: at.href, lockFileContents: lock,
    createPyodideModule: runtime.default, checkAPIVersion: false,
    env: { RAPIDFUZZ_IMPLEMENTATION: "python" },
  });
  const unpack = (archives) => {
    for (const bytes of archives) python.unpackArchive(bytes, "wheel", { extractDir: "/wheels" });
  };
  unpack(packages);
  python.pyimport("sys").path.append("/wheels");
  const module = python.pyimport("compendium.laboratory.answers");
  for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "importScripts"]) delete self[name];
  python.FS.mkdir("/export");
  python.FS.chdir("/export");
  isUp = true;
  const shelve = async () => {
    unpack(await Promise.all(books.map(file)));
    python.pyimport("importlib").invalidate_caches();
  };
  // Without them a workbook is refused with what to do instead; another try may find the network
  const readBooks = () => shelf ??= shelve().catch(() => { shelf = undefined; });
  return { files: python.FS, module, readBooks };
};

// What lies in the folder when Python has answered is to be taken away
const answer = (python, { id, told, files = [] }) => {
  const room = python.files;
  for (const file of files) room.writeFile(file.name, new Uint8Array(file.bytes));
  try {
    const said = python.module.reply(told, (done) => postMessage({ id, done }));
    for (const file of files) room.unlink(file.name);
    const made = room.readdir(".").find((name) => !/^\.+$/.test(name));
    return { told: said, bytes: made && room.readFile(made).buffer };
  } finally {
    for (const name of room.readdir(".")) if (!/^\.+$/.test(name)) room.unlink(name);
  }
};

let python;
self.onmessage = async ({ data }) => {
  try {
    if (data.start) {
      python = load(data.start);
      await python;
      postMessage({ ready: true });
      (await python).readBooks(); // so that a workbook is read and written without a network, too
    } else {
      const ready = await python;
      const isBook = ({ name }) => /\.xls[xm]$/i.test(name);
      if (data.needsBooks || data.files?.some(isBook)) await ready.readBooks();
      const said = answer(ready, data);
      postMessage({ id: data.id, ...said }, said.bytes ? [said.bytes] : []);
    }
  } catch (error) {
    const why = String(error.message ?? error).trim().split("\n").pop();
    // What is nested deeper than the browser's stack ends Python; the page starts it anew
    postMessage({ id: data.id, failed: why, isDead: error.name !== "PythonError" });
  }
};
