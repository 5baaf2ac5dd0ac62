// Two things a server cannot do: count the seconds, and say that the stream is lost.
(() => {
  "use strict";
  const LOST_AFTER = 25000; // ms; the server is heard at least every 10 s
  const TICK = 1000;
  const SIZES = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  let serverTime = "";
  let ahead = 0; // ms the server's clock is ahead of this one
  let heard = Date.now();
  let connected = false;

  function since(ms) {
    for (const [size, name] of SIZES) {
      if (ms >= size * 1000) return `${Math.floor(ms / (size * 1000))} ${name} ago`;
    }
    return "just now";
  }

  function showStream() {
    const line = document.getElementById("stream");
    if (!line) return;
    const lost = !connected || Date.now() - heard > LOST_AFTER;
    const words = lost ? "Not live: connecting again" : "Live";
    line.hidden = false;
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("lost", lost);
  }

  function tick() {
    const pulse = document.querySelector("[data-now]");
    if (pulse && pulse.dataset.now !== serverTime) {
      serverTime = pulse.dataset.now;
      ahead = Date.parse(serverTime) - Date.now();
    }
    for (const time of document.querySelectorAll("time[data-ago]")) {
      const words = since(Date.now() + ahead - Date.parse(time.dateTime));
      if (time.textContent !== words) time.textContent = words;
    }
    showStream();
  }

  const hear = () => { connected = true; heard = Date.now(); };
  const lose = () => { connected = false; };
  document.addEventListener("htmx:sse:after:connection", hear);
  document.addEventListener("htmx:sse:after:message", hear);
  document.addEventListener("htmx:sse:error", lose);
  document.addEventListener("htmx:sse:close", lose);
  document.addEventListener("htmx:sse:before:connection", (e) => { if (e.detail.connection.attempt > 0) lose(); });
  // Cards that come from now on are new to whoever is looking; those of the first page are not.
  setTimeout(() => document.documentElement.classList.add("settled"), 2 * TICK);
  setInterval(tick, TICK);
})();
