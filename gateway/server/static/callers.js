/**
 * Who asks: the personas of a development gateway or, where there are none, a token and a purpose typed by hand.
 *
 * A token lives in this module's memory and the password field alone: never in an address, never in storage.
 */
import { both, make } from "./elements.js";

const ANONYMOUS = { token: null, purpose: "", ids: {} };

/**
 * Draws the picker for `personas` (`[{name, title, token, purpose, ids}]`, or null for the two fields).
 *
 * Returns a function that says who asks now (`{token, purpose, ids}`); `changed()` is called after another choice.
 */
export function openCallers(personas, changed) {
  return personas?.length ? pickPersona(personas, changed) : typeCredentials(changed);
}

function pickPersona(personas, changed) {
  const picker = document.getElementById("personas");
  let chosen = personas[0];
  const choose = (persona) => {
    chosen = persona;
    changed();
  };
  picker.append(...personas.map((persona) => card(persona, persona === chosen, () => choose(persona))));
  picker.hidden = false;
  return () => ({ ...ANONYMOUS, ...chosen });
}

function card({ name, title, purpose }, checked, choose) {
  const radio = make("input", { type: "radio", name: "persona", value: name, checked });
  radio.addEventListener("change", choose);
  return make(
    "label",
    { className: "persona" },
    radio,
    make("span", { className: "title" }, both(title ?? { en: name })),
    make("code", {}, purpose ?? ""),
  );
}

function typeCredentials(changed) {
  const token = document.getElementById("token");
  const purpose = document.getElementById("purpose");
  for (const field of [token, purpose]) field.addEventListener("change", () => changed());
  document.getElementById("credentials").hidden = false;
  return () => ({
    ...ANONYMOUS,
    token: token.value.trim().replace(/^bearer\s+/i, "") || null,
    purpose: purpose.value.trim(),
  });
}

/** The request headers by which the gateway learns who asks and for what. */
export function credentials({ token, purpose }) {
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (purpose) headers["Huitong-Purpose"] = purpose;
  return headers;
}
