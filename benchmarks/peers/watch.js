// Notes in each animation frame what stands in the output of a cell: the picture and its state, the height of the
// output, and how far the page is scrolled.  `stop` gives one row a frame: [ms, number of the picture, whether a whole
// picture stands there, height, scroll], and when the mouse was moved.

index => {
    const cell = window.jupyterapp.shell.currentWidget.content.widgets[index].node;
    const scroller = cell.closest('.jp-WindowedPanel-outer') ?? document.scrollingElement;
    const rows = [];
    const moves = [];
    let number = 0;
    let last = null;
    let running = true;
    const moved = event => { moves.push(event.timeStamp); };
    const note = now => {
        if (!running) {
            return;
        }
        const output = cell.querySelector('.jp-Cell-outputArea');
        const pictures = [...cell.querySelectorAll('.jp-Cell-outputArea img')];
        const picture = pictures.find(each => /^(data|blob):/.test(each.getAttribute('src')));
        const whole = Boolean(picture && picture.complete && picture.naturalWidth > 0);
        if (whole && picture.getAttribute('src') !== last) {
            last = picture.getAttribute('src');
            number += 1;
        }
        rows.push([now, number, whole, output?.getBoundingClientRect().height ?? 0, scroller.scrollTop]);
        requestAnimationFrame(note);
    };
    document.addEventListener('pointermove', moved, true);
    requestAnimationFrame(note);
    window.watched = {
        stop: () => {
            running = false;
            document.removeEventListener('pointermove', moved, true);
            return { rows, moves };
        },
    };
}
