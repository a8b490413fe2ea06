const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();

// only the first page knows whether there is a page of mails
fetch("/users/", { headers: { Accept: "application/json" } }).then(async answer => {
    const { links } = await answer.json();
    if (links.mails) {
        const mails = Object.assign(document.createElement("a"), { href: links.mails, textContent: "Mails" });
        document.querySelector(".bar").append(mails);
    }
});

SwaggerUIBundle({
    url: "/users/openapi",
    dom_id: "#api",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    // keeps the token when the page is loaded again
    persistAuthorization: true,
    validatorUrl: null,
});
