"use strict";

const INTERVAL = 2000;
const CODE = /(?<!\w)\d{6}(?!\w)/g;

const shownTime = date => new Date(date).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });

const $ = id => document.getElementById(id);
const rows = $("list").tBodies[0];
const tabs = ["text", "html", "headers"].map(name => $("tab-" + name));

// mails are untrusted: their content goes into the page as text only
const element = (tag, text = "", attributes = {}) => {
    const made = Object.assign(document.createElement(tag), attributes);
    made.textContent = text;
    return made;
};

/* the list */

let listed = { url: "", tag: "" };
let timer;

const wanted = () => "/mails.json?address=" + encodeURIComponent($("address").value.trim());

async function update() {
    clearTimeout(timer);
    const url = wanted();
    try {
        const headers = url === listed.url ? { "If-None-Match": listed.tag } : {};
        const answer = await fetch(url, { headers, cache: "no-store" });
        if (answer.status === 200) {
            const mails = await answer.json();
            if (url !== wanted()) {
                return; // the filter has changed, and a newer request is under way
            }
            listed = { url, tag: answer.headers.get("ETag") ?? "" };
            show(mails);
        } else if (answer.status !== 304) {
            throw new Error("status " + answer.status);
        } else if ($("status").dataset.lost) {
            listed = { url: "", tag: "" };
        }
    } catch {
        say("The mail server does not answer. This page tries again.");
        $("status").dataset.lost = "true";
    }
    if (!document.hidden) {
        timer = setTimeout(update, INTERVAL);
    }
}

function show(mails) {
    const focused = document.activeElement?.closest?.("tr")?.dataset.id;
    rows.replaceChildren(...mails.map(row));
    $("list").hidden = mails.length === 0;
    delete $("status").dataset.lost;
    say(mails.length === 100 ? "The newest 100" : mails.length === 1 ? "1 message" : mails.length + " messages");
    mark();
    if (focused) {
        rows.querySelector(`tr[data-id="${focused}"] a`)?.focus();
    }
}

function row(mail) {
    const made = element("tr");
    made.dataset.id = mail.id;
    const time = element("td");
    time.append(element("time", shownTime(mail.date), { dateTime: mail.date }));
    const subject = element("td");
    subject.append(element("a", mail.subject, { href: "#" + mail.id }));
    const copy = element("td", "", { className: "copy" });
    copy.append(...copyButtons(mail.text).slice(0, 1));
    made.append(time, element("td", mail.from), element("td", mail.to), subject, copy);
    made.addEventListener("click", event => {
        if (!event.target.closest("a, button")) {
            location.hash = mail.id;
        }
    });
    return made;
}

function mark() {
    const id = location.hash.slice(1);
    for (const made of rows.rows) {
        made.classList.toggle("open", made.dataset.id === id);
    }
}

/* codes */

function copyButtons(text) {
    return [...new Set(text.match(CODE) ?? [])].map(code => {
        const button = element("button", "Copy " + code, { type: "button" });
        button.addEventListener("click", async () => {
            try {
                await navigator.clipboard.writeText(code);
                button.textContent = "Copied " + code;
                say("Copied " + code);
            } catch {
                say("The browser does not let this page copy. The code is " + code);
            }
        });
        return button;
    });
}

function say(text) {
    $("status").textContent = text;
}

/* one mail */

let mail;

async function open() {
    mark();
    const id = location.hash.slice(1);
    if (!id) {
        $("mail").hidden = true;
        return;
    }
    const answer = await fetch("/mails/" + encodeURIComponent(id)).catch(() => undefined);
    if (id !== location.hash.slice(1)) {
        return;
    }
    if (!answer?.ok) {
        $("mail").hidden = true;
        say("This message is not here.");
        return;
    }
    mail = await answer.json();
    $("subject").textContent = mail.subject;
    $("from").textContent = mail.from;
    $("to").textContent = mail.to;
    $("time").textContent = shownTime(mail.date);
    $("codes").replaceChildren(...copyButtons(mail.text));
    $("tab-html").disabled = !mail.html;
    $("mail").hidden = false;
    select($("tab-text"));
    $("mail").focus();
}

function select(tab) {
    for (const each of tabs) {
        each.setAttribute("aria-selected", each === tab);
        each.tabIndex = each === tab ? 0 : -1;
    }
    $("panel").setAttribute("aria-labelledby", tab.id);
    const html = tab.id === "tab-html";
    $("html").hidden = !html;
    $("content").hidden = html;
    if (html) {
        $("html").src = "/mails/" + mail.id + "/html";
    } else {
        $("content").textContent = tab.id === "tab-text" ? mail.text : mail.headers;
    }
}

for (const tab of tabs) {
    tab.addEventListener("click", () => select(tab));
    tab.addEventListener("keydown", event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (step) {
            const usable = tabs.filter(each => !each.disabled);
            const next = usable.at((usable.indexOf(tab) + step) % usable.length);
            select(next);
            next.focus();
        }
    });
}

function close() {
    const id = location.hash.slice(1);
    location.hash = "";
    rows.querySelector(`tr[data-id="${CSS.escape(id)}"] a`)?.focus();
}

$("close").addEventListener("click", close);
$("mail").addEventListener("keydown", event => event.key === "Escape" && close());
window.addEventListener("hashchange", open);

/* the filter stays in the address of the page */

$("address").value = new URLSearchParams(location.search).get("address") ?? "";
$("address").addEventListener("input", () => {
    const address = $("address").value.trim();
    history.replaceState(null, "", (address ? "?address=" + encodeURIComponent(address) : "/") + location.hash);
    clearTimeout(timer);
    timer = setTimeout(update, 150);
});
document.addEventListener("visibilitychange", () => document.hidden ? clearTimeout(timer) : update());

update();
open();
