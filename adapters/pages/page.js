// Shows the buttons that copy, which are hidden without JavaScript, and has them copy
// the words that are selected beside them, or all of them, with where they stand.
(() => {
  const main = document.querySelector("main");
  const status = document.querySelector(".status");
  const quoted = (words) => /^[“"«„‘]/.test(words) ? words : `“${words}”`;

  function citation(button) {
    const aside = button.closest(".cited");
    if (aside) {
      return quoted(aside.firstElementChild.textContent) + "\n" + aside.querySelector(".citation").textContent +
        "\n" + aside.querySelector(".here").href;
    }
    const paragraph = button.closest(".paragraph");
    const text = paragraph.querySelector("p").textContent;
    const chosen = getSelection().toString().trim();
    const words = chosen && text.includes(chosen) ? chosen : text;
    return quoted(words) + `\n— ¶ ${paragraph.id.slice(1)} · ${main.dataset.about}\n${main.dataset.link}#${paragraph.id}`;
  }

  async function copy(text) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(text);
    }
    const area = document.createElement("textarea"); // a page that did not come over TLS
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  for (const button of document.querySelectorAll(".copy")) {
    const label = button.textContent;
    button.hidden = false;
    button.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays so
    button.addEventListener("click", async () => {
      try {
        await copy(citation(button));
        status.textContent = button.textContent = "Copied";
      } catch {
        status.textContent = button.textContent = "Not copied";
      }
      setTimeout(() => { status.textContent = ""; button.textContent = label; }, 2000);
    });
  }
})();
