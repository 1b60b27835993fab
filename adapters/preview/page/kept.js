// A half-filled form outlives a reload: in this tab alone, one for each persona, and only while the
// same preview runs. Never files, and nothing of a form whose answers may not be written anywhere.

const place = (persona) => `form:${persona}`;

export function keep(persona, world, form, where, values) {
  if (form.memory_only) return;
  const typed = Object.fromEntries(form.fields.filter(({ kind, id }) => kind !== "files" && id in values).map(({ id }) => [id, values[id]]));
  try {
    sessionStorage.setItem(place(persona), JSON.stringify({ world, form, where, typed }));
  } catch { /* a full or forbidden store: the form stays open as it is */ }
}

export function drop(persona, key) {
  if (kept(persona)?.form.key === key) sessionStorage.removeItem(place(persona));
}

// The form as it stood, and where it was asked for; null if there is none of this preview's.
export function taken(persona, world) {
  const found = kept(persona);
  if (!found) return null;
  if (found.world !== world) { sessionStorage.removeItem(place(persona)); return null; }
  const fields = found.form.fields.map((field) => (field.id in found.typed ? { ...field, value: native(found.typed[field.id]) } : field));
  return { form: { ...found.form, fields }, where: found.where };
}

const native = (value) => value?.picked ?? value;

function kept(persona) {
  try { return JSON.parse(sessionStorage.getItem(place(persona))); } catch { return null; }
}
