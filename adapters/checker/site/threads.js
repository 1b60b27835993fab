// The threads that read print with the reader. The frame around begins them: where a worker begins another,
// Firefox (153) now and then waits for ever, and Chromium begins no module as a worker in a locked frame. So
// each is a plain worker that imports the module, and is spoken with through a channel.

class Thread {
  constructor(address, { name }) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => this.onmessage(event);
    this.port = port1;
    const code = `
      self.onmessage = ({ data: port }) => {
        self.postMessage = (told, handedOver) => port.postMessage(told, handedOver);
        Object.defineProperty(self, "onmessage", { get: () => port.onmessage, set(listener) { port.onmessage = listener; } });
        import("${address}");
      };`;
    this.begun = wantFromPage({ want: "thread", code, name, port: port2 }, [port2]);
  }

  postMessage(told, handedOver) {
    this.port.postMessage(told, handedOver);
  }

  async terminate() {
    await wantFromPage({ want: "end thread", number: await this.begun });
  }
}

// Whether this browser lets threads begin here and share memory; where it does not, one thread reads.
async function shareMemory() {
  if (!self.crossOriginIsolated) return false;
  const address = addressed("self.onmessage = ({ data }) => self.postMessage(data.buffer instanceof SharedArrayBuffer)");
  const one = new Thread(address, { name: "trial" });
  const shared = await new Promise((resolve) => {
    one.onmessage = ({ data }) => resolve(data === true);
    one.begun.catch(() => resolve(false));
    setTimeout(resolve, 5000, false);
    one.postMessage(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }));
  });
  one.terminate().catch(() => false);
  URL.revokeObjectURL(address);
  return shared;
}
