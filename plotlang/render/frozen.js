/* Makes the sliders of frozen figures work.  A figure is a picture with data beside it: for every position the pieces
   of the picture that change.  Nothing is loaded and nothing plays by itself. */
(() => {
  "use strict";
  const make = (name, properties, ...inside) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...inside);
    return node;
  };

  const bring = (box, image, film) => {
    const parsed = new DOMParser().parseFromString(atob(image.src.split(",")[1]), "image/svg+xml");
    const picture = document.importNode(parsed.documentElement, true);
    const slots = picture.querySelectorAll("g[data-slot]");
    const told = box.querySelector(".plotlang-frozen-words");
    const drawn = new Map();

    const draw = ([look, body]) => {
      look = film.looks[look];
      if (typeof body === "string") return `<path ${look} d="${body}"/>`;
      const [x, y, scale, angle, halo, ...glyphs] = body;
      let text = "";
      for (let n = 0; n < glyphs.length; n += 2) text += `<use href="#${film.id}-${glyphs[n]}" x="${glyphs[n + 1]}"/>`;
      if (halo) text = `<g fill="#fff" stroke="#fff" stroke-width="${halo}">${text}</g>${text}`;
      return `<g ${look} transform="translate(${x} ${y})rotate(${angle})scale(${scale})">${text}</g>`;
    };
    const piece = (n) => {
      if (!drawn.has(n)) drawn.set(n, draw(film.parts[n]));
      return drawn.get(n);
    };

    const shown = [];
    const show = () => {
      let frame = 0;
      film.sliders.forEach((slider, n) => {
        const at = inputs[n].valueAsNumber;
        frame = frame * slider.texts.length + at;
        values[n].textContent = slider.texts[at];
        inputs[n].setAttribute("aria-valuetext", slider.texts[at]);
      });
      film.frames[frame].forEach((pieces, n) => {
        const key = pieces.join();
        if (shown[n] !== key) slots[n].innerHTML = pieces.map(piece).join("");
        shown[n] = key;
      });
      const words = film.words[film.told[frame]];
      picture.setAttribute("aria-label", words);
      if (told) told.textContent = words;
    };

    const values = film.sliders.map(() => make("span", { className: "plotlang-frozen-value" }));
    const inputs = film.sliders.map((slider) => make("input", {
      type: "range", min: 0, max: slider.texts.length - 1, step: 1, value: slider.start, autocomplete: "off",
      oninput: show,
    }));
    const reset = make("button", {
      type: "button", textContent: "Reset", title: box.querySelector(".plotlang-frozen-place").textContent,
      onclick: () => {
        film.sliders.forEach((slider, n) => { inputs[n].value = slider.start; });
        show();
      },
    });
    const longest = (texts) => `${Math.max(...texts.map((text) => text.length))}ch`;
    const rows = film.sliders.map((slider, n) => {
      const name = make("span", { className: "plotlang-frozen-name", textContent: slider.name });
      name.style.minWidth = longest(["abc", ...film.sliders.map((each) => each.name)]);
      values[n].style.minWidth = longest(film.sliders.flatMap((each) => each.texts));
      values[n].setAttribute("aria-hidden", "true");
      inputs[n].setAttribute("aria-label", slider.name);
      return make("label", {}, name, inputs[n], values[n]);
    });
    picture.setAttribute("role", "img");
    image.replaceWith(picture);
    box.querySelector(".plotlang-frozen-place").replaceWith(
      make("div", { className: "plotlang-frozen-controls" }, ...rows, reset));
    show();
  };

  for (const box of document.querySelectorAll(".plotlang-frozen:not([data-live])")) {
    const image = box.querySelector("img");
    const data = box.querySelector('script[type="application/json"]');
    if (image && data) {
      box.dataset.live = "";
      bring(box, image, JSON.parse(data.textContent));
    }
  }
})();
