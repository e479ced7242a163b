// Puts the pictures of a drag where the picture above the sliders stands, and tells when a hand holds a slider.

const VIEW = "application/vnd.jupyter.widget-view+json";
const PNG = "image/png";

function pictureAbove(el) {
  for (let node = el; node && !node.matches("body, .jp-Cell"); node = node.parentElement) {
    for (let near = node.previousElementSibling; near; near = near.previousElementSibling) {
      const found = near.matches("img") ? [near] : near.querySelectorAll("img");
      if (found.length) return found[found.length - 1];
    }
  }
  return null;
}

function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

// After a page reload the front end has forgotten where a display id stands, so that the notebook file would keep an
// old picture and its old words: then the outputs around the one that shows our box are given the new ones.
function save(model, png, message) {
  const images = { [PNG]: { ...message.size, alt: message.alt } };
  for (const cell of model.widget_manager?.context?.model?.cells ?? []) {
    const outputs = cell.outputs;
    for (let i = 1; i < (outputs?.length ?? 0); i++) {
      if (outputs.get(i).data[VIEW]?.model_id !== model.get("box")) continue;
      const [before, after] = [i - 1, i + 1].map((k) => (k < outputs.length ? outputs.get(k).toJSON() : null));
      if (!before?.data?.[PNG] || before.data[PNG] === png) continue;
      outputs.set(i - 1, { ...before, data: { [PNG]: png, "text/plain": message.words }, metadata: images });
      if (message.html && after?.data?.["text/html"]) outputs.set(i + 1, { ...after, data: { "text/html": message.html } });
    }
  }
}

export default {
  render({ model, el }) {
    let target = null;
    let shown = "";
    let next = null;
    let busy = false;

    // The newest picture, decoded before it takes its place: there is never an empty frame, and none that came too late.
    async function show(bytes) {
      next = bytes;
      if (busy) return;
      busy = true;
      while (next) {
        const url = URL.createObjectURL(new Blob([next], { type: PNG }));
        const image = new Image();
        next = null;
        image.src = url;
        try {
          await image.decode();
        } catch {
          URL.revokeObjectURL(url);
          continue;
        }
        if (!target?.isConnected) target = pictureAbove(el);
        if (target) target.src = url;
        if (shown) URL.revokeObjectURL(shown);
        shown = url;
      }
      busy = false;
    }

    function hear(message, buffers) {
      const bytes = new Uint8Array(buffers[0].buffer, buffers[0].byteOffset, buffers[0].byteLength);
      show(bytes);
      if (message.event === "settled") save(model, base64(bytes), message);
    }

    const tell = (event) => model.send({ event, density: window.devicePixelRatio });
    const inside = (event) => el.closest(".widget-vbox")?.contains(event.target);
    const release = () => tell("release");
    const press = (event) => {
      if (!inside(event)) return;
      tell("hold");
      for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, release, { once: true, capture: true });
    };
    const keyUp = (event) => inside(event) && release();

    model.on("msg:custom", hear);
    document.addEventListener("pointerdown", press, true);
    document.addEventListener("keyup", keyUp, true);
    tell("shown");
    return () => {
      model.off("msg:custom", hear);
      document.removeEventListener("pointerdown", press, true);
      document.removeEventListener("keyup", keyUp, true);
      if (shown) URL.revokeObjectURL(shown);
      tell("gone");
    };
  },
};
