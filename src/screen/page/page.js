/* Puts the page together once all of it is there. */

function start() {
  const { data, problem } = readData("specid.screen/1");
  if (problem !== undefined) {
    sayProblem(problem);
    return;
  }
  takeData(data);
  showHead();
  buildBars();
  buildFilters();
  buildDetail();
  buildTable();
  performance.mark("specid-table"); // When the table can be used; the check of this page reads it.
  buildDrift();
  buildClusters();
  buildFailures();
  buildPrint();
}

document.addEventListener("DOMContentLoaded", start);
