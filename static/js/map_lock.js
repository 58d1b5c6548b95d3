// Locks of districts: an act of its own, done at once; what is drawn and not saved stays.

const TOKEN_BYTES = 12;

function operationId() {
  const bytes = [...crypto.getRandomValues(new Uint8Array(TOKEN_BYTES))];
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Lock the district, or unlock it. district: as it is stored; answers the Response.
export function sendLock(district) {
  const form = document.getElementById("lock-form");
  const body = new FormData(form);
  body.set("back", "map_data");
  body.set("op", operationId());
  body.set(district.locked ? "unlock" : "lock", district.id);
  return fetch(form.action, { method: "POST", body });
}

// data: the plan after the lock. Every form of the page now carries the new version.
export function takeOver(data, board, form) {
  data.districts.forEach(({ number, locked }) => {
    if (board.stored.has(number)) board.stored.get(number).locked = locked;
  });
  document.querySelectorAll("input[name=version]").forEach((input) => {
    input.value = data.version;
  });
  const locked = new Set(
    data.districts.filter((district) => district.locked).map(({ number }) => number),
  );
  form.bricks.forEach((input, key) => {
    input.readOnly = locked.has(board.home(key));
  });
}
