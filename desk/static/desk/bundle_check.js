// The hash of a file is made in the browser: the file itself never leaves it. Without scripts the hash is pasted.
const chooser = document.getElementById("bundle-file");
const field = document.getElementById("id_sha256");

async function hashOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

if (chooser && field && window.crypto && crypto.subtle) {
  chooser.closest("[hidden]").hidden = false;
  chooser.addEventListener("change", async () => {
    if (!chooser.files.length) return;
    field.value = await hashOf(chooser.files[0]);
    field.form.submit();
  });
}
