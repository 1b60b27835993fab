// A picture: from the file that somebody chooses to the copy that they download. Hands the file to the
// workers and shows what comes back; decides nothing about identifiers.
"use strict";

const ROUNDS = 3;
const boxes = new Boxes(by("stage"), (words) => changedBoxes(words));
let shownReport = null;
let copies = 0;

by("file").addEventListener("change", () => {
  const [file] = by("file").files;
  if (file) takeFile(file);
});
for (const kind of ["dragover", "drop"]) {
  addEventListener(kind, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    if (kind === "drop" && event.dataTransfer.files[0]) takeFile(event.dataTransfer.files[0], event.dataTransfer.files.length - 1);
  });
}
addEventListener("paste", (event) => {
  const file = event.clipboardData?.files[0];
  // Tables and word processors hand over a picture of the text beside the text.
  const words = event.target === by("text") && event.clipboardData?.types.includes("text/plain");
  if (!file || words) return;
  event.preventDefault();
  takeFile(file);
});

async function takeFile(file, others = 0) {
  if (by("file").disabled) {
    sayPicture(say_("Not taken: wait until this is done, then give it once more."));
    return;
  }
  busy(true);
  forgetPicture();
  sayPicture(say_("Looking at the picture. This takes a few seconds."));
  try {
    const { report, picture } = await lookThrough(file);
    showPicture(report, picture);
    sayPicture(say_(others ? "Looked through. Only the first file was taken; the others were not looked at." : "Looked through."));
  } catch {
    forgetPicture();
    sayPicture(say_("It could not be looked through. Count it as not looked at. Reload the page to try again."));
  } finally {
    by("file").value = "";
    busy(false);
  }
}

// The report on a file, and its pixels for the screen where it could be opened.
async function lookThrough(file) {
  const bytes = await file.arrayBuffer();
  const begun = await ask({ do: "picture", name: file.name, bytes });
  if (begun.report) return begun;
  let opened;
  try {
    const frames = begun.frames ?? [];
    opened = await askReader({ do: "decode", bytes, ...begun }, [bytes, ...frames.map((one) => one.buffer)]);
  } catch (trouble) {
    if (!trouble.refused) throw trouble;
    return ask({ do: "broken", why: trouble.message });
  }
  const told = await askReader({ do: "look" });
  told.notes = [...new Set([...opened.notes, ...told.notes])];
  const { report } = await judged("judge", told);
  return { report, picture: opened };
}

// Asks Python what was seen, and looks a second time where Python wants it.
async function judged(what, told, wish = undefined) {
  const answer = await ask({ do: what, told, wish, closer: false });
  if (!answer.closer) return answer;
  const more = await askReader({ do: "closer", groups: answer.closer });
  return ask({ do: what, told: { ...told, more }, wish, closer: true });
}

function showPicture(report, picture) {
  shownReport = report;
  by("picture-result").hidden = false;
  sayVerdict(report);
  by("picture-unchecked").hidden = report.not_checked.length === 0;
  by("picture-unchecked").replaceChildren(...report.not_checked.map((why) => made("li", say_("Not looked at: {0}", say_(why)))));
  by("canvas-part").hidden = picture === undefined;
  if (picture) {
    const canvas = by("canvas");
    [canvas.width, canvas.height] = picture.size;
    canvas.getContext("bitmaprenderer").transferFromImageBitmap(picture.shown);
    by("frames").hidden = picture.count === 1;
    by("frame").max = picture.count;
    by("frame").value = 1;
    sayFrame();
    boxes.reset(picture.size);
    report.findings.forEach((finding, at) => {
      if (finding.box) boxes.add(finding.box, at + 1);
    });
  }
  listPicture();
  showCovered(false);
  by("picture-verdict").focus();
}

function sayVerdict(report) {
  by("picture-verdict").textContent = say_(HEADINGS[report.verdict]);
  by("picture-verdict").dataset.verdict = report.verdict;
  const some = report.not_checked.length > 0 && report.verdict === "nothing_found";
  by("picture-meaning").textContent = say_(some ? "Not everything was looked at; see below." : MEANINGS[report.verdict]);
}

// Ticks are made anew; the keyboard stays where it was.
function listPicture() {
  const ticks = () => [...by("picture-list").querySelectorAll("input")];
  const at = ticks().indexOf(document.activeElement);
  fillList();
  ticks()[at]?.focus();
}

