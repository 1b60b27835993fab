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

// A clip whose packets were handed over. Frames are asked for one after another as a rule; to go back it
// begins again at the key frame before.
class Clip {
  constructor(config, packets) {
    Object.assign(this, { config, packets, ready: new Map(), making: [], wanted: -1, fed: 0 });
  }

  begin(at) {
    this.close();
    const keys = this.packets.map((one, place) => (one.key && one.at <= at ? place : -1));
    Object.assign(this, { fed: Math.max(0, ...keys), ended: false, trouble: undefined, wake: () => undefined });
    this.decoder = new VideoDecoder({
      output: (frame) => this.making.push(this.kept(frame)),
      error: (trouble) => {
        this.trouble = trouble;
        this.wake();
      },
    });
    this.decoder.addEventListener("dequeue", () => this.wake());
    this.decoder.configure(this.config);
  }

  async kept(frame) {
    const at = Math.round(frame.timestamp / 1000);
    if (at >= this.wanted) {
      const { width, height } = frame.visibleRect;
      const plain = new VideoFrame(frame, { displayWidth: width, displayHeight: height }); // as it was coded
      this.ready.set(at, await createImageBitmap(plain, BLANK));
      plain.close();
    }
    frame.close();
  }

  // One after another: a slider asks faster than frames are unpacked.
  frame(at) {
    this.last = (this.last ?? Promise.resolve()).catch(() => undefined).then(() => this.one(at));
    return this.last;
  }

  async one(at) {
    if (!this.ready.has(at) && (at < this.wanted || this.decoder?.state !== "configured")) this.begin(at);
    this.wanted = at;
    while (!this.ready.has(at)) {
      if (this.trouble) throw this.trouble;
      if (this.ended) throw new Error("a frame is missing");
      await this.feed();
      await Promise.all(this.making);
      this.making = [];
    }
    const shown = this.ready.get(at);
    for (const [place, one] of this.ready) {
      if (place < at) one.close();
      if (place <= at) this.ready.delete(place);
    }
    this.wanted = at + 1;
    return shown;
  }

  async feed() {
    const packet = this.packets[this.fed];
    if (packet === undefined) {
      await this.decoder.flush();
      this.ended = true;
      this.decoder.close();
      return;
    }
    this.fed += 1;
    this.decoder.decode(new EncodedVideoChunk({ type: packet.key ? "key" : "delta", timestamp: packet.at * 1000, data: packet.data }));
    while (this.decoder.decodeQueueSize > 2 && !this.trouble) await new Promise((wake) => { this.wake = wake; });
  }

  close() {
    if (this.decoder && this.decoder.state !== "closed") this.decoder.close();
    for (const one of this.ready.values()) one.close();
    this.ready.clear();
  }
}

const SERVES = {
  // Raises where the browser has no decoder for it.
  async "open clip"({ config, packets }) {
    if (!(await VideoDecoder.isConfigSupported(config)).supported) throw new ReferenceError("no such decoder");
    lastDecoder += 1;
    decoders.set(lastDecoder, { decoder: new Clip(config, packets) });
    return lastDecoder;
  },
  async "clip frame"({ number, at }) {
    return { shown: await decoders.get(number).decoder.frame(at) };
  },
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
