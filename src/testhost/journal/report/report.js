// SPDX-License-Identifier: MIT
// Draws the timeline from the table's rows, and filters both. Text goes in as text only, never as markup.
"use strict";
(() => {
    const byId = (id) => document.getElementById(id);
    const make = (tag, className, text) => {
        const element = document.createElement(tag);
        if (className) element.className = className;
        if (text !== undefined) element.textContent = text;
        return element;
    };

    const rows = [...document.querySelectorAll("#entries tbody tr")];
    const entries = rows.map((row, index) => {
        const { kind, plugin, session, thread, start, length } = row.dataset;
        const begin = Number(start);
        return {
            row, index, kind, plugin, session, thread, begin,
            end: length === undefined ? undefined : begin + Number(length),
            unfinished: length === undefined,
            failed: row.classList.contains("failed"),
            name: row.querySelector(".name").textContent,
            words: row.textContent.toLowerCase(),
            shown: true,
        };
    });
    const last = entries.reduce((time, entry) => Math.max(time, entry.end ?? entry.begin), 1);
    for (const entry of entries) entry.end ??= last;

    // By time, or evenly: an entry then reaches to the last one that began before its end.
    const beganBefore = (time) => {
        let low = 0, high = entries.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (entries[middle].begin < time) low = middle + 1; else high = middle;
        }
        return low;
    };
    const scales = {
        order: { size: entries.length, of: (entry) => [entry.index, Math.max(entry.index + 1, beganBefore(entry.end))] },
        time: { size: last, of: (entry) => [entry.begin, entry.end] },
    };
    const laneOf = {
        plugin: (entry) => entry.plugin || "WSL service",
        thread: (entry) => "Thread " + entry.thread,
        session: (entry) => entry.session === undefined ? "No session" : "Session " + entry.session,
    };

    const lanes = byId("lanes"), detail = byId("detail"), count = byId("count");
    let bars = [], selected;

    const select = (entry) => {
        for (const { row, bar } of selected ? [selected] : []) {
            row.classList.remove("selected");
            bar?.setAttribute("aria-pressed", "false");
        }
        selected = entry;
        detail.replaceChildren();
        if (!entry) {
            detail.append(make("p", "", "Choose a bar to see its details. Arrow keys go from bar to bar."));
            return;
        }
        entry.row.classList.add("selected");
        entry.bar.setAttribute("aria-pressed", "true");
        const list = make("dl");
        const headings = [...document.querySelectorAll("#entries thead th")];
        [...entry.row.cells].forEach((cell, index) => {
            if (!cell.hasChildNodes()) return;
            const value = make("dd");
            value.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
            list.append(make("dt", "", headings[index].textContent), value);
        });
        detail.append(list);
    };

    const makeBar = (entry, [from, to], size) => {
        const bar = make("button", "bar " + entry.kind, entry.name);
        bar.type = "button";
        bar.tabIndex = -1;
        bar.classList.toggle("failed", entry.failed);
        bar.classList.toggle("unfinished", entry.unfinished);
        bar.style.left = 100 * from / size + "%";
        bar.style.width = 100 * (to - from) / size + "%";
        bar.title = [entry.name, entry.plugin, entry.row.querySelector(".result").textContent].filter(Boolean).join(" · ");
        bar.setAttribute("aria-label", bar.title + ", entry " + (entry.index + 1));
        bar.setAttribute("aria-pressed", "false");
        bar.addEventListener("click", () => select(entry));
        entry.bar = bar;
        bars.push({ entry, bar });
        return bar;
    };

    // What overlaps lies one below the other.
    const levelFor = (levels, [from, to]) => {
        let level = levels.findIndex((end) => end <= from);
        if (level < 0) level = levels.length;
        levels[level] = Math.max(to, from);
        return level;
    };

    const draw = () => {
        const scale = scales[byId("scale").value], lane = laneOf[byId("lane").value];
        const groups = new Map();
        bars = [];
        for (const entry of entries) {
            const name = lane(entry);
            if (!groups.has(name)) groups.set(name, []);
            groups.get(name).push(entry);
        }
        lanes.replaceChildren();
        for (const [name, members] of groups) {
            const track = make("div", "track"), levels = [];
            for (const entry of members) {
                const extent = scale.of(entry), bar = makeBar(entry, extent, scale.size);
                bar.style.setProperty("--level", levelFor(levels, extent));
                track.append(bar);
            }
            track.style.setProperty("--levels", levels.length);
            track.setAttribute("role", "group");
            track.setAttribute("aria-label", name);
            lanes.append(make("div", "lane-name", name), track);
        }
        lanes.style.setProperty("--zoom", byId("zoom").value);
        select(undefined);
        filter();
    };

    const shownBars = () => bars.filter(({ entry }) => entry.shown).map(({ bar }) => bar);

    const filter = () => {
        const words = byId("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
        const kinds = new Set([...document.querySelectorAll("#kinds input:checked")].map((box) => box.value));
        const onlyFailed = byId("failed").checked;
        let shown = 0;
        for (const entry of entries) {
            entry.shown = kinds.has(entry.kind) && (!onlyFailed || entry.failed) && words.every((word) => entry.words.includes(word));
            entry.row.hidden = entry.bar.hidden = !entry.shown;
            entry.bar.tabIndex = -1;
            shown += entry.shown ? 1 : 0;
        }
        const first = shownBars()[0];
        if (first) first.tabIndex = 0;
        count.textContent = shown === entries.length ? shown + " entries" : shown + " of " + entries.length + " entries";
    };

    // Left and right go through all bars as they are drawn, up and down to the neighbouring lane.
    const neighbour = (bar, key) => {
        const all = shownBars(), at = all.indexOf(bar);
        if (key === "ArrowRight") return all[at + 1];
        if (key === "ArrowLeft") return all[at - 1];
        if (key === "Home") return all[0];
        if (key === "End") return all[all.length - 1];
        if (key === "ArrowDown") return all.find((other, index) => index > at && other.parentNode !== bar.parentNode);
        if (key === "ArrowUp") return all.findLast((other, index) => index < at && other.parentNode !== bar.parentNode);
        return undefined;
    };
    lanes.addEventListener("keydown", (event) => {
        if (event.key === "Escape") select(undefined);
        const next = event.target.classList.contains("bar") && neighbour(event.target, event.key);
        if (!next) return;
        event.preventDefault();
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
    });

    for (const kind of new Set(entries.map((entry) => entry.kind))) {
        const label = make("label"), box = make("input");
        box.type = "checkbox";
        box.checked = true;
        box.value = kind;
        label.append(box, make("span", "swatch " + kind), kind);
        byId("kinds").append(label);
    }
    for (const id of ["lane", "scale", "zoom"]) byId(id).addEventListener("input", draw);
    for (const id of ["filter", "kinds", "failed"]) byId(id).addEventListener("input", filter);
    byId("timeline").hidden = false;
    draw();
})();
