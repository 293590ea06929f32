// Keeps the stream open on which Gradio hears what became of its events. The server ends it when nothing is under way any more,
// and Gradio opens another for the next event; but an event that begins while that end is still on its way is never heard of
// again: a question vanishes without an answer, a citation does not open. So to Gradio the stream never ends here; what lies below
// is opened anew each time, and the server keeps what there was to say until it is. Loaded before Gradio, in <head>.
(() => {
  "use strict";

  const plain = window.fetch.bind(window);
  const ending = (message) => /^data:\s*\{"msg":\s*"close_stream"/.test(message);
  const alive = (message) => /^data:\s*\{"msg":\s*"heartbeat"/.test(message);
  const address = (resource) => new URL(resource instanceof Request ? resource.url : resource, location.href);
  const once = (resource) => (resource instanceof Request ? resource.clone() : resource);

  window.fetch = (resource, options) =>
    address(resource).pathname.endsWith("/queue/data") ? lasting(resource, options) : plain(resource, options);

  async function lasting(resource, options) {
    const first = await plain(once(resource), options);
    if (!first.ok || !first.body) return first;
    const body = new ReadableStream({
      start(sink) {
        pour(first, sink, () => plain(once(resource), options));
      },
    });
    return new Response(body, { status: first.status, headers: first.headers });
  }

  /** Everything that one response after another says, but for their endings. */
  async function pour(response, sink, next) {
    const encoder = new TextEncoder();
    let idle = false;
    try {
      while (response.ok) {
        for await (const message of messages(response)) {
          idle = ending(message) || (idle && alive(message));
          if (!ending(message)) sink.enqueue(encoder.encode(message));
        }
        if (!idle) break;
        response = await next();
      }
    } catch (error) {
      // Cut off while nothing was under way (the machine slept, say): the next event opens a new stream, and nobody need know.
      if (!idle) return sink.error(error);
    }
    sink.enqueue(encoder.encode('data: {"msg":"close_stream"}\n\n'));
    sink.close();
  }

  /** The messages of a stream of server-sent events, each with the empty line that ends it. */
  async function* messages(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      for (const part of parts) yield `${part}\n\n`;
    }
  }
})();
