// Opens files of several frames for the worker that looks at them: browsers lend their decoder of such
// files to pages only. Hands over one frame at a time.
"use strict";

const BLANK = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
const decoders = new Map();
let lastDecoder = 0;

async function openDecoder(number, bytes, type) {
  decoders.get(number)?.decoder.close();
  const decoder = new ImageDecoder({ data: bytes, type, ...BLANK });
  decoders.set(number, { decoder, bytes, type });
  await decoder.completed;
  return decoder;
}

const SERVES = {
  // Raises where the browser has no such decoder, or the file is damaged.
  async "open frames"({ bytes, type }) {
    lastDecoder += 1;
    const number = lastDecoder;
    const decoder = await openDecoder(number, bytes, type);
    const { image } = await decoder.decode({ frameIndex: 0 });
    const size = [image.displayWidth, image.displayHeight];
    image.close();
    return { number, count: decoder.tracks.selectedTrack.frameCount, size };
  },
  async "one frame"({ number, at }) {
    const { decoder, bytes, type } = decoders.get(number);
    let { image } = await decoder.decode({ frameIndex: at });
    // Firefox hands out a frame once: what was closed stays closed, and is empty.
    if (image.codedWidth === 0) ({ image } = await (await openDecoder(number, bytes, type)).decode({ frameIndex: at }));
    const shown = await createImageBitmap(image, BLANK);
    const delay = (image.duration ?? 100000) / 1000;
    image.close();
    return { shown, delay };
  },
  async "shut frames"() {
    for (const { decoder } of decoders.values()) decoder.close();
    decoders.clear();
  },
};

async function serve(worker, { wanted, want, ...asked }) {
  try {
    const answer = await SERVES[want](asked);
    worker.postMessage({ wanted, answer }, answer?.shown ? [answer.shown] : []);
  } catch (trouble) {
    worker.postMessage({ wanted, trouble: String(trouble?.name ?? "Error") });
  }
}