function fillList() {
  by("picture-list").replaceChildren(...shownReport.findings.map((finding, at) => {
    const item = listed({ ...finding, suggestion: undefined });
    const one = boxes.all.find((other) => other.number === at + 1);
    if (one === undefined) return item;
    const label = made("label", "", "pick");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = one.on;
    tick.setAttribute("aria-label", `${say_("Cover it")}: ${say_("Box {0}", one.number)}`);
    tick.addEventListener("change", () => {
      one.on = tick.checked;
      boxes.draw(one);
      changedBoxes();
    });
    label.append(tick, say_("Cover it"));
    item.append(label);
    return item;
  }));
}

// What only the look at the copy found, behind what was listed.
function showMore(report) {
  shownReport = report;
  sayVerdict(report);
  report.findings.forEach((finding, at) => {
    if (finding.box && !boxes.all.some((one) => one.number === at + 1)) boxes.add(finding.box, at + 1);
  });
  listPicture();
}

function changedBoxes(words = "") {
  by("downloaded").textContent = words;
  if (document.activeElement === document.body && !boxes.all.some((one) => one.on)) by("add").focus();
  listPicture();
}

by("add").addEventListener("click", () => {
  const [wide, high] = boxes.size;
  boxes.add([wide * 0.4, high * 0.45, wide * 0.6, high * 0.55], "").button.focus();
  changedBoxes();
});

// Boxes lie on every frame; the screen shows one of them.
by("frame").addEventListener("input", async () => {
  sayFrame();
  const at = by("frame").value - 1;
  const { shown } = await askReader({ do: "frame", at });
  if (at === by("frame").value - 1) by("canvas").getContext("bitmaprenderer").transferFromImageBitmap(shown);
});

function sayFrame() {
  by("frame-said").textContent = say_("{0} of {1}", by("frame").value, by("frame").max);
}

function showCovered(covered) {
  by("stage").classList.toggle("covered", covered);
  by("after").setAttribute("aria-pressed", String(covered));
}

by("after").addEventListener("click", () => showCovered(!by("stage").classList.contains("covered")));

function wished() {
  const kept = boxes.all.filter((one) => !one.on).map((one) => one.was);
  const moved = boxes.all.filter((one) => one.on && one.number !== "").map((one) => one.was);
  return { hide: boxes.all.filter((one) => one.on).map((one) => one.box), keep: kept, moved };
}

// Paints, writes, opens what was written and looks at it again: what can still be read gets a box too.
async function copy() {
  const { hide, keep, moved } = wished();
  let again = [];
  let more = false;
  for (let round = 0; round < ROUNDS; round += 1) {
    const plan = await ask({ do: "plan", wish: { hide, keep: [...keep, ...moved], again } });
    if (plan.refused) return { refused: plan.refused };
    const { bytes, kind } = await askReader({ do: "cover", boxes: plan.boxes });
    const told = await askReader({ do: "look" });
    const left = await judged("left", told, { hide: [], keep });
    if (left.report) {
      showMore(left.report);
      more = true;
    }
    if (!left.boxes.length && !left.open) return { bytes, kind, more };
    if (left.open) break;
    again = [...again, ...left.boxes];
  }
  return { refused: "Something could still be read in the copy, so it is not handed out." };
}

by("download").addEventListener("click", async () => {
  if (by("download").disabled) return;
  busy(true);
  by("downloaded").textContent = say_("Writing the copy and looking at it once more.");
  try {
    const { bytes, kind, more, refused } = await copy();
    if (refused) {
      by("downloaded").textContent = say_(refused);
      return;
    }
    copies += 1;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: `image/${kind}` }));
    link.download = `case-${copies}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    by("downloaded").textContent = say_(more ? "Downloaded as {0}. More was found while looking at the copy; it is covered too." : "Downloaded as {0}.", link.download);
  } catch {
    by("downloaded").textContent = say_("The copy could not be made.");
  } finally {
    busy(false);
  }
});

function busy(now) {
  for (const id of ["file", "download", "add"]) by(id).disabled = now;
  by("drop").classList.toggle("off", now);
}

function sayPicture(words) {
  by("picture-state").textContent = words;
}

function forgetPicture() {
  shownReport = null;
  boxes.reset([1, 1]);
  by("picture-result").hidden = true;
  by("picture-list").replaceChildren();
  by("canvas").width = by("canvas").height = 1;
  by("downloaded").textContent = "";
  askReader({ do: "forget" });
  ask({ do: "forget" });
}
