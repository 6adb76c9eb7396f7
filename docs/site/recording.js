// SPDX-License-Identifier: MIT
// Plays a recorded terminal. Its text stands in the page as it is, complete, for everybody; only who asks for it sees it come as
// it came. Nothing moves by itself, and where the reader's system asks for less motion, each press shows the next command at once.
"use strict";
(() => {
    const less_motion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

    function player(figure) {
        const screen = figure.querySelector("pre"), text = screen.querySelector("code");
        const events = JSON.parse(figure.querySelector("script").textContent);
        const button = document.createElement("button");
        let next = events.length, timer = 0;
        button.type = "button";
        button.className = "md-button";
        figure.insertBefore(button, screen);

        const label = () => {
            button.textContent = timer ? "Pause" : next === events.length ? "Play the recording" : less_motion() ? "Next command" : "Go on";
        };
        const show = () => {
            text.append(events[next++][1]);
            screen.scrollTop = screen.scrollHeight;
        };
        const begin = () => {
            screen.style.height = `${screen.offsetHeight}px`;  // what stands below stays where it is
            text.textContent = "";
            next = 0;
        };
        const play = () => {
            show();
            timer = 0;
            if (next < events.length) {
                const pause = (events[next][0] - events[next - 1][0]) * 1000 / Number(figure.dataset.speed || 1);
                timer = setTimeout(play, pause);
            }
            label();
        };
        const next_command = () => {
            do show(); while (next < events.length && events[next][1] !== "$ ");
        };
        button.addEventListener("click", () => {
            if (timer) {
                clearTimeout(timer);
                timer = 0;
            } else {
                if (next === events.length) begin();
                if (less_motion()) next_command(); else play();
            }
            label();
        });
        label();
    }

    document.querySelectorAll("figure.recording").forEach(player);
})();
