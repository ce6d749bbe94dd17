// Starts Swagger UI. The page's address may not be set in scripts of the page itself: its policy allows only files.
const main = document.getElementById("functions");
const state = document.getElementById("test-user-state");
let token;

const ui = SwaggerUIBundle({
  domNode: main,
  urls: JSON.parse(main.dataset.documents),
  validatorUrl: null, // it would send the documents to swagger.io
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: "StandaloneLayout",
  deepLinking: true,
  tryItOutEnabled: true,
  onComplete: authorize, // also after another function is chosen
});

function authorize() {
  if (token) ui.preauthorizeApiKey("user", token);
}

document.getElementById("test-user").addEventListener("click", async ({ target }) => {
  target.disabled = true;
  state.textContent = "…";
  try {
    const answer = await fetch("/functions/v1/docs/test-user", { method: "POST" });
    const user = await answer.json();
    if (!answer.ok) throw new Error(user.detail);
    token = user.access_token;
    authorize();
    state.textContent = `You are ${user.email}, with ${user.credits} credits and the résumé ${user.resume_id}.`;
  } catch (error) {
    state.textContent = `No test user: ${error.message}.`;
  } finally {
    target.disabled = false;
  }
});
