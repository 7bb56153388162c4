/* What the run was: its name, that it is presumptive, whether it is complete, with what it was made. */

function showHead() {
  const { data } = run;
  const title = keyOf(data.title) ?? "Screening";
  document.title = `${clean(title)} \u2013 specid screen (presumptive)`;
  fill(byId("title"), said(title));
  fill(byId("notice"), said(keyOf(data.notice) ?? "PRESUMPTIVE: a screening result by similarity of spectra."));
  showState(record(data.files), data.complete);
  const program = record(data.program);
  const about = [
    filesSentence(record(data.files), record(data.spectra)),
    data.made ? `Made ${when(data.made)}` : null,
    keyOf(program.name) === null ? null : said(`${program.name} ${program.version ?? ""}`),
    ...list(data.libraries).map(record).map(librarySentence),
  ];
  const line = about.filter((part) => part !== null).flatMap((part, k) => (k === 0 ? [part] : [" \u00b7 ", part]));
  fill(
    byId("about"),
    el("p", { class: "about" }, line),
    el("details", {}, el("summary", {}, "Library and settings of this run"), libraryTable(), settingsTable()),
  );
  fill(
    byId("foot"),
    el(
      "p",
      {},
      "This page works offline and sends nothing anywhere. Plots: uPlot (MIT licence, in the source of this page).",
    ),
  );
}

function librarySentence(library) {
  const technique = keyOf(library.technique);
  const forWhat = technique === null || technique === "all" ? "library" : `library for ${techniqueWord(technique)}`;
  const generation = number(library.generation) === null ? "" : `, generation ${library.generation}`;
  const hash = keyOf(library.hash) === null ? "" : `, ${String(library.hash).slice(0, 12)}`;
  return said(`${forWhat} ${keyOf(library.name) ?? "without a name"}${generation}${hash}`);
}

function libraryTable() {
  const libraries = list(run.data.libraries).map(record);
  if (libraries.length === 0) return el("p", { class: "weak" }, "No library is stated.");
  const cells = (l) => [
    l.technique === "all" ? "All" : techniqueWord(keyOf(l.technique)),
    l.name,
    l.generation,
    l.hash,
    l.location,
  ];
  return plainTable("Libraries", ["Technique", "Library", "Generation", "SHA-256", "File"], libraries.map(cells));
}

function settingsTable() {
  const settings = list(run.data.settings).map(list);
  if (settings.length === 0) return el("p", { class: "weak" }, "No settings are stated.");
  return plainTable(
    "Settings",
    ["Setting", "Value"],
    settings.map((s) => [s[0], s[1]]),
  );
}

function filesSentence(files, spectra) {
  const [done, waiting, looked, failed] = [files.done, files.waiting, spectra.looked_at, spectra.failed].map((n) =>
    number(n) === null ? "?" : grouped(n),
  );
  return `Files: ${done} done, ${waiting} not looked at · Spectra: ${looked} looked at, of which ${failed} could not be used`;
}

/* A run that is not complete says so, and how much is missing. */
function showState(files, complete) {
  const waiting = number(files.waiting) ?? 0;
  if (complete === true && waiting === 0) return;
  const missing =
    waiting > 0
      ? `${counted(waiting, "file was", "files were")} not looked at.`
      : "How many files were not looked at is not known.";
  fill(
    byId("state"),
    el(
      "p",
      { id: "incomplete", class: "banner" },
      el("strong", {}, "This run is not complete. "),
      `${missing} A sample that is missing here is not a negative result. Let the screening run to its end before you rely on these counts.`,
    ),
  );
}
