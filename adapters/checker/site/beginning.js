// Begins the threads of the worker that reads print, which may not begin them itself. Each is handed the
// end of a channel and knows nobody else.
"use strict";

const threadsBegun = [];

Object.assign(SERVES, {
  async thread({ code, name, port }) {
    const source = new Blob([code], { type: "text/javascript" });
    const one = new Worker(URL.createObjectURL(source), { name });
    one.postMessage(port, [port]);
    return threadsBegun.push(one) - 1;
  },
  async "end thread"({ number }) {
    threadsBegun[number].terminate();
  },
});
