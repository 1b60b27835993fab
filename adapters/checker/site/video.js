// Takes clips apart: packets of the first picture track, and the fields beside them. The page around the
// worker unpacks the pictures with the browser's own decoder. A clip is a source as in files.js.
"use strict";

const SILENT = "The sound was not listened to; copies have none.";
const ONE_TRACK = "Only the first of several picture tracks was looked at.";
const OTHER_TRACKS = "Other tracks were not looked at; copies have none.";
const NO_PICTURE = "The file has no picture in it that could be looked at.";
const BESIDES = "Files or pictures beside the clip were not looked at; copies have none.";

let bunny; // the library that takes clips apart

async function openClips(files) {
  bunny = await loaded(files["clip.mjs"]);
}

async function clip(bytes) {
  let found;
  try {
    const input = new bunny.Input({ source: new bunny.BufferSource(bytes), formats: bunny.ALL_FORMATS });
    found = await takenApart(input);
  } catch (trouble) {
    throw trouble instanceof Refused ? trouble : new Refused(DAMAGED);
  }
  const { config, packets, turns, size } = found;
  const order = packets.map((_, at) => at).sort((one, two) => packets[one].timestamp - packets[two].timestamp);
  const places = new Map(order.map((at, place) => [at, place]));
  // Frames are told apart by their place: times may be odd, or the same twice.
  const given = packets.map(({ data, type }, at) => ({ data, key: type === "key", at: places.get(at) }));
  let number;
  try {
    number = await wantFromPage({ want: "open clip", config, packets: given });
  } catch {
    throw new Refused(NOT_HERE);
  }
  const times = order.map((at) => packets[at].timestamp * 1000);
  const delays = times.map((time, at) => (at + 1 < times.length ? times[at + 1] - time : packets[order[at]].duration * 1000));
  const frame = async (at) => {
    let begun;
    try {
      begun = await wantFromPage({ want: "clip frame", number, at });
    } catch {
      throw new Refused(DAMAGED);
    }
    if (begun.shown.width !== size[0] || begun.shown.height !== size[1]) throw new Refused(DAMAGED);
    return turned(flat(begun.shown, ...size), turns);
  };
  return {
    count: packets.length, size: turns % 2 ? [size[1], size[0]] : size, notes: found.notes, fields: found.fields,
    delays: delays.map((one) => Math.max(20, Math.round(one) || 100)), frame,
  };
}

async function takenApart(input) {
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw new Refused((await input.getTracks()).length ? NO_PICTURE : DAMAGED);
  const config = await track.getDecoderConfig();
  if (!config) throw new Refused(NOT_HERE);
  const packets = [];
  for await (const packet of new bunny.EncodedPacketSink(track).packets()) {
    packets.push(packet);
    if (packets.length > MOST_FRAMES) throw new Refused(TOO_LARGE);
  }
  if (!packets.length) throw new Refused(DAMAGED);
  const size = [config.codedWidth, config.codedHeight];
  checked(packets.length, ...size);
  const notes = [];
  if ((await input.getVideoTracks()).length > 1) notes.push(ONE_TRACK);
  const sound = await input.getAudioTracks();
  if (sound.length) notes.push(SILENT);
  if ((await input.getTracks()).length > sound.length + (await input.getVideoTracks()).length) notes.push(OTHER_TRACKS);
  const { fields, more } = said(await input.getMetadataTags());
  if (more) notes.push(BESIDES);
  const turns = (((await track.getRotation?.()) ?? track.rotation ?? 0) / 90) % 4;
  return { config, packets, size, notes, fields, turns };
}

// The texts beside a clip by their names, each once, and whether there is more than texts.
function said({ raw = {}, images = [], attachedFiles = {}, ...tags }) {
  const all = [...Object.entries(raw), ...Object.entries(tags)];
  const fields = [];
  let more = images.length > 0 || Object.keys(attachedFiles).length > 0;
  for (const [label, value] of all) {
    const words = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    if (typeof words === "string") {
      if (!fields.some(([, other]) => other === words)) fields.push([label, words]);
    } else if (value instanceof Date) {
      if (!Object.keys(raw).some((one) => ["©day", "date"].includes(one.toLowerCase()))) fields.push(["creation_time", value.toISOString()]);
    } else if (typeof value === "object" && value !== null) {
      more = true;
    }
  }
  return { fields, more };
}

// By so many quarter turns, clockwise.
function turned(image, turns) {
  if (!turns) return image;
  const { width, height, data } = image;
  const [wide, high] = turns % 2 ? [height, width] : [width, height];
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const out = new Uint32Array(from.length);
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const [fx, fy] = turns === 1 ? [y, height - 1 - x] : turns === 2 ? [width - 1 - x, height - 1 - y] : [width - 1 - y, x];
      out[y * wide + x] = from[fy * width + fx];
    }
  }
  return { width: wide, height: high, depth: 4, data: new Uint8Array(out.buffer), through: image.through };
}
